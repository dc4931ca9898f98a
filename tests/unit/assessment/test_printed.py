"""Schemes as they are printed: read with every doubt at its cell, and written so that they are read the same again."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from reports import scheme as sheet
from reports.workbook import Properties, workbook_bytes
from tracker.assessment.binding import leaves, nodes, scheme_problems
from tracker.assessment.printed.found import Read
from tracker.assessment.printed.reading import read_printed
from tracker.assessment.printed.rules import exact_rule, parameters_text
from tracker.assessment.printed.settings import HEADS, setting_rows, with_usual
from tracker.assessment.printed.standards import told_rule
from tracker.assessment.printed.tables import Printed, read_file
from tracker.assessment.printed.writing import depth_of, printed_rows
from tracker.assessment.starters import SETTINGS, STARTERS
from tracker.assessment.words import KINDS


def table(*rows: str, name: str = "Sheet1") -> Printed:
    """Rows with their cells apart by `|`."""
    grid = [[cell.strip() for cell in row.split("|")] for row in rows]
    width = max(map(len, grid))
    grid = [cells + [""] * (width - len(cells)) for cells in grid]
    places = [[f"{name}!{chr(65 + column)}{row}" for column in range(width)] for row in range(1, len(grid) + 1)]
    return Printed(name, grid, places)


def read(*rows: str) -> Read:
    found = read_printed([table(*rows)])
    assert found is not None
    return found


def said(found: Read, *, doubts: bool = True) -> list[tuple[str, str]]:
    return [(one.place, str(one.text)) for one in found.noticed if one.is_doubt or not doubts]


PRINTED = (
    "云岫市政务公开考核评分表",
    "考核项目 | 指 标 | 考评内容 | 分值 | 评分标准 | 得分",
    "一、组织推进（20分） | 机构人员 | 明确机构和人员 | 5 | 达到要求得满分，否则不得分 |",
    " | 年度任务 | 任务分解到单位 | 15分 | 未完成一项扣2分，扣完为止 |",
    "二、主动公开 | 重点领域 | 财政信息 | ３０ | 每缺一条扣1分 |",
    " | | 项目信息 | 30 | 每缺一条扣1分 |",
    " | 公众评价 | 满意度测评 | 20 | 按测评结果计分 |",
    " | | 另以问卷为准 | | 样本不少于100份 |",
    "三、加分项 | 经验推广 | 省级以上 | 5 | 每次加1分 |",
    "四、一票否决 | 重大泄密 | | | 取消评优 |",
    "合计 | | | 100 | |",
)


def test_a_printed_table_becomes_a_tree() -> None:
    found = read(*PRINTED)
    names = [(depth, node["name"], node.get("points")) for node, depth in nodes(found.body["indicators"])]
    assert names == [
        (0, "总分", "100"), (1, "一、组织推进", "20"), (2, "机构人员", "5"), (2, "年度任务", "15"), (1, "二、主动公开", "80"),
        (2, "重点领域", "30"), (2, "项目信息", "30"), (2, "公众评价", "20"),
    ]  # fmt: skip
    kinds = [leaf["rule"]["kind"] for leaf in leaves(found.body["indicators"])]
    assert kinds == ["all_or_nothing", "deduction", "deduction", "deduction", "marks"]
    assert found.body["bonus"] == {"cap": "5"}
    assert found.sources["n5"]["criteria"] == "满意度测评\n按测评结果计分\n另以问卷为准\n样本不少于100份"
    assert found.body["veto"] == {"mode": "no_best"}
    assert [place for place, _ in said(found)] == ["Sheet1!D10"]
    assert [place for place, _ in said(found, doubts=False)] == ["Sheet1!D9", "Sheet1!D10", "Sheet1!D10"]
    assert scheme_problems({**SETTINGS, **found.body, "name": "方案"}, found.sources) == []


@pytest.mark.parametrize(
    ("change", "place", "text"),
    [
        ({3: " | 年度任务 | 任务分解到单位 | 十五 | 未完成一项扣2分"}, "Sheet1!D4", "分值“十五”不是数"),
        ({3: " | 年度任务 | 任务分解到单位 | | 未完成一项扣2分"}, "Sheet1!D4", "没有分值"),
        ({3: " | 年度任务 | 任务分解到单位 | 15 | 酌情"}, "Sheet1!E4",
         "从评分标准看不出怎样计分，先按“直接计分”，请选择计分方式"),
        ({10: "合计 | | | 90 | |"}, "Sheet1!D11", "合计写的是 90，各项相加是 100"),
        ({2: "一、组织推进（25分） | 机构人员 | | 5 | 否则不得分"}, "Sheet1!D3",
         "“一、组织推进（25分）”写的分值与下级相加的 20 不等"),
        ({3: " | 机构人员 | | 15 | 扣完为止"}, "Sheet1!B4", "同一项目下“机构人员”出现两次"),
    ],
)  # fmt: skip
def test_a_doubt_stands_at_its_cell(change: dict[int, str], place: str, text: str) -> None:
    rows = [change.get(at, row) for at, row in enumerate(PRINTED)]
    assert (place, text) in said(read(*rows))


def test_a_sub_total_is_of_what_stands_above_it_since_the_last_one() -> None:
    rows = (
        "序号 | 考核项目 | 指标 | 分值 | 评分标准", "1 | 组织领导 | 机构 | 8 | 未明确分管领导，或没有机构的，不得分",
        "2 | | 制度 | 12（分） | 每缺一项扣1分", " | | 小计 | 20 |", "3 | 主动公开 | 目录 | 50 | 每缺一项扣1分",
        "4 | | 解读 | 30 | 按比例计分", " | 小计 | | 90 |", "合计 | | | 100 |",
    )  # fmt: skip
    found = read(*rows)
    assert said(found) == [("Sheet1!D7", "小计写的是 90，各项相加是 80")]
    assert next(leaves(found.body["indicators"]))["rule"]["kind"] == "all_or_nothing"
    assert [leaf["points"] for leaf in leaves(found.body["indicators"])] == ["8", "12", "50", "30"]


def test_deductions_that_are_printed_as_items_make_the_cap_of_penalties() -> None:
    found = read(
        "考核项目 | 考评内容 | 分值 | 评分标准", "日常工作 | 报送 | 100 | 迟报一次扣1分", "三、扣分项 | 被通报批评 | 10 | 每次扣5分",
        " | 信访积案 | −5分 | 每件扣1分", "其他 | 舆情 | -3 | 每件扣1分", "合计 | | 100 |",
    )  # fmt: skip
    assert said(found) == []
    assert found.body["penalty"] == {"cap": "18", "kinds": "被通报批评 10、信访积案 5、舆情 3"}
    assert [leaf["name"] for leaf in leaves(found.body["indicators"])] == ["报送"]


@pytest.mark.parametrize(
    ("rows", "bonus"),
    [
        (["表彰奖励 | 5", "改革创新 | 8"], {"cap": "13", "kinds": "表彰奖励 5、改革创新 8"}),
        (["表彰奖励 | 5"], {"cap": "5"}),
        (["表彰奖励 | 5", "表彰奖励 | 3"], {"cap": "8"}),  # which of them?
        (["表彰、奖励 | 5", "改革创新 | 3"], {"cap": "8"}),  # would be read as two
    ],
)
def test_several_items_of_bonus_have_a_cap_each(rows: list[str], bonus: dict[str, str]) -> None:
    more = [f"加分项 | {one.replace(' |', ' | 省级每次加2分 |', 1)}" for one in rows]
    found = read("考核项目 | 指标 | 评分标准 | 分值", "日常工作 | 报送 | 迟报一次扣1分 | 100", *more)
    assert found.body["bonus"] == bonus
    assert scheme_problems({**SETTINGS, **found.body, "name": "方案"}, found.sources) == []


def test_steps_below_what_is_assessed_are_read_too() -> None:
    found = read(
        "指标 | 考评内容 | 分值 | 评分标准", "满意度 | 问卷满意度 | 10 | ≥95%得10分，90%—95%得8分，90%以下不得分",
        "其他 | | 90 | 每缺一项扣1分",
    )  # fmt: skip
    assert parameters_text(next(leaves(found.body["indicators"]))["rule"]) == "≥95=10；≥90=8；其余=0"


def test_notes_below_the_table_are_named_and_make_nothing() -> None:
    found = read(
        "指标 | 分值 | 评分标准", "甲 | 100 | 每次扣1分", "注：1.扣分项扣完为止。", "2.加分项另行规定。", "合计 | 100 |",
    )  # fmt: skip
    assert said(found, doubts=False) == [
        ("Sheet1!A3", "没有读入这一句：注：1.扣分项扣完为止"), ("Sheet1!A4", "没有读入这一句：2.加分项另行规定"),
    ]  # fmt: skip
    assert (found.leaves, "penalty" in found.body, found.sources["n1"]["criteria"]) == (1, False, "每次扣1分")


def test_levels_with_points_of_their_own_and_a_head_of_two_rows() -> None:
    found = read(
        "一级指标 | | 二级指标 | | 三级指标 | | 评分标准", "名称 | 分值 | 名称 | 分值 | 名称 | 分值 |",
        "任务落实 | 60 | 完成情况 | 45 | 完成率 | 25 | 按比例计分", " | | | | 质量 | 15 | 由考核组评议打分",
        " | | 时效 | 20 | 按时 | 20 | 逾期一次扣1分", "创新 | 40 | 推广 | 40 | 推广层级 | 40 | 每次扣1分",
    )  # fmt: skip
    names = [(depth, node["name"], node.get("points")) for node, depth in nodes(found.body["indicators"])]
    assert names == [
        (0, "总分", "100"), (1, "任务落实", "60"), (2, "完成情况", "40"), (3, "完成率", "25"), (3, "质量", "15"), (2, "时效", "20"),
        (3, "按时", "20"), (1, "创新", "40"), (2, "推广", "40"), (3, "推广层级", "40"),
    ]  # fmt: skip
    assert said(found) == [("Sheet1!D3", "“完成情况”写的分值与下级相加的 40 不等")]


def test_points_that_do_not_come_to_a_hundred_are_said_at_their_head() -> None:
    found = read("指标 | 分值 | 评分标准", "甲 | 40 | 每次扣1分", "乙 | 50 | 每次扣1分")
    assert said(found) == [("Sheet1!B1", "各项分值合计 90，不是 100")]
    assert found.body["indicators"]["points"] == "90"


def test_columns_and_tables_that_were_not_read_are_named() -> None:
    first = table("指标 | 分值 | 评分标准 | 领导签字", "甲 | 100 | 每次扣1分 | ")
    found = read_printed([table("说明", "无"), first, table("指标 | 分值", "乙 | 100", name="Sheet2")])
    assert found is not None
    assert [(one.place, str(one.text)) for one in found.noticed] == [
        ("Sheet1!D1", "没有读入这一栏：领导签字"),
        ("Sheet2!A1", "这张表没有读入：一个方案只读第一张考核表"),
    ]


def test_what_is_no_scheme_is_none() -> None:
    assert read_printed([]) is None
    assert read_printed([table("序号 | 工作任务 | 责任单位", "1 | 公开 | 市财政局")]) is None
    assert read_printed([table("指标 | 分值")]) is None


@pytest.mark.parametrize(
    ("text", "kind", "sure"),
    [
        ("每少一条扣0.5分，扣完为止", "deduction", True), ("按完成比例计分", "share", True), ("由考核组评议打分", "marks", True),
        ("按期完成得满分，否则不得分", "all_or_nothing", True), ("", "value", False), ("视情况", "value", False),
    ],
)  # fmt: skip
def test_the_standard_tells_the_rule(text: str, kind: str, sure: bool) -> None:
    assert told_rule(text) == ({"kind": kind}, sure)


@pytest.mark.parametrize(
    "rule",
    [leaf["rule"] for one in STARTERS.values() if one.key != "blank" for leaf in leaves(one.body["indicators"])]
    + [
        {"kind": "efficacy", "base": "0.5", "better": "low"},
        {"kind": "ratio", "cap": "1.2"},
        {"kind": "capped", "limit": "3"},
        {"kind": "rise", "start": "5", "up": "1", "rest": "none"},
        {"kind": "difficulty", "factors": "weights"},
    ],
)
def test_a_rule_written_is_read_the_same(rule: dict[str, Any]) -> None:
    assert exact_rule(KINDS[rule["kind"]], parameters_text(rule)) == (rule, [])


def test_parameters_that_are_not_known_are_named() -> None:
    assert exact_rule("没有", "") == (None, [])
    assert exact_rule("主办协办分担", "协办系数=0.3；颜色=红") == ({"kind": "roles", "co": "0.3"}, ["颜色=红"])


HELD = {
    "bonus": {"cap": "20", "kinds": "表彰奖励 5、改革创新 8"}, "penalty": {"kinds": "通报 5"},
    "total": {"full": "120", "as": "100", "cap": "100"},
}  # fmt: skip


@pytest.mark.parametrize(
    ("key", "more"),
    [*((key, {}) for key in ("key_work", "county_openness", "s1", "s2", "s7", "s12")), ("key_work", HELD)],
)
def test_an_exported_scheme_is_taken_in_again_as_it_was(key: str, more: dict[str, Any]) -> None:
    starter = replace(STARTERS[key], body=STARTERS[key].body | more)
    sources = {
        leaf: source | {"criteria": "评分标准文字"} | ({"self": "1"} if source["from"] == "entered" else {})
        for leaf, source in starter.sources.items()
    }
    levels = depth_of(starter.body)
    made = sheet.build(
        printed_rows(starter.body, sources), levels=levels, name="方案", version=1, total="100",
        _=lambda text, /, **parts: text % parts if parts else text,
    )  # fmt: skip
    rules = sheet.build_settings(setting_rows(starter.body), HEADS, _=lambda text, /, **_parts: text)
    properties = Properties(title="方案", author="", created=datetime(2026, 7, 1, tzinfo=UTC))
    data = workbook_bytes(
        [made, rules], properties=properties, translate=lambda text, /, **parts: text % parts if parts else text
    )
    found = read_printed(
        [Printed(one["name"], one["grid"], one["places"]) for one in read_file(data, "a.xlsx")["tables"]]
    )
    assert found is not None
    assert said(found, doubts=False) == []

    def told(body: dict[str, Any], of: dict[str, Any]) -> list[Any]:
        return [
            (depth, node["name"], node["points"], node.get("rule"), of.get(node["key"]))
            for node, depth in nodes(body["indicators"])
        ]

    assert told(found.body, found.sources) == told(starter.body, sources)
    assert found.has_settings
    again, names = with_usual(found.body), {node["key"]: node["name"] for node, _ in nodes(found.body["indicators"])}
    before = {node["key"]: node["name"] for node, _ in nodes(starter.body["indicators"])}
    for name in (starter.body.keys() | again.keys()) - {"indicators", "tie_break"}:
        assert again.get(name) == starter.body.get(name), name
    assert [names[one] for one in again["tie_break"]] == [before[one] for one in starter.body.get("tie_break", ())]


def test_settings_that_cannot_be_read_are_named_at_their_cell() -> None:
    rules = table(
        "方案规则 | 内容", "不适用的指标 | 看情况", "加分上限 | 5", "等次 | 优秀≥90，名额20%；良好", "同分先看 | 甲；丙", "领导意见 | 同意",
        name="Sheet2",
    )  # fmt: skip
    found = read_printed([table("指标 | 分值 | 评分标准", "甲 | 100 | 每次扣1分"), rules])
    assert found is not None
    assert [place for place, _ in said(found)] == ["Sheet2!B2", "Sheet2!B4", "Sheet2!B5", "Sheet2!B6"]
    assert found.body["bonus"] == {"cap": "5"}
    assert found.body["grades"] == [{"name": "优秀", "min": "90", "quota_percent": "20"}]
    assert with_usual(found.body)["not_applicable"] == "rescale"


def outline(found: Read) -> list[tuple[int, str, str | None]]:
    return [(depth, node["name"], node.get("points")) for node, depth in nodes(found.body["indicators"])]


def test_heads_are_known_by_what_they_are_about_however_they_are_worded() -> None:
    found = read(
        "考核项目 | 考核内容及要求 | 标准分 | 考核评分办法 | 自评分 | 考评分 | 牵头单位",
        "一、部署（15分） | 1.制定要点 | 8 | 未制定的扣3分 | | | 县府办", " | 2.召开会议 | 7 | 少一次扣3.5分 | | | 县府办",
        "二、报送（85分） | 3.报送信息 | 85 | 每少1条扣0.5分 | | | 县府办",
    )  # fmt: skip
    assert outline(found)[1:] == [
        (1, "一、部署", "15"), (2, "1.制定要点", "8"), (2, "2.召开会议", "7"), (1, "二、报送", "85"), (2, "3.报送信息", "85"),
    ]  # fmt: skip
    assert [leaf["rule"]["kind"] for leaf in leaves(found.body["indicators"])] == ["deduction"] * 3
    assert said(found, doubts=False) == [("Sheet1!G1", "没有读入这一栏：牵头单位")]


@pytest.mark.parametrize("head", ["评分标准及说明", "计分方法", "考核内容及评分标准", "赋分规则", "具体扣分标准"])
def test_the_standard_of_an_indicator_has_many_names(head: str) -> None:
    found = read(f"指标 | 分值 | {head}", "甲 | 100 | 缺1项扣1分")
    assert (found.sources["n1"]["criteria"], said(found, doubts=False)) == ("缺1项扣1分", [])


def test_weights_beside_a_level_are_its_points_and_alone_those_of_the_indicators() -> None:
    found = read(
        "一级指标 | 权重 | 二级指标 | 分值 | 评分标准", "组织 | 20 | 机构 | 12 | 缺一项扣5分", " | | 培训 | 10 | 缺一项扣5分",
        "公开 | 78% | 内容 | 78 | 缺一项扣1分",
    )  # fmt: skip
    assert said(found) == [("Sheet1!B2", "“组织”写的分值与下级相加的 22 不等")]
    alone = read(
        "一级指标 | 二级指标 | 权重（%） | 考核标准", "过程 | 执行率 | 12.5% | 缺一项扣1分", " | 支付 | １２．５％ | 缺一项扣1分",
        "产出 | 数量 | 75 | 缺一项扣1分",
    )  # fmt: skip
    assert [leaf["points"] for leaf in leaves(alone.body["indicators"])] == ["12.5", "12.5", "75"]
    assert said(alone) == []
    both = read("指标 | 分值 | 权重 | 评分标准", "甲 | 100 | 60% | 缺一项扣1分", "乙 | 100 | 40% | 缺一项扣1分")
    assert ("Sheet1!C1", "没有读入这一栏：权重") in said(both, doubts=False)
    assert [leaf["points"] for leaf in leaves(both.body["indicators"])] == ["100", "100"]


def test_a_heading_across_the_table_is_a_level() -> None:
    found = read(
        "部门绩效考核指标（100分）", "指标名称 | 分值 | 计分方法", "一、共性指标（60分）", "（一）机关建设",
        "1.党的建设 | 35 | 由组织部门评价打分",
        "（二）法治", "2.依法行政 | 20 | 败诉1件扣2分", "二、个性指标（40分） | 二、个性指标（40分） | 二、个性指标（40分）",
        "3.招商引资 | 40 | 每少一个扣1分", "总 分 | 100 |",
    )  # fmt: skip
    assert outline(found)[1:] == [
        (1, "一、共性指标", "55"), (2, "（一）机关建设", "35"), (3, "1.党的建设", "35"), (2, "（二）法治", "20"), (3, "2.依法行政", "20"),
        (1, "二、个性指标", "40"), (2, "3.招商引资", "40"),
    ]  # fmt: skip
    assert said(found) == [
        ("Sheet1!B10", "合计写的是 100，各项相加是 95"), ("Sheet1!B2", "各项分值合计 95，不是 100"),
        ("Sheet1!B5", "“一、共性指标（60分）”写的分值与下级相加的 55 不等"),
    ]  # fmt: skip


def test_a_heading_across_stands_above_the_levels_of_the_columns() -> None:
    found = read(
        "考核项目 | 考核内容 | 分值 | 评分标准", "第一部分 重点工作（60分）", "公开 | 目录 | 60 | 缺一项扣1分", "第二部分 日常工作",
        "报送 | 信息 | 25 | 缺一项扣1分", " | 简报 | 15 | 缺一项扣1分",
    )  # fmt: skip
    assert outline(found)[1:] == [
        (1, "第一部分 重点工作", "60"), (2, "公开", "60"), (3, "目录", "60"), (1, "第二部分 日常工作", "40"), (2, "报送", "40"),
        (3, "信息", "25"), (3, "简报", "15"),
    ]  # fmt: skip
    assert said(found) == []


@pytest.mark.parametrize(
    "standard", ["合格率×分值", "得分=解读率×20", "实际完成数/计划数×分值", "按完成率计分", "完成率 * 本项分值"]
)
def test_a_rate_times_the_points_is_a_share(standard: str) -> None:
    assert told_rule(standard) == ({"kind": "share"}, True)


@pytest.mark.parametrize(
    "standard",
    ["按完成比例计分，超额完成每10%加1分，最多加5分", "完成率×100，最高不超过120分", "完成率×100，最多得１２０分"],
)
def test_points_beyond_the_points_are_told_as_a_doubt(standard: str) -> None:
    found = read("指标 | 分值 | 评分标准", f"任务 | 100 | {standard}")
    assert said(found) == [
        ("Sheet1!C2", "评分标准里还有加分：本项得分不会超过分值，多出的请按“加分”录入"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("standard", "bands"),
    [
        ("满意度≥95%得10分，90%—95%得8分，80%—90%得5分，80%以下不得分。", "≥95=10；≥90=8；≥80=5；其余=0"),
        ("走访率达到100%得10分，达到90%得７.5分；其余不得分", "≥100=10；≥90=7.5；其余=0"),
        ("95分以上的得10分，85分（含）以上的得8分，低于85分的得3分", "≥95=10；≥85=8；其余=3"),
        ("达标率不低于98％得10分，否则得2分", "≥98=10；其余=2"),
    ],
)
def test_a_standard_of_steps_is_read_as_bands_to_be_checked(standard: str, bands: str) -> None:
    found = read("指标 | 分值 | 评分标准", f"满意度 | 10 | {standard}", "其他 | 90 | 每缺一项扣1分")
    assert parameters_text(next(leaves(found.body["indicators"]))["rule"]) == bands
    assert said(found) == [("Sheet1!C2", f"按评分标准读成分档：{bands}，请核对")]
    assert scheme_problems({**SETTINGS, **found.body, "name": "方案"}, found.sources) == []


@pytest.mark.parametrize(
    "standard",
    [
        "满意度≥95%得10分，85%—90%得8分，80%以下不得分",  # 90–95 is nowhere
        "第一名得10分，第二名得8分，其余得5分",  # the lower the better
        "超过95%得10分，超过90%得8分，其余不得分",  # 95 itself?
        "达到95%得10分，达到90%得8分",  # below 90?
        "达到95%得12分，其余不得分",  # more than there is
        "省级得10分，市级得8分，其余不得分",
    ],
)
def test_steps_with_a_gap_or_a_doubt_are_left_to_people(standard: str) -> None:
    found = read("指标 | 分值 | 评分标准", f"满意度 | 10 | {standard}", "其他 | 90 | 每缺一项扣1分")
    assert next(leaves(found.body["indicators"]))["rule"] == {"kind": "value"}
    assert said(found) == [("Sheet1!C2", "从评分标准看不出怎样计分，先按“直接计分”，请选择计分方式")]
