"""The settings of a scheme (方案规则) as rows of two cells beside its printed table, and read from them again. Pure."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from tracker.assessment.binding import nodes
from tracker.assessment.printed.heads import LOOKED_AT, squeezed
from tracker.assessment.scoring.numbers import read_number
from tracker.assessment.scoring.wording import N_
from tracker.assessment.starters import SETTINGS
from tracker.assessment.words import MODES, NOT_APPLICABLE, QUOTA_TIES, STAGES, TIES, VETO_MODES

HEADS = ("方案规则", "内容")
GRADES, TIE_BREAK, PLACES = N_("等次"), N_("同分先看"), N_("小数位数")
NONE = "不设"
TEXT: Mapping[str, str] = {}
"""Of a setting that is neither a number nor one of a few words."""
_ROWS: tuple[tuple[str, tuple[str, ...], Mapping[str, str] | None], ...] = (
    (PLACES, ("rounding", "places"), None),
    (N_("取舍方式"), ("rounding", "mode"), MODES),
    (N_("取舍时机"), ("rounding", "stage"), STAGES),
    (N_("不适用的指标"), ("not_applicable",), NOT_APPLICABLE),
    (N_("加分上限"), ("bonus", "cap"), None),
    (N_("基础分高于多少才计加分"), ("bonus", "gate"), None),
    (N_("加分分类上限"), ("bonus", "kinds"), TEXT),
    (N_("减分上限"), ("penalty", "cap"), None),
    (N_("减分分类上限"), ("penalty", "kinds"), TEXT),
    (N_("总分满分（折算前）"), ("total", "full"), None),
    (N_("总分折算为"), ("total", "as"), None),
    (N_("总分最多"), ("total", "cap"), None),
    (N_("一票否决"), ("veto", "mode"), VETO_MODES),
    (N_("否决后的固定分"), ("veto", "score"), None),
    (N_("名额线上同分"), ("quota_ties",), QUOTA_TIES),
    (N_("合并名额的小组单位数"), ("quota_pool",), None),
    (N_("名次并列"), ("ties",), TIES),
    (N_("占综合考核（%）"), ("larger", "percent"), None),
)
_GRADE = re.compile(r"^(.+?)≥(\d+(?:\.\d+)?)(?:，名额(\d+)%)?$")
_BETWEEN = re.compile(r"[；;]")


def setting_rows(body: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Every setting that the scheme has: its name, and what it is set to."""
    for label, path, words in _ROWS:
        value: Any = body
        for name in path:
            value = (value or {}).get(name)
        if value not in (None, ""):
            yield label, (words or {}).get(str(value), str(value))
    said = [
        f"{one['name']}≥{one['min']}" + (f"，名额{one['quota_percent']}%" if one.get("quota_percent") else "")
        for one in body.get("grades") or ()
    ]
    yield GRADES, "；".join(said) or NONE
    names = {node["key"]: str(node.get("name", "")) for node, _ in nodes(body["indicators"])}
    yield TIE_BREAK, "；".join(names[key] for key in body.get("tie_break") or () if key in names) or NONE


def read_setting(label: str, text: str, body: dict[str, Any]) -> bool:
    """Puts what a row says into the scheme; False for a row that cannot be read."""
    pieces = [piece.strip() for piece in _BETWEEN.split(text) if piece.strip() not in {"", NONE}]
    if label == GRADES:
        found = [_GRADE.match(squeezed(piece)) for piece in pieces]
        body["grades"] = [_grade(one) for one in found if one]
        return None not in found
    if label == TIE_BREAK:
        held = [(str(node.get("name", "")), node["key"]) for node, _ in nodes(body["indicators"])]
        named = Counter(name for name, _ in held)
        keys = {name: key for name, key in held if named[name] == 1}
        body["tie_break"] = [keys[piece] for piece in pieces if piece in keys]
        return len(body["tie_break"]) == len(pieces)
    row = next((one for one in _ROWS if one[0] == label), None)
    value = None if row is None else _value(text, row[2])
    if row is None or value is None:
        return False
    _, path, _ = row
    part = body if len(path) == 1 else body.setdefault(path[0], {})
    part[path[-1]] = value
    return True


def with_usual(body: Mapping[str, Any]) -> dict[str, Any]:
    """The scheme with what is usual wherever it says nothing."""
    made: dict[str, Any] = {**SETTINGS, **body}
    for name in ("rounding", "veto"):
        made[name] = {**SETTINGS[name], **body.get(name, {})}
    return made


def _grade(found: re.Match[str]) -> dict[str, str]:
    name, least, quota = found.groups()
    return {"name": name, "min": least} | ({"quota_percent": quota} if quota else {})


def _value(text: str, words: Mapping[str, str] | None) -> str | None:
    if words is TEXT:
        return text or None
    if words is None:
        return text if read_number(text) is not None else None
    return next((key for key, word in words.items() if word == text), None)


def settings_head(grid: Sequence[Sequence[str]]) -> int | None:
    """The row of the heads of such a table; None where it is another."""
    return next((at for at, cells in enumerate(grid[:LOOKED_AT]) if tuple(map(squeezed, cells[:2])) == HEADS), None)
