"""Times that are called by a name: feasts (春节前), seasons of the work (汛期前), the end of a five-year plan (“十四五”末).

A feast or season has no date of its own: the lead office sets one. A five-year plan ends with its last year.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from imports.draft import Deadline
from imports.phrases.chars import BLANKS
from imports.phrases.deadlines import patterns

_BEFORE = r"(?:来临|到来|开始)?(?:之前|以前|前(?![一二三四五六七八九十\d名列往来期端沿夕后]))"
_NAMED = (
    r"(?:元旦|春节|清明|五一|端午|七一|八一|中秋|国庆|两会|春耕|秋收|秋播|三夏|三秋|汛期|主汛期|入汛|雨季|供暖季?|采暖季?|供暖期|采暖期|"
    r"入冬|冬季|寒假|暑假|暑期|秋季开学|春季开学|开学|高考|中考)(?:节|小长假|长假|假期)?"
)
_OWN_MONTH = r"(?<![\d一二三四五六七八九十个每上去])(?:当|本|次|下)?月(?:底|末)(?:之前|以前|前)?"
_PLAN_ENDS = {"二": 2015, "三": 2020, "四": 2025, "五": 2030, "六": 2035}
_PLAN = r"(?:到|至)?[“\"]?十(?P<plan>[二三四五六])五[”\"]?(?:时期|期间|规划期?)?(?:末|期末|收官之年)(?:之前|以前|前)?"
_OCCASION = re.compile(
    r"(?=[2今本当次明元春清五端七八中国两秋三汛主入雨供采冬寒暑开高月下到至“\"十])"  # what it can begin with: most places fail at once
    rf"(?:(?P<named>(?:(?:20\d{{2}}|[今本当次明])年)?{_NAMED}{_BEFORE})|(?P<month>{_OWN_MONTH})|{_PLAN})"
)
_SIGN = re.compile("[前月末官]")


def occasions(text: str, folded: str) -> Iterator[tuple[int, int, Deadline]]:
    """All of a running text, with their positions."""
    if _SIGN.search(folded):
        for found in _OCCASION.finditer(folded):
            yield found.start(), found.end(), _deadline(text[found.start() : found.end()], found)


def occasion(printed: str, folded: str) -> Deadline | None:
    """The one that a cell names, words such as 完成 behind it."""
    found = _OCCASION.match(folded)
    if found is None or not patterns.CELL_TAIL.match(folded, found.end()):
        return None
    return _deadline(printed[: found.end()], found)


def _deadline(printed: str, found: re.Match[str]) -> Deadline:
    text = printed.strip(BLANKS)
    if found["plan"]:
        return Deadline(text, "year_end", date(_PLAN_ENDS[found["plan"]], 12, 31))
    return Deadline(text, "phase")
