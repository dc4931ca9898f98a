"""Passed down (转办): what units above passed to the units of a viewer and these owe; and what the viewer's units passed to
others below and waits for them: reports that arrived, and reports that are late."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import aliased

from tracker.accounts.roles import UNIT_ROLES, Role, Viewer
from tracker.audit.models import AuditEntry
from tracker.db import session
from tracker.plans.models import Assignment, Task
from tracker.progress.lights import IN_HAND
from tracker.progress.models import Obligation, Part, Passed, PassedUrge
from tracker.progress.queries.passing import BelowRow, due_below, joined, row_of
from tracker.progress.queries.scope import lights_by_plan
from tracker.progress.queries.waiting import SOON
from tracker.progress.states import PARTS_ARRIVED
from tracker.units.models import Unit

MOST = 200
_above = aliased(Unit)


@dataclass(frozen=True, slots=True)
class TaskBelow:
    """A report that a unit below has to make, in its list or in that of the unit above."""

    row: BelowRow
    number: str | None
    task: str
    above: str
    kind: str
    text: str
    period: str

    @property
    def is_late(self) -> bool:
        """Past its own date, and not there."""
        return not self.row.arrived and self.row.days_left < 0


@dataclass(frozen=True, slots=True)
class Tabs:
    """What the tabs of a unit's own tasks say of work passed down; None where it has none of it."""

    owed: int | None
    """Reports that it owes to units above."""
    from_below: int | None
    """What it passed down and waits for it: see `waiting_below`."""


def tabs_of(viewer: Viewer, *, today: date) -> Tabs:
    return Tabs(
        count_passed_on(viewer, today)[0] if has_passed(viewer) else None,
        count_from_below(viewer, today),
    )


def _granted(viewer: Viewer) -> tuple[int, ...]:
    return viewer.units(*UNIT_ROLES)


def tasks_below(viewer: Viewer, *, today: date, ended: bool = False) -> list[TaskBelow]:
    """What was passed down to the very units that the viewer stands for: what they have to report, the earliest date
    first; or what they have reported, the newest first."""
    which = and_(Passed.unit_id.in_(_granted(viewer)), Part.state.in_(PARTS_ARRIVED) if ended else is_owed_below())
    return _listed(which, today, newest_first=ended)


def waiting_below(viewer: Viewer, *, today: date) -> list[TaskBelow]:
    """What waits for the very units that the viewer stands for and that passed a task down, the earliest date first:
    reports from below to be taken up into their own, and those that are late at their own, earlier date. Three statements,
    one where they passed nothing down."""
    which = _waits_below(viewer, today)
    return [] if which is None else _listed(which, today)


def count_from_below(viewer: Viewer, today: date) -> int | None:
    """How many of these wait; None where the viewer's very units never passed anything down. Two statements, or one."""
    which = _waits_below(viewer, today)
    if which is None:
        return None
    statement = (
        select(func.count())
        .select_from(Passed)
        .join(Obligation, Obligation.assignment_id == Passed.assignment_id)
        .join(Assignment, Assignment.id == Passed.assignment_id)
        .outerjoin(Part, and_(Part.passed_id == Passed.id, Part.obligation_id == Obligation.id))
        .where(which)
    )
    return session.scalar(statement) or 0


def _waits_below(viewer: Viewer, today: date) -> ColumnElement[bool] | None:
    """The condition that it waits, of Passed, its assignment, the obligation above and the part, if any; None where nothing
    can, since nothing was ever passed down."""
    mine = Assignment.unit_id.in_(_granted(viewer))
    given = select(Passed.days_before).join(Assignment, Assignment.id == Passed.assignment_id).where(mine)
    spans = session.scalars(given.distinct().order_by(Passed.days_before)).all()
    if not spans:
        return None
    late = or_(*(and_(Passed.days_before == n, Obligation.due_on < today + timedelta(days=n)) for n in spans))
    arrived = and_(Part.state == "reported", Obligation.state.in_(IN_HAND), Assignment.state == "in_progress")
    return and_(mine, or_(arrived, and_(is_owed_below(), late)))


def _listed(which: ColumnElement[bool], today: date, *, newest_first: bool = False) -> list[TaskBelow]:
    statement = (
        joined()
        .add_columns(Task, _above.name.label("above"))
        .join(Assignment, Assignment.id == Passed.assignment_id)
        .join(Task, Task.id == Obligation.task_id)
        .join(_above, _above.id == Assignment.unit_id)
        .where(which)
        .order_by(Obligation.due_on.desc() if newest_first else Obligation.due_on, Obligation.id, Passed.id)
        .limit(MOST)
    )  # fmt: skip
    lights = lights_by_plan(today)
    return [
        TaskBelow(
            row_of(row, lights[row.Obligation.plan_id], {}, whole=True), row.Task.number, row.Task.name, row.above,
            row.Obligation.kind, row.Obligation.text, row.Obligation.period,
        )
        for row in session.execute(statement)
    ]  # fmt: skip


def is_asked_below() -> ColumnElement[bool]:
    """Whether a report is asked of the unit below, of Passed, its assignment and the obligation above."""
    return and_(Passed.stands.is_(True), Obligation.state.in_(IN_HAND), Assignment.state == "in_progress")


def is_owed_below() -> ColumnElement[bool]:
    """Whether it has still to be reported, of these and the part, if any."""
    return and_(is_asked_below(), func.coalesce(Part.state, "").not_in(PARTS_ARRIVED))


def count_passed_on(viewer: Viewer, today: date) -> tuple[int, int]:
    """How many reports the viewer owes to units above, and how many of them wait today: due within seven days, late, sent
    back, or urged."""
    statement = (
        select(Passed, Obligation, Part.state, PassedUrge.times)
        .join(Obligation, Obligation.assignment_id == Passed.assignment_id)
        .join(Assignment, Assignment.id == Passed.assignment_id)
        .outerjoin(Part, and_(Part.passed_id == Passed.id, Part.obligation_id == Obligation.id))
        .outerjoin(PassedUrge, and_(PassedUrge.passed_id == Passed.id, PassedUrge.obligation_id == Obligation.id))
        .where(Passed.unit_id.in_(viewer.units(Role.REPORTER)), is_owed_below())
    )
    rows = session.execute(statement).all()
    until = today + timedelta(days=SOON)
    waits = [
        state == "returned" or bool(urged) or due_below(above, passed) <= until for passed, above, state, urged in rows
    ]
    return len(rows), sum(waits)


def has_passed(viewer: Viewer) -> bool:
    """Whether anything was ever passed down to the viewer's very units."""
    return session.scalar(select(Passed.id).where(Passed.unit_id.in_(_granted(viewer))).limit(1)) is not None


def sent_back_last(row: BelowRow) -> tuple[str, datetime] | None:
    """Who of the unit above sent the report back last, and when: as the record says it, since the report keeps only why.
    None where it is not with the unit below for that."""
    if row.state != "returned":
        return None
    statement = select(AuditEntry.actor_name, AuditEntry.at).where(
        AuditEntry.action == "退回下级报送", AuditEntry.subject_kind == "obligation",
        AuditEntry.subject_id == row.obligation_id, AuditEntry.unit_id == row.unit_id,
    )  # fmt: skip
    found = session.execute(statement.order_by(AuditEntry.seq.desc()).limit(1)).first()
    return (found.actor_name, found.at) if found else None
