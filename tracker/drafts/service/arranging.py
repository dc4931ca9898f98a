"""Putting tasks in order: merging what was torn, parting what was run together, moving one to its place."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import select, update

from imports.recognise.tasks import short_title
from tracker.accounts.roles import Viewer
from tracker.audit.service import record
from tracker.db import session
from tracker.drafts.bodies import Body, followed, joined
from tracker.drafts.models import Draft, DraftTask
from tracker.drafts.service.correcting import change
from tracker.drafts.service.opening import make_room, note_edit, open_draft, task_label, task_of
from tracker.drafts.service.settling import renew_findings
from tracker.errors import Conflict, DomainError
from tracker.plans.seen import seen_mark

MOST_PARTS = 50


def merge_up(draft_id: int, task_id: int, *, by: Viewer, at: datetime) -> int:
    """Adds a task to the one above it and takes it out; returns the one above. Undone as one act."""
    draft = open_draft(draft_id, by=by)
    task = task_of(draft, task_id)
    above = session.scalar(
        select(DraftTask)
        .where(DraftTask.draft_id == draft.id, DraftTask.removed.is_(False), DraftTask.position < task.position)
        .order_by(DraftTask.position.desc())
        .limit(1)
    )
    if task.removed or above is None:
        raise DomainError(_("上面没有可以合并的任务。"))
    before, after = above.body, joined(above.body, task.body)
    act: int | None = None
    for name in after:
        if after[name] != before.get(name):
            edit = note_edit(draft, name, before.get(name), after[name], by=by, at=at, task_id=above.id, act=act)
            act = edit.act
    above.body, task.removed = after, True
    note_edit(draft, "removed", False, True, by=by, at=at, task_id=task.id, act=act)
    record("导入草稿合并任务", by=by, at=at, subject=("draft", draft.id), unit_id=draft.unit_id,
           changes={"工作要求": (before["requirement"], after["requirement"])},
           detail={"任务": task_label(task), "并入": task_label(above)})  # fmt: skip
    renew_findings(draft)
    return above.id


def split(draft_id: int, task_id: int, parts: Sequence[str], *, seen: str, by: Viewer, at: datetime) -> None:
    """Parts a task's requirement: the first part stays with it, each other becomes a task below it.

    The new ones have its headings and units; deadlines and targets are read from their own words, those of cells stay.
    """
    draft = open_draft(draft_id, by=by)
    task = task_of(draft, task_id)
    if seen_mark(task.body["requirement"]) != seen:
        raise Conflict(_("这项任务的工作要求刚刚被他人改过，没有拆分。请取消后按新内容再拆。"))
    if not 2 <= len(parts) <= MOST_PARTS:
        raise DomainError(_("请在要拆开的地方空一行，至少分成两段，最多 %(n)s 段。", n=MOST_PARTS), field="value")
    whole, year = task.body, draft.header["year"]
    make_room(draft, task.position, len(parts) - 1)
    act = change(draft, task, "requirement", parts[0], by=by, at=at)
    for number, part in enumerate(parts[1:], 1):
        _add_part(draft, task, number, _part(whole, part, year), by=by, at=at, act=act)
    record("导入草稿拆分任务", by=by, at=at, subject=("draft", draft.id), unit_id=draft.unit_id,
           detail={"任务": task_label(task), "段数": len(parts)})  # fmt: skip
    renew_findings(draft)


def _part(whole: Body, text: str, year: int | None) -> Body:
    return {**followed({**whole, "number": None}, "requirement", text, year), "name": short_title(text)}


def _add_part(
    draft: Draft, task: DraftTask, number: int, body: Body, *, by: Viewer, at: datetime, act: int
) -> None:  # fmt: skip
    part = DraftTask(
        draft_id=draft.id, position=task.position + number, piece=task.piece, body=body, original=None, removed=False
    )
    session.add(part)
    session.flush()
    note_edit(draft, "added", False, True, by=by, at=at, task_id=part.id, act=act)


def move(draft_id: int, task_id: int, position: int, *, by: Viewer, at: datetime) -> None:
    """Gives a task another place among all of the draft, counted from 1."""
    draft = open_draft(draft_id, by=by)
    task = task_of(draft, task_id)
    before = task.position
    place(draft, task, position)
    if task.position == before:
        return
    note_edit(draft, "position", before, task.position, by=by, at=at, task_id=task.id)
    record("导入草稿移动任务", by=by, at=at, subject=("draft", draft.id), unit_id=draft.unit_id,
           changes={"次序": (before, task.position)}, detail={"任务": task_label(task)})  # fmt: skip
    renew_findings(draft)


def place(draft: Draft, task: DraftTask, position: int) -> None:
    """Sets a task's place; those between move up or down by one."""
    last: Any = session.scalar(
        select(DraftTask.position).where(DraftTask.draft_id == draft.id).order_by(DraftTask.position.desc()).limit(1)
    )
    old, new = task.position, min(max(position, 1), last)
    between = DraftTask.position.between(min(old, new), max(old, new))
    step = -1 if new > old else 1
    session.execute(
        update(DraftTask).where(DraftTask.draft_id == draft.id, DraftTask.id != task.id, between)
        .values(position=DraftTask.position + step)
    )  # fmt: skip
    task.position = new
    session.flush()
