"""What holds for any day, month and year that a phrase may print."""

from __future__ import annotations

from datetime import date

from hypothesis import given, settings, strategies as st

from tests.unit.progress.test_obligations import CALENDAR, planned

DAYS = st.integers(1, 31)
MONTHS = st.integers(1, 12)
YEARS = st.integers(2019, 2032)
AND = st.sampled_from(["、", "和", "及"])
BEFORE = st.sampled_from(["前", "之前", "以前", ""])
WEEKDAYS = "一二三四五六日"
PERIODS = st.sampled_from(["每月", "双月", "单月", "每季度末月", "每季度首月", "每季度第二个月", "每半年末月"])
PRINTED = st.sampled_from(
    """每月5日前 每月最后一个工作日 双月25日前 双月15日和30日前 每季度末月20日前 每季度首月10日前 每季度结束后10日内 每半年
    每半年末月20日前 每年6月30日前 每周一、三、五 每月逢5 每旬 每半月 每季度（3月、6月、9月、12月）20日前""".split()
)  # fmt: skip


def days(text: str, year: int = 2026, **also: date | str) -> list[date]:
    return [one.due for one in planned(text, year, workdays=CALENDAR, **also)]


@settings(max_examples=120, deadline=None)
@given(PERIODS, st.lists(DAYS, min_size=2, max_size=3, unique=True).map(sorted), AND, BEFORE, YEARS)
def test_several_days_of_a_period_are_those_of_each(period, several, join, before, year):
    each = {day for one in several for day in days(f"{period}{one}日{before}", year)}
    printed = join.join(f"{one}日" for one in several)
    assert set(days(f"{period}{printed}{before}", year)) == each


@settings(max_examples=60, deadline=None)
@given(st.sets(st.sampled_from(WEEKDAYS), min_size=2, max_size=4), st.sampled_from(["、", ""]), YEARS)
def test_several_weekdays_are_those_of_each(named, join, year):
    printed = join.join(sorted(named, key=WEEKDAYS.index))
    each = {day for one in named for day in days(f"每周{one}前", year)}
    assert set(days(f"每周{printed}前", year)) == each


@settings(max_examples=80, deadline=None)
@given(st.sets(MONTHS, min_size=2, max_size=4).map(sorted), st.integers(1, 28), AND, YEARS)
def test_months_that_share_their_day(months, day, join, year):
    printed = "、".join(f"{month}月" for month in months[:-1])
    text = f"{printed}{join}{months[-1]}月{day}日前"
    assert days(text, year) == [date(year, month, day) for month in months]
    assert days(f"{printed}{join}次年{months[0]}月{day}日前", year) == [
        *(date(year, month, day) for month in months[:-1]), date(year + 1, months[0], day)
    ]  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(PRINTED, MONTHS, YEARS)
def test_a_rhythm_that_begins_in_a_month_has_the_days_from_then_on(text, month, year):
    """Where none is left, the year is closed."""
    wanted = [day for day in days(text, year) if day.month >= month]
    assert days(f"{month}月起，{text}", year) == (wanted or [date(year, 12, 31)])


@settings(max_examples=60, deadline=None)
@given(PRINTED, MONTHS, YEARS)
def test_a_rhythm_that_leaves_a_month_out_has_the_other_days(text, month, year):
    wanted = [day for day in days(text, year) if day.month != month] or [date(year, 12, 31)]
    assert days(f"除{month}月外，{text}", year) == wanted
    assert days(f"{text}（{month}月除外）", year) == wanted


@settings(max_examples=60, deadline=None)
@given(PRINTED, st.integers(2024, 2028), st.integers(1, 3), st.integers(2024, 2029))
def test_a_rhythm_of_some_years_has_its_days_in_each_of_them_alone(text, first, more, year):
    """Before them it is the first one that counts."""
    wanted = days(text, max(first, year)) if year <= first + more else [date(year, 12, 31)]
    assert days(f"{first}年至{first + more}年，{text}", year) == wanted


@settings(max_examples=60, deadline=None)
@given(MONTHS, st.integers(1, 28), st.integers(1, 20), st.integers(2024, 2026))
def test_workdays_ahead_of_a_date(month, day, count, year):
    wanted = CALENDAR.add_workdays(date(year, month, day), -count)
    assert days(f"{month}月{day}日前{count}个工作日", year) == [wanted]
    assert days(f"每年{month}月{day}日前{count}个工作日", year) == [wanted]


@settings(max_examples=60, deadline=None)
@given(PRINTED, YEARS, st.sampled_from(["next", "previous"]))
def test_what_is_rolled_falls_on_a_workday_near_by(text, year, roll):
    rolled = planned(text, year, workdays=CALENDAR, roll=roll)
    assert all(CALENDAR.is_workday(one.due) for one in rolled)
    assert all(abs((one.due - one.printed).days) <= 9 for one in rolled)


@settings(max_examples=60, deadline=None)
@given(PRINTED, st.dates(date(2026, 1, 1), date(2026, 12, 31)), st.dates(date(2026, 1, 1), date(2026, 12, 31)))
def test_what_is_cut_is_what_lies_between(text, one, other):
    first, last = sorted((one, other))
    assert days(text, first=first, last=last) == [day for day in days(text) if first <= day <= last]


@settings(max_examples=60, deadline=None)
@given(PRINTED, YEARS)
def test_full_width_digits_say_the_same(text, year):
    wide = text.translate({ord(str(digit)): chr(0xFF10 + digit) for digit in range(10)})
    assert days(wide, year) == days(text, year)
