"""A draft under review, and the person who reviews it."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any

import pytest
from sqlalchemy import select

from tests.support.breakdown import fields_of, upload, workbook
from tests.support.pages import LintingClient
from tracker.db import session
from tracker.drafts.models import DraftTask

HTMX = {"HX-Request": "true"}


@dataclass
class Desk:
    """What a person of the lead office has on the table."""

    client: LintingClient
    url: str
    tasks: list[int]

    def form(self, task: int, field: str) -> dict[str, Any]:
        page = self.client.get(f"{self.url}/tasks/{self.tasks[task]}/{field}")
        assert page.status_code == 200
        return fields_of(page.text, f"/{field}")

    def correct(self, task: int, field: str, form: dict[str, Any] | None = None, **values: str) -> Any:
        data = {**(self.form(task, field) if form is None else form), **values}
        return self.client.post(f"{self.url}/tasks/{self.tasks[task]}/{field}", data=data, headers=HTMX)

    def take_certain(self, **changes: Any) -> Any:
        """Confirms what is certain as the page lists it."""
        form = fields_of(self.client.get(f"{self.url}/units/certain").text, "/units/certain")
        return self.client.post(f"{self.url}/units/certain", data={**form, **changes})

    def post(self, path: str, **kwargs: Any) -> Any:
        return self.client.post(f"{self.url}{path}", **kwargs)


@pytest.fixture
def lead(sign_in_as: Callable[[str], LintingClient]) -> LintingClient:
    return sign_in_as("lead")


@pytest.fixture
def open_desk(lead: LintingClient, reading: Callable[[], AbstractContextManager[None]]) -> Callable[[bytes, str], Desk]:
    """Uploads a document and gives it back as it lies on the table."""

    def put(data: bytes, name: str) -> Desk:
        answer = lead.post("/drafts", data=upload(data, name))
        assert answer.status_code == 302, answer.text
        url = answer.headers["Location"]
        with reading():
            statement = select(DraftTask.id).where(DraftTask.draft_id == int(url.rsplit("/", 1)[1]))
            tasks = list(session.scalars(statement.order_by(DraftTask.position)))
        return Desk(lead, url, tasks)

    return put


@pytest.fixture
def desk(open_desk: Callable[[bytes, str], Desk]) -> Desk:
    """The sample workbook under review."""
    return open_desk(workbook(), "分解表.xlsx")
