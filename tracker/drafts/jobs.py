"""What is long work with a large draft, as jobs: reading it, once and again, correcting very many of its tasks, taking that
back, writing its marked-up workbook, taking it in again, adopting it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from flask_babel import gettext as _

from tracker import clock, storage
from tracker.db import transaction
from tracker.drafts import service
from tracker.drafts.queries.workbook import workbook_of
from tracker.drafts.service.receiving import JOB
from tracker.drafts.service.workbooks import JOB as JOB_WORKBOOK
from tracker.drafts.wording import adopted_words, corrected_words, reread_words, taken_words
from tracker.outbox.context import JobContext
from tracker.outbox.registry import handles
from tracker.web.locale import speaking


@handles(JOB)
def read(context: JobContext) -> dict[str, Any]:
    """Reads the draft of the job; done twice it does nothing."""
    draft_id = int(context.payload["draft_id"])
    context.tell(0, 1)
    found = service.understood_waiting(draft_id)
    with transaction():
        state = service.end_waiting(draft_id, found, at=clock.now())
    text = _("读入完成，请核对。") if state == "review" else _("这份文件无法读取，请看原因。")
    return {"href": f"/drafts/{draft_id}", "text": text}


@handles(service.JOB_AGAIN)
def read_again(context: JobContext) -> dict[str, Any]:
    """Reads a draft's document again, then writes all of it in one transaction; a second time it finds it written.

    It may be cancelled until it writes. Corrections that people make meanwhile are kept.
    """
    asked, by = context.payload, context.asker(today=clock.today())
    draft_id, layout = int(asked["draft"]), asked["layout"]
    context.tell(0, 2)
    found = service.understood_again(draft_id, layout)
    context.tell(1, 2)
    with transaction():
        done = service.end_reading(
            draft_id, found, asked["before"], layout, asked["undo"], by=by, at=datetime.fromisoformat(asked["at"]),
        )  # fmt: skip
    return {"href": f"/drafts/{draft_id}", "text": _("已重新识别。") if done is None else reread_words(done)}


@handles(service.JOB_MANY)
def correct_many(context: JobContext) -> dict[str, Any]:
    """Corrects very many tasks in one transaction, as a person asked; it may be cancelled until it writes."""
    asked, draft_id = context.payload, int(context.payload["draft"])
    by = context.asker(today=clock.today())
    context.tell(0, 1)
    with transaction():
        count = service.correct_many(
            draft_id, asked["tasks"], service.Bulk(**asked["wanted"]), since=asked["since"], by=by,
            at=datetime.fromisoformat(asked["at"]),
        )  # fmt: skip
    return {"href": f"/drafts/{draft_id}", "text": corrected_words(count)}


@handles(service.JOB_UNDO)
def undo(context: JobContext) -> dict[str, Any]:
    """Takes back what one act changed in very many tasks; it may be cancelled until it writes."""
    asked, draft_id = context.payload, int(context.payload["draft"])
    by = context.asker(today=clock.today())
    context.tell(0, 1)
    with transaction():
        service.undo_act(draft_id, asked["act"], by=by, at=datetime.fromisoformat(asked["at"]))
    return {"href": f"/drafts/{draft_id}", "text": _("已撤销上一步。")}


@handles(service.JOB_ADOPT)
def adopt(context: JobContext) -> dict[str, Any]:
    """Adopts a large draft in one transaction; a second time it finds the plan that is there.

    It may be cancelled until it writes: a draft is adopted whole or not at all.
    """
    asked, by = context.payload, context.asker(today=clock.today())
    context.tell(0, 1)
    with transaction():
        terms = service.Terms.told(asked["terms"])
        done = service.adopt(int(asked["draft"]), terms, by=by, at=datetime.fromisoformat(asked["at"]))
    return {"href": f"/plans/{done.plan_id}", "text": adopted_words(done)}


@handles(service.JOB_TAKE)
def take_in(context: JobContext) -> dict[str, Any]:
    """Reads the document that came back corrected, then takes it in, in one transaction; a second time it finds it taken.

    It may be cancelled until it writes; the workbook then waits as before.
    """
    asked, by = context.payload, context.asker(today=clock.today())
    draft_id, workbook_id, at = int(asked["draft"]), int(asked["workbook"]), datetime.fromisoformat(asked["at"])
    href = f"/drafts/{draft_id}"
    if service.taken_at(workbook_id, at):
        return {"href": href, "text": _("已采纳批注工作簿。")}
    context.tell(0, 2)
    found = service.understood_returned(draft_id, workbook_id)
    context.tell(1, 2)
    with transaction():
        chosen = service.Choices(**asked["chosen"])
        count = service.take_in(draft_id, workbook_id, chosen, by=by, at=at, found=found)
    return {"href": href, "text": taken_words(count)}


@handles(JOB_WORKBOOK)
def write_workbook(context: JobContext) -> dict[str, Any]:
    """Writes the marked-up workbook of a large draft, with the rights the person has now."""
    by, at = context.asker(today=clock.today()), clock.now()
    context.tell(0, 1)
    with speaking(context.payload["locale"]):
        made = workbook_of(int(context.payload["draft_id"]), by, at=at)
        text = _("批注工作簿已生成：%(name)s", name=made.name)
    return {"file": storage.save_bytes(made.data).key, "name": made.name, "text": text}
