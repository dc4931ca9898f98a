"""Tasks passed down to units below (转办下级): who has what, what they reported, and how they stand at their level."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import Select, and_, func, select
from sqlalchemy.orm import aliased

from tracker.accounts.models import Person
from tracker.accounts.roles import UNIT_ROLES, Role, Viewer
from tracker.clock import day_of
from tracker.db import session
from tracker.errors import NotFound
from tracker.plans.models import Assignment, Plan, Task, TaskText
from tracker.progress.joining import Part as Reported
from tracker.progress.light_rules import Lights
from tracker.progress.lights import IN_HAND, LightKind, counted
from tracker.progress.milestones import Said, typed
from tracker.progress.models import Obligation, Part, PartFigure, Passed, PassedUrge
from tracker.progress.queries.files import FileView, files_below
from tracker.progress.queries.scope import held, lights_by_plan
from tracker.progress.states import PARTS_ARRIVED
from tracker.units.models import Unit

MOST = 200
_above = aliased(Unit)
_urger = aliased(Person)


@dataclass(frozen=True, slots=True)
class UrgedView:
    """That the unit above urged it (催报): how often, and who when for the last time."""

    times: int
    at: datetime
    who: str


@dataclass(frozen=True, slots=True)
class BelowRow:
    """What a unit below has to report for one date of the unit above."""

    passed_id: int
    obligation_id: int
    unit_id: int
    unit: str
    words: str
    due_on: date
    """Its own date: so many days before that of the unit above."""
    state: str
    """Of what it reports: see `PART_STATES`; empty while nothing is written."""
    timing: str
    """`on_time` or `late` at its own date; `none` while nothing has reached the unit above."""
    light: LightKind
    days_left: int
    percent: int
    done: str
    """Empty while it has not reached the unit above."""
    problems: str
    reason: str
    author: str
    submitted_at: datetime | None
    figures: dict[int, Decimal] = field(default_factory=dict)
    """Target id → figure, where it has reached the unit above."""
    said: Said | None = None
    """Of the milestone that is reported on."""
    excuse: str = ""
    files: tuple[FileView, ...] = ()
    """Empty while it has not reached the unit above."""
    urged: UrgedView | None = None

    @property
    def arrived(self) -> bool:
        return self.state in PARTS_ARRIVED


@dataclass(frozen=True, slots=True)
class PassedView:
    """One report to be made below, as the form shows it."""

    row: BelowRow
    assignment_id: int
    number: str | None
    task_id: int
    task: str
    plan: str
    above: str
    milestone: bool
    kind: str
    """What follows is of the report of the unit above."""
    text: str
    period: str
    requirement: str
    part_id: int | None
    version: int
    editor: str
    saved_at: datetime | None
    author_id: int | None
    typed: Mapping[str, Any]
    """What is written so far, by the fields of the form."""
    writes: bool
    """Whether the viewer reports for the unit below and it may still be written."""
    is_author: bool
    leads: bool
    """Whether the viewer is of the unit above."""
    inside: bool
    """Whether the viewer reports for the unit below."""


def joined() -> Select[Any]:
    return (
        select(
            Passed, Obligation, Part, Unit.name.label("unit"), Unit.path, Person.name.label("author"), PassedUrge,
            _urger.name.label("urger"),
        )
        .join(Obligation, Obligation.assignment_id == Passed.assignment_id)
        .join(Unit, Unit.id == Passed.unit_id)
        .outerjoin(Part, and_(Part.passed_id == Passed.id, Part.obligation_id == Obligation.id))
        .outerjoin(Person, Person.id == Part.author_id)
        .outerjoin(PassedUrge, and_(PassedUrge.passed_id == Passed.id, PassedUrge.obligation_id == Obligation.id))
        .outerjoin(_urger, _urger.id == PassedUrge.by_id)
    )  # fmt: skip


def part_of(passed_id: int, obligation_id: int) -> Part | None:
    """What a unit below reports for a date, as it stands by now; None while nothing is written."""
    statement = select(Part).where(Part.passed_id == passed_id, Part.obligation_id == obligation_id)
    return session.scalar(statement.execution_options(populate_existing=True))


def said_below(part: Part) -> Said | None:
    """What a unit below says of the milestone."""
    return None if part.reached is None else Said(part.reached, part.expected_on)


def due_below(obligation: Obligation, passed: Passed) -> date:
    """The date of a unit below, as things stand."""
    return obligation.due_on - timedelta(days=passed.days_before)


def gone_below(assignment_id: int, days_before: int, today: date) -> list[tuple[date, date]]:
    """(date of the unit, date below) of what the unit has still to report and what would be past its date below at once
    if it were passed down by so many days earlier; the earliest first."""
    owed = select(Obligation.due_on).where(Obligation.assignment_id == assignment_id, Obligation.state.in_(IN_HAND))
    earlier = timedelta(days=days_before)
    dates = session.scalars(owed.where(Obligation.due_on < today + earlier).order_by(Obligation.due_on))
    return [(due, due - earlier) for due in dates]


def row_of(
    row: Any, lights: Lights, figures: dict[int, Decimal], files: Sequence[FileView] = (), *, whole: bool = False
) -> BelowRow:
    passed, above, part = row.Passed, row.Obligation, row.Part
    due, state = due_below(above, passed), part.state if part else ""
    there = state in PARTS_ARRIVED
    first, then = (part.submitted_at, part.due_on or due) if part else (None, due)
    timing = "none" if first is None else "on_time" if day_of(first) <= then else "late"
    due = then if there else due
    standing = {"reported": "reported", "taken": "accepted", "returned": "returned"}.get(state, "open")
    shown = there or whole
    return BelowRow(
        passed.id, above.id, passed.unit_id, row.unit, passed.words, due, state, timing,
        lights.of(standing, timing, due), (due - lights.today).days, part.percent if part else 0,
        part.done if part and shown else "", part.problems if part and shown else "", part.reason if part else "",
        row.author or "", first, figures if shown else {}, said_below(part) if part else None,
        files=tuple(files) if shown else (),
        urged=UrgedView(row.PassedUrge.times, row.PassedUrge.at, row.urger) if row.PassedUrge else None,
    )  # fmt: skip


def _figures(parts: Iterable[int]) -> dict[int, dict[int, Decimal]]:
    found: dict[int, dict[int, Decimal]] = {}
    statement = select(PartFigure).where(PartFigure.part_id.in_(sorted(parts)))
    for one in session.scalars(statement.order_by(PartFigure.part_id, PartFigure.target_id)):
        found.setdefault(one.part_id, {})[one.target_id] = one.value
    return found


def below(obligation_ids: Sequence[int], *, today: date) -> dict[int, list[BelowRow]]:
    """Obligation → what the units below have to report for it, in printed order: while it is asked, and what was
    reported. Whoever may see the obligation may see how they stand; their texts only the unit itself (see the pages)."""
    statement = joined().where(Obligation.id.in_(obligation_ids), Obligation.state != "cancelled")
    rows = session.execute(statement.order_by(Obligation.id, Unit.sort_key, Unit.id)).all()
    parts = [row.Part.id for row in rows if row.Part]
    figures, files = _figures(parts), files_below(parts) if parts else {}
    lights, found = lights_by_plan(today), dict[int, list[BelowRow]]()
    for row in rows:
        if not row.Passed.stands and (row.Part is None or row.Part.state not in PARTS_ARRIVED):
            continue
        key = row.Part.id if row.Part else 0
        one = row_of(row, lights[row.Obligation.plan_id], figures.get(key, {}), files.get(key, ()))
        found.setdefault(row.Obligation.id, []).append(one)
    return found


def lights_below(
    assignment_ids: Iterable[int], obligation_ids: Sequence[int], *, today: date
) -> dict[int, dict[LightKind, int]]:
    """Obligation → light → how many units below show it; one cheap statement where nobody has passed anything down."""
    some = select(Passed.id).where(Passed.assignment_id.in_(sorted(set(assignment_ids)))).limit(1)
    if session.scalar(some) is None:
        return {}
    return {one: counted(row.light for row in rows) for one, rows in below(obligation_ids, today=today).items()}


def reported_below(rows: Iterable[BelowRow]) -> list[Reported]:
    """What has reached the unit above, to be taken over into its own report."""
    return [
        Reported(one.unit, {"done": one.done, "problems": one.problems}, one.figures) for one in rows if one.arrived
    ]


@dataclass(frozen=True, slots=True)
class PassedRow:
    """A unit below that has the task."""

    id: int
    unit_id: int
    unit: str
    words: str
    days_before: int
    stands: bool
    who: str
    at: datetime


def passed_of(assignment_id: int) -> list[PassedRow]:
    """The units below that have a task, in printed order, those that were relieved of it last."""
    rows = session.execute(
        select(Passed, Unit.name.label("unit"), Person.name.label("who"))
        .join(Unit, Unit.id == Passed.unit_id)
        .join(Person, Person.id == Passed.by_id)
        .where(Passed.assignment_id == assignment_id)
        .order_by(Passed.stands.desc(), Unit.sort_key, Unit.id)
    )
    return [
        PassedRow(one.id, one.unit_id, unit, one.words, one.days_before, one.stands, who, one.at)
        for one, unit, who in rows
    ]


def has_below(unit_id: int) -> bool:
    """Whether a living unit stands right below one."""
    statement = select(Unit.id).where(Unit.parent_id == unit_id, Unit.valid_to.is_(None))
    return session.scalar(statement.limit(1)) is not None


def units_below(unit_id: int) -> list[tuple[int, str]]:
    """(id, name) of the living units below one, nearest first, in printed order."""
    path = session.scalars(select(Unit.path).where(Unit.id == unit_id)).one()
    statement = select(Unit.id, Unit.name).where(
        Unit.path.startswith(path), Unit.id != unit_id, Unit.valid_to.is_(None)
    )
    rows = session.execute(statement.order_by(func.length(Unit.path), Unit.sort_key, Unit.id).limit(MOST))
    return [(row.id, row.name) for row in rows]


def passed_view(passed_id: int, obligation_id: int, viewer: Viewer, *, today: date) -> PassedView:
    """Raises NotFound for whoever is neither of the unit below nor of the one that passed it down."""
    statement = (
        joined()
        .add_columns(Task, Plan.name.label("plan"), TaskText.requirement, _above.name.label("above"),
                     _above.path.label("above_path"), Assignment.state.label("assignment_state"))
        .join(Assignment, Assignment.id == Passed.assignment_id)
        .join(Task, Task.id == Obligation.task_id)
        .join(TaskText, TaskText.task_id == Task.id)
        .join(Plan, Plan.id == Obligation.plan_id)
        .join(_above, _above.id == Assignment.unit_id)
        .where(Passed.id == passed_id, Obligation.id == obligation_id)
    )  # fmt: skip
    row = session.execute(statement).first()
    if row is None or not held(viewer, row.path, *UNIT_ROLES):
        raise NotFound
    passed, above, part = row.Passed, row.Obligation, row.Part
    figures = _figures([part.id]).get(part.id, {}) if part else {}
    files = files_below([part.id]).get(part.id, ()) if part else ()
    said, inside = said_below(part) if part else None, held(viewer, row.path, Role.REPORTER)
    leads = held(viewer, row.above_path, *UNIT_ROLES)
    open_ = above.state in IN_HAND and row.assignment_state == "in_progress" and passed.stands
    texts = {"done": part.done, "problems": part.problems, "percent": part.percent} if part else {}
    return PassedView(
        row_of(row, lights_by_plan(today)[above.plan_id], figures, files, whole=True), passed.assignment_id,
        row.Task.number, row.Task.id, row.Task.name, row.plan, row.above, above.milestone, above.kind, above.text, above.period,
        row.requirement, part.id if part else None, part.version if part else 0, part.editor if part else "",
        part.saved_at if part else None, part.author_id if part else None,
        {**texts, **{f"figure_{key}": value for key, value in figures.items()}, **(typed({above.id: said}) if said else {})},
        writes=inside and open_ and (part is None or part.state in {"draft", "returned"}),
        is_author=part is not None and part.author_id == viewer.person_id, leads=leads, inside=inside,
    )  # fmt: skip
