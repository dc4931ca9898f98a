"""How a printed indicator is scored: told by what the standard says, or exactly by columns of our own."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from tracker.assessment.editing import PARAMETERS
from tracker.assessment.scoring.numbers import half_width_figures, read_number
from tracker.assessment.words import CHOICES, KINDS, PARAMETERS as NAMES

_TOLD = (
    ("deduction", re.compile(r"扣完为止|每[^，。；]{0,30}扣|扣\s*[\d０-９一二三四五六七八九十][\d.]*\s*分|扣分")),
    (
        "share",
        re.compile(
            r"按比例(计|得|给)分|按完成(比例|率)|按.{0,6}百分比(计|得)分|率\s*[×xX*✕]|[×xX*✕]\s*(本项|该项|标准|指标)?(分值|权重|满分)"
        ),
    ),
    ("marks", re.compile(r"评委|评议|打分|测评|评审")),
    (
        "all_or_nothing",
        re.compile(r"否则不得分|未[^。；]{0,20}不得分|(达到|完成|符合)[^，。；]{0,20}得(满|全)?分|是否"),
    ),
)
_BETWEEN = re.compile(r"[；;\n]+")
SURE, UNSURE = True, False
ENTERED_TEXT, SELF_TEXT = "人工录入", "，先由单位自评"
"""How the table says that people enter an indicator's facts, and that units score themselves first."""


_MOST = re.compile(r"(?:最高|最多)(?:不超过|得|可得|为|计)*\s*(\d+(?:\.\d+)?)\s*分")
_MORE = re.compile(r"加\s*[\d０-９一二三四五六七八九十][\d.]*\s*分|加分")


def gives_more(criteria: str, points: Decimal | None) -> bool:
    """Whether a standard goes on to points beyond those of the indicator."""
    most = _MOST.search(half_width_figures(criteria))
    beyond = most is not None and points is not None and Decimal(most[1]) > points
    return beyond or bool(_MORE.search(criteria))


def told_rule(criteria: str) -> tuple[dict[str, Any], bool]:
    """(rule, whether the text says so) by the words of the standard; a number typed in where it says nothing known."""
    for kind, words in _TOLD:
        if words.search(criteria):
            return {"kind": kind}, SURE
    return {"kind": "value"}, UNSURE


def exact_rule(kind: str, parameters: str) -> tuple[dict[str, Any] | None, list[str]]:
    """(rule, pieces of the parameters that could not be read); None for a kind that there is not."""
    key = next((key for key, name in KINDS.items() if name == kind.strip()), None)
    if key is None:
        return None, []
    rule: dict[str, Any] = {"kind": key}
    bands: list[dict[str, str]] = []
    unread: list[str] = []
    for piece in filter(None, (one.strip() for one in _BETWEEN.split(parameters))):
        name, value = (part.strip() for part in (re.split(r"[＝=]", piece, maxsplit=1) + [""])[:2])
        band = _band(name, value) if key == "bands" else None
        parameter = next((one for one in PARAMETERS.get(key, ()) if NAMES.get(one) == name), None)
        if band is not None:
            bands.append(band)
        elif parameter is not None and value:
            rule[parameter] = _value_of(parameter, value)
        else:
            unread.append(piece)
    return (rule | {"bands": bands} if key == "bands" else rule), unread


def _band(edge: str, points: str) -> dict[str, str] | None:
    if read_number(points) is None:
        return None
    if edge == "其余":
        return {"points": points}
    least = edge.removeprefix("≥").strip()
    return {"min": least, "points": points} if read_number(least) is not None else None


def _value_of(parameter: str, value: str) -> str:
    """A choice by its word; anything else as it is."""
    return next((key for key, word in CHOICES.get(parameter, {}).items() if word == value), value)


def parameters_text(rule: Mapping[str, Any]) -> str:
    """The parameters as `exact_rule` reads them: `协办系数=0.5`, `≥90=10；其余=0`."""
    said = [
        f"{NAMES[name]}={CHOICES.get(name, {}).get(str(rule[name]), rule[name])}"
        for name in PARAMETERS.get(str(rule.get("kind")), ())
        if name in rule
    ]
    said += [
        f"{'≥' + str(band['min']) if band.get('min') is not None else '其余'}={band.get('points', '')}"
        for band in rule.get("bands", ())
    ]
    return "；".join(said)
