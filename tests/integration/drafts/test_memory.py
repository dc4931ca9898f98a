"""What is remembered: confirmed by a person, said where it is used, listed, and taken back by one act."""

from __future__ import annotations

import io
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import openpyxl
from sqlalchemy import select

from tests.integration.drafts.conftest import Desk
from tests.support.breakdown import ROWS, fields_of, word
from tests.support.pages import LintingClient
from tracker.audit.models import AuditEntry
from tracker.db import session
from tracker.drafts.models import DraftFinding, MemoryUse

Open = Callable[[bytes, str], Desk]
Reading = Callable[[], AbstractContextManager[None]]
HEAD = ("事由", "怎么弄", "谁来干", "截止")
"""Headers that no reader takes for what they are."""


def odd(count: int = 2) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(list(HEAD))
    for number in range(count):
        sheet.append([f"第{number + 1}件", f"按方案推进第{number + 1}期建设并通报结果。", "市财政局", "6月底前"])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def name_columns(desk: Desk, **more: str) -> None:
    page = desk.client.get(f"{desk.url}/layout").text
    form = {**fields_of(page, "/layout"), "row": "Sheet!1"}
    form |= {f"columns-{number}": kind for number, kind in enumerate(("name", "requirement", "lead", "deadline"))}
    if not more.get("remember", "y"):
        form.pop("remember", None)
    answer = desk.post("/layout", data=form)
    assert answer.status_code == 302, answer.text


def listed(lead: LintingClient, **asked: str) -> str:
    answer = lead.get("/drafts/memory", query_string=asked)
    assert answer.status_code == 200
    return answer.text


def told(desk: Desk, reading: Reading) -> list[tuple[str, list[str]]]:
    with reading():
        statement = select(DraftFinding).where(
            DraftFinding.draft_id == int(desk.url.rsplit("/", 1)[1]), DraftFinding.code == "column-remembered"
        )
        return [(row.params["header"], row.locators) for row in session.scalars(statement.order_by(DraftFinding.id))]


def test_columns_that_a_person_named_are_known_next_time_and_said_at_their_place(open_desk: Open, lead, reading):
    first = open_desk(odd(), "甲.xlsx")
    name_columns(first)
    page = listed(lead, kind="column")
    assert all(header in page for header in HEAD)
    assert "林牵头" in page
    assert "甲.xlsx" in page
    second = open_desk(odd(3), "乙.xlsx")
    assert len(second.tasks) == 3
    assert told(second, reading) == [
        (header, [f"Sheet!{letter}1"]) for header, letter in zip(HEAD, "ABCD", strict=True)
    ]
    assert "已记住的含义" in second.client.get(f"{second.url}/layout").text
    assert "1 份" in listed(lead, q="怎么弄")


def test_nothing_is_remembered_that_was_not_ticked(open_desk: Open, lead):
    name_columns(open_desk(odd(), "甲.xlsx"), remember="")
    assert "没有记住什么" in listed(lead)


def test_a_meaning_that_was_taken_back_is_used_no_more(open_desk: Open, lead, reading):
    first = open_desk(odd(), "甲.xlsx")
    name_columns(first)
    page = listed(lead, q="怎么弄")
    action = _action(page)
    assert lead.post(action, data=fields_of(page, action)).status_code == 302
    assert "没有记住什么" in listed(lead, q="怎么弄")
    with reading():
        assert session.scalar(select(AuditEntry.action).where(AuditEntry.action == "撤回列名")) is not None
    second = open_desk(odd(), "乙.xlsx")
    assert "怎么弄" not in dict(told(second, reading))
    assert len(first.client.get(first.url).text.split('class="task-card"')) == 3  # what was read by it stays
    assert lead.post(action, data=fields_of(listed(lead), "/forget")).status_code == 404


def _action(page: str) -> str:
    return next(piece.split('"', 1)[0] for piece in page.split('action="')[1:] if "/forget" in piece.split('"', 1)[0])


def test_an_alias_says_who_confirmed_it_where_it_is_used(open_desk: Open, lead, place, reading):
    rows = (*ROWS[:3], (*ROWS[3][:3], "交通局", ROWS[3][4]))
    first = open_desk(word(rows), "甲.docx")
    chosen = {"act": "pick", "unit": str(place.units["市交通运输局"]), "remember": "y"}
    first.post("/units/choose?text=交通局", data={**_token(first), **chosen})
    page = listed(lead, kind="alias")
    assert "交通局" in page
    assert "市交通运输局" in page
    second = open_desk(word(rows), "乙.docx")
    assert "已记住：林牵头" in second.client.get(f"{second.url}/units").text
    assert "已记住：林牵头" not in first.client.get(f"{first.url}/units").text  # there it was chosen
    action = _action(listed(lead, q="交通局"))
    lead.post(action, data=fields_of(listed(lead, q="交通局"), action))
    assert "没有记住什么" in listed(lead, q="交通局")
    assert "已记住：林牵头" not in second.client.get(f"{second.url}/units").text


def _token(desk: Desk) -> dict[str, Any]:
    return fields_of(desk.client.get(f"{desk.url}/workbooks").text, "/workbooks")


def test_uses_are_counted_once_a_document_when_it_is_adopted(open_desk: Open, lead, place, reading):
    rows = (("优化营商环境", "每月通报一次办理情况。", "财政", "市财政局", "每月5日前"),)
    first = open_desk(word(rows), "甲.docx")
    first.post(
        "/units/choose?text=财政",
        data={**_token(first), "act": "pick", "unit": str(place.units["市财政局"]), "remember": "y"},
    )
    second = open_desk(word(rows), "乙.docx")
    page = second.client.get(f"{second.url}/adopt").text
    form = {**fields_of(page, "/adopt"), "name": "计划", "warnings_ok": "y", "unclaimed_ok": "y"}
    assert second.post("/adopt", data=form).status_code == 302
    with reading():
        uses = [(use.kind, use.learned) for use in session.scalars(select(MemoryUse).order_by(MemoryUse.id))]
    assert uses == [("alias", True), ("alias", False)]
    assert "1 份" in listed(lead, q="财政")


def test_only_the_lead_office_of_the_city_sees_it(sign_in_as):
    for who in ("leader", "reporter", "admin"):
        assert sign_in_as(who).get("/drafts/memory").status_code in {403, 404}


def test_whom_a_collective_stands_for_is_remembered_and_taken_back(open_desk: Open, lead, place, reading):
    first = open_desk(word(), "甲.docx")
    counties = [str(place.units[name]) for name in ("望川县", "临溪县")]
    first.post(
        "/units/choose?text=各县区政府",
        data={**_token(first), "act": "members", "units": counties, "remember": "y"},
    )
    page = listed(lead, kind="collective")
    assert "各县区政府" in page
    second = open_desk(word(), "乙.docx")
    assert "已记住：林牵头" in second.client.get(f"{second.url}/units").text
    action = _action(page)
    assert lead.post(action, data=fields_of(page, action)).status_code == 302
    assert "没有记住什么" in listed(lead, kind="collective")
    assert "已记住：林牵头" not in second.client.get(f"{second.url}/units").text
    with reading():
        assert session.scalar(select(AuditEntry.action).where(AuditEntry.action == "撤回集合称谓")) is not None
