"""Deadline phrases whose rhythm the draft's vocabulary has no name for, and days that are counted in rarer ways."""

from __future__ import annotations

from datetime import date

import pytest

from imports.phrases.deadlines import parse_time_cell
from tests.unit.progress.test_obligations import CALENDAR, dues, planned
from tracker.progress.printed import Phrase, undated


def every(first: int, step: int, day: int | None = None) -> list[str]:
    """A day of each so many months of 2026, from the first one on; the months' ends without a day."""
    ends = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
    return [f"{month:02d}-{day or ends[month - 1]:02d}" for month in range(first, 13, step)]


def each(*rows: tuple[str, list[str]]) -> list[tuple[str, list[str]]]:
    """A row is phrases with blanks between, and the days that all of them give."""
    return [(text, expected) for texts, expected in rows for text in texts.split()]


EVEN = every(2, 2)
QUARTERS = every(3, 3)
FIRSTS = ["01-10", "04-10", "07-10", "10-10"]
HALVES_AFTER = ["01-15", "07-15"]


@pytest.mark.parametrize(
    ("text", "expected"),
    each(
        (
            """每两个月报送一次 每2个月报送一次 每两月一次 两个月一次 两月一调度 双月报送 逢双月 双月 每双月月底前
            每双月底前 双月末 双月底前 每逢双月月底前报送 隔月报送 隔月一次 每隔一个月报送一次 每年6次""",
            EVEN,
        ),
        ("双月25日前 逢双月25日前 每逢双月25日前 每双月25日前 双月的25日前 每两个月25日前", every(2, 2, 25)),
        ("单月10日前 奇数月10日前 逢单月10日前 每单月10日前 每两个月10日前 单月上旬", every(1, 2, 10)),
        ("双月5日前", every(2, 2, 5)),
        ("单月底前", every(1, 2)),
        ("双月结束后5日内", every(1, 2, 5)),
        ("每双月第一周", ["02-06", "04-03", "06-05", "08-07", "10-02", "12-04"]),
        ("每两个季度", ["06-30", "12-31"]),
        ("一季度两次", QUARTERS),
        ("每两个月结束后5日内", every(1, 2, 5)),
        ("每三个月报送一次 每3个月", QUARTERS),
        ("每四个月 每年三次", every(4, 4)),
        ("每六个月", ["06-30", "12-31"]),
        ("每年12次", every(1, 1)),
        ("每年至少开展2次", ["06-30", "12-31"]),
        ("全年4次", QUARTERS),
        ("全年不少于两次", ["06-30", "12-31"]),
    ),
)  # fmt: skip
def test_every_so_many_months(text, expected):
    assert dues(text) == expected


FIFTEENTHS = sorted([*every(1, 1, 15), *every(1, 1)])
THIRDS = sorted([*every(1, 1, 10), *every(1, 1, 20), *every(1, 1)])


@pytest.mark.parametrize(
    ("text", "expected"),
    each(
        (
            """每半月报送一次 每半个月 半月报 半月一次 半月一调度 半月报送 按半月报送 半月一报 每月两次 一月两次
            每月15日和月底前 每月15日、月底前 每月15日前和月底前 每月15日、月末报送 每月15日和每月底前
            每月月中、月末""",
            FIFTEENTHS,
        ),
        ("每旬 每旬报送 每旬末 逐旬报送 按旬报送 旬报 每月三次 每月上中下旬 每月上旬、中旬、下旬", THIRDS),
        ("每月上半月", every(1, 1, 15)),
        ("每月上半月和下半月各一次 每月15日、最后一日", FIFTEENTHS),
        ("每月中下旬", every(1, 1)),
        ("每月中旬和月底", sorted([*every(1, 1, 20), *every(1, 1)])),
        ("每月上旬、下旬", sorted([*every(1, 1, 10), *every(1, 1)])),
        ("每月5、20日前", sorted([*every(1, 1, 5), *every(1, 1, 20)])),
        ("每月10、20日和月底前", THIRDS),
        ("每旬结束后2日内", sorted([*every(1, 1, 2), *every(1, 1, 12), *every(1, 1, 22)])),
    ),
)  # fmt: skip
def test_parts_of_a_month(text, expected):
    assert dues(text) == expected


def weekly(first: str, days: int, count: int) -> list[str]:
    start = date.fromisoformat(f"2026-{first}").toordinal()
    return [f"{date.fromordinal(start + days * n):%m-%d}" for n in range(count)]


FRIDAYS = weekly("01-02", 7, 52)


@pytest.mark.parametrize(
    ("text", "expected"),
    each(
        (
            """每周 每周五前 每周五下班前 每周五17时前 每周星期五前 每个星期五前 逐周报送 一周一报 一周一次 周报告
            每周一次""",
            FRIDAYS,
        ),
        (
            "每两周 每2周报送一次 双周 双周报送 双周五前 每双周五前 隔周报送 两周一次 两周一调度",
            weekly("01-09", 14, 26),
        ),
        ("单周五前", weekly("01-02", 14, 26)),
        ("隔周周三 每双周周三前", weekly("01-07", 14, 26)),
        ("每周一中午12点前 每周一晚8点前", weekly("01-05", 7, 52)),
        ("每两周周三前", weekly("01-07", 14, 26)),
        (
            "每周一、周四 每周一、周四前 每周一和周四报送 每周一、四前",
            sorted([*weekly("01-05", 7, 52), *weekly("01-01", 7, 53)]),
        ),
        ("每周二、五", sorted([*weekly("01-06", 7, 52), *FRIDAYS])),
        ("每周一例会 每周一（节假日顺延）", weekly("01-05", 7, 52)),
        (
            "每周第一个工作日",
            sorted({*weekly("01-05", 7, 52), "02-24", "04-07", "05-06", "10-08"} - {"02-16", "02-23", "04-06", "05-04", "10-05"}),
        ),
        (
            "每月最后一个周五 每月最后一周",
            "01-30 02-27 03-27 04-24 05-29 06-26 07-31 08-28 09-25 10-30 11-27 12-25".split(),
        ),
        ("每月第一个周一", "01-05 02-02 03-02 04-06 05-04 06-01 07-06 08-03 09-07 10-05 11-02 12-07".split()),
        (
            "每月第一周周五前 每月首周",
            "01-02 02-06 03-06 04-03 05-01 06-05 07-03 08-07 09-04 10-02 11-06 12-04".split(),
        ),
        ("每季度最后一个星期五", ["03-27", "06-26", "09-25", "12-25"]),
        ("每季度第一周", ["01-02", "04-03", "07-03", "10-02"]),
    ),
)  # fmt: skip
def test_weeks(text, expected):
    assert dues(text, workdays=CALENDAR) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    each(
        (
            """每月前5日 每月前5日内 月后5日内 月底后5日内 月末后5日内 每月底后5日内 每月于5日前报送 每月（5日前）
            每月应于5日前 翌月5日前 每月结束5日内 月度结束后5日内 每月终了之日起5日内""",
            every(1, 1, 5),
        ),
        ("每月初 每月月初 每月月初前", every(1, 1, 10)),
        (
            """季后10日内 季度后10日内 季末后10日内 季度末后10日内 每季度末后10日内 季度终了10日内
            每季度终了之日起10日内 每季度前10日内 每季度初 每季度结束次月10日前 每季度结束后次月10日前
            每季度终了次月10日前 每季度结束后的次月10日前 季度次月10日前 下季度首月10日前 下季度第一个月10日前
            下一季度首月10日前 次季度首月10日前 上季度结束后10日内""",
            FIRSTS,
        ),
        ("季度结束后一个月内", ["01-31", "04-30", "07-31", "10-31"]),
        (
            "半年后15日内 半年度后15日内 半年度终了后15日内 半年终了15日内 半年次月15日前 每半年结束后的次月15日前",
            HALVES_AFTER,
        ),
        (
            "年度终了后1个月内 年度结束后一个月内 年度终了31日内 每年次年1月31日前 每年于1月31日前 每年应于1月底前",
            ["01-31"],
        ),
        ("季末25日前 每季度末25日前 每季度于末月25日前", every(3, 3, 25)),
        ("每季度结束前5日 每季度末前5日", ["03-26", "06-25", "09-25", "12-26"]),
        ("每季度末前5个工作日", ["03-24", "06-23", "09-22", "12-24"]),
        ("每月底前3个工作日", "01-28 02-25 03-26 04-27 05-27 06-25 07-28 08-26 09-24 10-28 11-25 12-28".split()),
        ("每月倒数第二个工作日", "01-29 02-27 03-30 04-29 05-28 06-29 07-30 08-28 09-29 10-29 11-27 12-30".split()),
        (
            "每月末最后一个工作日 每月最后工作日 每月最末一个工作日 每月最后3个工作日内",
            "01-30 02-28 03-31 04-30 05-29 06-30 07-31 08-31 09-30 10-30 11-30 12-31".split(),
        ),
        ("每季度首月前5个工作日 每季度次月前5个工作日 每季度次月5个工作日内", ["01-08", "04-08", "07-07", "10-13"]),
        ("每季度末月最后一个工作日前", ["03-31", "06-30", "09-30", "12-31"]),
        ("双月最后一个工作日前", ["02-28", "04-30", "06-30", "08-31", "10-30", "12-31"]),
        ("每季度结束前 每季度中旬", QUARTERS),
        ("每月结束前", every(1, 1)),
        ("次月首个工作日", "01-04 02-02 03-02 04-01 05-06 06-01 07-01 08-03 09-01 10-08 11-02 12-01".split()),
        ("每季度首个工作日", ["01-04", "04-01", "07-01", "10-08"]),
        ("每季度第一天", ["01-01", "04-01", "07-01", "10-01"]),
        ("每季度首月的前10日内 每季度首月5日至10日", FIRSTS),
        ("每季度末月最后一周", ["03-27", "06-26", "09-25", "12-25"]),
        ("每季度第二月", ["02-28", "05-31", "08-31", "11-30"]),
        (
            """每季度后首月10日前 每季度结束后的第一个月10日前 每季度结束后下一个月10日前 按季度于次月10日前报送
            每季度10号前""",
            FIRSTS,
        ),
        ("次月的10日前 按月于次月10日前报送", every(1, 1, 10)),
        ("每月的月底前 每月最后一天 每月最后一日前", every(1, 1)),
        ("每年年初 每年初", ["01-31"]),
        ("每年3月至5月", ["05-31"]),
        ("每年6月中旬、12月中旬", ["06-20", "12-20"]),
        ("每年一、三季度", ["03-31", "09-30"]),
        ("每年年中和年底", ["06-30", "12-31"]),
        ("每年12月中旬", ["12-20"]),
        ("每年12月上旬前", ["12-10"]),
        ("每年1、4、7、10月10日前", FIRSTS),
        ("每年1月、7月10日前", ["01-10", "07-10"]),
        ("每年3、6、9、12月底前", QUARTERS),
        ("上半年结束后15日内", ["07-15"]),
        ("一季度结束后10日内", ["04-10"]),
    ),
)  # fmt: skip
def test_days_counted_in_rarer_ways(text, expected):
    """Workdays checked by hand against the holiday plan of 2026: 4 January, 14 and 28 February, 9 May, 20 September and
    10 October are worked."""
    assert dues(text, workdays=CALENDAR) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    each(
        (
            "下半年每月5日前 7月起每月5日前 自7月起，每月5日前 2026年7月起每月5日前 从第三季度起每月5日前",
            every(1, 1, 5)[6:],
        ),
        ("6月至12月每月25日前 6—12月每月25日前", every(1, 1, 25)[5:]),
        ("从第二季度起每季度报送", QUARTERS[1:]),
        ("上半年每季度", QUARTERS[:2]),
        ("2月起每旬", THIRDS[3:]),
        ("3月起逢双月25日前", every(4, 2, 25)),
        ("4月至10月每周一次", [day for day in FRIDAYS if "04-01" <= day <= "10-31"]),
        ("2025年7月起每月5日前", every(1, 1, 5)),
    ),
)
def test_part_of_the_year(text, expected):
    assert dues(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("每季度报送，每季度末月25日前", every(3, 3, 25)),
        ("每季度报送一次，次季度首月10日前", FIRSTS),
        ("按月报送（次月5日前）", every(1, 1, 5)),
        ("每月调度，每月5日和20日前报送", sorted([*every(1, 1, 5), *every(1, 1, 20)])),
        ("每半年报送，6月20日、12月20日前", ["06-20", "12-20"]),
        ("半年一次（6月20日、12月20日前）", ["06-20", "12-20"]),
        ("每周调度，每周一前报送", weekly("01-05", 7, 52)),
        ("每半年督查，6月20日前出台方案，12月20日前开展评估", ["06-20", "06-30", "12-20", "12-31"]),
        ("每半年督查，9月底前、11月底前", ["06-30", "09-30", "11-30", "12-31"]),
        ("每季度；5月20日前完成方案", ["03-31", "05-20", "06-30", "09-30", "12-31"]),
        ("每月通报，每季度末月20日前总结", sorted([*every(1, 1), *every(3, 3, 20)])),
    ],
)
def test_a_period_whose_days_stand_beside_it_is_not_asked_for_twice(text, expected):
    assert dues(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("第二年1月底前", "2027-01-31"),
        ("来年3月底前", "2027-03-31"),
        ("下一年度1月底前", "2027-01-31"),
        ("下年1月底前", "2027-01-31"),
    ],
)
def test_the_year_after(text, expected):
    assert [one.due.isoformat() for one in planned(text)] == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("每两个月", ["2026-01~02", "2026-03~04"]),
        ("每两个月10日前", ["2025-11~12", "2026-01~02"]),
        ("双月25日前", ["2026-01~02", "2026-03~04"]),
        ("双月5日前", ["2025-12~01", "2026-02~03"]),
        ("单月10日前", ["2025-11~12", "2026-01~02"]),
        ("单月底前", ["2025-12~01", "2026-02~03"]),
        ("双月结束后5日内", ["2025-11~12", "2026-01~02"]),
        ("每四个月", ["2026-01~04", "2026-05~08"]),
        ("每季度首月前5个工作日", ["2025-Q4", "2026-Q1"]),
        ("每周第一个工作日", ["2026-W01", "2026-W02"]),
        ("每半月", ["2026-01-H1", "2026-01-H2"]),
        ("每旬", ["2026-01-T1", "2026-01-T2"]),
        ("每旬结束后2日内", ["2025-12-T3", "2026-01-T1"]),
        ("每两周", ["2026-F02", "2026-F04"]),
        ("季后10日内", ["2025-Q4", "2026-Q1"]),
        ("半年后15日内", ["2025-H2", "2026-H1"]),
        ("每月初", ["2025-12", "2026-01"]),
        ("每月最后一个周五", ["2026-01", "2026-02"]),
        ("每季度结束前5日", ["2026-Q1", "2026-Q2"]),
    ],
)
def test_what_each_reports_on(text, expected):
    assert [one.period for one in planned(text)][:2] == expected


@pytest.mark.parametrize("text", ["每学期", "每三年", "两年一次", "每五个月", "每隔两个月", "每日", "每个工作日"])
def test_what_has_no_dates_in_the_year_is_proved_by_the_plans_setting_and_said(text):
    phrases = [Phrase(one.text, one.kind, one.date, one.recurrence, one.action) for one in parse_time_cell(text, 2026)]
    assert [one.text for one in undated(phrases)] == [one.text for one in phrases] != []
    assert dues(text, proof="quarterly") == dues("持续推进", proof="quarterly")


@pytest.mark.parametrize("text", ["每两个月", "每旬", "每周五前", "每月5日前", "6月底前", "每半年"])
def test_what_has_dates_is_not_said_to_have_none(text):
    phrases = [Phrase(one.text, one.kind, one.date, one.recurrence, one.action) for one in parse_time_cell(text, 2026)]
    assert undated(phrases) == ()


def test_the_first_days_of_a_period_may_be_called_its_beginning():
    assert dues("每月初5个工作日内报送上月数据") == dues("每月前5个工作日内")
    assert dues("每季度初10日内") == ["01-10", "04-10", "07-10", "10-10"]
    assert dues("每年初15日内") == ["01-15"]


def test_a_rhythm_of_a_season_whose_months_are_printed():
    assert dues("每年汛期（5—9月）每月底前") == ["05-31", "06-30", "07-31", "08-31", "09-30"]


def test_what_begins_in_a_later_year_has_no_day_in_this_one():
    found = planned("自2028年起每季度末月20日前")
    assert [f"{one.due}" for one in found] == ["2028-03-20", "2028-06-20", "2028-09-20", "2028-12-20"]
    assert next(one.period for one in found) == "2028-Q1"
