"""What reporting costs the units (减负测量), unit by unit and month by month, from what the record of the work says."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any, Literal

from sqlalchemy import ColumnElement, and_, func, select
from sqlalchemy.orm import aliased

from tracker.accounts.roles import WHOLE_VIEW, Viewer
from tracker.clock import start_of
from tracker.db import session
from tracker.errors import NotFound
from tracker.plans.models import Task
from tracker.progress.asked_again import Asked, already_answered
from tracker.progress.models import Obligation, Question, QuestionEntry, Return, ReturnEvidence
from tracker.progress.queries.asked import questions_asked
from tracker.progress.queries.scope import unit_ids, within
from tracker.reminders.models import SlipItem, SupervisionSlip
from tracker.reminders.queries.slips import slip_name
from tracker.units.models import Unit
from tracker.units.queries import subtree


@dataclass(frozen=True, slots=True)
class Month:
    """A month of China Standard Time."""

    first: date

    @property
    def following(self) -> Month:
        return Month((self.first + timedelta(days=31)).replace(day=1))

    @property
    def before(self) -> Month:
        return Month((self.first - timedelta(days=1)).replace(day=1))

    @property
    def last(self) -> date:
        return self.following.first - timedelta(days=1)

    @property
    def code(self) -> str:
        return self.first.strftime("%Y-%m")

    def holds(self, moment: Any) -> tuple[ColumnElement[bool], ...]:
        """The conditions that a column's moment lies in it."""
        return moment >= start_of(self.first), moment < start_of(self.following.first)


def month_of(code: str, today: date) -> Month:
    """The month of a code (2026-03); that of today where it is none."""
    try:
        return Month(date.fromisoformat(f"{code}-01"))
    except ValueError:
        return Month(today.replace(day=1))


@dataclass(slots=True)
class Burden:
    """What one unit was asked for in a month, and what that cost it."""

    unit_id: int
    unit: str
    due: int = 0
    """Reports that fell due."""
    asked: int = 0
    """Questions about its reports (催报, 请补充, 核验询问), and supervision slips (督办单) that were not withdrawn."""
    again: int = 0
    """Those of them that asked what was answered before."""
    handed_in: int = 0
    """Versions handed in."""
    files: int = 0
    """Attachments of these."""
    unchanged: int = 0
    """Those handed in by one click as no change since last time (与上期一致)."""
    minutes: list[int] = field(default_factory=list)
    """Between opening the form and handing it in, where it is known."""

    @property
    def average(self) -> int | None:
        return round(sum(self.minutes) / len(self.minutes)) if self.minutes else None

    @property
    def unchanged_share(self) -> int | None:
        """Percent."""
        return round(100 * self.unchanged / self.handed_in) if self.handed_in else None


def added_up(units: Iterable[Burden]) -> Burden:
    """All of them as one."""
    found = Burden(0, "")
    for one in units:
        for name in ("due", "asked", "again", "handed_in", "files", "unchanged"):
            setattr(found, name, getattr(found, name) + getattr(one, name))
        found.minutes += one.minutes
    return found


@dataclass(frozen=True, slots=True)
class HandedIn:
    """A version that was handed in, as it counts."""

    obligation_id: int
    number: str | None
    task: str
    version_no: int
    handed_in_at: datetime
    minutes: int | None
    unchanged: bool
    files: int


@dataclass(frozen=True, slots=True)
class Before:
    """An answered question that asked the same, or an answered slip about the same report."""

    id: int
    answer: str


@dataclass(frozen=True, slots=True)
class AskedThen:
    """A question or a supervision slip of the month, with what was answered before to the like of it."""

    kind: Literal["question", "slip"]
    id: int
    number: str | None
    task: str
    """Of a slip the first it is about."""
    text: str
    at: datetime
    before: Before | None


@dataclass(frozen=True, slots=True)
class BurdenView:
    """One unit's month with all that it counts."""

    total: Burden
    returns: tuple[HandedIn, ...]
    asked: tuple[AskedThen, ...]


def burdens(viewer: Viewer, month: Month, *, unit_id: int | None = None) -> list[Burden]:
    """Of each unit with reports due, or anything asked or handed in, in the month, in printed order; with `unit_id` of that
    unit and those below it. Six statements."""
    found = _counted(month, *_scope(viewer, unit_id))
    order = select(Unit.id).where(Unit.id.in_(found)).order_by(Unit.sort_key, Unit.id)
    return [found[number] for number in session.scalars(order)]


def burden_view(unit_id: int, month: Month, viewer: Viewer) -> BurdenView:
    """Raises NotFound for a unit that the viewer does not oversee."""
    name = session.scalar(select(Unit.name).where(*_scope(viewer, None), Unit.id == unit_id))
    if name is None:
        raise NotFound
    mine = Unit.id == unit_id
    total = _counted(month, mine).get(unit_id, Burden(unit_id, name))
    returns, asked = _handed_in(month, mine), _asked(month, mine)
    return BurdenView(total, tuple(one for _unit, one in returns), tuple(one for _unit, one in asked))


def _scope(viewer: Viewer, unit_id: int | None) -> list[ColumnElement[bool]]:
    found = [within(Unit.id, unit_ids(viewer, *WHOLE_VIEW))]
    return found if unit_id is None else [*found, Unit.id.in_(subtree([unit_id]))]


def _counted(month: Month, *units: ColumnElement[bool]) -> dict[int, Burden]:
    """By unit, where there is anything to count."""
    found: dict[int, Burden] = {}
    due = (
        select(Unit.id, Unit.name, func.count().label("n"))
        .join(Obligation, Obligation.unit_id == Unit.id)
        .where(*units, Obligation.due_on.between(month.first, month.last), Obligation.state != "cancelled")
        .group_by(Unit.id, Unit.name)
    )
    for row in session.execute(due):
        found[row.id] = Burden(row.id, row.name, row.n)
    for (number, name), version in _handed_in(month, *units):
        one = found.setdefault(number, Burden(number, name))
        one.handed_in, one.files, one.unchanged = (
            one.handed_in + 1, one.files + version.files, one.unchanged + version.unchanged,
        )  # fmt: skip
        if version.minutes is not None:
            one.minutes.append(version.minutes)
    for (number, name), asked in _asked(month, *units):
        one = found.setdefault(number, Burden(number, name))
        one.asked, one.again = one.asked + 1, one.again + (asked.before is not None)
    return found


def _handed_in(month: Month, *units: ColumnElement[bool]) -> list[tuple[tuple[int, str], HandedIn]]:
    """((unit, its name), version), the earliest first."""
    files = select(func.count()).where(ReturnEvidence.return_id == Return.id).correlate(Return).scalar_subquery()
    statement = (
        select(Return, Unit.id.label("unit_id"), Unit.name.label("unit"), Task.number, Task.name.label("task"),
               files.label("files"))
        .join(Obligation, Obligation.id == Return.obligation_id)
        .join(Unit, Unit.id == Obligation.unit_id)
        .join(Task, Task.id == Obligation.task_id)
        .where(*units, *month.holds(Return.handed_in_at))
        .order_by(Return.handed_in_at, Return.id)
    )  # fmt: skip
    return [
        (
            (row.unit_id, row.unit),
            HandedIn(
                one.obligation_id, row.number, row.task, one.version_no, one.handed_in_at,
                _minutes(one.opened_at, one.handed_in_at), one.unchanged, row.files,
            ),
        )
        for row in session.execute(statement)
        for one in (row.Return,)
    ]  # fmt: skip


def _minutes(opened: datetime | None, handed_in: datetime) -> int | None:
    return None if opened is None else max(1, round((handed_in - opened).total_seconds() / 60))


def _asked(month: Month, *units: ColumnElement[bool]) -> list[tuple[tuple[int, str], AskedThen]]:
    """((unit, its name), question or slip), the earliest first."""
    return sorted(_questions(month, *units) + _slips(month, *units), key=lambda pair: pair[1].at)


def _slips(month: Month, *units: ColumnElement[bool]) -> list[tuple[tuple[int, str], AskedThen]]:
    """A slip asks again where one of its reports stood on an earlier one that was answered by then."""
    earlier, mine, theirs, first = (
        aliased(SupervisionSlip), aliased(SlipItem), aliased(SlipItem), aliased(SlipItem),
    )  # fmt: skip
    answered = (
        select(func.max(theirs.slip_id))
        .join(mine, mine.obligation_id == theirs.obligation_id)
        .join(earlier, earlier.id == theirs.slip_id)
        .where(mine.slip_id == SupervisionSlip.id, theirs.slip_id != mine.slip_id)
        .where(earlier.replied_at <= SupervisionSlip.issued_at)
        .correlate(SupervisionSlip)
        .scalar_subquery()
    )
    before = aliased(SupervisionSlip)
    statement = (
        select(
            SupervisionSlip, Unit.name.label("unit"), first.task, before.id.label("before"), before.reply,
        )
        .join(Unit, Unit.id == SupervisionSlip.unit_id)
        .join(first, and_(first.slip_id == SupervisionSlip.id, first.position == 1))
        .outerjoin(before, before.id == answered)
        .where(*units, *month.holds(SupervisionSlip.issued_at), SupervisionSlip.state != "withdrawn")
        .order_by(SupervisionSlip.issued_at, SupervisionSlip.id)
    )  # fmt: skip
    return [
        (
            (slip.unit_id, row.unit),
            AskedThen(
                "slip", slip.id, None, row.task, f"{slip_name(slip.prefix, slip.year, slip.number)} {slip.demand}",
                slip.issued_at, None if row.before is None else Before(row.before, row.reply),
            ),
        )
        for row in session.execute(statement)
        for slip in (row.SupervisionSlip,)
    ]  # fmt: skip


def _questions(month: Month, *units: ColumnElement[bool]) -> list[tuple[tuple[int, str], AskedThen]]:
    begun, until = start_of(month.first), start_of(month.following.first)
    asked_then = (
        select(Obligation.assignment_id)
        .join(Question, Question.obligation_id == Obligation.id)
        .join(QuestionEntry, QuestionEntry.question_id == Question.id)
        .join(Unit, Unit.id == Obligation.unit_id)
        .where(*units, *month.holds(QuestionEntry.at))
    )
    found, earlier = [], dict[int, list[Asked]]()
    for row, one in questions_asked(Obligation.assignment_id.in_(asked_then)):
        before = earlier.setdefault(row.assignment_id, [])
        if begun <= one.at < until:
            same = next(iter(already_answered(one.text, before, one.at)), None)
            said = Before(same.id, same.answer) if same else None
            then = AskedThen("question", one.id, row.number, row.task, one.text, one.at, said)
            found.append(((row.unit_id, row.unit), then))
        before.append(one)
    return found
