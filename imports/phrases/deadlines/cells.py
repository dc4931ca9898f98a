"""Time cells (完成时限) and time notes: bare dates (`2026年12月`) and open ends (`持续推进`) count here, beside what running text says."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from functools import lru_cache

from imports.draft import Deadline
from imports.phrases.chars import BLANKS, chinese_number
from imports.phrases.deadlines import every, patterns
from imports.phrases.deadlines.grammar import deadlines_of
from imports.phrases.deadlines.listed import without_numbers
from imports.phrases.deadlines.moments import (
    calendar_day,
    days_of,
    end_of_month,
    figures,
    figures_range,
    folded_time,
    moment,
    numeric,
    numeric_range,
    quarters,
    range_of,
    relative,
    turn_of_year,
    years,
)
from imports.phrases.deadlines.near import near_whole
from imports.phrases.deadlines.occasions import cell_occasion, occasion
from imports.phrases.deadlines.recurring import once, recurring, recurring_named

_DAY_ZERO = date(1899, 12, 30)
"""Workbooks count their days from here on."""
_DIGITS_OF_A_DAY = 5
_YEARS_AROUND = 2
_AROUND = BLANKS + '“”"'
"""Blanks and quotation marks around a piece: `“一月一调度、一季一通报”`."""


@lru_cache(maxsize=16384)
def parse_time_cell(text: str, year: int | None) -> tuple[Deadline, ...]:
    """The deadlines of a time cell (完成时限) or time note: bare dates and open ends count here."""
    text = without_numbers(text)
    folded = folded_time(text).strip(BLANKS + "()")
    if not folded or folded in {"-", "—", "——", "/", "无"}:
        return ()
    printed = text.strip(BLANKS + "()（）")
    whole = (
        _in_figures(printed, folded)
        or _of_workbook(folded, year)
        or _whole(printed, folded, year)
        or _whole_cell(printed, folded, year)
    )
    if whole is not None:
        return (whole,)
    found = list(deadlines_of(printed, year, cell=True))
    spans = [folded_time(deadline.text) for deadline in found]
    taken = list(_places(folded, spans))
    for piece, start in _pieces(folded):
        if folded.startswith("(", start + len(piece)) and patterns.LABEL.fullmatch(piece):
            continue  # 全年（次年1月10日前）
        if any(first <= start < last and (first < start or start + len(piece) <= last) for first, last in taken):
            continue  # one of several that share a word: 双月15日和30日前
        if _shares_what_is_no_time(folded, start + len(piece)):
            continue
        extra = _whole_year(printed, piece, start, year) if found and year else None
        extra = extra or _besides(printed, piece, start, year, [span for span in spans if span and span in piece])
        if extra is not None:
            found.append(extra)
    return tuple(_told(found, folded))


def _told(found: list[Deadline], folded: str) -> list[Deadline]:
    """Without what a day beside it says more exactly: who else sets the time (`按序时进度推进，12月底前完成`), and that it comes
    every year in a season whose months are printed (`每年汛期（5—9月）`)."""
    days = [one for one in found if one.date]
    for one in list(found) if days else ():
        by_plan = one.kind == "ongoing" and patterns.BY_PLAN.fullmatch(folded_time(one.text))
        if by_plan or (one.recurrence == "yearly" and _has_its_months(folded_time(one.text), folded, days)):
            found.remove(one)
    return found


def _has_its_months(yearly: str, folded: str, days: Iterable[Deadline]) -> bool:
    season = re.search(rf"{yearly}[\u4e00-\u9fff]{{1,6}}\(", folded)
    return season is not None and any(folded.startswith(folded_time(day.text), season.end()) for day in days)


def _shares_what_is_no_time(folded: str, end: int) -> bool:
    """`1月、2月合并报送`: of the first month is said what is said of the second."""
    found = patterns.MOMENT.match(folded, end + 1) if folded[end : end + 1] in {"、", "和", "及"} else None
    return (
        found is not None and found["month"] is not None and patterns.BEGINS_THEN.match(folded, found.end()) is not None
    )


def _in_figures(printed: str, folded: str) -> Deadline | None:
    """`2026`, `2026底`, `2026Q3`, `202606`, `20260630`."""
    if re.fullmatch(r"20\d{2}(?:[底末](?:之前|以前|前)?(?:完成)?)?", folded):
        return Deadline(printed, "year_end", date(int(folded[:4]), 12, 31))
    quarter = patterns.QUARTER_IN_FIGURES.fullmatch(folded)
    if quarter:
        number = chinese_number(quarter["quarter"] or quarter["said"]) or 4
        return end_of_month(printed, int(quarter["year"]), 3 * number)
    compact = patterns.COMPACT.fullmatch(folded)
    if compact is None:
        return None
    year, month, day = (int(part or 0) for part in compact.groups())
    return Deadline(printed, "date", calendar_day(year, month, day)) if day else end_of_month(printed, year, month)


def _of_workbook(folded: str, year: int | None) -> Deadline | None:
    """`46203`: a day as a workbook stores it, whose cell is not formatted as one. Near the document's year only."""
    if year is None or len(folded) != _DIGITS_OF_A_DAY or not folded.isdecimal():
        return None
    day = _DAY_ZERO + timedelta(days=int(folded))
    return Deadline(folded, "date", day) if abs(day.year - year) <= _YEARS_AROUND else None


def _places(folded: str, spans: Iterable[str]) -> Iterator[tuple[int, int]]:
    """Where these words stand, each behind the one before it."""
    end = 0
    for span in spans:
        start = folded.find(span, end)
        if start >= 0:
            end = start + len(span)
            yield start, end


def _besides(printed: str, piece: str, start: int, year: int | None, known: list[str]) -> Deadline | None:
    """What one piece of a time cell says that running text would not: a bare time, or an open end behind a time."""
    if known:
        before = patterns.ONGOING_AND.match(piece)
        if before and piece.startswith(tuple(known), before.end()):
            return Deadline(printed[start : start + before.end()].strip(BLANKS).rstrip("，,并且同时于在"), "ongoing")
        after = max(piece.find(span) + len(span) for span in known)
        rest = piece[after:]
        if not patterns.THEN_ONGOING.fullmatch(rest):
            return None
        return Deadline(printed[start + after : start + len(piece)].strip(BLANKS + "。.;；"), "ongoing")
    headed = patterns.HEADED.match(piece)
    spans = [headed.span(), (headed.end() + 1, len(piece))] if headed else [(0, len(piece))]
    spans += [(work.end(), len(piece)) for work in patterns.WORK.finditer(piece) if not headed]
    for first, last in spans:
        raw, plain = printed[start + first : start + last].strip(_AROUND), piece[first:last].strip(_AROUND)
        found = _in_figures(raw, plain) or _whole(raw, plain, year) or _whole_cell(raw, plain, year)
        if found is not None:
            return found
    if patterns.THEN_ONGOING.fullmatch(piece):
        return Deadline(printed[start : start + len(piece)].strip(BLANKS), "ongoing")
    return None


def _whole_year(printed: str, piece: str, start: int, year: int) -> Deadline | None:
    """`全年完成100%`, beside another time."""
    found = patterns.WHOLE_YEAR.match(piece)
    if found is None:
        return None
    of = int(found["time"][:4]) if found["time"][0] == "2" else year
    end = start + found.end("time")
    return Deadline(
        printed[start:end], "year_end", date(of, 12, 31), None, printed[end : start + len(piece)].strip(BLANKS)
    )


def _whole_cell(printed: str, folded: str, year: int | None) -> Deadline | None:
    """As `_whole`, of what counts in a time cell alone."""
    if patterns.BY_PLAN.fullmatch(folded):
        return Deadline(printed.rstrip("。.;；,，"), "ongoing")
    for pattern, build in (
        (patterns.FIGURES_RANGE, figures_range),
        (patterns.FIGURES, figures),
        (patterns.SPAN_ALONE, relative),
        (patterns.TURN_OF_YEAR, turn_of_year),
    ):
        found = pattern.match(folded)
        if found and patterns.CELL_TAIL.match(folded, found.end()):
            return build(printed[: found.end()], found, year)
    return cell_occasion(printed, folded)


@lru_cache(maxsize=4096)
def time_clause(text: str, year: int | None) -> Deadline | None:
    """The deadline that a clause of a unit note is, as a whole (`6月底完成`); None where it is something else."""
    folded = folded_time(text).strip(BLANKS)
    if not folded or len(folded) > 30 or not patterns.CLAUSE_TRIGGER.search(folded):
        return None
    return _whole(text.strip(BLANKS), folded, year)


def _pieces(folded: str) -> Iterator[tuple[str, int]]:
    for found in re.finditer(r"(?:[^,;。、\n()和及/]|(?<![月日号底末前旬度])/)+", folded):
        yield found.group(), found.start()


def _whole(printed: str, folded: str, year: int | None) -> Deadline | None:
    """The text as one single expression, tail words such as 完成 included."""
    if patterns.CELL_ONGOING.fullmatch(folded):
        return Deadline(printed.rstrip("。.;；,，"), "ongoing")
    named = near_whole(printed, folded) or occasion(printed, folded)
    if named is not None:
        return named
    for pattern, build in (
        (patterns.YEARS, years),
        (patterns.NUMERIC_RANGE, numeric_range),
        (patterns.DASHED_RANGE, numeric_range),
        (patterns.NUMERIC, numeric),
        (patterns.RANGE, range_of),
        (patterns.DAYS, days_of),
        (patterns.QUARTERS, quarters),
        (every.RECURRING, recurring),
        (patterns.RELATIVE, relative),
    ):
        found = pattern.match(folded)
        tail = patterns.CELL_TAIL.match(folded, found.end()) if found else None
        if found and tail:
            return _acted(build(printed[: found.end()], found, year), tail)
    often = every.ONCE.match(folded)
    if often and patterns.CELL_TAIL.match(folded, often.end()):
        return once(printed[: often.end()], often)
    period = every.CELL_EVERY.match(folded)
    if period:
        return recurring_named(printed[: period.end()], period.group())
    if every.TIMES_A_YEAR.fullmatch(folded):
        return Deadline(printed, "recurring", None, "yearly")
    found = patterns.MOMENT.match(folded)
    tail = patterns.CELL_TAIL.match(folded, found.end()) if found and found.end() else None
    if found and tail:
        return _acted(moment(printed[: found.end()], found, year, bare=True), tail)
    return None


def _acted(deadline: Deadline | None, tail: re.Match[str]) -> Deadline | None:
    """With what is to be done by then, where the words behind the time say more than that it is done (`动工`)."""
    return replace(deadline, action=tail["action"]) if deadline and tail["action"] else deadline
