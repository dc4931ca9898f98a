"""Times called by a feast, and times told from the day of writing."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from chinese_calendar import constants

from imports.phrases.deadlines import parse_time_cell
from imports.phrases.deadlines.feasts import feast_day, feasts
from tests.unit.progress.test_obligations import CALENDAR
from tracker.progress.calendar import Workdays
from tracker.progress.feasts import FeastDay, feast_ends
from tracker.progress.obligations import obligations
from tracker.progress.printed import Phrase, read_phrases
from tracker.progress.spans import stands_alone

_HOLIDAYS = {
    "春节": "Spring Festival", "清明": "Tomb-sweeping Day", "端午": "Dragon Boat Festival", "中秋": "Mid-autumn Festival",
}  # fmt: skip


def due(text: str, *, year: int = 2026, written: date | None = None, roll: str = "none", calendar: Workdays = CALENDAR):
    phrases = [
        Phrase(one.text, one.kind, one.date, one.recurrence, one.action, stands_alone(one.text))
        for one in parse_time_cell(text, year)
    ]
    found = obligations(phrases, year=year, base=written, written=written, roll=roll, workdays=calendar)
    return [one.due.isoformat() for one in found if one.kind == "phase"]


@pytest.mark.parametrize(("name", "holiday"), _HOLIDAYS.items())
def test_feasts_lie_in_the_holidays_that_were_published_for_them(name, holiday):
    off = {day for day, called in constants.holidays.items() if called in {holiday, "National Day"}}
    for year in range(2020, 2027):
        assert feast_day(name, year) in off, year


@pytest.mark.parametrize(
    ("name", "year", "day"),
    [
        ("春节", 2027, "2027-02-06"), ("春节", 2030, "2030-02-03"), ("春节", 2033, "2033-01-31"), ("春节", 2050, "2050-01-23"),
        ("端午", 2028, "2028-05-28"), ("中秋", 2028, "2028-10-03"), ("清明", 2027, "2027-04-05"), ("清明", 2028, "2028-04-04"),
        ("重阳", 2026, "2026-10-18"), ("重阳", 2033, "2033-10-01"), ("重阳", 2050, "2050-10-24"),
        ("除夕", 2026, "2026-02-16"), ("元宵", 2026, "2026-03-03"),
    ],
)  # fmt: skip
def test_the_day_of_a_feast(name, year, day):
    """Of 2027 and 2030 the new moon falls within minutes of midnight in Beijing."""
    assert feast_day(name, year) == date.fromisoformat(day)


def test_what_the_table_does_not_reach_has_no_day():
    assert feast_day("春节", 2051) is None
    assert feast_day("中秋", 2019) is None
    assert feast_ends("2051年春节前", 2026, CALENDAR) == ()


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("元旦前", "2026-12-31"), ("2027年元旦前完成", "2026-12-31"), ("2026年元旦前", "2025-12-31"), ("春节前", "2026-02-14"),
        ("除夕前", "2026-02-14"), ("明年春节前", "2027-02-05"), ("清明节前", "2026-04-03"), ("“五一”前", "2026-04-30"),
        ("五一劳动节前完成", "2026-04-30"), ("端午节前", "2026-06-18"), ("七一前", "2026-06-30"), ("六一前", "2026-05-29"),
        ("中秋前", "2026-09-24"), ("国庆节前", "2026-09-30"), ("“十一”前", "2026-09-30"), ("国庆小长假来临前", "2026-09-30"),
        ("2025年国庆前", "2025-09-30"), ("每年国庆节前", "2026-09-30"), ("每年元旦前", "2026-12-31"),
        ("重阳节前", "2026-10-16"), ("每年重阳节前走访慰问", "2026-10-16"), ("妇女节前", "2026-03-06"), ("建党节前", "2026-06-30"),
        ("国家宪法日前", "2026-12-03"),
        ("春节后一周内", "2026-03-02"), ("国庆节后5个工作日内", "2026-10-13"), ("五一假期结束后3日内", "2026-05-08"),
    ],
)  # fmt: skip
def test_the_last_workday_before_a_feast_and_what_counts_from_its_holiday(text, wanted):
    assert due(text) == [wanted]
    assert due(text, roll="next") == [wanted], "it is a workday, so that no rule moves it behind the feast"


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("五一、国庆节前各开展一次检查", ["2026-04-30", "2026-09-30"]), ("“五一”“十一”前", ["2026-04-30", "2026-09-30"]),
        ("五一、端午、中秋、国庆节前", ["2026-04-30", "2026-06-18", "2026-09-24", "2026-09-30"]),
        ("中秋国庆节前", ["2026-09-24", "2026-09-30"]), ("元旦、春节前", ["2026-12-31", "2027-02-05"]),
        ("2026年元旦、春节前", ["2025-12-31", "2026-02-14"]), ("每年春节、国庆节前", ["2026-02-14", "2026-09-30"]),
    ],
)  # fmt: skip
def test_of_several_feasts_each_is_a_time_of_its_own(text, wanted):
    assert due(text) == wanted


def test_new_year_and_spring_festival_are_those_after_the_document():
    assert due("元旦、春节前", written=date(2025, 12, 20)) == ["2025-12-31", "2026-02-14"]
    assert due("元旦、春节前", written=date(2026, 1, 10)) == ["2026-02-14", "2026-12-31"]


@pytest.mark.parametrize(
    ("text", "written", "wanted"),
    [
        ("春节前", date(2026, 1, 10), "2026-02-14"), ("春节前", date(2026, 3, 10), "2027-02-05"),
        ("元旦前", date(2026, 3, 2), "2026-12-31"), ("元旦前", date(2025, 12, 20), "2025-12-31"),
        ("国庆节前", date(2026, 3, 2), "2026-09-30"), ("2026年春节前", date(2026, 3, 10), "2026-02-14"),
    ],
)  # fmt: skip
def test_it_is_the_first_feast_after_the_document(text, written, wanted):
    assert due(text, written=written) == [wanted]


def test_where_the_days_off_are_not_known_only_weekends_are_left_out():
    unknown = FeastDay("春节", feast_on=date(2027, 2, 6), last=date(2027, 2, 5), known=False)
    assert feast_ends("2027年春节前", 2026, CALENDAR) == (unknown,)
    assert feast_ends("2027年春节后一周内", 2026, CALENDAR) == (), "nobody knows when the holiday ends"
    assert feast_ends("2027年七一前", 2026, CALENDAR)[0].known, "no days off around it"


@pytest.mark.parametrize("text", ["双节前", "两节前", "节前", "汛期前", "春节期间", "国庆节前3天", "十一前后"])
def test_what_names_no_single_feast_has_no_day(text):
    assert feasts(text) == ()
    assert due(text) == []


APRIL = date(2026, 4, 8)
"""A Wednesday."""


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("本周内", "2026-04-12"), ("本周五前", "2026-04-10"), ("本周五下班前完成", "2026-04-10"), ("下周五前", "2026-04-17"),
        ("下周一前完成", "2026-04-13"), ("下周内", "2026-04-19"), ("本月底前", "2026-04-30"), ("本月内", "2026-04-30"),
        ("本月25日前", "2026-04-25"), ("下月5日前", "2026-05-05"), ("下个月5日前完成", "2026-05-05"), ("下月底前", "2026-05-31"),
        ("下月中旬前", "2026-05-20"), ("本季度内", "2026-06-30"), ("本季度末", "2026-06-30"), ("下季度末前", "2026-09-30"),
    ],
)  # fmt: skip
def test_what_is_told_from_the_day_of_writing(text, wanted):
    assert due(text, written=APRIL) == [wanted]
    assert due(text) == [], "not guessed where that day is not known"


def test_the_turn_of_the_year_and_short_months():
    assert due("下月5日前", written=date(2026, 12, 20)) == ["2027-01-05"]
    assert due("下月底前", written=date(2026, 1, 31)) == ["2026-02-28"]
    assert due("下月31日前", written=date(2026, 3, 31)) == [], "April has no such day"
    assert due("本季度内", written=date(2026, 12, 31)) == ["2026-12-31"]
    assert due("本周内", written=date(2026, 4, 12)) == ["2026-04-12"]


@pytest.mark.parametrize("text", ["每月统计，下月5日前报送", "下月5日前报送", "次月5日前"])
def test_the_month_after_each_still_comes_again(text):
    assert "recurring" in {one.kind for one in parse_time_cell(text, 2026)}
    assert due(text, written=APRIL) == []


def test_a_stored_one_counts_from_the_document_whatever_stands_around_it():
    (phrase,) = read_phrases([{"text": "下周五前", "kind": "phase", "date": None, "recurrence": None}], "")
    assert phrase.anchored


@pytest.mark.parametrize("days", [1, 40, 100, 250, 364])
def test_before_a_feast_is_never_behind_it(days):
    written = date(2026, 1, 1) + timedelta(days=days)
    for name in ("元旦", "春节", "清明", "五一", "端午", "六一", "七一", "中秋", "国庆", "重阳", "儿童节"):
        (found,) = feast_ends(f"{name}前", 2026, CALENDAR, written)
        assert found.last < found.feast_on
        assert found.feast_on > written
