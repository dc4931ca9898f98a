"""Taking a draft for a change: one at a time, only while it is under review, only by its lead office."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import func, insert, select, update

from tracker.accounts.roles import Role, Viewer
from tracker.db import session
from tracker.drafts.models import Draft, DraftEdit, DraftTask
from tracker.errors import DomainError, NotFound
from tracker.units.queries import covers


def open_draft(draft_id: int, *, by: Viewer | None) -> Draft:
    """The draft, locked until the transaction ends, as it stands now. `by` is None where a command acts.

    Raises NotFound where the viewer may not know of it, DomainError where it is no longer under review.
    """
    statement = select(Draft).where(Draft.id == draft_id).with_for_update().execution_options(populate_existing=True)
    draft = session.scalar(statement)
    if draft is None or (by is not None and not covers(by, draft.unit_id, Role.LEAD_OFFICE)):
        raise NotFound
    if draft.state != "review":
        raise DomainError(
            _("这份分解表已经入库，不能再改；需要更正时请到任务页面。") if draft.state == "adopted"
            else _("这份分解表不在核对中，不能更改。")
        )  # fmt: skip
    return draft


def task_of(draft: Draft, task_id: int) -> DraftTask:
    statement = select(DraftTask).where(DraftTask.id == task_id, DraftTask.draft_id == draft.id)
    task = session.scalar(statement.execution_options(populate_existing=True))
    if task is None:
        raise NotFound
    return task


def standing_tasks(draft: Draft) -> list[DraftTask]:
    """Tasks that were not removed, in order."""
    statement = select(DraftTask).where(DraftTask.draft_id == draft.id, DraftTask.removed.is_(False))
    return list(session.scalars(statement.order_by(DraftTask.position, DraftTask.id)))


def make_room(draft: Draft, below: int, by: int = 1) -> None:
    """Moves the tasks below a position down, so that as many new ones can stand behind it."""
    session.execute(
        update(DraftTask).where(DraftTask.draft_id == draft.id, DraftTask.position > below)
        .values(position=DraftTask.position + by)
    )  # fmt: skip


def note_edit(
    draft: Draft, field: str, before: Any, after: Any, *, by: Viewer, at: datetime, task_id: int | None = None,
    finding_id: int | None = None, act: int | None = None,
) -> DraftEdit:  # fmt: skip
    """Keeps a correction so that it can be undone; `act` where it belongs to one that has begun."""
    seq = (session.scalar(select(func.max(DraftEdit.seq)).where(DraftEdit.draft_id == draft.id)) or 0) + 1
    edit = DraftEdit(
        draft_id=draft.id, seq=seq, act=act or seq, task_id=task_id, finding_id=finding_id, field=field, before=before,
        after=after, by_id=by.person_id, at=at,
    )  # fmt: skip
    session.add(edit)
    touch(draft, at)
    return edit


def note_edits(
    draft: Draft, found: Sequence[tuple[int | None, str, Any, Any]], *, by: Viewer, at: datetime
) -> int:  # fmt: skip
    """Keeps corrections of one act, each (task id, field, before, after), in few statements; returns the act."""
    first = (session.scalar(select(func.max(DraftEdit.seq)).where(DraftEdit.draft_id == draft.id)) or 0) + 1
    rows = [
        {
            "draft_id": draft.id, "seq": seq, "act": first, "task_id": task_id, "finding_id": None, "field": field,
            "before": before, "after": after, "by_id": by.person_id, "at": at, "undone": False,
        }
        for seq, (task_id, field, before, after) in enumerate(found, first)
    ]  # fmt: skip
    if rows:
        session.execute(insert(DraftEdit), rows)
        touch(draft, at)
    return first


def touch(draft: Draft, at: datetime) -> None:
    session.flush()
    session.execute(update(Draft).where(Draft.id == draft.id).values(changed_at=at))


def task_label(task: DraftTask) -> str:
    """How the record cites a task of a draft: 第 3 项“…”."""
    return f"第 {task.position} 项“{task.body['name'][:30]}”"
