"""Times told from the day on which they are written: 本周五前, 下月5日前, 本季度内. No clock: whoever knows the document's date makes
a day of them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from imports.draft import Deadline
from imports.phrases.chars import BLANKS
from imports.phrases.deadlines import patterns

_BEFORE = "(?:之前|以前|前(?![后夕期\\d一二三四五六七八九十]))"
_INSIDE = "(?:以|之)?内"
_AT_END = f"[底末]{_BEFORE}?"
NEAR = re.compile(
    rf"(?P<next>[下]|[本这])一?个?(?:(?P<week>周|星期)(?:(?P<weekday>[一二三四五六日天])(?:下班|[上中下]午)?(?:\d{{1,2}}(?:[时点]|:\d\d))?{_BEFORE}|{_INSIDE}|{_AT_END})|"
    rf"(?P<month>月)份?的?(?:(?P<day>{patterns.N})[日号](?:下班)?{_BEFORE}|(?P<third>[上中下])旬{_BEFORE}?|{_INSIDE}|{_AT_END})|"
    rf"(?P<quarter>季)度?(?:{_INSIDE}|{_AT_END}))"
)
_SIGN = re.compile("[本这下](?:一?个?)[周星月季]")
_RHYTHM = re.compile("每|逐|按[月季周]|[月季]度?[报调通]|上月|当月")
"""Beside it the month that follows is the one after each: 每月统计，下月5日前报送."""


def nears(text: str, folded: str) -> Sequence[tuple[int, int, Deadline]]:
    """All of a running text, with their positions."""
    if not _SIGN.search(folded) or _RHYTHM.search(folded):
        return ()
    return [
        (found.start(), found.end(), Deadline(text[found.start() : found.end()].strip(BLANKS), "phase"))
        for found in NEAR.finditer(folded)
    ]


def near_whole(printed: str, folded: str) -> Deadline | None:
    """The one that a cell names, words such as 完成 behind it; a report that is due then (下月5日前报送) comes again."""
    found = NEAR.match(folded)
    if found is None or not patterns.CELL_TAIL.match(folded, found.end()) or _comes_again(folded, found):
        return None
    return Deadline(printed[: found.end()].strip(BLANKS), "phase")


def _comes_again(folded: str, found: re.Match[str]) -> bool:
    return found["month"] is not None and found["next"] == "下" and "报" in folded[found.end() :]
