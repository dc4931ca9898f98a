"""What a statement about obligations asks beside each of them: of its return, and of the reports before it."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ScalarSelect, select
from sqlalchemy.orm import InstrumentedAttribute

from tracker.db import table_of
from tracker.progress.models import Obligation, Return


def of_newest(column: InstrumentedAttribute[Any]) -> ScalarSelect[Any]:
    """A column of the newest version of its return."""
    newest = select(column).where(Return.obligation_id == Obligation.id).order_by(Return.version_no.desc())
    return newest.limit(1).scalar_subquery()


def of_accepted_before(column: str) -> ScalarSelect[Any]:
    """A column of the obligation that was accepted for the latest earlier date of the same assignment."""
    here, earlier = table_of(Obligation).c, table_of(Obligation).alias("earlier").c
    return (
        select(earlier[column])
        .where(earlier.assignment_id == here.assignment_id, earlier.due_on < here.due_on)
        .where(earlier.state.concat("") == "accepted")  # by no index of states: those of the whole city
        .order_by(earlier.due_on.desc())
        .limit(1)
        .scalar_subquery()
    )
