"""Printed schemes as cities word them: what a standard limits, gives and compares, and heads that nobody has put down."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.unit.assessment.test_printed import outline, read, said, table
from tracker.assessment.binding import leaves
from tracker.assessment.printed.reading import read_printed
from tracker.assessment.printed.standards import rule_with_numbers, told_rule

VALUE = "从评分标准看不出怎样计分，先按“直接计分”，请选择计分方式"


def rule_of(standard: str, points: str = "20") -> tuple[dict[str, object], list[str]]:
    """The rule that one standard makes, and the doubts about it."""
    rest = str(100 - int(points))
    found = read("指标 | 分值 | 评分标准", f"甲 | {points} | {standard}", f"乙 | {rest} | 每缺一项扣1分")
    return next(leaves(found.body["indicators"]))["rule"], [text for place, text in said(found)]


@pytest.mark.parametrize(
    ("standard", "rule"),
    [
        ("发现1起扣2分，最多扣10分", {"kind": "capped", "limit": "10"}),
        ("每逾期一项扣1分，累计扣分不超过５分", {"kind": "capped", "limit": "5"}),
        ("迟报一次扣2分，累计不超过8分", {"kind": "capped", "limit": "8"}),
        ("每次扣3分，扣分最高不超过12分", {"kind": "capped", "limit": "12"}),
        ("按排名计分，第一名得20分，每下降一个名次减1.5分", {"kind": "placing", "drop": "1.5"}),
        ("组内排名第1名得满分，每退后一名扣0.5分", {"kind": "placing", "drop": "0.5"}),
        ("以报送量第一名为满分，其他单位按比例折算", {"kind": "best"}),
        ("最高值得满分，其余按比例计分", {"kind": "best"}),
        ("评委打分，去掉一个最高分和一个最低分后取平均值", {"kind": "marks", "combine": "trimmed_mean"}),
        ("由7名评委评议打分，去掉最高最低分", {"kind": "marks", "combine": "trimmed_mean"}),
        ("难度系数×完成率×20", {"kind": "difficulty"}),
        ("得分=完成率×难度系数×20分", {"kind": "difficulty"}),
        ("考核组打分取中位数", {"kind": "marks", "combine": "median"}),
        ("采用功效系数法计分，基础系数0.5", {"kind": "efficacy", "base": "0.5"}),
    ],
)
def test_a_standard_that_says_how_is_read_with_its_numbers_and_to_be_checked(
    standard: str, rule: dict[str, str]
) -> None:
    found, doubts = rule_of(standard)
    assert found == rule
    assert len(doubts) == 1
    assert doubts[0].startswith("按评分标准读成")


@pytest.mark.parametrize(
    ("standard", "kind"),
    [
        ("每次扣2分，最多扣20分", "deduction"),  # all there is
        ("得分=实际完成数/目标数×20", "share"), ("按当年完成额占目标的比重×20计分，超额部分不加分", "share"),
        ("完成率达100%得20分，未完成的按比例扣分", "share"), ("完成率×20", "share"),
    ],
)  # fmt: skip
def test_a_standard_that_leaves_no_doubt(standard: str, kind: str) -> None:
    assert rule_of(standard) == ({"kind": kind}, [])


@pytest.mark.parametrize(
    "standard",
    [
        "规模系数×完成率×20", "优秀率×20+良好率×15+一般率×10", "完成得20分，基本完成得12分，未完成不得分",
        "符合要求得满分，部分符合得5分，否则不得分", "比上年每提升1个百分点加1分，每下降1个百分点扣1分",
    ],
)  # fmt: skip
def test_a_standard_of_which_a_rule_would_leave_something_out_is_a_doubt(standard: str) -> None:
    rule, doubts = rule_of(standard)
    assert (rule, VALUE in doubts) == ({"kind": "value"}, True)


def test_steps_between_two_signs_are_bands() -> None:
    rule, doubts = rule_of("解读比例≥80%得20分，60%≤比例＜80%得12分，＜60%得0分")
    assert rule["bands"] == [{"min": "80", "points": "20"}, {"min": "60", "points": "12"}, {"points": "0"}]
    assert doubts == ["按评分标准读成分档：≥80=20；≥60=12；其余=0，请核对"]


@pytest.mark.parametrize("head", ["基准分", "满分值", "考核分值（分）", "指标权重分", "应得分"])
def test_points_have_many_names(head: str) -> None:
    found = read(f"序号 | 考评要素 | {head} | 计分方法", "1 | 甲 | 100分 | 每漏1项扣3分")
    assert (outline(found)[1:], said(found)) == ([(1, "甲", "100")], [])


@pytest.mark.parametrize(
    ("text", "points"),
    [("0-10", "10"), ("≤10", "10"), ("10分（每季度2.5分）", "10"), ("最高10分", "10"), ("0～10分", "10")],
)
def test_points_that_say_the_most_are_read_and_to_be_checked(text: str, points: str) -> None:
    found = read("指标 | 分值 | 评分标准", f"甲 | {text} | 缺一项扣1分", "乙 | 90 | 缺一项扣1分")
    assert outline(found)[1][2] == points
    assert said(found) == [("Sheet1!B2", f"分值“{text}”按满分 {points} 读入，请核对")]


def test_points_of_two_groups_side_by_side_are_never_mixed_up() -> None:
    found = read("指标 | 县区分值 | 部门分值 | 评分标准", "甲 | 60 | 40 | 缺一项扣1分", "乙 | 40 | 60 | 缺一项扣1分")
    assert [points for _, _, points in outline(found)[1:]] == ["60", "40"]
    assert said(found) == [
        ("Sheet1!C1", "分值有几栏，只读了前面的一栏：“部门分值”没有读入，各组分值不同的，请每组建一个方案")
    ]


@pytest.mark.parametrize("text", ["+10", "＋10分", "最高10分", "累计不超过10分"])
def test_a_cap_of_bonus_is_read_however_it_is_written(text: str) -> None:
    found = read(
        "项目 | 指标 | 分值 | 评分办法", "基础 | 信息 | 100 | 少一条扣1分", f"加分 | 批示 | {text} | 每件加2分"
    )
    assert (found.body.get("bonus"), said(found)) == ({"cap": "10"}, [])


def test_a_cap_that_only_the_standard_says_is_read_and_one_that_nothing_says_is_a_doubt() -> None:
    rows = ("项目 | 指标 | 分值 | 评分办法", "基础 | 信息 | 100 | 少一条扣1分")
    found = read(*rows, "加分 | 批示 | | 每件加2分，累计不超过8分", "扣分 | 通报 | | 每次扣2分，最多扣6分")
    assert (found.body["bonus"], found.body["penalty"], said(found)) == ({"cap": "8"}, {"cap": "6"}, [])
    found = read(*rows, "加分 | 批示 | 另定 | 每件加2分")
    assert "bonus" not in found.body
    assert said(found) == [("Sheet1!C3", "没有读出这一项最多加减多少分：请在方案里填上限")]


def test_a_bonus_behind_its_number_is_no_indicator() -> None:
    found = read(
        "序号 | 考核内容 | 分值 | 计分方法", "1 | 落实 | 100 | 每漏1项扣3分", "2 | 加分项 | 5分 | 省级每次加2分，最高加5分",
        "3 | 一票否决 | | 重大泄密",
    )  # fmt: skip
    assert outline(found)[1:] == [(1, "落实", "100")]
    assert (found.body["bonus"], said(found)) == ({"cap": "5"}, [])


def test_a_second_row_of_heads_is_no_indicator() -> None:
    found = read(
        "考核指标 | | 分值 | 评分标准 |", "一级 | 二级 | | 扣分标准 | 加分标准", "组织领导 | 责任落实 | 20 | 未部署扣5分 |",
        " | 队伍建设 | 30 | 缺一人扣2分 |", "公开质效 | 公开时效 | 50 | 超期每条扣1分 | 提前公开另行奖励",
    )  # fmt: skip
    assert outline(found)[1:] == [
        (1, "组织领导", "50"), (2, "责任落实", "20"), (2, "队伍建设", "30"), (1, "公开质效", "50"), (2, "公开时效", "50"),
    ]  # fmt: skip
    assert found.sources["n3"]["criteria"] == "超期每条扣1分\n提前公开另行奖励"
    assert said(found) == []


def test_a_column_without_a_head_is_named_where_it_holds_anything() -> None:
    found = read_printed([table("指标 | 分值 | 评分标准 | |", "甲 | 100 | 缺一项扣1分 | | 另有说明")])
    assert found is not None
    assert said(found) == [("Sheet1!E2", "没有读入这一栏：表头是空的，第一处写的是“另有说明”")]


def test_a_limit_of_one_deduction_among_several_is_a_doubt() -> None:
    rule, doubts = rule_of("每少1条扣0.5分，扣完为止；公开不及时的每条扣1分，累计不超过8分")
    assert rule == {"kind": "deduction"}
    assert doubts == ["评分标准里有的扣分另有限额（8 分），没有读入：请拆成几项，或改用“限额扣分”"]


def test_what_stands_before_the_indicators_is_a_level_whatever_it_is_called() -> None:
    found = read(
        "考核内容 | 考核指标 | 分值 | 考核方法及标准", "组织保障 | 领导重视 | 40 | 缺一项扣2分", " | 队伍建设 | 10 | 缺一人扣2分",
        "业务工作 | 信息公开 | 50 | 少1条扣1分",
    )  # fmt: skip
    assert outline(found)[1:] == [
        (1, "组织保障", "50"), (2, "领导重视", "40"), (2, "队伍建设", "10"), (1, "业务工作", "50"), (2, "信息公开", "50"),
    ]  # fmt: skip


def test_points_that_say_they_are_taken_off_make_a_penalty() -> None:
    found = read("指标 | 分值 | 评分细则", "安全 | 100 | 每起扣10分", "舆情 | 倒扣分 | 每起扣5分，最多扣20分")
    assert (outline(found)[1:], found.body["penalty"], said(found)) == ([(1, "安全", "100")], {"cap": "20"}, [])


def test_points_behind_the_names_do_without_a_column_of_their_own() -> None:
    found = read(
        "政务公开考核细则", "序号 | 考核项目 | 考核内容 | 评分标准", "1 | 一、组织领导（20分） | 明确分管领导（10分） | 未明确的不得分",
        "2 | | 落实专人（10分） | 每缺一项扣2分", "3 | 二、主动公开（80分） | 公开目录（ 80 分） | 每缺一条扣1分",
    )  # fmt: skip
    assert outline(found) == [
        (0, "总分", "100"), (1, "一、组织领导", "20"), (2, "明确分管领导", "10"), (2, "落实专人", "10"),
        (1, "二、主动公开", "80"), (2, "公开目录", "80"),
    ]  # fmt: skip
    assert said(found) == []
    assert (
        read_printed(
            [table("序号 | 考核内容 | 评分标准", "1 | 组织领导 | 每缺一项扣2分", "2 | 公开目录 | 每缺一条扣1分")]
        )
        is None
    )


@pytest.mark.parametrize("text", ["1", "（", "（1", "提升加1分", "扣1分"])
def test_a_cell_without_end_ends(text: str) -> None:
    """As long as a cell can be: searches that begin anew at each sign took minutes."""
    full = (text * 32_000)[:32_000]
    rule_with_numbers(full, Decimal(10))
    told_rule(full)
    assert read_printed([table(f"{full} | 分值 | 评分标准", f"甲 | 100 | {full}", f"{full} | 100 | 每次扣1分")]) is None
