"""Results for many units: several indicators side by side, filled from a third party's workbook (第三方结果)."""

from __future__ import annotations

import io
from copy import deepcopy
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from sqlalchemy import func, select

from tests.support.breakdown import fields_of, upload
from tests.support.databases import ON_SQLITE
from tests.support.scored import AS_OF, BODY, COUNTIES, SCORED_AT, SOURCES, Scored, found_scored, leaf
from tracker.assessment.models import ScoredFact
from tracker.assessment.service.runs import publish, run_scheme
from tracker.db import session

pytestmark = ON_SQLITE
HERE = "/schemes/1/marks?indicator=*"
ACTION = "/schemes/1/marks?indicator=*&plan=1"
THERE = "/schemes/1/marks/workbook?indicator=*"
RESULTS: tuple[tuple[Any, ...], ...] = (
    ("单位", "群众满意度", "机构人员"),
    ("望川县人民政府", 92.5, "达标"),
    ("临溪县", 88, "达标"),
    ("青禾县", 90.25, "未达标"),
    ("石桥区", 80, "达标"),
    ("市财政局", 95, "达标"),
    ("市交通运输局", 60, "达标"),
)


def surveyed(place) -> Scored:
    body = deepcopy(BODY)
    body["indicators"]["children"][1:] = [
        leaf("survey", "群众满意度", "10", "linear", floor="60", goal="100"), leaf("staff", "机构人员", "10", "all_or_nothing"),
    ]  # fmt: skip
    return found_scored(place, body, SOURCES | {"survey": {"from": "entered"}, "staff": {"from": "entered"}})


@pytest.fixture
def scored(place, standing) -> Scored:
    return standing.begin(surveyed, place)


def workbook(rows: tuple[tuple[Any, ...], ...]) -> dict[str, Any]:
    book, data = Workbook(), io.BytesIO()
    book.active.title = "Sheet1"
    for row in rows:
        book.active.append(row)
    book.save(data)
    return upload(data.getvalue(), "测评结果.xlsx")


def links(client: Any, score: str) -> list[str]:
    """Where the cells of a unit's score sheet lead."""
    book = load_workbook(io.BytesIO(client.get(f"{score}/scoresheet.xlsx").data))
    cells = [cell for sheet in book.worksheets for row in sheet.iter_rows() for cell in row]
    return [cell.hyperlink.target for cell in cells if cell.hyperlink and cell.hyperlink.target]


def test_results_come_from_a_workbook_and_each_says_from_which_cell(scored, sign_in_as, writing, reading):
    evaluator = sign_in_as("evaluator")
    page = evaluator.post(THERE, data=workbook(RESULTS)).text
    assert "已从工作簿填入 6 个单位，还没有保存" in page
    with reading():
        assert session.scalar(select(func.count(ScoredFact.id))) == 0
    sent = fields_of(page, ACTION)
    sent[f"cell-{scored.units['临溪县']}-survey-amount"] = "89"
    assert evaluator.post(HERE, data=sent).status_code == 302
    assert "已录入 6 个单位。" in evaluator.get(HERE).text
    assert (
        "没有改动。"
        in evaluator.post(HERE, data=fields_of(evaluator.get(HERE).text, ACTION), follow_redirects=True).text
    )
    with reading():
        found = session.scalars(select(ScoredFact).where(ScoredFact.indicator == "survey").order_by(ScoredFact.id))
        facts = {fact.unit_id: fact for fact in found}
        said = [
            (str(fact.amount), fact.reason, fact.evidence_id is None)
            for fact in map(facts.get, map(scored.units.get, COUNTIES))
        ]
        assert said == [
            ("92.5", "测评结果.xlsx Sheet1!B2", False), ("89", "", True), ("90.25", "测评结果.xlsx Sheet1!B4", False),
            ("80", "测评结果.xlsx Sheet1!B5", False),
        ]  # fmt: skip
        first = facts[scored.units["市财政局"]].id
    with writing():
        run = run_scheme(
            scored.scheme, plan_id=scored.plan_id, as_of=AS_OF, by=scored.viewer("evaluator"), at=SCORED_AT
        )
        number = run.id
        publish(number, version=run.version, by=scored.viewer("second_evaluator"), at=SCORED_AT)
    score = f"/runs/{number}/units/{scored.units['市财政局']}"
    assert f'href="/facts/{first}/evidence"' in evaluator.get(score).text
    assert evaluator.get(f"/facts/{first}/evidence").status_code == 200
    assert any(link.endswith(f"/facts/{first}/evidence") for link in links(evaluator, score))
    reporter = sign_in_as("reporter")
    own = reporter.get(score).text
    assert "测评结果.xlsx Sheet1!B6" in own
    assert "/evidence" not in own, "the workbook says what others got, too"
    assert not [link for link in links(reporter, score) if link.endswith("/evidence")]
    assert reporter.get(f"/facts/{first}/evidence").status_code == 404


def test_faults_of_a_workbook_stand_at_their_cells_and_nothing_is_entered(scored, sign_in_as, reading):
    evaluator = sign_in_as("evaluator")
    wrong = (*RESULTS[:2], ("临溪县", "九十", "达标"), ("临西县", 88, "达标"))
    page = evaluator.post(THERE, data=workbook(wrong)).text
    assert "Sheet1!B3 <a" in page
    assert ">Sheet1!A4</th>" in page
    assert "是不是“临溪县”" in page
    sent = fields_of(page, ACTION)
    refused = evaluator.post(HERE, data=sent)
    assert (refused.status_code, 'value="九十"' in refused.text) == (422, True)
    for said in ("读入时发现的情况", ">Sheet1!A4</th>", "是不是“临溪县”", "Sheet1!B3 <a"):
        assert said in refused.text, "what was noticed stays until it is saved"
    with reading():
        assert session.scalar(select(func.count(ScoredFact.id))) == 0
    assert evaluator.post(HERE, data=sent | {f"cell-{scored.units['临溪县']}-survey-amount": "90"}).status_code == 302
    for data, why in (
        ({}, "请选择要读入的文件"), (workbook((("甲", "乙"), (1, 2))), "没有找到结果表"), (upload(b"x", "a.pdf"), "error"),
    ):  # fmt: skip
        refused = evaluator.post(THERE, data=data)
        assert (refused.status_code, why in refused.text) == (422, True), why


def test_only_who_filled_a_page_may_save_it_with_its_workbook(scored, sign_in_as):
    page = sign_in_as("evaluator").post(THERE, data=workbook(RESULTS)).text
    sent = fields_of(page, ACTION)
    assert sign_in_as("second_evaluator").post(HERE, data=sent).status_code == 404
