"""Times that are called by a name: feasts (春节前), seasons of the work (汛期前), the end of a five-year plan (“十四五”末).

A season has no date of its own: the lead office sets one. The days of feasts are known, see `feasts`. A five-year plan ends
with its last year.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from imports.draft import Deadline
from imports.phrases.chars import BLANKS
from imports.phrases.deadlines import patterns

_BEFORE = (
    r"(?:来临|到来|开始)?(?:之前|以前|前(?![一二三四五六七八九十名列往来期端沿夕后]|\d+(?:名|位|强|天|日|周|个月|年)))"
)
_QUOTE = r"[“”\"‘’]?"
_ONE = (
    rf"{_QUOTE}(?:元旦|春节|除夕|元宵|清明|五一|劳动节|端午|六一|七一|八一|中秋|重阳|(?:国家)?宪法日|(?:妇女|植树|青年|护士|儿童|建党|建军|医师|教师|记者)节|国庆|(?<=[“\"])十一(?=[”\"])|(?<=五一[、和及与])十一|双节|两节|两会|春耕|秋收|秋播|三夏|三秋|汛期|主汛期|入汛|汛(?=前)|雨季|供暖季?|采暖季?|供暖期|采暖期|"
    rf"入冬|冬季|寒假|暑假|暑期|(?:新学期|[春秋]季(?:新?学期)?)?开学|[春秋]季(?:新)?学期|学期末|学期结束|高考|中考){_QUOTE}(?:节|小长假|长假|假期)?{_QUOTE}"
)
_NAMED = rf"{_ONE}(?:[、和及与]?{_ONE}){{0,5}}"
_OWN_MONTH = r"(?<![\d一二三四五六七八九十个每上去])(?:当|本|次|下)?月(?:底|末)(?:之前|以前|前)?"
_PLAN_ENDS = {"二": 2015, "三": 2020, "四": 2025, "五": 2030, "六": 2035}
_PLAN = r"(?:到|至)?[“\"]?十(?P<plan>[二三四五六])五[”\"]?(?:时期|期间|规划期?)?(?:末|期末|收官之年)(?:之前|以前|前)?"
OCCASION = re.compile(
    # most places fail at once
    r"(?=[2今本当次明元春除清五劳六端七八中教国重妇儿青建植护医记宪双两秋三汛主入雨供采冬寒暑新学开高月下到至“\"十])"
    rf"(?:(?P<named>(?:(?:20\d{{2}}|[今本当次明])年)?{_NAMED}{_BEFORE})|(?P<month>{_OWN_MONTH})|{_PLAN})"
)
_CELL = re.compile(
    rf"(?P<named>(?:20\d{{2}}年)?{_NAMED}(?:期间)?|(?![^前]*(?:年[中底末终]|月|季度|半年))[\u4e00-\u9fff]{{2,12}}(?<![目提当])(?:之前|以前|前))|(?P<month>(?!))|"
    r"[“\"]?十(?P<plan>[二三四五六])五[”\"]?(?:时期|期间)"
)
"""In a cell of its own: `汛期`, `竣工验收前`, `“十五五”期间`."""
SIGN = re.compile(
    r"[前月五](?:(?<=法日前)|(?<=[之以临来始旦节夕宵明一午秋阳庆会耕收播夏期汛季暖冬假学考束末“”\"‘’]前)|(?<=月)[底末]|(?<=五)[”\"]?[时期规末收])"
)
"""What every occasion has, told by a word and its neighbour: most texts are not looked through."""
_WORK = re.compile(
    r"前(?:安全|隐患|专项|集中|联合)*大?(?:检查|排查|准备|巡查|巡检|督查|演练)(?P<alone>工作|任务|活动|(?![\u4e00-\u9fff\d]))?"
)
"""What is done before a time and called by it: `水库汛前检查`, `汛前准备工作`; `汛前检查水库20座` says when, unless a verb of `_TAKING`
stands before it."""
_TAKING = ("开展", "做好", "抓好", "完成", "组织", "进行", "加强", "强化", "落实", "启动")


def occasions(text: str, folded: str) -> Sequence[tuple[int, int, Deadline]]:
    """All of a running text, with their positions."""
    if not SIGN.search(folded):
        return ()
    return [
        (found.start(), found.end(), _deadline(text[found.start() : found.end()], found))
        for found in OCCASION.finditer(folded)
        if not _names_work(folded, found)
    ]


def _names_work(folded: str, found: re.Match[str]) -> bool:
    """Is the time but part of what some work is called?"""
    work = _WORK.match(folded, found.end() - 1)
    return work is not None and (work["alone"] is not None or folded[: found.start()].endswith(_TAKING))


def occasion(printed: str, folded: str) -> Deadline | None:
    """The one that a cell names, words such as 完成 behind it."""
    found = OCCASION.match(folded)
    if found is None or not patterns.CELL_TAIL.match(folded, found.end()):
        return None
    return _deadline(printed[: found.end()], found)


def cell_occasion(printed: str, folded: str) -> Deadline | None:
    """What has no word of time of its own and is one where a time is asked for."""
    found = _CELL.fullmatch(folded.rstrip("。.;"))
    return None if found is None else _deadline(printed[: found.end()], found)


def _deadline(printed: str, found: re.Match[str]) -> Deadline:
    text = printed.strip(BLANKS)
    if found["plan"]:
        return Deadline(text, "year_end", date(_PLAN_ENDS[found["plan"]], 12, 31))
    return Deadline(text, "phase")
