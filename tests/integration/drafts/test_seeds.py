"""Public documents beside the checkout, through the pages: the chain from upload to plan."""

from __future__ import annotations

import io
from urllib.parse import urlencode

import docx
import openpyxl
import pytest
from sqlalchemy import func, select

from tests.shared import SHARED, needs_shared
from tests.support.breakdown import fields_of, upload
from tracker import clock
from tracker.db import session
from tracker.drafts import queries
from tracker.drafts.models import DraftFinding, DraftTask
from tracker.plans.models import Task

pytestmark = needs_shared

SEEDS = sorted((SHARED / "seeds").glob("*.txt")) if SHARED else []
TABLE = next((path for path in SEEDS if path.name.startswith("002")), None)


def cells() -> tuple[list[str], list[list[str]]]:
    """The lines above the flattened table, and its rows of four columns, blanks where a heading goes on."""
    assert TABLE is not None
    lines = TABLE.read_text(encoding="utf-8").splitlines()
    flat = [line.strip().removesuffix("|").strip() for line in lines if line.rstrip().endswith("|")]
    above = [line for line in lines if not line.rstrip().endswith("|")]
    rows, row = [], []
    for cell in flat[3:]:
        row.append(cell)
        if "管委会" in cell and len(row) > 1:
            rows.append([""] * (4 - len(row)) + row)
            row = []
    return above, rows


def as_workbook() -> bytes:
    above, rows = cells()
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append([above[-1]])
    sheet.append(["工作任务", None, "工作要求", "责任单位"])
    sheet.merge_cells("A2:B2")
    for row in rows:
        sheet.append([cell or None for cell in row])
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def as_word() -> bytes:
    above, rows = cells()
    document = docx.Document()
    document.add_paragraph(above[-1])
    table = document.add_table(rows=1, cols=4)
    for cell, text in zip(table.rows[0].cells, ("工作任务", "", "工作要求", "责任单位"), strict=True):
        cell.text = text
    table.rows[0].cells[0].merge(table.rows[0].cells[1])
    for row in rows:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def as_text() -> bytes:
    assert TABLE is not None
    return TABLE.read_bytes()


@pytest.mark.parametrize("make", [as_workbook, as_word, as_text], ids=["xlsx", "docx", "txt"])
def test_the_table_gives_39_tasks_in_every_format(lead, reading, make):
    answer = lead.post("/drafts", data=upload(make(), "表"))
    assert answer.status_code == 302
    with reading():
        bodies = session.scalars(select(DraftTask.body).order_by(DraftTask.position)).all()
    assert len(bodies) == 39
    assert all(unit["text"] not in {"单位", "部门"} for body in bodies for unit in body["units"])
    assert sum("各县区政府" in [unit["text"] for unit in body["units"]] for body in bodies) == 39
    assert lead.get(answer.headers["Location"]).text.count('class="task-card"') == 39


def test_the_table_goes_all_the_way_to_a_plan(lead, reading, writing, place):
    url = lead.post("/drafts", data=upload(TABLE.read_bytes(), "表.txt")).headers["Location"]
    draft_id = int(url.rsplit("/", 1)[1])
    with reading():
        errors = session.scalars(
            select(DraftFinding).where(DraftFinding.severity == "error", DraftFinding.settled == "")
        ).all()
    assert [row.code for row in errors] == ["heading-shifted"]
    assert "不能入库" in lead.post(f"{url}/adopt", data=fields_of(lead.get(f"{url}/adopt").text, "/adopt")).text
    lead.post(f"{url}/findings/{errors[0].id}/accept", data={"reason": "按原表入库"})
    lead.post(f"{url}/units/certain", data=fields_of(lead.get(f"{url}/units/certain").text, "/units/certain"))
    with reading():
        waiting = [row.expression for row in queries.matched(draft_id, day=clock.today()).rows if not row.settled]
    for one in waiting:
        if one.open or one.collective:
            data = {"act": "nobody", "note": "没有这类单位"}
            path = "choose"
        else:
            data = {"name": one.text, "kind": "department", "parent": str(place.units["云岫市"])}
            path = "create"
        query = {"text": one.text}
        answer = lead.post(f"{url}/units/{path}", query_string=query, data=data)
        if path == "create" and "还没有新增" in answer.text:  # the lists that were confirmed stay as they are
            again = fields_of(answer.text, f"/units/create?{urlencode(query)}")
            answer = lead.post(f"{url}/units/{path}", query_string=query, data={**data, "told": again["told"]})
        assert answer.status_code == 302, one.text
    form = fields_of(lead.get(f"{url}/adopt").text, "/adopt")
    answer = lead.post(f"{url}/adopt", data={**form, "warnings_ok": "y", "unclaimed_ok": "y"})
    assert answer.status_code == 302, answer.text
    with reading():
        assert session.scalar(select(func.count()).select_from(Task)) == 39
        task_id = session.scalars(select(Task.id).where(Task.position == 4)).one()
    page = lead.get(f"/tasks/{task_id}").text
    assert "at=line" in page
    assert 'id="here"' in lead.get(f"{url}?at=line+40").text


@pytest.mark.parametrize("path", SEEDS, ids=[path.name[:3] for path in SEEDS])
def test_every_document_becomes_a_draft_that_can_be_reviewed(lead, path):
    answer = lead.post("/drafts", data=upload(path.read_bytes(), path.name))
    assert answer.status_code == 302
    url = answer.headers["Location"]
    for page in ("", "?severity=unread", "?severity=note", "/units", "/adopt"):
        assert lead.get(f"{url}{page}").status_code == 200
