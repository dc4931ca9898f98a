"""The lines of a time cell: those that an author began (`2026年6月` / `2026年12月`) are clauses of their own, those that a narrow
column broke (`2026年` / `6月底前`, `12` / `月底前`) go on."""

from __future__ import annotations

import re

from imports.phrases.chars import BLANKS, fold, one_line
from imports.phrases.deadlines.patterns import N

_POINT = (
    r"[①-⑳]|\((?:\d{1,2}|[一二三四五六七八九十]{1,3})\)|[一二三四五六七八九]是|"
    r"(?:\d{1,2}|[一二三四五六七八九十]{1,3})[.、](?=\s*(?:\d|[^\d\s月日]))"
)
_LABEL = r"[^\n:]{2,12}:"
"""`9月：竣工开放`."""
_YEAR = r"20\d{2}\s*[年./-]|[今明]年"
_MONTH = rf"(?:{N})\s*月(?!前|后)|第?[一二三四1-4]\s*季度|[上下]半年|年[中底末]|全年"
_BEGINS = re.compile(rf"{_POINT}|{_LABEL}|{_YEAR}|{_MONTH}")
_UNFINISHED = re.compile(r"[\d年第每至到~—\-、和及与,:;.。(/起于在自从]$")
"""A line goes on behind it: a year before its month, a range before its end, a comma."""
_WHOLE = re.compile(r"[半全]年$|20\d{2}[-./]\d{1,2}(?:[-./]\d{1,2})?$")
"""It ends as what is unfinished does, and is a time of its own: `上半年`, `2026.6`."""
_YEARS = re.compile(rf"{_YEAR}|{_POINT}|{_LABEL}")


def in_one_line(raw: str) -> str:
    """A time cell on one line, `；` where its author began a new one."""
    if "\n" not in raw and "\r" not in raw:
        return one_line(raw)
    lines = [line.strip(BLANKS) for line in raw.splitlines() if line.strip(BLANKS)]
    joined = lines[0] if lines else ""
    for line in lines[1:]:
        joined += f"；{line}" if _is_new(fold(joined), fold(line)) else line
    return joined


def _is_new(before: str, line: str) -> bool:
    if not _BEGINS.match(line):
        return False
    if _WHOLE.search(before):
        return not line[0].isdecimal() or _YEARS.match(line) is not None
    if before.endswith("年"):
        return _YEARS.match(line) is not None
    return not _UNFINISHED.search(before)
