"""What stands beside the form of a return: who reviews it, what was sent before, what is to be written next."""

from __future__ import annotations

from sqlalchemy import exists, select

from tracker.accounts.roles import Role, Viewer
from tracker.db import session
from tracker.plans.models import Assignment
from tracker.progress.lights import IN_HAND
from tracker.progress.models import Evidence, Obligation, Return, ReturnEvidence
from tracker.progress.queries.files import FileView
from tracker.progress.queries.returns import ObligationView
from tracker.progress.queries.scope import ARRIVED, unit_ids, within

EARLIER_FILES = 30
"""So many files of earlier reports are offered to be used again."""


def reported_percents(assignment_id: int, *, inside: bool) -> dict[int, int]:
    """Obligation id → percent of the newest version of its return that has arrived; inside the unit of the newest at all."""
    statement = (
        select(Return.obligation_id, Return.percent)
        .join(Obligation, Obligation.id == Return.obligation_id)
        .where(Obligation.assignment_id == assignment_id)
        .order_by(Return.obligation_id, Return.version_no)
    )
    rows = session.execute(statement if inside else statement.where(Return.state.in_(ARRIVED)))
    return {row.obligation_id: row.percent for row in rows}


def next_owed(viewer: Viewer, *, but: int) -> int | None:
    """The earliest report, other than this one, that the viewer still has to make: signed for, and not yet handed in."""
    handed_in = exists().where(Return.obligation_id == Obligation.id, Return.state == "own_review")
    return session.scalar(
        select(Obligation.id)
        .join(Assignment, Assignment.id == Obligation.assignment_id)
        .where(
            within(Obligation.unit_id, unit_ids(viewer, Role.REPORTER)), Obligation.state.in_(IN_HAND),
            Assignment.state == "in_progress", Obligation.id != but, ~handed_in,
        )
        .order_by(Obligation.due_on, Obligation.id)
        .limit(1)
    )  # fmt: skip


def earlier_files(found: ObligationView) -> list[FileView]:
    """Files that were sent with other reports of the same task, the newest first, each once: to be used again."""
    statement = (
        select(Evidence)
        .join(ReturnEvidence, ReturnEvidence.evidence_id == Evidence.id)
        .join(Return, Return.id == ReturnEvidence.return_id)
        .join(Obligation, Obligation.id == Return.obligation_id)
        .where(
            Obligation.assignment_id == found.assignment_id,
            Obligation.id != found.id,
            Evidence.unit_id == found.unit_id,
        )
        .distinct()
        .order_by(Evidence.id.desc())
        .limit(EARLIER_FILES)
    )
    return [
        FileView(one.public_id, one.name, one.size, one.media_type, one.sha256) for one in session.scalars(statement)
    ]
