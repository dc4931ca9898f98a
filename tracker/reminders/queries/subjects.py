"""What the lead office may follow up by a supervision slip (督办单), and what the rules of lights ask it to (应发)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, func, or_, select

from tracker.accounts.roles import Viewer
from tracker.db import session
from tracker.plans.models import Plan, Task
from tracker.progress.asked_again import Asked
from tracker.progress.light_rules import Document, RuleSet
from tracker.progress.lights import LightKind
from tracker.progress.models import Obligation
from tracker.progress.queries.asked import answered_about
from tracker.progress.queries.scope import led_plans, light_is, lights_by_plan
from tracker.progress.queries.work import WorkFilter, in_list
from tracker.reminders.models import SlipItem, SupervisionSlip
from tracker.reminders.queries.slips import slip_name
from tracker.reminders.states import COLOUR_OF, COLOURS, shade_of
from tracker.units.models import Unit

MOST = 200
"""Reports offered at once, those due first."""


@dataclass(frozen=True, slots=True)
class LateUnit:
    unit_id: int
    unit: str
    items: int


def late_units(viewer: Viewer, today: date) -> list[LateUnit]:
    """Units with something overdue in plans that the viewer's office runs, in printed order."""
    statement = (
        select(Unit.id, Unit.name, func.count().label("n"))
        .join(Obligation, Obligation.unit_id == Unit.id)
        .where(Obligation.plan_id.in_(led_plans(viewer)), is_overdue(today))
        .group_by(Unit.id, Unit.name, Unit.sort_key)
        .order_by(Unit.sort_key, Unit.id)
    )
    return [LateUnit(*row) for row in session.execute(statement)]


def is_overdue(today: date) -> ColumnElement[bool]:
    return and_(Obligation.due_on < today, light_is("overdue", today))


@dataclass(frozen=True, slots=True)
class EarlierSlip:
    """A slip on which a report stands already; withdrawn ones do not count."""

    id: int
    name: str
    colour: str
    reply: str
    """What the unit answered; empty where it has not."""


@dataclass(frozen=True, slots=True)
class Subject:
    """A report that a slip may be about: overdue, or one of which the plan's rules want a slip before its date."""

    obligation_id: int
    plan: str
    owner_unit_id: int
    unit_id: int
    unit: str
    task: str
    """With its number."""
    due_on: date
    light: LightKind
    days_left: int
    wanted: str
    """The grade of the slip that the plan's rules ask for now; empty where they ask for none."""
    begins: str = "blue"
    """The grade with which the plan's rules begin to ask for slips about what stands as it does; the mildest where they never
    do."""
    warns: bool = False
    """Whether the plan's rules call the middle grade orange (三明)."""
    excuse: str = ""
    """`waived` (已认定免责): the lead office found just cause for its lateness."""
    slips: tuple[EarlierSlip, ...] = ()
    asked: tuple[Asked, ...] = ()
    """What was asked about the task and answered, the newest first."""

    @property
    def is_overdue(self) -> bool:
        return self.days_left < 0

    @property
    def is_excused(self) -> bool:
        return self.excuse == "waived"

    @property
    def is_wanted(self) -> bool:
        """Whether the slip that the rules ask for, or a graver one, is still to be issued; never of what was excused."""
        return (
            bool(self.wanted)
            and not self.is_excused
            and all(_grade(one.colour) < _grade(self.wanted) for one in self.slips)
        )

    @property
    def is_answered(self) -> bool:
        """Whether the unit has said something about it already."""
        return bool(self.asked) or any(one.reply for one in self.slips)


def newest_slip(subjects: Iterable[Subject]) -> int:
    """The id of the slip issued last of all that these stand on; 0 where there is none."""
    return max((slip.id for one in subjects for slip in one.slips), default=0)


def _grade(colour: str) -> int:
    return COLOURS.index(colour)


def subjects_of(unit_id: int, viewer: Viewer, today: date) -> list[Subject]:
    """Of one unit; see `subjects_among`."""
    return _subjects(viewer, today, Obligation.unit_id == unit_id)


def subjects_in(wanted: WorkFilter, viewer: Viewer, today: date) -> list[Subject]:
    """Those of the ledger as it is filtered; see `subjects_among`."""
    return _subjects(viewer, today, in_list(viewer, wanted, today=today))


def subjects_among(ids: Collection[int], viewer: Viewer, today: date) -> list[Subject]:
    """Those of these reports that belong to plans of the viewer's office and may be followed up, unit by unit in printed
    order, the longest overdue first; `MOST` of them. Three statements and what the lights need."""
    return _subjects(viewer, today, Obligation.id.in_(ids))


def _subjects(viewer: Viewer, today: date, which: ColumnElement[bool]) -> list[Subject]:
    rows = session.execute(_statement(viewer, today).where(which).limit(MOST)).all()
    slips = _slips(SlipItem.obligation_id.in_([row.Obligation.id for row in rows]))
    asked = answered_about({row.Obligation.assignment_id for row in rows})
    return [_subject(row, today, slips, asked) for row in rows]


def _statement(viewer: Viewer, today: date) -> Select[Any]:
    return (
        select(Obligation, Plan.name.label("plan"), Plan.owner_unit_id, Unit.name.label("unit"), Task.number,
               Task.name.label("task"))
        .join(Plan, Plan.id == Obligation.plan_id)
        .join(Task, Task.id == Obligation.task_id)
        .join(Unit, Unit.id == Obligation.unit_id)
        .where(Obligation.plan_id.in_(led_plans(viewer)), or_(is_overdue(today), _early(today)))
        .order_by(Unit.sort_key, Unit.id, Obligation.due_on, Obligation.id)
    )  # fmt: skip


def _early(today: date) -> ColumnElement[bool]:
    """What a rule set follows up by a slip before its date: what is near, or was sent back (宿迁)."""
    plans = plans_with("supervision", today, late=False)
    sent_back = and_(Obligation.state == "returned", Obligation.due_on >= today)
    return and_(Obligation.plan_id.in_(plans), or_(light_is("near", today), sent_back))


def plans_with(document: Document, today: date, *, late: bool) -> list[int]:
    """Plans whose rule set wants this document of what is overdue; or of what is not yet, where not `late`."""
    return [
        plan_id
        for plan_id, lights in lights_by_plan(today).items()
        if any(step.document == document and (step in lights.rules.late) is late for step in lights.rules.steps)
    ]


def _subject(row: Row[Any], today: date, slips: Earlier, asked: Mapping[int, Sequence[Asked]]) -> Subject:
    one, lights = row.Obligation, lights_by_plan(today)[row.Obligation.plan_id]
    step = lights.step(one.state, one.timing, one.due_on, one.excuse)
    return Subject(
        one.id, row.plan, row.owner_unit_id, one.unit_id, row.unit, f"{row.number or ''} {row.task}".strip(), one.due_on,
        lights.of(one.state, one.timing, one.due_on, one.excuse), (one.due_on - today).days,
        COLOUR_OF[step.light] if step is not None and step.document == "supervision" else "",
        _begins(lights.rules, late=one.due_on < today), lights.rules.warns, one.excuse,
        slips.get(one.id, ()), tuple(asked.get(one.assignment_id, ())),
    )  # fmt: skip


def _begins(rules: RuleSet, *, late: bool) -> str:
    asks = [step for step in rules.steps if step.document == "supervision" and (step in rules.late or not late)]
    return COLOUR_OF[asks[0].light] if asks else COLOURS[0]


Earlier = Mapping[int, tuple[EarlierSlip, ...]]
"""Report → the slips that it stands on, the earliest first."""


def _slips(which: ColumnElement[bool]) -> Earlier:
    rows = session.execute(
        select(SlipItem.obligation_id, SupervisionSlip)
        .join(SupervisionSlip, SupervisionSlip.id == SlipItem.slip_id)
        .where(which, SupervisionSlip.state != "withdrawn")
        .order_by(SupervisionSlip.id)
    )
    found: dict[int, tuple[EarlierSlip, ...]] = {}
    for obligation_id, slip in rows:
        name = slip_name(slip.prefix, slip.year, slip.number)
        found[obligation_id] = (
            *found.get(obligation_id, ()), EarlierSlip(slip.id, name, slip.colour, slip.reply),
        )  # fmt: skip
    return found


@dataclass(slots=True)
class DueSlip:
    """A slip that the rules of lights ask for and nobody has issued."""

    unit_id: int
    unit: str
    colour: str
    warns: bool
    """Whether all it is about goes by rules that call the middle grade orange (三明)."""
    items: int = 0

    @property
    def shade(self) -> str:
        return shade_of(self.colour, warns=self.warns)


def due_slips(viewer: Viewer, today: date) -> list[DueSlip]:
    """The gravest first, then by unit in printed order. Nothing is issued by itself."""
    plans = {*plans_with("supervision", today, late=True), *plans_with("supervision", today, late=False)}
    if not plans:
        return []
    of_these = Obligation.plan_id.in_(plans)
    slips = _slips(SlipItem.obligation_id.in_(select(Obligation.id).where(of_these)))
    found: dict[tuple[int, str], DueSlip] = {}
    for row in session.execute(_statement(viewer, today).where(of_these)):
        one = _subject(row, today, slips, {})
        if one.is_wanted:
            due = found.setdefault((one.unit_id, one.wanted), DueSlip(one.unit_id, one.unit, one.wanted, one.warns))
            due.items, due.warns = due.items + 1, due.warns and one.warns
    return sorted(found.values(), key=lambda due: -_grade(due.colour))
