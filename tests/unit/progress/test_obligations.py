"""From a deadline phrase to dated obligations."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given, strategies as st

from imports.phrases.deadlines import parse_time_cell
from tracker.progress.calendar import Workdays
from tracker.progress.library import known_calendar
from tracker.progress.obligations import for_plan, obligations
from tracker.progress.printed import Phrase, read_phases, read_phrases
from tracker.progress.spans import span_end, stands_alone

CALENDAR = known_calendar()


def planned(text: str, year: int = 2026, **settings: Any):
    phrases = [Phrase(one.text, one.kind, one.date, one.recurrence, one.action) for one in parse_time_cell(text, year)]
    return obligations(phrases, year=year, **settings)


def dues(text: str, **settings: Any) -> list[str]:
    return [f"{one.due:%m-%d}" for one in planned(text, **settings)]


def test_quarters_end_in_their_last_month():
    found = planned("每季度末月20日前")
    assert [f"{one.due:%m-%d}" for one in found] == ["03-20", "06-20", "09-20", "12-20"]
    assert [one.period for one in found] == ["2026-Q1", "2026-Q2", "2026-Q3", "2026-Q4"]
    assert {one.kind for one in found} == {"recurring"}
    assert {one.text for one in found} == {"每季度末月20日前"}


def test_every_fifth_reports_on_the_month_before():
    found = planned("每月5日前")
    assert len(found) == 12
    assert [one.period for one in found][:2] == ["2025-12", "2026-01"]
    assert {one.due.day for one in found} == {5}
    assert next(one.period for one in planned("每月28日前")) == "2026-01"


def test_a_day_of_the_first_month_falls_in_it():
    found = planned("每季度首月10日前")
    assert [f"{one.due:%m-%d}" for one in found] == ["01-10", "04-10", "07-10", "10-10"]
    assert [one.period for one in found] == ["2025-Q4", "2026-Q1", "2026-Q2", "2026-Q3"]


def test_two_days_a_month_are_two_returns():
    assert dues("每月5日和20日前")[:3] == ["01-05", "01-20", "02-05"]
    assert len(dues("每月5日、20日前")) == 24


def test_a_named_weekday_is_kept():
    assert dues("每周一")[:2] == ["01-05", "01-12"]


def test_two_dates_have_their_own_words():
    found = planned("6月底前完成方案，年底前完成验收")
    assert [(f"{one.due:%m-%d}", one.text, one.kind) for one in found] == [
        ("06-30", "6月底前完成方案", "month_end"), ("12-31", "年底前完成验收", "year_end"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("proof", "expected"),
    [
        ("quarterly", ["03-31", "06-30", "09-30", "12-31"]),
        ("half_yearly", ["06-30", "12-31"]),
        ("yearly", ["12-31"]),
        (
            "monthly",
            [f"{month:02d}-{28 if month == 2 else 30 if month in {4, 6, 9, 11} else 31}" for month in range(1, 13)],
        ),
    ],
)
def test_what_has_no_date_is_proved_by_the_plans_setting(proof, expected):
    assert dues("持续推进", proof=proof) == expected
    assert planned("持续推进", proof=proof)[-1].kind == "closing"
    assert [f"{one.due:%m-%d}" for one in obligations([], year=2026, proof=proof)] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("每季度", ["03-31", "06-30", "09-30", "12-31"]),
        ("每季度10日前", ["01-10", "04-10", "07-10", "10-10"]),
        ("每半年", ["06-30", "12-31"]),
        ("每年1月31日前", ["01-31"]),
        ("9月投入使用", ["09-30"]),
        ("20个工作日内", ["03-31", "06-30", "09-30", "12-31"]),
    ],
)
def test_other_phrases(text, expected):
    assert dues(text) == expected


def test_weeks_and_leap_days():
    fridays = planned("每周五前")
    assert {one.due.weekday() for one in fridays} == {4}
    assert len(fridays) == 52
    assert [f"{one.due:%m-%d}" for one in planned("2024年2月底前", year=2024)] == ["02-29"]
    assert planned("每月31日前", year=2024)[1].due == date(2024, 2, 29)


def test_rolling_and_cutting():
    rolled = planned("2026年5月1日前", roll="next", workdays=CALENDAR)
    assert [(one.due, one.printed) for one in rolled] == [(date(2026, 5, 6), date(2026, 5, 1))]
    assert planned("2026年5月1日前", roll="previous", workdays=CALENDAR)[0].due == date(2026, 4, 30)
    made_up = Workdays({date(2026, 5, 9): True}, frozenset({2026}))  # 调休: a Saturday that is worked
    assert planned("2026年5月9日前", roll="next", workdays=made_up)[0].due == date(2026, 5, 9)
    assert planned("2027年5月8日前", year=2027, roll="next", workdays=made_up)[0].due == date(2027, 5, 10), (
        "not covered"
    )
    assert dues("每月5日前", first=date(2026, 3, 1), last=date(2026, 4, 30)) == ["03-05", "04-05"]


def test_one_day_is_one_obligation_with_the_words_of_both():
    phrases = [Phrase("每季度", "recurring", recurrence="quarterly"), Phrase("6月底前", "month_end", date(2026, 6, 30))]
    june = next(one for one in obligations(phrases, year=2026) if one.due.month == 6)
    assert (june.kind, june.text, june.period) == ("month_end", "6月底前；每季度", "2026-Q2")


def test_issued_in_april():
    """Periods that ended before the issue are not asked for; a printed date is, even where it has passed."""
    issued = date(2026, 4, 15)
    settings = {"year": 2026, "proof": "quarterly", "roll": "none", "workdays": CALENDAR}
    monthly = [Phrase("每月5日前", "recurring", recurrence="monthly:5")]
    assert for_plan(monthly, issued=issued, **settings)[0].due == date(2026, 5, 5)
    past = [Phrase("3月底前", "month_end", date(2026, 3, 31))]
    assert len(for_plan(past, issued=issued, **settings)) == 1
    assert len(for_plan(monthly, issued=date(2027, 1, 3), **settings)) == 12
    july = for_plan(monthly, issued=date(2027, 1, 3), base=date(2026, 7, 17), **settings)
    assert july[0].due == date(2026, 8, 5), "nothing was owed before the document was written"
    far = for_plan([Phrase("到2028年底", "year_end", date(2028, 12, 31))], issued=issued, **settings)
    assert [one.due for one in far] == [date(2026, 6, 30), date(2026, 9, 30), date(2026, 12, 31), date(2028, 12, 31)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("每月28日前", ["01-28", "02-28", "03-28", "04-28", "05-28", "06-28", "07-28", "08-28", "09-28", "10-28", "11-28", "12-28"]),
        ("每半年至少报送一次", ["06-30", "12-31"]),
        ("长期坚持", ["03-31", "06-30", "09-30", "12-31"]),
        ("每日更新", ["03-31", "06-30", "09-30", "12-31"]),
        ("即时报送", ["03-31", "06-30", "09-30", "12-31"]),
        ("上半年", ["06-30"]),
        ("第三季度", ["09-30"]),
        ("5月底前动工，10月底前投入使用", ["05-31", "10-31"]),
        ("2026年4月30日前完成；2026年8月31日前完成", ["04-30", "08-31"]),
    ],
)  # fmt: skip
def test_more_phrases(text, expected):
    assert dues(text) == expected


MONTHS_FIFTH = [f"{month:02d}-05" for month in range(1, 13)]
MONTHS_TENTH = [f"{month:02d}-10" for month in range(1, 13)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("每月上旬", MONTHS_TENTH),
        ("每月十日前", MONTHS_TENTH),
        ("每月结束后10日内", MONTHS_TENTH),
        ("每月5日至10日", MONTHS_TENTH),
        ("每季度最后一个月25日前", ["03-25", "06-25", "09-25", "12-25"]),
        ("每季度第二个月15日前", ["02-15", "05-15", "08-15", "11-15"]),
        ("每季度首月中旬", ["01-20", "04-20", "07-20", "10-20"]),
        ("每季度次月10日前", ["01-10", "04-10", "07-10", "10-10"]),
        ("每季度结束后10日内", ["01-10", "04-10", "07-10", "10-10"]),
        ("季度结束后15日内", ["01-15", "04-15", "07-15", "10-15"]),
        ("每季度结束后5个工作日内", ["01-08", "04-08", "07-07", "10-13"]),
        ("每季度最后一个工作日", ["03-31", "06-30", "09-30", "12-31"]),
        ("每半年结束后15日内", ["01-15", "07-15"]),
        ("每月前5个工作日内", ["01-08", "02-06", "03-06", "04-08", "05-11", "06-05", "07-07", "08-07", "09-07", "10-13", "11-06", "12-07"]),
        ("每月第一个工作日", ["01-04", "02-02", "03-02", "04-01", "05-06", "06-01", "07-01", "08-03", "09-01", "10-08", "11-02", "12-01"]),
        ("每月最后一个工作日", "01-30 02-28 03-31 04-30 05-29 06-30 07-31 08-31 09-30 10-30 11-30 12-31".split()),
        ("每季度第2个工作日前", ["01-05", "04-02", "07-02", "10-09"]),
        ("每季度第一个工作日", ["01-04", "04-01", "07-01", "10-08"]),
        ("次月前5个工作日", ["01-08", "02-06", "03-06", "04-08", "05-11", "06-05", "07-07", "08-07", "09-07", "10-13", "11-06", "12-07"]),
        ("按半年报送", ["06-30", "12-31"]),
        ("上下半年各一次", ["06-30", "12-31"]),
        ("每年至少两次", ["06-30", "12-31"]),
        ("每年三月一日前", ["03-01"]),
        ("年度终了后30日内", ["01-30"]),
        ("方案3月底前，建设10月底前，验收12月中旬", ["03-31", "10-31", "12-20"]),
        ("1.6月底前完成方案；2.9月底前完成建设", ["06-30", "09-30"]),
        ("1、6月底前完成方案；2、9月底前完成建设", ["06-30", "09-30"]),
        ("6月30日下班前", ["06-30"]),
        ("6月30日下午5点半前", ["06-30"]),
    ],
)  # fmt: skip
def test_days_that_a_recurrence_has_no_name_for(text, expected):
    """Checked by hand against the holiday plan of 2026: 4 January, 28 February, 9 May and 10 October are worked."""
    assert dues(text, workdays=CALENDAR) == expected


def test_what_is_counted_from_the_end_of_a_period_reports_on_it():
    assert [one.period for one in planned("每季度结束后10日内")] == ["2025-Q4", "2026-Q1", "2026-Q2", "2026-Q3"]
    assert [one.period for one in planned("每季度第二个月15日前")] == ["2026-Q1", "2026-Q2", "2026-Q3", "2026-Q4"]
    assert [one.period for one in planned("每半年结束后15日内")] == ["2025-H2", "2026-H1"]
    assert planned("每月最后一个工作日")[0].period == "2026-01"
    assert planned("每年结束后30日内")[0].period == "2025"


def test_words_of_what_is_to_be_done_name_no_day():
    phrase = Phrase("每季度", "recurring", None, "quarterly", "最后一个月后10日复查")
    assert [f"{one.due:%m-%d}" for one in obligations([phrase], year=2026)] == ["03-31", "06-30", "09-30", "12-31"]


def test_the_end_of_february_in_every_year():
    assert [f"{one.due:%m-%d}" for one in planned("每年2月底前", year=2028)] == ["02-29"]
    assert [f"{one.due:%m-%d}" for one in planned("每年2月28日前", year=2028)] == ["02-28"]
    assert dues("每年2月底前") == ["02-28"]


@pytest.mark.parametrize(
    ("span", "counts"),
    [
        ("30日内", True), ("自印发之日起30日内", True), ("文件下发后30日内", True), ("会后3日内", False),
        ("受理之日起7日内", False), ("国庆节前", False), ("收到文件后15日内", False), ("自收到本通知之日起10日内", False),
        ("本文件下发后7日内", True), ("下周五前", True),
    ],
)  # fmt: skip
def test_what_a_span_that_stands_alone_counts_from(span, counts):
    assert stands_alone(span) is counts


@pytest.mark.parametrize(
    ("text", "base", "expected"),
    [
        ("30日内", date(2026, 3, 2), date(2026, 4, 1)),
        ("三十日内", date(2026, 3, 2), date(2026, 4, 1)),
        ("20个工作日内", date(2026, 3, 2), date(2026, 3, 30)),
        ("9个工作日内", date(2026, 2, 10), date(2026, 2, 28)),
        ("两周内", date(2026, 3, 2), date(2026, 3, 16)),
        ("1个月内", date(2026, 1, 31), date(2026, 2, 28)),
        ("三个月内", date(2026, 11, 30), date(2027, 2, 28)),
        ("3年内", date(2024, 2, 29), date(2027, 2, 28)),
        ("半年内", date(2026, 3, 2), date(2026, 9, 2)),
        ("48小时内", date(2026, 3, 2), date(2026, 3, 4)),
        ("二十个工作日", date(2026, 4, 20), date(2026, 5, 20)),
        ("十五日内", date(2026, 3, 2), date(2026, 3, 17)),
    ],
)
def test_a_span_ends_on_its_day(text, base, expected):
    """The ninth workday after 10 February 2026 lies behind the Spring Festival, on a Saturday that is worked."""
    found = obligations([Phrase(text, "phase", anchored=True)], year=2026, base=base, workdays=CALENDAR)
    assert [(one.due, one.kind) for one in found] == [(expected, "phase")]
    assert span_end(text, base, CALENDAR) == expected


def test_a_span_counts_only_where_it_counts_from_the_document():
    span = [{"text": "30日内", "kind": "phase", "date": None, "recurrence": None}]
    for words in ("自印发之日起30日内报送方案。", "文件下发后30日内完成", "本通知发布后的30日内"):
        assert read_phrases(span, words)[0].anchored, words
    for words in ("受理后30日内办结。", "", "30日内"):
        assert not read_phrases(span, words)[0].anchored, words
    settings = {"year": 2026, "proof": "quarterly", "roll": "none", "workdays": CALENDAR, "issued": date(2026, 1, 5)}
    assert len(for_plan(read_phrases(span, "受理后30日内办结"), **settings)) == 4, "a limit that a service keeps"
    dated = for_plan(read_phrases(span, "印发后30日内"), **settings)
    assert [one.due for one in dated] == [date(2026, 2, 4)], "from the issue, where the document has no date"
    dated = for_plan(read_phrases(span, "印发后30日内"), base=date(2026, 1, 1), **settings)
    assert [one.due for one in dated] == [date(2026, 1, 31)]


PHASES = (
    {"name": "部署阶段", "date": "2026-03-31"}, {"name": "总结阶段", "date": "2026-10-31"},
    {"name": "实施阶段", "date": "2026-08-31"}, {"name": "巩固阶段", "date": None},
)  # fmt: skip


def test_phases_of_a_plan_are_milestones_of_what_has_no_time_of_its_own():
    phases = read_phases(PHASES)
    assert [one.text for one in phases] == ["部署阶段", "实施阶段", "总结阶段"]
    found = obligations([], year=2026, phases=phases)
    assert [(f"{one.due:%m-%d}", one.kind, one.text) for one in found] == [
        ("03-31", "phase", "部署阶段"), ("08-31", "phase", "实施阶段"), ("10-31", "phase", "总结阶段"),
    ]  # fmt: skip
    june = [Phrase("6月底前", "month_end", date(2026, 6, 30))]
    assert [one.due for one in obligations(june, year=2026, phases=phases)] == [date(2026, 6, 30)]
    assert obligations([Phrase("持续推进", "ongoing")], year=2026, phases=phases)[-1].kind == "closing"
    issued = for_plan(
        [], year=2026, proof="quarterly", roll="none", workdays=CALENDAR, issued=date(2026, 5, 6), phases=phases
    )
    assert len(issued) == 3, "a printed date is asked for even where it has passed"


def test_stored_deadlines_come_back():
    stored = [{"text": "6月底前", "kind": "month_end", "date": "2026-06-30", "recurrence": None}]
    assert read_phrases(stored) == (Phrase("6月底前", "month_end", date(2026, 6, 30)),)


RECURRENCES = st.sampled_from(
    [
        "daily",
        "weekly",
        "monthly",
        "monthly:5",
        "monthly:31",
        "quarterly",
        "quarterly:20",
        "half_yearly",
        "yearly",
        "yearly:01-31",
    ]
)
PHRASES = st.lists(
    st.one_of(
        st.builds(Phrase, st.text(max_size=8), st.just("recurring"), st.none(), RECURRENCES),
        st.builds(Phrase, st.text(max_size=8), st.just("date"), st.dates(date(2024, 1, 1), date(2028, 12, 31))),
        st.builds(Phrase, st.text(max_size=8), st.sampled_from(["ongoing", "phase", "month_end"])),
    ),
    max_size=4,
)


@given(
    PHRASES,
    st.integers(2019, 2027),
    st.sampled_from(["none", "next", "previous"]),
    st.sampled_from(["monthly", "quarterly", "half_yearly", "yearly"]),
)
def test_always_something_once_a_day_in_order(phrases, year, roll, proof):
    found = obligations(phrases, year=year, proof=proof, roll=roll, workdays=CALENDAR)
    assert found
    assert [one.due for one in found] == sorted({one.due for one in found})
    assert all(len(one.text) <= 200 and len(one.period) <= 10 for one in found)
    if roll != "none":
        assert all(CALENDAR.is_workday(one.due) for one in found)
    if roll == "none":
        assert all(one.due == one.printed for one in found)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("长期坚持，每半年报送一次", ["06-30", "12-31"]),
        ("长期坚持（每半年报送一次）", ["06-30", "12-31"]),
        ("每季度报送一次，长期坚持", ["03-31", "06-30", "09-30", "12-31"]),
        ("长期坚持，每半年", ["06-30", "12-31"]),
        ("持续推进，每季度末月20日前报送", ["03-20", "06-20", "09-20", "12-20", "12-31"]),
        ("持续推进，每年底报送总结", ["12-31"]),
        ("常态化推进，每年6月、12月报送", ["06-30", "12-31"]),
        ("持续推进；每半年结束后10日内报送", ["01-10", "07-10", "12-31"]),
        ("每日巡查，每月5日前报送", [*MONTHS_FIFTH, "12-31"]),
        ("持续推进，每年组织一次演练", ["03-31", "06-30", "09-30", "12-31"]),
        ("持续推进，每日报送", ["03-31", "06-30", "09-30", "12-31"]),
        ("6月底前完成，长期坚持", ["03-31", "06-30", "09-30", "12-31"]),
    ],
)
def test_a_rhythm_of_reporting_that_is_printed_takes_the_place_of_periodic_proof(text, expected):
    """What only an activity has (每年组织一次演练), and what gives no days (每日报送), leaves the plan's setting in force."""
    found = planned(text)
    assert [f"{one.due:%m-%d}" for one in found] == expected
    assert found[-1].kind == "closing"


def test_a_rhythm_of_reporting_takes_the_place_of_any_setting():
    phrases = [Phrase("每半年", "recurring", recurrence="half_yearly"), Phrase("持续推进", "ongoing")]
    for proof in ("monthly", "quarterly", "half_yearly", "yearly"):
        assert len(obligations(phrases, year=2026, proof=proof)) == 2, proof
