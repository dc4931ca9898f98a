"""A kit as a person has it: filled in with another program, sent back, looked at, taken in."""

from __future__ import annotations

import io
from typing import Any

import openpyxl
from flask.testing import FlaskClient

from tests.support.breakdown import fields_of

OWN, OFFICE = "/assignments/kits", "/kits"
SHEET = "填报表"


class Filled:
    """The table of a kit, its rows known by the name of their task and the day they are due."""

    def __init__(self, data: bytes) -> None:
        self.book = openpyxl.load_workbook(io.BytesIO(data))
        self.sheet = self.book[SHEET]
        self.head = next(row for row in range(1, 9) if self.sheet.cell(row, 1).value == "行号（勿改）")
        self.columns = {cell.value: cell.column for cell in self.sheet[self.head]}

    def row(self, task: str, due: str = "2026-03-20") -> int:
        rows = range(self.head + 1, self.sheet.max_row + 1)
        wanted = (task, due)
        return next(n for n in rows if (self.at(n, "任务").value, self.at(n, "截止日期").value) == wanted)

    def at(self, row: int, header: str) -> Any:
        return self.sheet.cell(row, self.columns[header])

    def fill(self, task: str, header: str, value: Any, due: str = "2026-03-20") -> None:
        self.at(self.row(task, due), header).value = value

    def saved(self) -> bytes:
        out = io.BytesIO()
        self.book.save(out)
        return out.getvalue()


def down(client: FlaskClient, unit_id: int, due: str = "soon") -> bytes:
    answer = client.post(OWN, data={"unit": unit_id, "due": due})
    assert answer.status_code == 200, answer.text
    return answer.data


def up(client: FlaskClient, *files: tuple[bytes, str], page: str = OWN) -> Any:
    data = {"files": [(io.BytesIO(content), name) for content, name in files]}
    return client.post(f"{page}/returned", data=data, content_type="multipart/form-data")


def shown(client: FlaskClient, data: bytes, name: str = "填好的.xlsx") -> tuple[str, str]:
    """The address and the page of what would change."""
    answer = up(client, (data, name))
    assert answer.status_code == 302, answer.text
    url = answer.headers["Location"]
    return url, client.get(url).text


def confirm(client: FlaskClient, url: str, page: str, **sides: str) -> Any:
    return client.post(url, data={**fields_of(page, url.rsplit("/", 1)[1]), **sides})
