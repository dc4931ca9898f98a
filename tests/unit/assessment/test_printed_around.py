"""What the sentences around a printed scheme say of its rules: set where they say it plainly, told wherever they do not."""

from __future__ import annotations

from io import BytesIO

import pytest
from docx import Document

from tests.unit.assessment.test_printed import table
from tracker.assessment.printed.around.passages import MOST_TEXT, Passage, sentences, unwrapped
from tracker.assessment.printed.around.rules import rules_of
from tracker.assessment.printed.found import Read
from tracker.assessment.printed.reading import read_printed
from tracker.assessment.printed.settings import with_usual
from tracker.assessment.printed.tables import Printed, read_file

LAST, FIXED = "不计总分和名次，定为最末等次", "总分按固定分计，定为最末等次"
NO_BEST = "得分和名次照计，不得评为最高等次"
ONCE, EACH, EVERY = "只在总分处取舍一次", "每个末级指标先取舍", "每一级先取舍"
RESCALED = "按适用指标的分值在总分处折算"
RULES = (
    ("考核得分保留两位小数，第三位四舍五入。", {"小数位数": "2", "取舍方式": "四舍五入", "取舍时机": ONCE}),
    ("各项得分均保留小数点后一位。", {"小数位数": "1", "取舍时机": EACH}),
    ("计算结果按四舍五入法精确到小数点后2位", {"小数位数": "2", "取舍方式": "四舍五入"}),
    ("得分精确到0.01", {"小数位数": "2"}),
    ("最终得分取整数，不四舍五入", {"小数位数": "0", "取舍方式": "截尾（只舍不入）", "取舍时机": ONCE}),
    ("群众满意率保留两位小数", {}),
    ("各级指标得分逐级保留3位小数", {"小数位数": "3", "取舍时机": EVERY}),
    ("分数采用四舍六入五成双规则修约，保留2位小数", {"小数位数": "2", "取舍方式": "四舍六入五成双"}),
    ("加分项累计不超过5分。", {"加分上限": "5"}),
    ("加分最高不超过10分，扣分不设上限", {"加分上限": "10"}),
    ("加分总分不超过 3 分", {"加分上限": "3"}),
    ("附加分：累计加分不超过5分", {"加分上限": "5"}),
    ("同一事项获多级表彰的按最高级别加分，最高加5分。", {"加分上限": ""}),
    ("加减分项：最高加5分，最高减5分", {"加分上限": "5", "减分上限": "5"}),
    ("减分项累计不超过10分", {"减分上限": "10"}),
    ("倒扣分以10分为限", {"减分上限": "10"}),
    ("扣分项最多不超过8分", {"减分上限": "8"}),
    ("每项加分最高不超过2分", {"加分上限": ""}),
    ("加分以5分封顶", {"加分上限": "5"}),
    ("加分上限为6分", {"加分上限": "6"}),
    ("基础分达到80分以上的单位方可参与加分", {"基础分高于多少才计加分": "≥80"}),
    ("基础分高于85分的，才予加分", {"基础分高于多少才计加分": "85"}),
    ("考核得分低于80分的不予加分", {"基础分高于多少才计加分": "≥80"}),
    ("发生重大泄密事件的，实行一票否决，直接评为不合格等次。", {"一票否决": LAST}),
    ("出现否决事项的，考核得分计0分", {"一票否决": FIXED, "否决后的固定分": "0"}),
    ("实行一票否决，总分按59分计", {"一票否决": FIXED, "否决后的固定分": "59"}),
    ("有下列情形之一的一票否决，取消评优资格", {"一票否决": NO_BEST}),
    ("出现否决情形的，考核等次下调一个等次", {"一票否决": ""}),
    ("被否决的，不得评为良好及以上等次", {"一票否决": ""}),
    ("一票否决事项另行通知", {}),
    ("不涉及的指标按满分计", {"不适用的指标": "按满分计"}),
    ("对不涉及某项指标的单位，该项分值按比例折算到其他指标", {"不适用的指标": RESCALED}),
    ("缺项的，按其余指标得分折算成百分制", {"不适用的指标": RESCALED}),
    ("没有该项任务的单位，其分值平均分配到同级其他指标", {"不适用的指标": "分值平均分给同级适用指标"}),
    ("不承担的指标在同一一级指标内折算", {"不适用的指标": "在每一级的适用指标之间折算"}),
    ("不涉及的指标按全市平均分计分", {"不适用的指标": ""}),
    ("得分相同的名次并列", {"名次并列": "并列占位（1、2、2、4）"}),
    ("总分相同的，以“主动公开”得分高者排名在前", {"同分先看": "主动公开"}),
    ("总分相同时，依次比较重点工作、日常工作得分高低", {"同分先看": "重点工作；日常工作"}),
    ("分数相同的并列不占位", {"名次并列": "并列不占位（1、2、2、3）"}),
    ("考核总分120分，最后折算为百分制", {"总分满分（折算前）": "120", "总分折算为": "100"}),
    ("考核满分为150分，换算成100分", {"总分满分（折算前）": "150", "总分折算为": "100"}),
    ("考核总分最高不超过100分", {"总分最多": "100"}),
    ("考核实行百分制，总分100分", {}),
    ("考核结果按5%的权重计入全市综合考核", {"占综合考核（%）": "5"}),
    ("本项考核占年度目标考核总分的4%", {"占综合考核（%）": "4"}),
    ("政务公开在政府绩效考核中的分值权重不低于4%", {}),
    ("占比不低于综合考核的4%", {}),
    ("考核由市政府办公室组织实施，每年12月开展一次", {}),
    ("考核得分=指标得分+加分-减分", {}),
    ("优秀单位给予通报表扬，并在年度考核中加1分", {}),
    ("平时考核占60%，年终考核占40%", {}),
    ("第三方评估占考核总分的30%", {}),
    ("考核计分保留至小数点后2位，2位后四舍五入。", {"小数位数": "2", "取舍方式": "四舍五入", "取舍时机": ONCE}),
    ("得分精确到小数点后一位", {"小数位数": "1"}),
    ("评分结果保留1位小数，不采取四舍五入", {"小数位数": "1", "取舍方式": "截尾（只舍不入）"}),
    ("年度总得分四舍五入后保留整数", {"小数位数": "0", "取舍方式": "四舍五入", "取舍时机": ONCE}),
    ("单项指标得分按四舍五入保留2位小数后汇总", {"小数位数": "2", "取舍方式": "四舍五入", "取舍时机": EACH}),
    ("加分项目设最高限，累计加分不得超过10分", {"加分上限": "10"}),
    ("各项加分合计最高不超过6分", {"加分上限": "6"}),
    ("创新加分累计最多加3分", {"加分上限": "3"}),
    ("附加分最高为5分", {"加分上限": "5"}),
    ("奖励加分总计不超过8分，惩罚扣分总计不超过8分", {"加分上限": "8", "减分上限": "8"}),
    ("加减分均以5分为限", {"加分上限": "5", "减分上限": "5"}),
    ("负面扣分累计不超过10分", {"减分上限": "10"}),
    ("加分后总分不超过100分", {"总分最多": "100"}),
    ("总得分超过100分的按100分计算", {"总分最多": "100"}),
    ("加分项得分计入总分，总分超过110分的，按110分计", {"总分最多": "110"}),
    ("基础得分不足90分的，不享受加分", {"基础分高于多少才计加分": "≥90"}),
    ("只有基本分达到85分的单位才能加分", {"基础分高于多少才计加分": "≥85"}),
    ("存在下列问题的，一票否决，考核等次直接定为“差”", {"一票否决": LAST}),
    ("凡被一票否决的单位，当年考核按0分处理", {"一票否决": FIXED, "否决后的固定分": "0"}),
    ("被否决的单位年度考核不得评为优秀等次", {"一票否决": NO_BEST}),
    ("对无某项考核任务的单位，该项按满分计算", {"不适用的指标": "按满分计"}),
    ("未承担相关任务的，相应指标不计分，按实际得分折算为百分制得分", {"不适用的指标": RESCALED}),
    ("被考核单位不涉及的指标，其权重按比例分摊到其他指标", {"不适用的指标": RESCALED}),
    ("因职能原因不涉及的项目不扣分", {"不适用的指标": ""}),
    ("考核得分相同的单位，排名并列", {"名次并列": "并列占位（1、2、2、4）"}),
    ("如总分相同，则主动公开得分高的排名靠前", {"同分先看": "主动公开"}),
    ("总分相同的，按重点领域公开得分排序", {"同分先看": "重点领域公开"}),
    ("最终得分=（基础分+加分-扣分）÷120×100", {"总分满分（折算前）": "120", "总分折算为": "100"}),
    ("考核总分为110分，按比例折算成100分", {"总分满分（折算前）": "110", "总分折算为": "100"}),
    ("考核结果按10%比例折算计入县目标管理考核总分", {"占综合考核（%）": "10"}),
    ("该项工作在全市高质量发展综合绩效考评中占3%", {"占综合考核（%）": "3"}),
    ("考核结果占领导班子年度考核的5%权重", {"占综合考核（%）": "5"}),
    ("日常考核占30%、年度考核占70%", {}),
    ("得分在90分以上的列为第一档次", {}),
)  # fmt: skip


@pytest.mark.parametrize(("text", "rules"), RULES, ids=[text[:12] for text, _ in RULES])
def test_a_sentence_says_a_rule(text: str, rules: dict[str, str]) -> None:
    """`""`: it speaks of the rule, and nobody can tell what is meant."""
    (one,) = sentences([Passage("paragraph 1", text)])
    assert dict(rules_of(one.plain)) == rules


def read(*paragraphs: str, tables: tuple[Printed, ...] = ()) -> Read:
    scheme = table(
        "考核项目 | 指标 | 分值 | 评分标准",
        "一、主动公开（60分） | 目录 | 60 | 每缺一条扣1分",
        "二、依申请公开 | 答复 | 40 | 每超期一件扣2分",
    )
    found = read_printed([scheme, *tables], [Passage(f"paragraph {at}", text) for at, text in enumerate(paragraphs, 1)])
    assert found is not None
    return found


def said(found: Read, *, doubts: bool) -> list[tuple[str, str]]:
    return [(one.place, str(one.text)) for one in found.noticed if one.is_doubt is doubts and one.place != "Sheet1!C1"]


def test_what_the_text_says_is_set_and_told_at_its_place() -> None:
    found = read(
        "云岫市政务公开考核办法", "得分保留一位小数。加分累计不超过5分，基础分达到80分的方可加分。",
        "90分以上为优秀，80—89分为良好，60—79分为合格，60分以下为不合格；优秀等次不超过20%。",
        "总分相同的，以主动公开得分高者在前；出现否决事项的，直接评为不合格。",
    )  # fmt: skip
    assert {name: part for name, part in found.body.items() if name != "indicators"} == {
        "rounding": {"places": "1"},
        "bonus": {"cap": "5", "gate": "79.9"},
        "grades": [
            {"name": "优秀", "min": "90", "quota_percent": "20"}, {"name": "良好", "min": "80"}, {"name": "合格", "min": "60"},
            {"name": "不合格", "min": "0"},
        ],
        "tie_break": ["g1"],
        "veto": {"mode": "fail"},
    }  # fmt: skip
    assert found.told_around
    assert [place for place, _ in said(found, doubts=True)] == [f"paragraph {number}" for number in (2, 2, 3, 4, 4)]
    assert said(found, doubts=True)[0][1] == "“得分保留一位小数”：小数位数设为“1”，请核对"
    assert with_usual(found.body)["rounding"] == {"places": "1", "mode": "half_up", "stage": "total"}


def test_nothing_is_set_where_two_sentences_say_two_things() -> None:
    found = read("部门：加分累计不超过5分。", "县区：加分累计不超过8分。")
    assert "bonus" not in found.body
    assert not found.told_around
    assert [text for _, text in said(found, doubts=True)] == [
        "这一句没有读进方案规则，请核对：部门：加分累计不超过5分", "这一句没有读进方案规则，请核对：县区：加分累计不超过8分",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "优秀等次的比例不超过20%", "90分以上为优秀，60分以下为不合格", "总分相同的，以创新工作得分高者在前",
        "一票否决的，降低一个等次",
        "得分=平时得分×40%+年终得分×60%", "每项加分最高不超过2分", "不涉及的指标按平均分计分",
        "优秀90分以上，良好80分以上。优秀单位不超过12.5%",
    ],
)  # fmt: skip
def test_a_rule_that_cannot_be_held_is_a_doubt(text: str) -> None:
    assert any(one.startswith("这一句没有读进方案规则") for _, one in said(read(text), doubts=True))


def test_sentences_about_scores_that_were_not_taken_in_are_named() -> None:
    found = read(
        "平时考核占40%，年终考核占60%。获省级表彰的加2分。", "考核由办公室负责，12月进行。", "优秀90分以上，良好80分以上。优秀不超过20%。",
    )  # fmt: skip
    assert said(found, doubts=True)[0] == (
        "paragraph 1",
        "这一句没有读进方案规则，请核对：平时考核占40%，年终考核占60%",
    )
    assert said(found, doubts=False) == [("paragraph 1", "没有读入这一句：获省级表彰的加2分")]


def test_lines_of_a_page_are_put_together_again() -> None:
    text = "90分（含）以上为优秀，80分（含）以上、90分以下为良好，60分（含）以上、80分以下为合格，60分以下为不合格。"
    lines = [text[at : at + 25] for at in range(0, len(text), 25)]
    found = unwrapped([Passage(f"line {at}", line) for at, line in enumerate(("四、等次", *lines, "五、附则"))])
    assert [(one.place, one.text) for one in found] == [
        ("line 0", "四、等次"),
        ("line 1", text),
        ("line 4", "五、附则"),
    ]


@pytest.mark.parametrize("text", ["1" * 4000, "得分=" * 1000, "90分以上优秀" * 600])
def test_a_text_without_end_ends(text: str) -> None:
    """A row of figures took seconds, and a file may have thousands; beyond the most nothing is looked at."""
    assert sum(len(one.text) for one in sentences([Passage("paragraph 1", text)] * 100)) <= MOST_TEXT
    read(text)


def test_grades_in_a_table_of_their_own() -> None:
    rows = table(
        "等次 | 得分 | 名额",
        "优秀 | 90分及以上 | 不超过25%",
        "良好 | 80—89分 |",
        "合格 | 60—79分 |",
        "不合格 | 60分以下 |",
        name="等次",
    )
    assert read(tables=(rows,)).body["grades"][0] == {"name": "优秀", "min": "90", "quota_percent": "25"}


def test_notes_below_the_table_are_read_too_and_the_rest_of_them_named() -> None:
    scheme = table("指标 | 分值 | 评分标准", "甲 | 100 | 每次扣1分", "注：1.得分保留一位小数。2.表格请双面打印。")
    found = read_printed([scheme])
    assert found is not None
    assert found.body["rounding"] == {"places": "1"}
    assert said(found, doubts=False) == [("Sheet1!A3", "没有读入这一句：2.表格请双面打印")]


def test_a_veto_among_the_rows_says_what_becomes_of_the_unit() -> None:
    rows = ("指标 | 分值 | 评分标准", "甲 | 100 | 每次扣1分；造假的一票否决", "一票否决 |  | 发生泄密的，总分计0分")
    found = read_printed([table(*rows)])
    assert found is not None
    assert found.body["veto"] == {"mode": "fixed", "score": "0"}
    assert ("Sheet1!C2", "评分标准里有一票否决：得分不会自动按它算，发生时请录入否决和事由") in said(found, doubts=True)


def test_a_word_file_is_read_with_the_text_around_its_table() -> None:
    word, file = Document(), BytesIO()
    word.add_paragraph("云岫市督查考核办法")
    word.add_paragraph("三、计分：各项得分保留小数点后两位，不四舍五入。")
    grid = word.add_table(3, 3)
    for row, texts in enumerate((("指标", "分值", "评分标准"), ("甲", "60", "每次扣1分"), ("乙", "40", "每次扣1分"))):
        for column, text in enumerate(texts):
            grid.cell(row, column).text = text
    word.add_paragraph("四、得分85分以上为好，70分以上为较好，其余为一般。")
    word.save(file)
    read = read_file(file.getvalue(), "考核办法.docx")
    found = read_printed(
        [Printed(one["name"], one["grid"], one["places"]) for one in read["tables"]],
        [Passage(place, text) for place, text in read["paragraphs"]],
    )
    assert found is not None
    assert found.body["rounding"] == {"places": "2", "mode": "down", "stage": "item"}
    assert [(one["name"], one["min"]) for one in found.body["grades"]] == [("好", "85"), ("较好", "70"), ("一般", "0")]
