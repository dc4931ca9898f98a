"""The blank template from the import page, filled in and read."""

from __future__ import annotations

import io

import openpyxl

from tests.support.breakdown import upload
from tests.support.pages import LintingClient

URL = "/drafts/template.xlsx"


def test_the_template_offers_the_units_of_the_directory(lead: LintingClient):
    assert URL in lead.get("/drafts").text
    book = openpyxl.load_workbook(io.BytesIO(lead.get(URL).data))
    assert book.sheetnames == ["任务分解表", "填写示例", "单位名单"]
    names = [cell.value for cell in book["单位名单"]["A"]][2:]
    assert names == ["市财政局", "市交通运输局", "望川县", "临溪县", "望川县财政局"]


def test_filled_in_it_is_read_without_a_finding(lead: LintingClient):
    book = openpyxl.load_workbook(io.BytesIO(lead.get(URL).data))
    sheet = book["任务分解表"]
    sheet["A1"] = "云岫市2026年重点工作任务分解表"
    for number, text in enumerate(
        ("1", None, None, "农村公路", "新改建农村公路120公里。", "市交通运输局", None, None, None, "年底前"), 1
    ):
        sheet.cell(3, number).value = text
    out = io.BytesIO()
    book.save(out)
    answer = lead.post("/drafts", data=upload(out.getvalue(), "模板.xlsx"), follow_redirects=True)
    assert "1 项任务" in answer.text
    for severity in ("错误 0", "警告 0", "说明 0"):
        assert severity in answer.text
