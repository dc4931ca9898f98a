"""Where a report is now, and who has it (现在在谁手里): the steps of the unit's own review, taken and ahead."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import func, select

from tracker.db import session
from tracker.progress.models import Return, ReturnText
from tracker.progress.queries.chains import Step, steps_of, way_ahead
from tracker.progress.queries.returns import ObligationView, VersionView


def own_steps(found: ObligationView, newest: VersionView | None, *, today: date) -> list[Step]:
    """The steps of the unit's own review for the newest version of a return. What has not left the unit is its own
    affair: others see none before it arrives."""
    if newest is not None and newest.state in {"own_review", "to_check", "accepted"}:
        standing = (newest.step if newest.state == "own_review" else 0, newest.steps)
        hands = {newest.author_id, *(one.person_id for one in newest.signed)}
        return steps_of(found.unit_id, standing, newest.signed, hands=hands, today=today)
    if not found.inside:
        return []
    return way_ahead(found.unit_id, author=newest.author_id if newest else 0, today=today)


def are_decided(return_ids: Sequence[int], state: str, *, by: int, reason: str = "") -> bool:
    """Whether somebody has brought all of these versions into that state, with that reason where one is given."""
    who = Return.approved_by if state == "to_check" else Return.checked_by
    statement = (
        select(func.count())
        .select_from(Return)
        .join(ReturnText, ReturnText.return_id == Return.id)
        .where(Return.id.in_(return_ids), Return.state == state, who == by)
    )
    if reason:
        statement = statement.where(ReturnText.reason == reason.strip())
    return session.scalar(statement) == len(return_ids)
