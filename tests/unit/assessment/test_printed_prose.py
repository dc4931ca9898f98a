"""A scheme that is printed as running text becomes the same tree as one in a table."""

from __future__ import annotations

from tests.unit.assessment.test_printed import outline, said
from tracker.assessment.binding import leaves
from tracker.assessment.printed.around.passages import Passage
from tracker.assessment.printed.found import Read
from tracker.assessment.printed.reading import read_printed

TEXT = (
    "云岫市政务公开考核细则",
    "一、组织领导（20分）",
    "（一）明确分管领导（10分）。未明确的不得分。",
    "（二）落实专人（满分10分）：",
    "1.每缺一项扣2分；",
    "2.扣完为止。",
    "二、主动公开（50分）。本项由办公室会同有关部门考核，占总成绩的50%。",
    "（一）公开目录（20 分）。每缺一条扣1分。",
    "（二）政策解读（30分）",
    "应解读未解读的，每件扣3分。",
    "三、依申请公开（30分）。超期答复每件扣5分。",
    "四、考核等次",
    "90分以上为优秀，80—89分为良好，60—79分为合格，60分以下为不合格。",
)


def read(*paragraphs: str) -> Read | None:
    return read_printed([], [Passage(f"paragraph {at}", text) for at, text in enumerate(paragraphs, 1)])


def test_numbered_items_with_points_are_the_tree() -> None:
    found = read(*TEXT)
    assert found is not None
    assert outline(found) == [
        (0, "总分", "100"), (1, "一、组织领导", "20"), (2, "明确分管领导", "10"), (2, "落实专人", "10"),
        (1, "二、主动公开", "50"), (2, "公开目录", "20"), (2, "政策解读", "30"),
        (1, "三、依申请公开", "30"), (2, "依申请公开", "30"),
    ]  # fmt: skip
    assert [leaf["rule"]["kind"] for leaf in leaves(found.body["indicators"])] == [
        "all_or_nothing", "deduction", "deduction", "deduction", "deduction",
    ]  # fmt: skip
    assert found.sources["n2"]["criteria"] == "1.每缺一项扣2分；\n2.扣完为止。"
    assert [grade["name"] for grade in found.body["grades"]] == ["优秀", "良好", "合格", "不合格"]


def test_what_is_said_of_a_whole_level_is_named_at_its_place() -> None:
    found = read(*TEXT)
    assert found is not None
    assert [place for place, _ in said(found)] == ["paragraph 7", "paragraph 13"]
    assert said(found)[0][1].startswith("这一句没有读进方案规则，请核对：")
    assert "larger" not in found.body


def test_points_that_do_not_add_up_are_said_as_in_a_table() -> None:
    found = read(*(text.replace("（20 分）", "（25分）") for text in TEXT))
    assert found is not None
    assert any("“二、主动公开（50分）”写的分值与下级相加的 55 不等" in text for _, text in said(found))


def test_text_with_points_here_and_there_is_no_scheme() -> None:
    assert read("一、提高认识", "（一）加强领导。发现问题扣2分。", "二、考核（100分）", "（一）方式（每季度）") is None
