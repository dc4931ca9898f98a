"""Drafts that are another edition (修订稿) of a plan that is there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from tracker.db import session
from tracker.drafts.models import Draft, DraftPair, DraftRevision
from tracker.plans.models import Plan


def revised_plan(draft_id: int) -> tuple[int, str] | None:
    """(id, name) of the plan whose other edition a draft is."""
    statement = select(Plan.id, Plan.name).join(DraftRevision, DraftRevision.plan_id == Plan.id)
    row = session.execute(statement.where(DraftRevision.draft_id == draft_id)).first()
    return (row.id, row.name) if row else None


def pins(draft_id: int) -> dict[int, int | None]:
    """Task of the draft → the plan's task that it is, or None where it is a new one: as a person said."""
    rows = session.execute(
        select(DraftPair.draft_task_id, DraftPair.task_id)
        .where(DraftPair.draft_id == draft_id)
        .order_by(DraftPair.draft_task_id)
    )
    return {row.draft_task_id: row.task_id for row in rows}


@dataclass(frozen=True, slots=True)
class WaitingEdition:
    """Another edition under review."""

    draft_id: int
    title: str
    state: str
    changed_at: datetime


def waiting_editions(plan_id: int) -> list[WaitingEdition]:
    """Other editions of a plan that were received and not yet adopted, the newest first."""
    rows = session.scalars(
        select(Draft)
        .join(DraftRevision, DraftRevision.draft_id == Draft.id)
        .where(DraftRevision.plan_id == plan_id, Draft.state.in_(("reading", "review")))
        .order_by(Draft.id.desc())
    )
    return [WaitingEdition(one.id, one.header["title"] or one.file_name, one.state, one.changed_at) for one in rows]
