"""Undoing corrections, one step at a time: one's own last one, or the last one of a field."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from flask_babel import gettext as _, lazy_gettext as _l
from sqlalchemy import ColumnElement, select

from tracker.accounts.models import Person
from tracker.accounts.roles import Viewer
from tracker.audit.service import Entry, record, record_all
from tracker.db import session
from tracker.drafts.bodies import TASK_FIELDS
from tracker.drafts.models import Draft, DraftEdit, DraftFinding, DraftTask
from tracker.drafts.service.arranging import place
from tracker.drafts.service.bulk import AT_ONCE
from tracker.drafts.service.correcting import entry, record_header, set_field, set_header
from tracker.drafts.service.opening import open_draft, task_label, touch
from tracker.drafts.service.rereading import is_large, put_down, read_again
from tracker.drafts.service.settling import renew_findings, renew_findings_near
from tracker.drafts.service.taking_in import put_back
from tracker.errors import Conflict, DomainError, NotFound
from tracker.outbox.models import Job
from tracker.outbox.room import poke_after_commit
from tracker.outbox.service import enqueue
from tracker.plans.labels import FIELD_LABELS

HEADER_LABEL = _l("文件信息")
JOB_UNDO = "drafts.undo"
FEW = 500
"""Tasks that are asked for one by one; of more, all of the draft are loaded."""


def undo_last(draft_id: int, *, by: Viewer, at: datetime) -> int | Job | None:
    """Takes back the viewer's own last correction; returns the task it was of, if it was of one.

    A job where that is long work: what the columns of a large document are was said, which is read again to take it
    back, or very many tasks were corrected at once.
    """
    draft = open_draft(draft_id, by=by)
    newest = _newest(draft, DraftEdit.by_id == by.person_id)
    if newest is None:
        raise DomainError(_("没有可以撤销的更正。"))
    if newest.field == "layout" and is_large(draft):
        _refuse_other_layout(draft, newest)
        return put_down(draft, newest.before, newest.id, by=by, at=at)
    edits = _of_act(draft, newest.act)
    if len(edits) > AT_ONCE:
        key = f"{JOB_UNDO}:{draft.id}:{newest.act}:{at:%Y%m%d%H%M}"
        asked = {"draft": draft.id, "act": newest.act, "at": at.isoformat()}
        job = enqueue(JOB_UNDO, asked, key=key, by=by, at=at)
        poke_after_commit()
        return job
    return _undo(draft, edits, by, at)


def undo_act(draft_id: int, act: int, *, by: Viewer, at: datetime) -> None:
    """Takes back what one act of the viewer's own changed; done twice it does nothing."""
    draft = open_draft(draft_id, by=by)
    edits = [edit for edit in _of_act(draft, act) if edit.by_id == by.person_id]
    if edits:
        _undo(draft, edits, by, at)


def undo_field(draft_id: int, task_id: int | None, field: str, *, by: Viewer, at: datetime) -> None:
    """Takes back the last correction of one field (`header` with no task)."""
    draft = open_draft(draft_id, by=by)
    edit = _newest(draft, (DraftEdit.task_id == task_id) & (DraftEdit.field == field))
    if edit is None:
        raise DomainError(_("这里没有可以撤销的更正。"))
    followers = [one for one in _of_act(draft, edit.act) if one.task_id == task_id] if edit.seq == edit.act else [edit]
    _undo(draft, followers, by, at)


def _of_act(draft: Draft, act: int) -> list[DraftEdit]:
    """What one act changed and still stands, the last change first."""
    statement = select(DraftEdit).where(
        DraftEdit.draft_id == draft.id, DraftEdit.act == act, DraftEdit.undone.is_(False)
    )
    return list(session.scalars(statement.order_by(DraftEdit.seq.desc())))


def _newest(draft: Draft, which: ColumnElement[bool]) -> DraftEdit | None:
    statement = select(DraftEdit).where(DraftEdit.draft_id == draft.id, DraftEdit.undone.is_(False), which)
    return session.scalar(statement.order_by(DraftEdit.seq.desc()).limit(1))


def _undo(draft: Draft, edits: Sequence[DraftEdit], by: Viewer, at: datetime) -> int | None:
    """Takes changes back, the last first; returns the task of the first."""
    tasks = _tasks_of(draft, edits)
    before = {number: task.body for number, task in tasks.items()}
    entries: list[Entry] = []
    for edit in edits:
        if edit.task_id is not None and edit.finding_id is None:
            first = edits[-1]
            follows = edit is not first and edit.task_id == first.task_id
            entries.extend(_undo_task(draft, edit, tasks[edit.task_id], follows=follows))
        else:
            _take_back(draft, edit, by, at)
        edit.undone = True
    record_all(entries, by=by, at=at)
    touch(draft, at)
    if len(tasks) == 1 and all(edit.task_id is not None and edit.field in TASK_FIELDS for edit in edits):
        (task,) = tasks.values()
        renew_findings_near(draft, task, before[task.id])
    else:
        renew_findings(draft)
    return edits[-1].task_id


def _tasks_of(draft: Draft, edits: Sequence[DraftEdit]) -> dict[int, DraftTask]:
    """The tasks, as they stand."""
    wanted = {edit.task_id for edit in edits if edit.task_id is not None}
    statement = select(DraftTask).where(DraftTask.draft_id == draft.id).execution_options(populate_existing=True)
    if len(wanted) <= FEW:
        statement = statement.where(DraftTask.id.in_(wanted))
    return {task.id: task for task in session.scalars(statement)}


def _take_back(draft: Draft, edit: DraftEdit, by: Viewer, at: datetime) -> None:
    if edit.finding_id is not None:
        _undo_settling(draft, edit, by, at)
    elif edit.field == "layout":
        _refuse_other_layout(draft, edit)
        read_again(draft, edit.before, by=by, at=at, undo=True)
    elif edit.field in ("workbook", "file"):
        put_back(draft, edit, by=by, at=at)
    else:
        if draft.header != edit.after:
            raise Conflict(_overtaken(draft, edit))
        set_header(draft, edit.before)
        record_header("撤销更正", draft, edit.after, edit.before, by=by, at=at)


def _refuse_other_layout(draft: Draft, edit: DraftEdit) -> None:
    if draft.layout != edit.after:
        raise Conflict(_("表头后来又被改过，没有撤销。请到“表头和各列”核对。"))


def _overtaken(draft: Draft, edit: DraftEdit) -> str:
    """Why a correction is not undone: who changed the same later, and what to do instead."""
    what = HEADER_LABEL if edit.field == "header" else FIELD_LABELS[edit.field]
    who = session.scalar(
        select(Person.name)
        .join(DraftEdit, DraftEdit.by_id == Person.id)
        .where(DraftEdit.draft_id == draft.id, DraftEdit.task_id == edit.task_id, DraftEdit.field == edit.field)
        .where(DraftEdit.seq > edit.seq, DraftEdit.undone.is_(False))
        .order_by(DraftEdit.seq.desc())
        .limit(1)
    )
    if who is None:
        return _("“%(what)s”后来随其他更正改变了，没有撤销。需要改回时，请直接更正这一栏。", what=what)
    return _("“%(what)s”后来被%(who)s改过，没有撤销。请先核对，需要改回时直接更正这一栏。", what=what, who=who)


def _undo_task(draft: Draft, edit: DraftEdit, task: DraftTask, *, follows: bool) -> list[Entry]:
    """What is to be recorded of it. `follows`: it came with another correction; where it has been corrected since, it stays."""
    if edit.field == "position":
        place(draft, task, edit.before)
    if edit.field in ("source", "extras"):
        set_field(task, edit.field, edit.before)
    if edit.field in TASK_FIELDS:
        if task.body[edit.field] != edit.after:
            if follows:
                return []
            raise Conflict(_overtaken(draft, edit))
        set_field(task, edit.field, edit.before)
        return [entry("撤销更正", draft, task, edit.field, edit.after, edit.before)]
    if edit.field in ("removed", "added"):
        task.removed = not edit.after if edit.field == "removed" else True
    if edit.field in _ACTS:
        detail = {"任务": task_label(task), "事项": _ACTS[edit.field]}
        return [Entry("撤销更正", ("draft", draft.id), draft.unit_id, detail=detail)]
    return []


_ACTS = {"removed": "移除任务", "added": "添加任务", "position": "移动任务"}


def _undo_settling(draft: Draft, edit: DraftEdit, by: Viewer, at: datetime) -> None:
    finding = session.get(DraftFinding, edit.finding_id)
    if finding is None:
        raise NotFound
    finding.settled = edit.before
    record("撤销更正", by=by, at=at, subject=("draft", draft.id), unit_id=draft.unit_id,
           detail={"事项": "确认提示无误", "位置": finding.locators[:10]})  # fmt: skip
