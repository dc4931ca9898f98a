"""A file that takes long to read keeps nobody from writing: it is read before the turn to write is taken."""

from __future__ import annotations

from typing import Any

import pytest

from tests.support.breakdown import fields_of, upload, workbook
from tests.support.revised import running
from tracker.admin.service import directory
from tracker.assessment.service import importing
from tracker.db import is_writing, session
from tracker.drafts.queries import heads
from tracker.drafts.service import receiving, workbooks
from tracker.outbox.worker import work_off


@pytest.fixture
def held(monkeypatch: pytest.MonkeyPatch):
    """Watches a reader: for each time it is called, whether a writing transaction was open meanwhile."""
    found: list[bool] = []

    def watch(module: Any, name: str) -> list[bool]:
        reader = getattr(module, name)

        def watched(*given: Any, **more: Any) -> Any:
            found.append(is_writing() and session().in_transaction())
            return reader(*given, **more)

        monkeypatch.setattr(module, name, watched)
        return found

    return watch


@pytest.mark.parametrize(
    ("who", "address", "module", "reader"),
    [
        ("admin", "/units/import", directory, "listed_in"),
        ("evaluator", "/schemes/import", importing, "tables_and_text"),
    ],
)
def test_lists_and_schemes(sign_in_as, held, who, address, module, reader):
    seen = held(module, reader)
    sent = {**upload(workbook(), "表.xlsx"), "since": "2026-01-01", "name": "考核方案"}
    assert sign_in_as(who).post(address, data=sent).status_code == 422
    assert seen == [False]


def test_a_workbook_that_came_back(sign_in_as, held):
    lead = sign_in_as("lead")
    draft = lead.post("/drafts", data=upload(workbook(), "分解表.xlsx")).headers["Location"]
    seen = held(workbooks, "look_into_apart")
    assert lead.post(f"{draft}/workbooks", data=upload(workbook(), "批注.xlsx")).status_code == 422
    assert seen == [False]


def test_the_heads_of_its_tables(sign_in_as, held):
    lead = sign_in_as("lead")
    draft = lead.post("/drafts", data=upload(workbook(), "分解表.xlsx")).headers["Location"]
    form = fields_of(lead.get(f"{draft}/layout").text, "/layout")
    seen = held(heads, "shapes_apart")
    assert lead.post(f"{draft}/layout", data={**form, "columns-2": "support"}).status_code == 302
    assert seen == [False]


def test_a_document(sign_in_as, held):
    seen = held(receiving, "understood_apart")
    answer = sign_in_as("lead").post("/drafts", data=upload(workbook(), "分解表.xlsx"))
    assert answer.status_code == 302
    assert seen == [False]


def test_another_edition(place, writing, sign_in_as, held):
    with writing():
        plan_id = running(place).plan_id
    seen = held(receiving, "understood_apart")
    answer = sign_in_as("lead").post(f"/plans/{plan_id}/revision", data=upload(workbook(), "修订稿.xlsx"))
    assert answer.status_code == 302
    assert seen == [False]


def test_a_document_for_a_job(app, sign_in_as, held, monkeypatch):
    monkeypatch.setattr(receiving, "AT_ONCE_BYTES", 0)
    seen = held(receiving, "understood_apart")
    lead = sign_in_as("lead")
    draft = lead.post("/drafts", data=upload(workbook(), "分解表.xlsx")).headers["Location"]
    with app.app_context():
        work_off()
    assert lead.get(draft).status_code == 200
    assert "任务" in lead.get(draft).text
    assert seen == [False]
