"""Each check on a document that breaks its rule and on one that keeps it; folding; hiding what only follows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from imports.checks import CHECKS, run_checks
from imports.checks.folding import fold_problems
from imports.document import Document, Table
from imports.draft import Draft
from imports.pipeline import understand
from imports.problems import Problem, wording_of
from imports.recognise.reading import Reading
from imports.wording import CATALOGUE
from imports.wording.content import CONTENT
from tests.unit.imports.stand_in import from_text, sheet, workbook

HEADER = ["序号", "工作任务", "工作要求", "责任单位", "完成时限", "分值"]


def problems(*rows: Sequence[str], before: str = "云岫市2026年任务表") -> list[Problem]:
    return understand(workbook(sheet([[before], HEADER, *rows]))).problems


def texts(text: str) -> list[Problem]:
    return understand(from_text(text)).problems


def of_the_tasks(draft: Draft) -> list[Problem]:
    """What the checks say of a draft's tasks as they stand, without the document around them."""
    return run_checks(Reading(Document("text", []), replace(draft, milestones=[], problems=[], unread=[])))


def by_code(found: list[Problem], code: str) -> list[Problem]:
    return [problem for problem in found if problem.code == code]


CLEAN = ["1", "数据", "建设平台。", "市大数据局", "6月底前", ""]


def test_a_clean_table_has_no_problem() -> None:
    assert problems(CLEAN) == []


@pytest.mark.parametrize("at_once", ["立行立改", "即知即改", "立即整改", "及时"])
def test_what_is_to_be_done_at_once_is_no_time_that_was_not_understood(at_once: str) -> None:
    assert problems(["1", "数据", "建设平台。", "市大数据局", at_once, ""]) == []


@pytest.mark.parametrize(
    "dated", ["每两个月", "双月25日前", "每旬", "每半月", "每两周", "会后3日内", "三年", "持续推进"]
)
def test_what_gives_days_is_no_time_without_a_date(dated: str) -> None:
    assert problems(["1", "数据", "建设平台。", "市大数据局", dated, ""]) == []


@pytest.mark.parametrize(
    ("code", "row", "place"),
    [
        ("date-impossible", ["2", "标准", "建立标准。", "市司法局", "2026年2月30日前", ""], "Sheet1!E4"),
        ("date-impossible", ["2", "标准", "建立标准。", "市司法局", "每年6月31日前", ""], "Sheet1!E4"),
        ("time-unread", ["2", "标准", "建立标准。", "市司法局", "另行通知", ""], "Sheet1!E4"),
        ("time-unread", ["2", "标准", "建立标准，按月通报。", "市司法局", "另行通知", ""], "Sheet1!E4"),
        ("time-unread", ["2", "标准", "建立标准。", "市司法局", "6月底前完成，20号前报送总结", ""], "Sheet1!E4"),
        *(
            ("time-undated", ["2", "标准", "建立标准。", "市司法局", cell, ""], "Sheet1!C4")
            for cell in ("每三年", "每学期", "汛期前", "双节前", "月底前", "每个工作日")
        ),
        ("list-open", ["2", "标准", "建立标准。", "市司法局等部门", "年底前", ""], "Sheet1!D4"),
        ("units-missing", ["2", "标准", "建立标准。", "", "年底前", ""], "Sheet1!C4"),
        ("unit-in-two-roles", ["2", "标准", "建立标准。", "市司法局牵头,市司法局配合", "年底前", ""], "Sheet1!D4"),
        (
            "role-repeated",
            ["2", "标准", "建立标准。", "责任单位:市司法局;责任单位:市财政局", "年底前", ""],
            "Sheet1!D4",
        ),
        ("bracket-unclosed", ["2", "标准", "建立标准。", "各县(市、区政府", "年底前", ""], "Sheet1!D4"),
        ("requirement-repeated", ["2", "标准", "建设统一的数据平台。", "市司法局", "年底前", ""], "Sheet1!C4"),
        ("number-missing", ["3", "标准", "建立标准。", "市司法局", "年底前", ""], "Sheet1!A4"),
        ("number-twice", ["1", "标准", "建立标准。", "市司法局", "年底前", ""], "Sheet1!A4"),
        ("heading-spaced", ["2", "数据 标准", "建立标准。", "市司法局", "年底前", ""], "Sheet1!B4"),
        ("weight-too-small", ["2", "标准", "建立标准，分值权重不低于4%。", "市司法局", "年底前", "3"], "Sheet1!F4"),
    ],
)
def test_a_row_that_breaks_one_rule(code: str, row: list[str], place: str) -> None:
    clean = list(CLEAN)
    if code == "requirement-repeated":
        clean[2] = row[2]
    found = by_code(problems(clean, row), code)
    assert len(found) == 1
    assert place in found[0].locators
    assert found[0].message
    assert found[0].hint


def test_a_deadline_before_the_date_of_issue() -> None:
    found = by_code(
        texts("云岫市2026年要点\n云岫市人民政府\n2026年8月9日\n一、甲\n（一）公开。7月底前公开目录。"),
        "date-before-document",
    )
    assert found[0].params == {"text": "7月底前", "issued_on": "2026-08-09"}


def test_a_deadline_whose_year_nobody_tells() -> None:
    assert by_code(texts("（一）公开。7月底前公开目录。"), "year-unknown")
    assert not by_code(texts("（一）公开。2026年7月底前公开目录。"), "year-unknown")


@pytest.mark.parametrize(
    ("printed", "wrong"), [("共2项任务", True), ("共分解为3个方面1项任务", False), ("共1项工作", False)]
)
def test_a_printed_count(printed: str, wrong: bool) -> None:
    assert bool(by_code(problems(CLEAN, before=f"云岫市2026年任务表({printed})"), "count-mismatch")) is wrong


def test_weights_that_do_not_add_up() -> None:
    rows = [
        [str(number), f"任务{number}", f"完成第{number}号任务。", "市司法局", "年底前", weight]
        for number, weight in ((1, "60"), (2, "30"))
    ]
    assert by_code(problems(*rows), "weights-total")[0].params == {"total": "90"}
    rows[1][5] = "40"
    assert not by_code(problems(*rows), "weights-total")


def test_a_document_without_any_task() -> None:
    assert texts("关于开会的通知")[0].code == "no-tasks"


def test_a_document_whose_units_are_to_be_claimed() -> None:
    assert by_code(texts("一、甲\n（一）公开。公开目录。\n（二）培训。开展培训。"), "units-unclaimed")


def test_headings_shifted_within_a_group_are_seen_from_the_texts_alone() -> None:
    rows = [
        ["工作任务", "", "工作要求", "责任单位"],
        ["平台建设", "推进网站集约", "加快网站集约化建设。", "市府办"],
        ["", "用好新闻媒体", "加强与新闻媒体沟通，用好媒体资源。", "市委宣传部"],
        ["组织保障", "用好新闻媒体", "加强组织领导，健全领导机制。", "市府办"],
        ["", "加强组织领导", "完善各项制度，建立清单制度。", "市府办"],
        ["", "完善制度规范", "开展监督评价和考核。", "市府办"],
    ]
    draft = understand(workbook(sheet(rows, [(0, 0, 0, 1), (1, 0, 2, 0), (3, 0, 5, 0)])))
    (problem,) = by_code(draft.problems, "heading-shifted")
    assert {"Sheet1!B4", "Sheet1!B5", "Sheet1!B6"} <= set(problem.locators)
    assert draft.tasks[2].path == ["组织保障", "用好新闻媒体"]


def test_a_heading_repeated_over_a_fitting_text_is_only_asked_about() -> None:
    rows = [
        ["工作任务", "", "工作要求", "责任单位"],
        ["平台建设", "用好新闻媒体", "用好新闻媒体平台。", "市府办"],
        ["组织保障", "用好新闻媒体", "通过新闻媒体宣传。", "市府办"],
        ["", "加强组织领导", "加强组织领导和协调。", "市府办"],
    ]
    found = understand(workbook(sheet(rows, [(0, 0, 0, 1), (2, 0, 3, 0)]))).problems
    assert by_code(found, "heading-repeated")
    assert not by_code(found, "heading-shifted")


def test_equal_problems_fold_into_one_line_with_many_places() -> None:
    folded = fold_problems(
        [Problem("list-open", ("A1",)), Problem("units-missing", ("A2",)), Problem("list-open", ("A3", "A1"))]
    )
    assert [(problem.code, problem.locators) for problem in folded] == [
        ("list-open", ("A1", "A3")),
        ("units-missing", ("A2",)),
    ]


def test_a_problem_hides_behind_its_cause_at_the_same_place_only() -> None:
    cause = Problem("heading-shifted", ("A1",), {"headings": "“甲”"})
    follower = Problem("heading-repeated", ("A1", "A9"), {"heading": "甲"}, "heading-shifted")
    folded = fold_problems([cause, follower])
    assert [(problem.code, problem.locators) for problem in folded] == [
        ("heading-shifted", ("A1",)),
        ("heading-repeated", ("A9",)),
    ]
    assert fold_problems([cause, Problem("heading-repeated", ("A1",), {"heading": "甲"}, "heading-shifted")]) == [cause]


def test_errors_come_before_warnings_before_notes() -> None:
    folded = fold_problems([Problem("text-unread", ("A1",)), Problem("list-open", ("A1",)), Problem("no-tasks")])
    assert [problem.severity for problem in folded] == ["error", "warning", "note"]


def test_every_wording_can_be_said_and_tells_what_to_do() -> None:
    fields = "label text unit printed found before after number issued_on total weight floor title headings heading header meaning"
    params = dict.fromkeys(fields.split(), "甲")
    for code in CONTENT:
        problem = Problem(code, (), params)
        assert problem.message
        assert problem.hint
        assert wording_of(code) is CATALOGUE[code]
    assert len(CHECKS) == len(set(CHECKS))


def test_an_edited_draft_is_checked_again() -> None:
    row = ["2", "标准", "建立标准。", "市司法局", "2026年2月30日前", ""]
    draft = understand(workbook(sheet([["云岫市2026年任务表"], HEADER, CLEAN, row])))
    assert of_the_tasks(draft) == draft.problems
    assert [problem.code for problem in draft.problems] == ["date-impossible"]
    draft.tasks[1].deadlines.clear()
    assert of_the_tasks(draft) == []


def test_shifted_headings_stay_until_they_are_set_right() -> None:
    rows = [
        ["工作任务", "", "工作要求", "责任单位"],
        ["平台建设", "用好新闻媒体", "加强与新闻媒体沟通，用好媒体资源。", "市委宣传部"],
        ["组织保障", "用好新闻媒体", "加强组织领导，健全领导机制。", "市府办"],
        ["", "加强组织领导", "完善各项制度，建立清单制度。", "市府办"],
    ]
    draft = understand(workbook(sheet(rows, [(0, 0, 0, 1), (2, 0, 3, 0)])))
    assert by_code(of_the_tasks(draft), "heading-shifted")
    draft.tasks[1].path[-1], draft.tasks[2].path[-1] = "加强组织领导", "完善制度规范"
    assert not by_code(of_the_tasks(draft), "heading-shifted")


def _shifted() -> Draft:
    """A block of three rows whose headings stand one row too low: the first repeats the heading above it."""
    rows = [
        ["工作任务", "", "工作要求", "责任单位"],
        ["公开平台", "办好政府网站", "政府网站首页栏目及时更新，网站检索准确。", "市政府办公室"],
        ["", "用好新闻媒体", "新闻媒体刊发解读稿件，媒体通气会按月召开。", "市委宣传部"],
        ["组织保障", "用好新闻媒体", "理顺领导体制，组织领导责任到人，配齐专职人员。", "各县区政府"],
        ["", "强化组织领导", "更新公开指南，完善管理制度和目录规范。", "各县区政府"],
        ["", "完善管理制度", "开展监督评价，评价结果纳入年度考核。", "各县区政府"],
    ]
    return understand(workbook(sheet(rows, [(0, 0, 0, 1)])), year=2026)


def test_shifted_headings_are_told_until_every_row_is_corrected() -> None:
    draft = _shifted()
    first = by_code(of_the_tasks(draft), "heading-shifted")[0]
    assert {"Sheet1!B4", "Sheet1!B5", "Sheet1!B6"} <= set(first.locators)
    for number, heading in enumerate(("强化组织领导", "完善管理制度", "强化监督评价")):
        found = by_code(of_the_tasks(draft), "heading-shifted")
        assert [problem.params for problem in found] == [first.params]
        assert f"Sheet1!B{number + 4}" in found[0].locators
        assert f"Sheet1!B{number + 3}" not in found[0].locators
        draft.tasks[number + 2].path = ["组织保障", heading]
    assert not by_code(of_the_tasks(draft), "heading-shifted")
    assert not by_code(of_the_tasks(draft), "heading-repeated")


def test_shifted_headings_are_mended_by_the_names_they_gave() -> None:
    draft = _shifted()
    for number, heading in enumerate(("强化组织领导", "完善管理制度", "强化监督评价")):
        assert by_code(of_the_tasks(draft), "heading-shifted")
        draft.tasks[number + 2].name = heading
    assert not {problem.code for problem in of_the_tasks(draft)} & {"heading-shifted", "heading-repeated"}


def test_shifted_headings_are_mended_by_the_right_texts() -> None:
    draft = _shifted()
    texts = [task.requirement for task in draft.tasks[2:]]
    for task, text in zip(draft.tasks[2:], ["用好新闻媒体，办好媒体专栏。", *texts], strict=False):
        task.requirement = text
    assert not by_code(of_the_tasks(draft), "heading-shifted")


def test_a_count_is_held_against_the_table_that_prints_it() -> None:
    header = ["序号", "任务", "责任单位"]
    first = [
        ["共性任务（共2项任务）", "", ""],
        header,
        ["1", "建立台账。", "市财政局"],
        ["2", "开展检查。", "市审计局"],
    ]
    second = [["行业任务（共4项任务）", "", ""], header, ["1", "修订办法。", "市水利局"], ["小计", "1项", ""]]
    tables = [sheet(first), sheet(second)]
    tables[1].locator, tables[1].row_labels = "Sheet2", [f"Sheet2!{row}" for row in range(1, 5)]
    found = by_code(understand(workbook(*tables)).problems, "count-mismatch")
    assert [(problem.locators, problem.params) for problem in found] == [
        (("Sheet2!A1",), {"printed": "4", "found": "1"})
    ]


def test_of_a_hidden_sheet_one_thing_is_said() -> None:
    hidden = Table(
        "旧表", [["工作任务", "责任单位"], ["建设。", "市财政局"]], ["旧表!1", "旧表!2"], ["A", "B"], hidden=True
    )
    document = Document("xlsx", [hidden], [Problem("hidden-sheet", ("旧表",))])
    found = {problem.code for problem in understand(document).problems}
    assert "hidden-sheet" in found
    assert "hidden-content" not in found
