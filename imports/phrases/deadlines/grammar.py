"""Deadlines (完成时限): explicit time expressions as printed, with the date they end on.

Two manners. In running text only expressions that bind count (`9月底前`, `每季度`, `到2027年底`); in a time cell or a time
note a bare date (`2026年12月`) and an open end (`持续推进`) count, too. Vague words (及时, 适时, 加快) are no deadlines.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import lru_cache

from imports.draft import Deadline
from imports.phrases.chars import BLANKS, REPEATED, chinese_number
from imports.phrases.deadlines import every, patterns
from imports.phrases.deadlines.listed import goes_on, listed
from imports.phrases.deadlines.moments import (
    calendar_day,
    days_of,
    figures,
    folded_time,
    moment,
    numeric,
    quarters,
    range_of,
    spans,
    years,
)
from imports.phrases.deadlines.near import nears
from imports.phrases.deadlines.occasions import occasions
from imports.phrases.deadlines.recurring import Hit, of_every_period, once

_FOLLOWING = 20
"""How far the words behind a moment are looked at."""
_GOES_ON = frozenset("起至以《")
"""Behind a moment in running text: something begins then or lasts on (`5月起`), or a document is called by it."""
_NO_BEGINNING = frozenset({"起草", "起步"})
"""What begins with 起 and says what is done, not that something begins."""
_AT_LATEST = re.compile(patterns.LATEST)
_SPOKEN_OF = frozenset({"度工", "以来", "开始"})
"""Behind a moment: it says of which year a work is (`2020年度工作`), or since when."""


def parse_deadlines(text: str, year: int | None, issued_on: date | None = None) -> tuple[Deadline, ...]:
    """The deadlines that running text names, in printed order. `year` stands in where none is printed.

    `issued_on` serves only where no `year` is known. A date that the calendar does not have comes with `date=None`.
    """
    assumed = year if year is not None else issued_on.year if issued_on else None
    return _of_a_cell(text, assumed) if len(text) <= REPEATED else _of_a_text(text, assumed)


def _of_a_text(text: str, year: int | None) -> tuple[Deadline, ...]:
    if not (patterns.OFTEN.search(text) or (patterns.SELDOM.search(text) and patterns.TRIGGER.search(text))):
        return ()
    return deadlines_of(text, year)


_of_a_cell = lru_cache(maxsize=4096)(_of_a_text)


def deadlines_of(text: str, year: int | None, *, cell: bool = False) -> tuple[Deadline, ...]:
    folded = folded_time(text)
    quoted = (
        [found.span() for found in patterns.QUOTED.finditer(folded)]
        if "“" in text or "《" in text or '"' in text
        else []
    )
    return tuple(_scan(text, folded, year, quoted, cell))


def _scan(text: str, folded: str, year: int | None, quoted: list[tuple[int, int]], cell: bool) -> Iterator[Deadline]:
    """All expressions in printed order; of two that overlap the longer one that begins first; none inside quotes."""
    hits = [*nears(text, folded), *_periods(text, folded, year), *occasions(text, folded)]
    if (
        hits
        and ("为" in folded or "提前" in folded or "延" in folded)
        and any(one.kind == "recurring" for _, _, one in hits)
    ):
        hits.extend(_instead(text, folded, year))
    if patterns.MOMENT_SIGN.search(folded):
        hits.extend(_ranges(text, folded, year, cell=cell))
        for found, members in listed(text, folded, year, cell=cell):
            spoken_of = patterns.BEGINS_THEN.match(folded, found.end())
            if (cell and not spoken_of) or found.re is patterns.HALVES or _binds(folded, found):
                hits = [hit for hit in hits if not found.start() <= hit[0] < found.end()] + members
        hits.extend(_moments(text, folded, year, hits, cell=cell))
    if "前" in folded and patterns.FIGURES_SIGN.search(folded):
        hits.extend(_numbered(text, folded, year))
    hits = _of_each_year(hits) if len(hits) > 1 and "年" in folded else hits
    end = -1
    for first, last, deadline in sorted(hits, key=lambda hit: (hit[0], -hit[1])):
        if first >= end and not any(a <= first and last <= b for a, b in quoted):
            end = last
            yield _with_action(deadline, folded, text, last)


def _of_each_year(hits: list[Hit]) -> list[Hit]:
    """`每年汛前` is one time, and its day is not the year's last."""
    named = {first: (last, one) for first, last, one in hits if one.kind == "phase"}
    return [
        (first, named[last][0], replace(named[last][1], text=f"{one.text}{named[last][1].text}"))
        if last in named and one.recurrence == "yearly"
        else (first, last, one)
        for first, last, one in hits
    ]


def _periods(text: str, folded: str, year: int | None) -> list[Hit]:
    hits = [*of_every_period(text, folded)]
    if patterns.RELATIVE_SIGN.search(folded):
        hits.extend(spans(text, folded, year, {last for _, last, _ in hits}))
    if every.ONCE_SIGN.search(folded):
        hits += [
            (*found.span(), once(text[found.start() : found.end()], found)) for found in every.ONCE.finditer(folded)
        ]
    return hits


def _instead(text: str, folded: str, year: int | None) -> Iterator[Hit]:
    """`每月25日前（12月为20日前）`: the day that takes the place of one of the rhythm's."""
    for found in patterns.INSTEAD.finditer(folded):
        month = chinese_number(found["month"] or found["of"] or "")
        month = month or patterns.END_OF_QUARTER[chinese_number(found["quarter"]) or 4]
        if 1 <= month <= 12:
            day = calendar_day(year, month, chinese_number(found["day"]) or 0)
            yield found.start(), found.end(), Deadline(text[found.start() : found.end()].strip(BLANKS), "date", day)


def _ranges(text: str, folded: str, year: int | None, *, cell: bool) -> Iterator[Hit]:
    if not patterns.RANGE_SIGN.search(folded):
        return
    for found in patterns.YEARS.finditer(folded):
        if re.search(r"年\s*[至到]", found.group()) and not patterns.FRAME.match(folded, found.end()):
            yield found.start(), found.end(), years(text[found.start() : found.end()], found, year)
    if "月" not in folded:
        return
    for pattern, build in ((patterns.RANGE, range_of), (patterns.DAYS, days_of)):
        for found in pattern.finditer(folded):
            deadline = build(text[found.start() : found.end()], found, year)
            if deadline is not None and (
                _binds(folded, found) or _lasts(folded, found) or (cell and _at_a_clause(folded, found))
            ):
                yield found.start(), found.end(), deadline
    for found in patterns.QUARTERS.finditer(folded) if "季度" in folded else ():
        if _binds(folded, found):
            yield found.start(), found.end(), quarters(text[found.start() : found.end()], found, year)


def _lasts(folded: str, found: re.Match[str]) -> bool:
    """`自2026年4月至11月，在全市开展…`: for how long something is done."""
    return folded[max(0, found.start() - 1) : found.start()] in {"自", "从"} and folded[
        found.end() : found.end() + 1
    ] in set(",在对组开集全统")


def _moments(text: str, folded: str, year: int | None, known: list[Hit], *, cell: bool) -> list[Hit]:
    """Of several in a row (`3月、6月、9月底前`) the last says that all of them bind."""
    hits: list[Hit] = []
    held: list[Hit] = []
    seen = 0
    for start in patterns.MOMENT_START.finditer(folded):
        found = patterns.MOMENT.match(folded, start.start())
        if found is None or found.end() <= start.start() or any(a <= start.start() < b for a, b, _ in known):
            continue
        if start.start() < seen:
            continue
        seen = found.end()
        if folded[max(0, start.start() - 2) : start.start()] in patterns.PAST or _compared(folded, found, year):
            continue
        later = year is not None and found["year"] is not None and found["year"] > str(year)
        reached = cell and found["year"] is not None and patterns.DONE_THAT_YEAR.match(folded, found.end()) is not None
        deadline = moment(text[found.start() : found.end()], found, year, bare=later or reached)
        if deadline is None:
            continue
        if held and held[-1][1] + 1 != found.start():
            held = []
        if _binds(folded, found) or goes_on(folded, found, hits) or (cell and _opens_clause(folded, found)):
            hits.extend(held)
            hits.append((found.start(), found.end(), deadline))
            held = []
        elif folded[found.end() : found.end() + 1] in {"、", "和", "及"}:
            held.append((found.start(), found.end(), deadline))
    return hits


def _compared(folded: str, found: re.Match[str], year: int | None) -> bool:
    """比2025年底增加5个, 2025年12月底前竣工的项目, 年终总结于12月25日前报送: a time that is spoken of."""
    if found.start() and (folded[found.start() - 1] in "比较" or folded.endswith(("不早于", "不早"), 0, found.start())):
        return True
    if found["to"] in {"于", "在"} and folded.endswith("已", 0, found.start()):
        return True
    if patterns.RUNS_OUT.match(folded, found.end()) or (
        found["yearend"] and patterns.CALLED_BY_IT.match(folded, found.end())
    ):
        return True
    if folded.endswith(patterns.FORMERLY, 0, found.start()) or patterns.NO_LONGER.match(folded, found.end()):
        return True
    earlier = year is not None and found["year"] is not None and found["year"].isdecimal() and int(found["year"]) < year
    if earlier and found.group().rstrip().endswith("年"):
        return True
    return earlier and patterns.EARLIER.match(folded, found.end()) is not None


def _opens_clause(folded: str, found: re.Match[str]) -> bool:
    """In a time cell: a time that opens a clause says when what follows is done (`6月底前完成，11月中旬迎接验收`)."""
    named = found["month"] or found["quarter"] or found["yearend"] or found["midyear"]
    return bool(named) and _at_a_clause(folded, found)


def _at_a_clause(folded: str, found: re.Match[str]) -> bool:
    opens = found.start() == 0 or folded[found.start() - 1] in ",;。、\n():"
    closed = folded[found.end() : found.end() + 1] in {"", ",", ";", "。", "、", ")", "(", ":", "\n", " "}
    return opens and not closed and not patterns.BEGINS_THEN.match(folded, found.end())


def _numbered(text: str, folded: str, year: int | None) -> Iterator[Hit]:
    """`2026-06-30前`, `6.30前`: a day in figures binds in running text where 前 says so."""
    for found in patterns.FIGURES.finditer(folded):
        if found["before"] or found["said"]:
            yield found.start(), found.end(), figures(text[found.start() : found.end()], found, year)
    for found in patterns.NUMERIC.finditer(folded):
        deadline = numeric(text[found.start() : found.end()], found, year)
        if deadline is not None and found["day"] and found["before"] and "年" not in found.group():
            yield found.start(), found.end(), deadline


def _with_action(deadline: Deadline, folded: str, text: str, end: int) -> Deadline:
    found = patterns.ACTION.match(folded, end)
    if found is None:
        return deadline
    action = text[found.start(1) : found.end(1)].strip(BLANKS)
    return Deadline(deadline.text, deadline.kind, deadline.date, deadline.recurrence, action) if action else deadline


def _is_label(folded: str, start: int, after: str) -> bool:
    """`3月:完成招标;4—6月:基础施工`: a time at the beginning of a clause that says what is done then."""
    return after[:1] == ":" and len(after) > 1 and (not start or folded[start - 1] in ",;。\n ")


def _binds(folded: str, found: re.Match[str]) -> bool:
    """In running text: does this moment bind, or is it only mentioned (`2020年重点任务`, `2019年5月15日起施行`)?"""
    groups = found.groupdict()
    after = folded[found.end() : found.end() + _FOLLOWING]
    frame = groups.get("year") and not groups.get("month") and patterns.FRAME.match(after)
    if frame or (after[:1] in _GOES_ON and after[:2] not in _NO_BEGINNING) or after[:2] in _SPOKEN_OF:
        return False
    if after[:2] == "印发" and groups.get("day") and not groups.get("before"):
        return False
    if groups.get("to") in {"截至", "自", "从", "截止"} and not groups.get("before"):
        return False
    if groups.get("before") or _AT_LATEST.match(groups.get("to") or "") or _is_label(folded, found.start(), after):
        return True
    if groups.get("to") in {"到", "至"} and (groups.get("year") or folded.endswith("起", 0, found.start())):
        return not after.startswith(("的", "度"))
    done = bool(patterns.FOLLOWING_DONE.match(after))
    if groups.get("yearend") or groups.get("end") in {"底", "末", "末期"} or groups.get("tail"):
        return not after.startswith(("的", "数", "余额", "存量", "考核", "人口", "总量", "总额", "总数"))
    if groups.get("half"):
        return done or after[:1] == "," or patterns.REACHED_THEN.match(after) is not None
    alone = groups.get("year") and not groups.get("month")
    return done or (bool(alone) and patterns.REACHED_THAT_YEAR.match(folded, found.end()) is not None)
