"""Old workbooks: what they show, and what lies hidden or computed in them."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date

import pytest
import xlwt

from imports.document import Area
from imports.readers import limits
from tests.unit.imports.readers.help import codes, places, read, refusal, table_of


def book(fill: Callable[[xlwt.Workbook], object]) -> bytes:
    made = xlwt.Workbook(encoding="utf-8")
    fill(made)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def shown_as(form: str) -> xlwt.XFStyle:
    return xlwt.easyxf(num_format_str=form)


def test_values_come_as_shown_at_their_addresses() -> None:
    def fill(made: xlwt.Workbook) -> None:
        sheet = made.add_sheet("任务表")
        sheet.write_merge(0, 0, 0, 2, "标题")
        sheet.write(1, 0, 0.95, shown_as("0%"))
        sheet.write(1, 1, date(2026, 6, 30), shown_as('yyyy"年"m"月"d"日"'))
        sheet.write(1, 2, 18.5)
        sheet.write(2, 0, True)
        sheet.write(2, 1, 7)

    document = read(book(fill), "a.xls")
    table = table_of(document)
    assert document.kind == "xls"
    assert table.grid == [["标题", "", ""], ["95%", "2026年6月30日", "18.5"], ["TRUE", "7", ""]]
    assert table.merges == [Area(0, 0, 0, 2)]
    assert table.cite(1, 2) == "任务表!C2"
    assert codes(document) == []


def test_hidden_parts_and_formulas_are_told() -> None:
    def fill(made: xlwt.Workbook) -> None:
        made.add_sheet("空")
        sheet = made.add_sheet("乙")
        for row in range(3):
            sheet.write(row, 0, f"r{row}")
            sheet.write(row, 1, xlwt.Formula("1+1"))
        sheet.row(1).hidden = True
        sheet.col(1).hidden = True
        sheet.visibility = 1

    document = read(book(fill), "a.xls")
    assert places(document, "formula-cell") == ("乙!B1", "乙!B2", "乙!B3")
    assert places(document, "hidden-rows") == ()
    assert places(document, "hidden-sheet") == ("乙",)


def test_damage_is_refused_and_a_name_is_no_proof() -> None:
    data = book(lambda made: made.add_sheet("甲").write(0, 0, "x"))
    assert refusal(data[: len(data) // 3], "a.xls") == "damaged-archive"
    assert codes(read(data, "a.xlsx")) == ["name-mismatch"]


def test_the_bounds_are_for_all_sheets_together(monkeypatch: pytest.MonkeyPatch) -> None:
    data = book(lambda made: [made.add_sheet(name).write(0, 0, "x") for name in "甲乙丙"])
    assert len(list(read(data, "a.xls").tables())) == 3
    monkeypatch.setattr(limits, "MAX_CELLS", 2)
    assert refusal(data, "a.xls") == "too-many-cells"
    monkeypatch.setattr(limits, "MAX_SHEETS", 2)
    assert refusal(data, "a.xls") == "too-many-sheets"
