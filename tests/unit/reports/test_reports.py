"""The reports: each model comes out whole, and leads back to where it comes from."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from reports import breakdown, deductions, ledger, overdue, scoresheet
from reports.catalogue import REPORTS
from reports.words import as_written
from reports.workbook import Formula, Link, workbook_bytes
from reports.workbook.page import rows_above
from reports.workbook.text import printed_lines
from tests.unit.reports import live, samples
from tests.unit.reports.reading import formulas, leads_to, target, written
from tests.unit.reports.test_text import OWN, first_data_row, in_every_place

SAMPLES: dict[str, Callable[[], Any]] = {
    "scoresheet": samples.score_sheet,
    "ledger": samples.ledger,
    "breakdown": samples.breakdown,
    "overdue": samples.overdue,
    "deductions": samples.deductions,
}

OPEN = "https://luoshi.example/returns/9"


def labels(book: Workbook, name: str, row: int) -> list[object]:
    return [cell.value for cell in book[name][row]]


def test_the_catalogue_names_every_report_and_its_model() -> None:
    assert list(REPORTS) == list(SAMPLES)
    for name, report in REPORTS.items():
        assert report.name == name
        assert isinstance(SAMPLES[name](), report.model)


@pytest.mark.parametrize("name", REPORTS)
def test_every_report_has_a_heading_and_a_date_and_fits_its_columns(name: str) -> None:
    book = written(REPORTS[name].build(SAMPLES[name](), as_written))
    for paper in book.worksheets:
        assert paper["A1"].value
        assert "2026-11-20" in str(paper["A2"].value)
        assert paper.print_title_rows
        assert paper.freeze_panes


@pytest.mark.parametrize("name", REPORTS)
def test_texts_of_a_report_all_go_through_the_translation(name: str) -> None:
    asked: list[str] = []

    def translate(message: str, /, **values: object) -> str:
        asked.append(message)
        return re.sub("[\u4e00-\u9fff]+", "x", message) % values if values else re.sub("[\u4e00-\u9fff]+", "x", message)

    for sheet in REPORTS[name].build(SAMPLES[name](), translate):
        own = [sheet.title, *(column.label for column in sheet.columns)]
        data = {node.name for node in samples.NODES}
        assert [text for text in own if re.search("[\u4e00-\u9fff]", text) and text.split("\n")[0] not in data] == []
    assert asked


def test_the_score_sheet_says_by_which_rules_it_was_made() -> None:
    paper = written(scoresheet.build(samples.score_sheet(), as_written)).worksheets[0]
    said = "".join(str(paper.cell(row, 1).value) for row in range(1, 5))
    for words in (
        "2026年度云岫市政务公开考核得分表", "截至 2026-11-20", "2026年重点任务", "第3版", "县区组 2 个单位", "保留 2 位小数", "四舍五入",
        "只在总分处取舍一次", "按适用指标的满分在总分处折算", "并列占位", "状态：试算　　计分时间：2026-11-20 09:30", "计分引擎：v1",
        "3f9a0c5b7d2e4418",
    ):  # fmt: skip
        assert words in said


def test_totals_stand_with_every_indicator_and_its_points() -> None:
    book = written(scoresheet.build(samples.score_sheet(), as_written))
    assert labels(book, "考核得分", 5)[9:] == ["政务公开", None, None, "群众评价\n（40分）"]
    assert labels(book, "考核得分", 6)[9:] == ["小计\n（60分）", "任务完成率\n（40分）", "报送时效\n（20分）", None]
    assert labels(book, "考核得分", 7) == [
        1, "望川县", "县区组", 88.35, 0, 0, 88.35, "良好", None, 56.5, 38, 18.5, "—",
    ]  # fmt: skip
    assert labels(book, "考核得分", 10)[:9] == [
        None, "市交通运输局", "部门组", "—", 0, 0, "—", "不合格", "■ 一票否决",
    ]  # fmt: skip
    assert book["考核得分"]["G7"].number_format == "0.00"
    assert [mark.id for mark in book["考核得分"].row_breaks.brk] == [8]


def test_a_unit_leads_to_its_explanation_and_a_line_to_its_facts() -> None:
    book = written(scoresheet.build(samples.score_sheet(), as_written))
    totals, why, facts = book.worksheets
    for row in range(7, 11):
        line = why[leads_to(totals.cell(row, 2), why.title)]
        assert line.value == totals.cell(row, 2).value
        evidence = why.cell(line.row + 1, 6)
        assert evidence.value == "2 条"
        fact = facts[leads_to(evidence, facts.title)]
        assert fact.value == line.value
        assert facts.cell(fact.row, 2).value == "报送时效"


def test_facts_lead_to_the_return_and_to_the_cell_of_the_document() -> None:
    facts = written(scoresheet.build(samples.score_sheet(), as_written)).worksheets[2]
    assert [cell.value for cell in facts[5]] == [
        "望川县", "报送时效", "每次 0.5 分，2 次", None, "迟报 2 次", "第1期报送", "打开", samples.SOURCE.document, "Sheet1!D7",
    ]  # fmt: skip
    assert target(facts["G5"]) == "https://luoshi.example/returns/7"
    assert target(facts["I5"]) == "https://luoshi.example/plans/1/source"
    assert [facts.cell(6, col).value for col in (8, 9)] == [None, None]


def test_what_is_linked_fits_on_one_line() -> None:
    """LibreOffice breaks no linked text: what does not fit would be cut off on screen and on paper."""
    long = "云岫市人民政府国有资产监督管理委员会"
    model = samples.score_sheet()
    (first, *units), (fact, *facts) = model.units, model.facts
    scored = replace(
        model, units=[replace(first, unit=long), *units],
        facts=[replace(fact, reference=long * 2, reference_url=OPEN), *facts],
    )  # fmt: skip
    taken_off = samples.deductions()
    row, *rows = taken_off.rows
    reduced = replace(taken_off, rows=[replace(row, evidence=long * 2, evidence_url=OPEN), *rows])
    found = [
        (column, cell)
        for sheet in (*scoresheet.build(scored, as_written), *deductions.build(reduced, as_written))
        for cells in sheet.rows
        for column, cell in zip(sheet.columns, cells, strict=True)
        if isinstance(cell, Link) and cell.target
    ]
    assert {cell.target for _column, cell in found} >= {OPEN}
    assert [cell.text for column, cell in found if printed_lines(cell.text, column.width) > 1] == []


def test_exact_values_keep_all_their_digits() -> None:
    why = written(scoresheet.build(samples.score_sheet(), as_written)).worksheets[1]
    assert [cell.value for cell in why[5]][:5] == ["望川县", "　报送时效", "20 − 0.5 × 3 = 18.5", "37/2", 18.5]


def test_a_ledger_row_comes_out_whole() -> None:
    paper = written(ledger.build(samples.ledger(), as_written)).worksheets[0]
    assert [cell.value for cell in paper[4]] == [
        "2026年重点任务", "一、优化营商环境 / （一）便利市场准入", "1", "推行企业开办一网通办",
        "依托政务服务平台，实现企业登记、公章刻制、申领发票等事项一次办结，办理时间压缩至1个工作日以内。", "市市场监管局", "牵头",
        datetime(2026, 9, 20), "每季度末月20日前", 1, "✓ 已核", "已完成平台改造，累计办理 1,204 件。", None,  # noqa: DTZ001  # zoneless
        datetime(2026, 11, 20, 9, 30), None, samples.SOURCE.document, "Sheet1!D7",  # noqa: DTZ001  # as above
    ]  # fmt: skip
    assert paper.page_setup.fitToHeight == 0


def test_a_breakdown_looks_like_the_table_it_came_from() -> None:
    paper = written(breakdown.build(samples.breakdown(), as_written)).worksheets[0]
    assert [cell.value for cell in paper[3]] == [
        "第1级标题", "第2级标题", "序号", "任务", "工作要求", "牵头单位", "配合单位", "完成时限", "来源文件", "来源位置",
    ]  # fmt: skip
    assert {str(merged) for merged in paper.merged_cells.ranges} == {"A1:J1", "A2:J2", "A4:A6", "A7:A8", "B4:B5"}


@pytest.mark.parametrize(
    ("levels", "expected"),
    [(0, ()), (1, ("甲 / 乙 / 丙 / 丁",)), (2, ("甲", "乙 / 丙 / 丁")), (5, ("甲", "乙", "丙 / 丁"))],
)
def test_headings_deeper_than_the_columns_share_the_last(levels: int, expected: tuple[str, ...]) -> None:
    row = replace(next(iter(samples.breakdown().rows)), path=("甲", "乙", "丙", "丁"))
    (sheet,) = breakdown.build(replace(samples.breakdown(), levels=levels, rows=[row]), as_written)
    assert next(iter(sheet.rows))[: len(expected)] == expected
    assert sheet.columns[len(expected)].label == "序号"


def test_a_task_with_fewer_headings_leaves_the_others_empty() -> None:
    row = replace(next(iter(samples.breakdown().rows)), path=("甲",))
    (sheet,) = breakdown.build(replace(samples.breakdown(), levels=3, rows=[row]), as_written)
    assert [value or None for value in next(iter(sheet.rows))[:3]] == ["甲", None, None]


def test_targets_have_a_column_only_where_there_are_any() -> None:
    row = replace(next(iter(samples.breakdown().rows)), targets="≥95%")
    (sheet,) = breakdown.build(replace(samples.breakdown(), has_targets=True, rows=[row]), as_written)
    assert "目标值" in [column.label for column in sheet.columns]
    assert "≥95%" in next(iter(sheet.rows))


def test_the_overdue_list_says_how_late_and_where_it_hangs() -> None:
    paper = written(overdue.build(samples.overdue(), as_written)).worksheets[0]
    row = [cell.value for cell in paper[4]]
    assert row[8:13] == [20, 0.1, "■ 逾期", "待报送", "清单尚在征求意见"]


def test_deductions_are_summed_and_carry_reason_reply_and_decision() -> None:
    book = written(deductions.build(samples.deductions(), as_written))
    paper = book.worksheets[0]
    assert [cell.value for cell in paper[5]][4:12] == [
        0.5, 3, 1.5, "超期报送", "第1期报送", "打开", "系统停机一日", "维持",
    ]  # fmt: skip
    assert formulas(book) == ["=SUBTOTAL(109,$G$4:$G$5)"]


@pytest.fixture(scope="module")
def converted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What was written, and below `out` the same as LibreOffice writes it: it is started once."""
    if shutil.which("soffice") is None:
        pytest.skip("LibreOffice Calc is not installed")
    folder = tmp_path_factory.mktemp("office")
    for name, report in REPORTS.items():
        data = workbook_bytes(report.build(SAMPLES[name](), as_written), properties=samples.PROPERTIES)
        (folder / f"{name}.xlsx").write_bytes(data)
    (folder / "texts.xlsx").write_bytes(workbook_bytes([in_every_place(list(OWN))], properties=samples.PROPERTIES))
    (folder / "live.xlsx").write_bytes(live.forgetful(workbook_bytes(live.sheets(), properties=samples.PROPERTIES)))
    return convert(folder)


def test_the_formulas_of_a_score_sheet_come_to_what_was_printed(converted: Path) -> None:
    """On random schemes, in another office program that is not told what they came to."""
    book = load_workbook(converted / "live.xlsx", data_only=True)
    ways, _facts, *others = live.sheets()
    for sheet, model in zip([ways, *others], live.models(), strict=True):
        for row, unit in enumerate(model.units, rows_above(sheet) + 1):
            printed = [unit.base, unit.bonus, unit.penalty, unit.total, *list(unit.nodes.values())[1:]]
            shown = [book[sheet.title].cell(row, col).value for col in (*range(4, 8), *range(10, 9 + len(model.nodes)))]
            assert [live.as_shown(value, model.run.places) for value in shown] == printed
    written_as = formulas(load_workbook(converted.parent / "live.xlsx"))
    assert len(written_as) == live.formulas_wanted()
    assert {
        "=J8+N8+O8+P8", "=ROUND(MAX(0,D8+E8-F8),2)", "=(K8*6+L8*3+M8*1)/(6+3+1)",
        "=30*('事实依据'!D11*40+'事实依据'!D12*30)/(40+30)/100",
    } <= set(written_as)  # fmt: skip


def test_a_cell_of_a_score_sheet_says_whether_it_is_a_formula_and_from_where() -> None:
    """Where a scheme rounds halves to the even digit, which no spreadsheet does, there are none."""
    model = live.models()[0]
    for mode, firsts in (
        ("half_up", ("公式：由下级", "公式：由“事实依据”", "数值：")),
        ("half_even", ("数值：四舍六入",) * 2 + ("数值：",)),
        ("down", ("数值：表格函数截尾",) * 2 + ("数值：",)),
    ):
        (totals, *_others) = scoresheet.build(replace(model, run=replace(model.run, mode=mode)), as_written)
        said = {column.label.split("\n")[0]: column.hint for column in totals.columns}
        assert all(said[name].startswith(first) for name, first in zip(("小计", "several", "own"), firsts, strict=True))
        assert said["总分"].startswith(firsts[0][:3])
        assert any(isinstance(cell, Formula) for row in totals.rows for cell in row) == (mode == "half_up")


def test_another_office_program_reads_what_was_written(converted: Path) -> None:
    texts = list(OWN)
    for name in REPORTS:
        ours = load_workbook(converted.parent / f"{name}.xlsx", data_only=True)
        theirs = load_workbook(converted / f"{name}.xlsx", data_only=True)
        assert theirs.sheetnames == ours.sheetnames
        for paper in ours.worksheets:
            read = theirs[paper.title]
            values = [[cell.value for cell in row] for row in read.iter_rows(max_col=paper.max_column)]
            assert values == [[cell.value for cell in row] for row in paper.iter_rows()]
            assert read.print_title_rows == paper.print_title_rows
    hostile = load_workbook(converted / "texts.xlsx").worksheets[0]
    first = first_data_row(in_every_place(texts))
    for row, text in enumerate(texts, first):
        assert {(hostile.cell(row, col).value, hostile.cell(row, col).data_type) for col in range(1, 7)} == {
            (text, "s")
        }


def convert(folder: Path) -> Path:
    """The workbooks of a folder, read and written again by LibreOffice."""
    out = folder / "out"
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", "xlsx", "--outdir", str(out)]
    subprocess.run([*command, *sorted(map(str, folder.glob("*.xlsx")))], check=True, capture_output=True, timeout=120)
    return out


def test_a_fact_shows_its_number_with_all_its_decimals_whatever_the_scheme_rounds_to() -> None:
    model = samples.score_sheet()
    facts = [replace(fact, score=Decimal("84.5")) for fact in model.facts]
    book = written(scoresheet.build(replace(model, run=replace(model.run, places=0), facts=facts), as_written))
    cells = [cell for cell in book["事实依据"]["D"] if isinstance(cell.value, float)]
    assert {(cell.value, cell.number_format) for cell in cells} == {(84.5, "General")}
