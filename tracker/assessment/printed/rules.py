"""How a printed indicator is scored, said exactly by columns of our own (计分方式, 计分参数)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from tracker.assessment.editing import PARAMETERS
from tracker.assessment.scoring.numbers import read_number
from tracker.assessment.sources import ENTERED, SOURCES
from tracker.assessment.words import CHOICES, KINDS, PARAMETERS as NAMES

_BETWEEN = re.compile(r"[；;\n]+")
ENTERED_TEXT, SELF_TEXT = "人工录入", "，先由单位自评"
"""How the table says that people enter an indicator's facts, and that units score themselves first."""


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


def source_of(said: str) -> dict[str, Any]:
    """A source as the table says it (`逾期扣分，每次扣 0.5 分`); people enter what no source counts."""
    name, _, each = said.partition("，")
    key = next((source.key for source in SOURCES.values() if source.name == name.strip()), None)
    if key is None:
        return {"from": ENTERED} | ({"self": "1"} if f"，{each.strip()}" == SELF_TEXT else {})
    amount = re.search(r"\d+(\.\d+)?", each)
    return {"from": key} | ({"each": amount[0]} if amount else {})
