"""What units have reported against the figures of a task (目标值), as it was accepted: for the page of the task."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import select

from tracker.db import session
from tracker.plans.models import Assignment
from tracker.progress.models import Obligation, Return, ReturnFigure
from tracker.progress.queries.figures import TargetView, targets


@dataclass(frozen=True, slots=True)
class Figure:
    """What a unit said last of one figure, in a return that was accepted."""

    value: Decimal
    obligation_id: int
    period: str
    due_on: date


@dataclass(frozen=True, slots=True)
class UnitFigures:
    unit: str
    by_target: Mapping[int, Figure]


@dataclass(frozen=True, slots=True)
class Reported:
    targets: tuple[TargetView, ...] = ()
    """In printed order."""
    units: tuple[UnitFigures, ...] = ()
    """Those of whom something is accepted."""
    silent: int = 0
    """How many units nothing was accepted of."""

    def __bool__(self) -> bool:
        return bool(self.units)


def figures_reported(assignments: Mapping[int, str], _today: date) -> Reported:
    """`assignments` are those of one task, each with its unit's name. Three statements. Figures of several units are not added
    up: whether they may be is said by nobody (a share, a common total)."""
    if not assignments:
        return Reported()
    rows = session.execute(
        select(
            Obligation.assignment_id, Obligation.id, Obligation.period, Obligation.due_on, ReturnFigure.target_id,
            ReturnFigure.value,
        )
        .join(Return, Return.obligation_id == Obligation.id)
        .join(ReturnFigure, ReturnFigure.return_id == Return.id)
        .where(Obligation.assignment_id.in_(sorted(assignments)), Return.state == "accepted")
        .order_by(Obligation.due_on, Return.id)
    ).all()  # fmt: skip
    if not rows:
        return Reported()
    found: dict[int, dict[int, Figure]] = {}
    for row in rows:  # the latest date stands last, and stays
        found.setdefault(row.assignment_id, {})[row.target_id] = Figure(row.value, row.id, row.period, row.due_on)
    task = session.scalar(select(Assignment.task_id).where(Assignment.id == rows[0].assignment_id))
    asked = tuple(targets(task)) if task else ()
    units = [
        UnitFigures(unit, found[assignment])
        for assignment, unit in assignments.items()
        if any(one.id in found.get(assignment, ()) for one in asked)
    ]
    return Reported(asked, tuple(units), len(assignments) - len(units))
