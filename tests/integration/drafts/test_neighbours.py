"""After a correction only a task's neighbours are checked: what is then said is what checking all of them says."""

from __future__ import annotations

import io
import random
from typing import Any

import openpyxl
import pytest
from sqlalchemy import select

from tests.support.place import AT
from tracker.db import session
from tracker.drafts import service
from tracker.drafts.models import Draft, DraftFinding, DraftTask
from tracker.drafts.service import settling
from tracker.drafts.service.settling import renew_findings
from tracker.plans.seen import seen_mark

WORDS = ("每季度通报一次办理情况。", "新改建农村公路120公里。", "完成老旧小区改造，惠及群众三千户。")
TOPICS = ("小区改造", "通报办理情况", "改建农村公路")
"""Each is that of the words above it: headings that stand one row too low."""


def workbook(levels: int) -> bytes:
    """Cells of units and of time are merged over several tasks; some requirements stand twice, some tasks have no unit.

    Of two levels of headings the inner one stands one row too low, and again at the beginning of the next group.
    """
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append([*("工作任务", None)[:levels], "工作要求", "牵头单位", "责任单位", "完成时限"])
    if levels == 2:
        sheet.merge_cells("A1:B1")
    for number in range(14):
        group = number // 4
        words = WORDS[(number - group) % 3] if number % 5 else f"{WORDS[(number - group) % 3]}第{number}项。"
        units = ("市财政局", "市审计局等有关部门", "市民政局")[number % 3]
        time = ("6月底前", "2026年2月30日前", "年底前", "2025年3月底前")[number % 4]
        headings = (f"第{group + 1}类", TOPICS[(number - group) % 3])[:levels]
        sheet.append([*headings, words, *((units, "市财政局") if number % 5 else (None, None)), time])
        if number % 6 == 1:
            for column in (levels + 2, levels + 4):
                sheet.merge_cells(start_row=number + 2, end_row=number + 3, start_column=column, end_column=column)
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


def value(draw: random.Random, field: str, body: dict[str, Any], others: list[dict[str, Any]]) -> Any:
    other = draw.choice(others)[field]
    match field:
        case "units":
            twice = [
                {"text": "市财政局", "role": role, "collective": False, "open": False} for role in ("lead", "support")
            ]
            return draw.choice([[], other, twice, body["units"][:1]])
        case "deadlines":
            return draw.choice([[], other])
        case "path":
            return draw.choice([other, ["第 九 类"]])
    return draw.choice([other, f"{body[field] or ''}改"])


@pytest.fixture
def taken_in(writing, place):
    def put(levels: int) -> int:
        sent = service.Document(workbook(levels), "分解表.xlsx", 2026)
        return service.receive_now(sent, unit_id=place.units["云岫市"], by=place.viewer("lead"), at=AT).id

    return put


@pytest.fixture
def whole(monkeypatch):
    """Drafts of which all tasks were checked."""
    found: list[int] = []

    def watched(draft: Draft) -> None:
        found.append(draft.id)
        renew_findings(draft)

    monkeypatch.setattr(settling, "renew_findings", watched)
    return found


def said(draft_id: int) -> dict[Any, Any]:
    rows = session.scalars(select(DraftFinding).where(DraftFinding.draft_id == draft_id).order_by(DraftFinding.id))
    return {row.id: (row.code, str(row.params), row.settled, frozenset(row.locators)) for row in rows}


def tasks_of(draft_id: int) -> list[DraftTask]:
    return list(session.scalars(select(DraftTask).where(DraftTask.draft_id == draft_id).order_by(DraftTask.position)))


def correct(draft_id: int, task: DraftTask, field: str, new: Any, by: Any) -> None:
    service.correct_field(draft_id, task.id, field, new, seen=seen_mark(task.body[field]), by=by, at=AT)


@pytest.mark.parametrize("levels", [1, 2])
def test_it_is_what_all_tasks_together_say(taken_in, place, writing, whole, levels):
    draw, codes = random.Random(11), set()  # noqa: S311 the same corrections each time
    with writing():
        by, draft_id = place.viewer("lead"), taken_in(levels)
        for turn in range(30):
            tasks = tasks_of(draft_id)
            task, field = (
                draw.choice(tasks),
                draw.choice(("units", "deadlines", "requirement", "path", "number", "name")),
            )
            new = value(draw, field, task.body, [one.body for one in tasks])
            if turn % 7 == 6:
                service.undo_last(draft_id, by=by, at=AT)
            else:
                correct(draft_id, task, field, new, by)
            near = said(draft_id)
            renew_findings(session.get_one(Draft, draft_id))
            assert said(draft_id) == near, f"turn {turn}: {field} of {task.position} to {new}"
            codes |= {code for code, *_rest in near.values()}
    assert {"list-open", "units-missing", "date-impossible", "requirement-repeated", "unit-in-two-roles"} <= codes
    assert ("heading-shifted" in codes) == (levels == 2)


def test_others_are_left_alone(taken_in, place, writing, whole):
    """A unit is taken out and put back, a date is mended: what is said of other tasks is not asked for again."""
    with writing():
        by, draft_id = place.viewer("lead"), taken_in(1)
        task = tasks_of(draft_id)[6]
        units = task.body["units"]
        for field, new in (("units", []), ("units", units), ("deadlines", []), ("requirement", "另起一项工作。")):
            correct(draft_id, task, field, new, by)
        service.undo_last(draft_id, by=by, at=AT)
    assert whole == []
