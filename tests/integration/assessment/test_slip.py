"""The slip and the sheet of one unit: for the office whole, for the unit's own people without whose marks they are."""

from __future__ import annotations

from decimal import Decimal
from io import BytesIO

import docx
import pytest
from openpyxl import load_workbook

from tests.support.databases import ON_SQLITE
from tests.support.place import AT
from tests.support.scored import AS_OF, COUNTIES, DEPARTMENTS, SCORED_AT
from tests.unit.reports.reading import leads_to
from tracker.assessment.queries.runs import unit_score
from tracker.assessment.service import panel
from tracker.assessment.service.runs import publish, run_scheme

OWN = "望川县"


@pytest.fixture
def run_id(scored, writing) -> int:
    with writing():
        scored.enter_all_marks()
        scored.enter(OWN, "deduction", "order", amount="0.5", times=2, reason="栏目未更新")
        made = run_scheme(
            scored.scheme, plan_id=scored.plan_id, as_of=AS_OF, by=scored.viewer("evaluator"), at=SCORED_AT
        )
        return made.id


def test_the_slip_says_what_the_run_came_to(scored, run_id, sign_in_as, reading):
    answer = sign_in_as("evaluator").get(f"/runs/{run_id}/units/{scored.units[OWN]}/slip.docx")
    assert answer.headers["Content-Disposition"].startswith('attachment; filename="slip.docx"')
    read = docx.Document(BytesIO(answer.data))
    assert read.paragraphs[0].text == f"{OWN}考核得分说明"
    result, explanation, placing, evidence = read.tables
    with reading():
        score = unit_score(run_id, scored.units[OWN])
    assert result.rows[1].cells[0].text == score.total
    assert f"第 {score.rank}，共 {len(COUNTIES)}" in result.rows[1].cells[1].text
    assert explanation.rows[-1].cells[3].text == score.total
    named = [row.cells[0].text for row in explanation.rows]
    assert (named[-1], named.count("总分"), named.count("合计（加减分前）")) == ("总分", 1, 1), "what is which is plain"
    why = [cell.text for row in placing.rows for cell in row.cells]
    assert f"本组 {len(COUNTIES)} 个单位排名次" in why[3]
    assert any("够“" in text for text in why), "from the total to the grade"
    said = [cell.text for row in evidence.rows for cell in row.cells]
    assert {"扣 0.5 分 × 2 次", "栏目未更新"} <= set(said)
    assert any("打分" in text for text in said)
    links = [one.target_ref for one in read.part.rels.values() if one.is_external]
    assert any("/obligations/" in link for link in links)


def test_the_sheet_of_a_unit_holds_that_unit_and_its_place_in_the_group(scored, run_id, sign_in_as, reading):
    answer = sign_in_as("evaluator").get(f"/runs/{run_id}/units/{scored.units[OWN]}/scoresheet.xlsx")
    totals, lines, _ = load_workbook(BytesIO(answer.data), data_only=True).worksheets
    rows = [row for row in totals.iter_rows(values_only=True) if isinstance(row[0], int)]
    with reading():
        score = unit_score(run_id, scored.units[OWN])
    assert [(row[0], row[1], Decimal(str(row[6]))) for row in rows] == [(score.rank, OWN, Decimal(score.total or ""))]
    assert f"县区 {len(COUNTIES)} 个单位" in str(totals["A2"].value)
    assert {row[0] for row in lines.iter_rows(min_row=4, values_only=True)} == {OWN}


def test_a_unit_gets_its_own_once_published_and_not_whose_the_marks_are(scored, run_id, sign_in_as, writing):
    county = sign_in_as("county_reporter")
    mine, other = (f"/runs/{run_id}/units/{scored.units[name]}" for name in (OWN, "临溪县"))
    assert [county.get(f"{mine}/{name}").status_code for name in ("slip.docx", "scoresheet.xlsx")] == [404, 404]
    with writing():
        publish(run_id, version=1, by=scored.viewer("second_evaluator"), at=SCORED_AT)
    assert f"{mine}/slip.docx" in county.get(mine).text
    slip = docx.Document(BytesIO(county.get(f"{mine}/slip.docx").data))
    said = [cell.text for table in slip.tables for row in table.rows for cell in row.cells]
    assert "栏目未更新" in said
    assert not any("打分 " in text or "录入" in text for text in said)
    sheet = load_workbook(BytesIO(county.get(f"{mine}/scoresheet.xlsx").data))
    facts = [cell for row in sheet.worksheets[2].iter_rows(values_only=True) for cell in row if isinstance(cell, str)]
    assert not any("打分 " in text or "录入" in text for text in facts)
    assert [county.get(f"{other}/{name}").status_code for name in ("slip.docx", "scoresheet.xlsx")] == [404, 404]


@ON_SQLITE
def test_the_slip_says_who_recused_themself_where_the_page_does(scored, sign_in_as, writing):
    """Below the lines of the marked indicator: for the office with names, for the unit's own people only how many."""
    with writing():
        office = scored.viewer("evaluator")
        people = [scored.issued.place.people[name] for name in ("evaluator", "second_evaluator")]
        panel.invite(scored.scheme, plan_id=scored.plan_id, people=people, by=office, at=AT)
        panel.recuse(scored.scheme, plan_id=scored.plan_id, person_id=people[1], unit_id=scored.units[OWN],
                     reason="配偶在该县任职。", by=office, at=AT)  # fmt: skip
        scored.enter_all_marks()
        for unit in (*COUNTIES[1:], *DEPARTMENTS):
            scored.enter(unit, "mark", "review", amount="8", by="second_evaluator")
        run_id = run_scheme(scored.scheme, plan_id=scored.plan_id, as_of=AS_OF, by=office, at=SCORED_AT).id
        publish(run_id, version=1, by=scored.viewer("second_evaluator"), at=SCORED_AT)
        here = f"/runs/{run_id}/units/{scored.units[OWN]}"
    for reader, words in (
        ("evaluator", "评委回避 1 人：严考核 配偶在该县任职。"),
        ("county_reporter", "评委回避 1 人"),
    ):
        client = sign_in_as(reader)
        assert f">{words}<" in client.get(here).text
        explanation = docx.Document(BytesIO(client.get(f"{here}/slip.docx").data)).tables[1]
        lines = [[cell.text for cell in row.cells] for row in explanation.rows]
        at = next(place for place, cells in enumerate(lines) if cells[1] == words)
        assert (lines[at][0], lines[at - 1][0], lines[at][2:]) == ("　考核组评议", "　考核组评议", ["—", "—"])
    book = load_workbook(BytesIO(sign_in_as("evaluator").get(f"/runs/{run_id}/scoresheet.xlsx").data))
    totals, why, _facts = book.worksheets
    named = [row[1] for row in totals.iter_rows() if row[1].value in (*COUNTIES, *DEPARTMENTS)]
    assert [why[leads_to(cell, why.title)].value for cell in named] == [cell.value for cell in named]


def test_the_slip_is_written_from_the_command_line_too(run_id, app, tmp_path):
    out, runner = tmp_path / "slip.docx", app.test_cli_runner()
    made = runner.invoke(args=["reports", "export", "slip", "--unit", OWN, "--out", str(out)])
    assert made.exit_code == 0, made.output
    assert docx.Document(str(out)).paragraphs[0].text == f"{OWN}考核得分说明"
    refused = runner.invoke(
        args=["reports", "export", "slip", "--unit", "没有的县", "--out", str(tmp_path / "no.docx")]
    )
    assert refused.exit_code == 2
    assert "没有的县" in refused.stderr
    assert not (tmp_path / "no.docx").exists()
    assert "slip" in runner.invoke(args=["reports", "list"]).output
