"""Another edition (修订稿) of a plan: received for it, and paired by hand where the pairing by words is mistaken."""

from __future__ import annotations

from datetime import datetime

from flask_babel import gettext as _
from sqlalchemy import select

from tracker.accounts.roles import Viewer
from tracker.audit.service import record
from tracker.db import session
from tracker.drafts.models import Draft, DraftPair, DraftRevision
from tracker.drafts.service.choosing import carry_over
from tracker.drafts.service.opening import open_draft, task_label, task_of
from tracker.errors import DomainError, NotFound
from tracker.plans.models import Task
from tracker.plans.queries import plan_view


def revise(draft: Draft, plan_id: int, *, by: Viewer, at: datetime) -> None:
    """Says that a draft just received is another edition of a plan: what people said of the units of the edition in force
    goes on to hold. Raises NotFound where the plan is not the viewer's."""
    plan = plan_view(plan_id, by)
    if not plan.runs or plan.owner_unit_id != draft.unit_id:
        raise NotFound
    session.add(DraftRevision(draft_id=draft.id, plan_id=plan_id))
    session.flush()
    if plan.draft_id is not None:
        carry_over(draft, plan.draft_id, by=by, at=at)
    record("收到修订稿", by=by, at=at, subject=("plan", plan_id), unit_id=plan.owner_unit_id,
           detail={"文件名": draft.file_name, "SHA-256": draft.sha256})  # fmt: skip


def pair(draft_id: int, draft_task_id: int, task_id: int | None, *, by: Viewer, at: datetime) -> None:
    """Says which of the plan's tasks a task of the draft is; None: none of them. It was said of another before: no more."""
    draft, plan_id = _revision(draft_id, by)
    task = task_of(draft, draft_task_id)
    name = _("没有对应的原任务")
    if task_id is not None:
        found = session.scalar(select(Task).where(Task.id == task_id, Task.plan_id == plan_id, Task.ended_in.is_(None)))
        if found is None:
            raise DomainError(_("请选择原计划中的一项任务。"), field="task")
        name = found.name
        taken = select(DraftPair).where(DraftPair.draft_id == draft_id, DraftPair.task_id == task_id)
        for other in session.scalars(taken.order_by(DraftPair.draft_task_id)):
            session.delete(other)
        session.flush()
    held = session.get(DraftPair, draft_task_id)
    if held is None:
        session.add(
            DraftPair(draft_task_id=draft_task_id, draft_id=draft_id, task_id=task_id, by_id=by.person_id, at=at)
        )
    else:
        held.task_id, held.by_id, held.at = task_id, by.person_id, at
    session.flush()
    record("改正任务配对", by=by, at=at, subject=("draft", draft_id), unit_id=draft.unit_id,
           detail={"任务": task_label(task), "原任务": name})  # fmt: skip


def unpair(draft_id: int, draft_task_id: int, *, by: Viewer, at: datetime) -> None:
    """Takes back what was said of a task's pairing: its words decide again."""
    draft, _plan_id = _revision(draft_id, by)
    held = session.get(DraftPair, draft_task_id)
    if held is None or held.draft_id != draft_id:
        return
    session.delete(held)
    session.flush()
    record("恢复自动配对", by=by, at=at, subject=("draft", draft_id), unit_id=draft.unit_id,
           detail={"任务": task_label(task_of(draft, draft_task_id))})  # fmt: skip


def _revision(draft_id: int, by: Viewer) -> tuple[Draft, int]:
    draft = open_draft(draft_id, by=by)
    plan_id = session.scalar(select(DraftRevision.plan_id).where(DraftRevision.draft_id == draft_id))
    if plan_id is None:
        raise NotFound
    return draft, plan_id


def close_revision(draft: Draft, *, at: datetime) -> None:
    """The edition was adopted."""
    draft.state, draft.changed_at = "adopted", at
    session.flush()
