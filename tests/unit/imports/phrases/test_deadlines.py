"""Deadlines: each printed form, the date it ends on, and what is no deadline."""

from __future__ import annotations

import re
from datetime import date

import pytest
from hypothesis import given, settings, strategies as st

from imports.phrases.deadlines import every, occasions, parse_deadlines, parse_time_cell, patterns, time_clause

YEAR = 2026
Said = tuple[str, str, str | None, str | None]


def in_text(text: str) -> list[Said]:
    return [(d.text, d.kind, d.date.isoformat() if d.date else None, d.recurrence) for d in parse_deadlines(text, YEAR)]


def in_cell(text: str) -> list[Said]:
    return [(d.text, d.kind, d.date.isoformat() if d.date else None, d.recurrence) for d in parse_time_cell(text, YEAR)]


TEXT: list[tuple[str, list[Said]]] = [
    ("7月底前各级统一发布清单。", [("7月底前", "month_end", "2026-07-31", None)]),
    ("2025年2月底前完成", [("2025年2月底前", "month_end", "2025-02-28", None)]),
    ("2024年2月底前完成", [("2024年2月底前", "month_end", "2024-02-29", None)]),
    ("2026年4月30日前报送", [("2026年4月30日前", "date", "2026-04-30", None)]),
    ("完成投资，上半年开复工率达到90%以上", [("上半年", "month_end", "2026-06-30", None)]),
    ("上半年的经验做法达到3个", []),
    ("2027年规上企业研发机构覆盖率达到25%", [("2027年", "year_end", "2027-12-31", None)]),
    ("即日起至6月30日。", [("至6月30日", "date", "2026-06-30", None)]),
    ("于9月30日前报送", [("9月30日前", "date", "2026-09-30", None)]),
    ("2026年 4 月 30 日前", [("2026年 4 月 30 日前", "date", "2026-04-30", None)]),
    ("２０２６年６月底前", [("２０２６年６月底前", "month_end", "2026-06-30", None)]),
    ("二〇二六年六月底前完成", [("二〇二六年六月底前", "month_end", "2026-06-30", None)]),
    ("十二月底前完成", [("十二月底前", "month_end", "2026-12-31", None)]),
    ("2026年年底前,编制完成目录", [("2026年年底前", "year_end", "2026-12-31", None)]),
    ("2026年底前建立平台", [("2026年底前", "year_end", "2026-12-31", None)]),
    ("年底总结报送工作亮点", [("年底", "year_end", "2026-12-31", None)]),
    ("年内实现全覆盖", [("年内", "year_end", "2026-12-31", None)]),
    ("到2030年,建成体系", [("到2030年", "year_end", "2030-12-31", None)]),
    ("到2027年底全部建成", [("到2027年底", "year_end", "2027-12-31", None)]),
    ("上半年完成立项", [("上半年", "month_end", "2026-06-30", None)]),
    ("第三季度末前完成", [("第三季度末前", "month_end", "2026-09-30", None)]),
    ("二季度完成", [("二季度", "month_end", "2026-06-30", None)]),
    ("12月底完成验收", [("12月底", "month_end", "2026-12-31", None)]),
    ("次年1月底前报告", [("次年1月底前", "month_end", "2027-01-31", None)]),
    ("今年9月底前印发", [("今年9月底前", "month_end", "2026-09-30", None)]),
    ("3月至6月完成排查", [("3月至6月", "month_end", "2026-06-30", None)]),
    ("9月投入使用", [("9月", "month_end", "2026-09-30", None)]),
    (
        "6月底前完成方案,年底前完成建设",
        [("6月底前", "month_end", "2026-06-30", None), ("年底前", "year_end", "2026-12-31", None)],
    ),
    ("每月5日前报台账", [("每月5日前", "recurring", None, "monthly:5")]),
    ("每月28日前报送", [("每月28日前", "recurring", None, "monthly:28")]),
    ("每季度末月20日前通报", [("每季度末月20日前", "recurring", None, "quarterly:20")]),
    ("每季度至少一次", [("每季度", "recurring", None, "quarterly")]),
    ("每半年至少一次", [("每半年", "recurring", None, "half_yearly")]),
    ("每年1月31日前公布年报", [("每年1月31日前", "recurring", None, "yearly:01-31")]),
    ("每年参加一次", [("每年", "recurring", None, "yearly")]),
    ("每周调度", [("每周", "recurring", None, "weekly")]),
    ("每天登录查看", [("每天", "recurring", None, "daily")]),
    ("按季度通报", [("按季度", "recurring", None, "quarterly")]),
    ("力争3年内轮训", [("3年内", "phase", None, None)]),
    ("20个工作日内答复", [("20个工作日内", "phase", None, None)]),
    ("三年内建成", [("三年内", "phase", None, None)]),
    ("6月30日（星期日）前报送", [("6月30日（星期日）前", "date", "2026-06-30", None)]),
    ("2026年12月31日24时前", [("2026年12月31日24时前", "date", "2026-12-31", None)]),
    ("2026年6月30日18:00前", [("2026年6月30日18:00前", "date", "2026-06-30", None)]),
    ("不晚于9月15日", [("不晚于9月15日", "date", "2026-09-15", None)]),
    ("2026-06-30前办结", [("2026-06-30前", "date", "2026-06-30", None)]),
    ("前三季度完成80%", [("前三季度", "month_end", "2026-09-30", None)]),
    ("年度内完成", [("年度内", "year_end", "2026-12-31", None)]),
    ("2025年至2027年实施三年行动", [("2025年至2027年", "year_end", "2027-12-31", None)]),
    ("9月至10月开展检查", [("9月至10月", "month_end", "2026-10-31", None)]),
    (
        "3月、6月底前各调度一次",
        [("3月", "month_end", "2026-03-31", None), ("6月底前", "month_end", "2026-06-30", None)],
    ),
    (
        "第1季度、第3季度各开展一次",
        [("第1季度", "month_end", "2026-03-31", None), ("第3季度", "month_end", "2026-09-30", None)],
    ),
    (
        "上半年和下半年各一次",
        [("上半年", "month_end", "2026-06-30", None), ("下半年", "month_end", "2026-12-31", None)],
    ),
    (
        "每年6月底、12月底报送",
        [("每年6月底", "recurring", None, "yearly:06-30"), ("12月底", "recurring", None, "yearly:12-31")],
    ),
    (
        "每月5日和20日前报送",
        [("每月5日", "recurring", None, "monthly:5"), ("20日前", "recurring", None, "monthly:20")],
    ),
    ("每周一，报告", [("每周一", "recurring", None, "weekly")]),
    ("每月五日前报台账", [("每月五日前", "recurring", None, "monthly:5")]),
    ("每季度最后一个月25日前通报", [("每季度最后一个月25日前", "recurring", None, "quarterly:25")]),
    ("6月30日下班前报送", [("6月30日下班前", "date", "2026-06-30", None)]),
    ("5月中下旬完成", [("5月中下旬", "month_end", "2026-05-31", None)]),
    ("每月最后一个工作日前报送", [("每月最后一个工作日前", "recurring", None, "monthly")]),
    ("每季度首月10日前报送", [("每季度首月10日前", "recurring", None, "quarterly")]),
    ("每日巡查", [("每日", "recurring", None, "daily")]),
]
NO_DEADLINE = [
    "2026年重点任务公开承诺事项",
    "自2025年5月15日起施行",
    "公开征求意见不少于30日",
    "“每日读网”制度",
    "近3年内",
    "截至2025年底存量",
    "去年底已建成",
    "2026年是开局之年",
    "及时公开",
    "适时召开会议",
    "加快推进",
    "持续推进改革",
    "《2026年底前工作安排》",
    "十二个月",
    "审批时限压缩至3个工作日内",
    "开办时间压缩至0.5个工作日以内",
    "办电时间分别压减至15个、3个工作日以内",
    "总用时控制在80个工作日以内",
    "不超过5个工作日内办结",
    "3月、6月的例会",
    "第二十条",
    "上年度",
    "推进常态化公开",
    "2026年度工作报告",
    "",
]
CELLS: list[tuple[str, list[Said]]] = [
    ("2026年12月", [("2026年12月", "month_end", "2026-12-31", None)]),
    ("每周四17:00前", [("每周四17:00前", "recurring", None, "weekly")]),
    ("12月", [("12月", "month_end", "2026-12-31", None)]),
    ("2026年12月底前完成", [("2026年12月底前", "month_end", "2026-12-31", None)]),
    ("2026年", [("2026年", "year_end", "2026-12-31", None)]),
    ("每月调度、季度通报", [("每月", "recurring", None, "monthly"), ("季度", "recurring", None, "quarterly")]),
    ("半年一次", [("半年一次", "recurring", None, "half_yearly")]),
    ("一季度一次", [("一季度一次", "recurring", None, "quarterly")]),
    ("每季度末月15日前报省政府", [("每季度末月15日前", "recurring", None, "quarterly:15")]),
    ("2026", [("2026", "year_end", "2026-12-31", None)]),
    ("2026-06-30", [("2026-06-30", "date", "2026-06-30", None)]),
    ("2026/6/30", [("2026/6/30", "date", "2026-06-30", None)]),
    ("2026.6", [("2026.6", "month_end", "2026-06-30", None)]),
    ("2026-06-30 00:00:00", [("2026-06-30 00:00:00", "date", "2026-06-30", None)]),
    ("3—6月", [("3—6月", "month_end", "2026-06-30", None)]),
    ("2025年3月-2026年6月", [("2025年3月-2026年6月", "month_end", "2026-06-30", None)]),
    ("第三季度", [("第三季度", "month_end", "2026-09-30", None)]),
    ("上半年", [("上半年", "month_end", "2026-06-30", None)]),
    ("年底前", [("年底前", "year_end", "2026-12-31", None)]),
    ("每季度", [("每季度", "recurring", None, "quarterly")]),
    ("持续推进", [("持续推进", "ongoing", None, None)]),
    ("长期坚持", [("长期坚持", "ongoing", None, None)]),
    ("全年", [("全年", "ongoing", None, None)]),
    ("按时限要求", [("按时限要求", "ongoing", None, None)]),
    ("常态化", [("常态化", "ongoing", None, None)]),
    ("按季度推进", [("按季度", "recurring", None, "quarterly")]),
    ("20260630", [("20260630", "date", "2026-06-30", None)]),
    ("2026年全年", [("2026年全年", "ongoing", None, None)]),
    ("2025—2027年", [("2025—2027年", "year_end", "2027-12-31", None)]),
    (
        "2026年6月、2026年12月",
        [("2026年6月", "month_end", "2026-06-30", None), ("2026年12月", "month_end", "2026-12-31", None)],
    ),
    (
        "1月：排出清单；6月：签约3个",
        [("1月", "month_end", "2026-01-31", None), ("6月", "month_end", "2026-06-30", None)],
    ),
    ("3年内", [("3年内", "phase", None, None)]),
    ("年底前,持续推进", [("年底前", "year_end", "2026-12-31", None), ("持续推进", "ongoing", None, None)]),
    (
        "5月底前动工,12月底前完工",
        [("5月底前", "month_end", "2026-05-31", None), ("12月底前", "month_end", "2026-12-31", None)],
    ),
    ("(2026年3月31日前)", [("2026年3月31日前", "date", "2026-03-31", None)]),
    ("无", []),
    ("—", []),
    ("/", []),
    ("", []),
    ("及时", []),
    ("适时", []),
]


@pytest.mark.parametrize(("text", "wanted"), TEXT)
def test_in_running_text(text: str, wanted: list[Said]) -> None:
    assert in_text(text) == wanted


@pytest.mark.parametrize("text", NO_DEADLINE)
def test_what_is_no_deadline(text: str) -> None:
    assert in_text(text) == []


@pytest.mark.parametrize(("text", "wanted"), CELLS)
def test_in_a_time_cell(text: str, wanted: list[Said]) -> None:
    assert in_cell(text) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("春节前", ("春节前", "phase", None, None)),
        ("2026年汛期前完成", ("2026年汛期前", "phase", None, None)),
        ("月底前", ("月底前", "phase", None, None)),
        ("“十四五”末", ("“十四五”末", "year_end", date(2025, 12, 31), None)),
        ("每两周", ("每两周", "recurring", None, None)),
        ("每旬", ("每旬", "recurring", None, None)),
    ],
)
def test_times_that_have_a_name(text: str, wanted: tuple[str, str, date | None, str | None]) -> None:
    (found,) = parse_time_cell(text, YEAR)
    assert (found.text, found.kind, found.date, found.recurrence) == wanted


@pytest.mark.parametrize(
    "text", ["做好汛期前后的巡查", "国庆前夕开展慰问", "“十四五”期间新建10个", "10个月底前", "前期工作"]
)
def test_a_name_of_a_time_that_does_not_bind(text: str) -> None:
    assert parse_deadlines(text, YEAR) == ()


@pytest.mark.parametrize("text", ["2026年2月30日前", "13月底前", "2025年2月29日前", "4月31日前"])
def test_a_day_that_the_calendar_lacks_has_no_date(text: str) -> None:
    (deadline,) = parse_deadlines(text, YEAR)
    assert deadline.date is None
    assert deadline.text == text


def test_what_is_to_be_done_by_then() -> None:
    assert [d.action for d in parse_deadlines("9月投入使用,11月底前动工", YEAR)] == ["投入使用", "动工"]


def test_without_any_year_the_date_of_issue_helps() -> None:
    assert parse_deadlines("6月底前", None, date(2024, 3, 1))[0].date == date(2024, 6, 30)
    assert parse_deadlines("6月底前", None)[0].date is None
    assert parse_deadlines("2025年6月底前", None)[0].date == date(2025, 6, 30)


@pytest.mark.parametrize(
    ("clause", "found"), [("6月底完成", True), ("市财政局", False), ("持续推进", True), ("各县区政府", False)]
)
def test_a_clause_of_a_note(clause: str, found: bool) -> None:
    assert (time_clause(clause, YEAR) is not None) is found


@settings(max_examples=60, deadline=None)
@given(st.dates(date(2000, 1, 1), date(2099, 12, 31)), st.sampled_from(["前", "之前", "以前"]))
def test_every_day_of_the_calendar(day: date, before: str) -> None:
    text = f"{day.year}年{day.month}月{day.day}日{before}"
    (deadline,) = parse_deadlines(f"请于{text}完成整改。", None)
    assert (deadline.text, deadline.kind, deadline.date) == (text, "date", day)


@settings(max_examples=60, deadline=None)
@given(st.integers(1, 12), st.integers(2000, 2099), st.sampled_from(["底前", "底"]))
def test_every_month_end(month: int, year: int, tail: str) -> None:
    (deadline,) = parse_deadlines(f"{month}月{tail}完成建设。", year)
    assert deadline.date is not None
    assert (deadline.date.year, deadline.date.month) == (year, month)
    assert date.fromordinal(deadline.date.toordinal() + 1).day == 1


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet="0123456789年月日底前内每季度半上下末到至—-一二三十持续推进完成,。 ", max_size=30))
def test_any_signs_at_all(text: str) -> None:
    for deadline in (*parse_deadlines(text, YEAR), *parse_time_cell(text, YEAR)):
        assert deadline.text
        assert deadline.text in text


FRAGMENTS = (
    *(
        "2026",
        "26",
        "5",
        "12",
        "六",
        "十",
        "二〇二六",
        "今",
        "次",
        "年",
        "年度",
        "月",
        "日",
        "底",
        "末",
        "初",
        "中",
        "上",
        "下半年",
    ),
    *(
        "第三季度",
        "季",
        "每",
        "按",
        "逐",
        "次月",
        "个",
        "工作日",
        "天",
        "小时",
        "之",
        "内",
        "时间",
        "基本完成",
        "前",
        "以前",
        "到",
        "至",
    ),
    *("-", "/", ".", "春节", "高考", "来临", "学期", "末", "“十五五”", "规划期", "、", " ", "，", "市"),
)


SIGNS = (
    (occasions.SIGN, occasions.OCCASION),
    (patterns.MOMENT_SIGN, patterns.MOMENT_START),
    (patterns.MOMENT_SIGN, patterns.RANGE),
    (patterns.MOMENT_SIGN, patterns.LISTED),
    (every.RECURRING_SIGN, every.RECURRING),
    (patterns.RELATIVE_SIGN, patterns.RELATIVE),
)


@settings(max_examples=200, deadline=None)
@given(st.lists(st.sampled_from(FRAGMENTS), min_size=2, max_size=9).map("".join))
def test_the_quick_look_passes_over_no_time(text: str) -> None:
    for sign, pattern in SIGNS:
        assert sign.search(text) or not pattern.search(text)


WITHIN = ["", *"自7月起, 从7月起 第三季度起 三季度起, 十二月至 2026年4月至10月 4—10月 下半年 上半年,".split()]
PERIODS = (
    "每月 逢单周 双月 单数月 奇数月 偶数月 隔周 隔月 次月 下季度 上季度 翌月 当月 季度 季 月度 半年 半年度 年度 按季 逐月 每年"
).split()
DAYS = "结束 终了 月 末 底 之 后 的 应于 于 次 下 翌 首 第一 第 倒数 最后 前 ( 上 下半 须在 要于 在 年 初 中 以 三 十 7 一季度 二".split()
TAILS = "前 底前 后10日内 10日内 10日前 个工作日 工作日前 月10日前 个月10日内 半月前 旬 班前 季度末 第一天 日".split()


def test_what_comes_again_and_its_day_begin_with_the_signs_that_are_looked_for() -> None:
    pattern = every.RECURRING.pattern
    assert pattern.count(every.BEGINS) == pattern.count(every.AT_BEGINS) == 1
    anywhere = re.compile(pattern.replace(every.BEGINS, "").replace(every.AT_BEGINS, ""))
    printed = [
        f"{first}{period}{last}" for first in WITHIN for period in PERIODS for last in ("10日前", "结束后5日内", "报")
    ]
    printed += [f"每{span}{day}{tail}" for span in ("月", "季度", "年") for day in DAYS for tail in TAILS]
    for text in printed:
        found = [match.span() for match in every.RECURRING.finditer(text)]
        assert found == [match.span() for match in anywhere.finditer(text)], text


@pytest.mark.parametrize(
    ("cell", "action"), [("5月底前动工", "动工"), ("9月投入使用", "投入使用"), ("6月底前完成", None)]
)
def test_what_a_time_cell_says_is_done_by_then(cell: str, action: str | None) -> None:
    (deadline,) = parse_time_cell(cell, YEAR)
    assert deadline.action == action
