"""Spot checks (定期抽查): what they may be drawn from, the list of them, one with its places."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, func, or_, select
from sqlalchemy.orm import aliased

from tracker.accounts.models import Person
from tracker.accounts.roles import WHOLE_VIEW, Viewer
from tracker.clock import start_of
from tracker.db import canonical_json, session
from tracker.errors import NotFound
from tracker.plans.models import Assignment, Plan, Task
from tracker.progress.models import Obligation, Return, ReturnEvidence, ReturnText
from tracker.progress.queries.scope import unit_ids, within
from tracker.rectification.models import Finding, SpotCheck, SpotCheckItem
from tracker.rectification.queries.scope import DRAWING
from tracker.rectification.sampling import OFTEN_RETURNED, Candidate, draw, is_low
from tracker.rectification.states import OPEN
from tracker.units.models import Unit


@dataclass(frozen=True, slots=True)
class CheckRow:
    id: int
    plan_id: int
    plan: str
    drawn_from: str
    since: date
    until: date
    state: str
    drawer: str
    drawn_at: datetime
    items: int
    entered: int
    findings: int


@dataclass(frozen=True, slots=True)
class ItemRow:
    """A place that was drawn: a report, its task and unit, and what was found there."""

    id: int
    position: int
    obligation_id: int
    number: str | None
    task: str
    unit: str
    due_on: date
    kind: str
    text: str
    period: str
    percent: int
    done: str
    """What the unit had reported."""
    risks: tuple[str, ...]
    result: str
    note: str
    checked_on: date | None
    enterer: str
    findings: int
    version: int


@dataclass(frozen=True, slots=True)
class CheckView:
    row: CheckRow
    seed: str
    size: int
    per_unit: int
    weights: Mapping[str, int]
    framed: int
    """How many it was drawn from."""
    digest: str
    ender: str
    ended_at: datetime | None
    note: str
    version: int
    items: tuple[ItemRow, ...]
    repeats: bool
    """Whether drawing again from the same frame by the same seed gives the same places."""
    acts: bool
    """Whether the viewer may enter results, conclude and void: while it is not ended."""

    @property
    def may_act(self) -> bool:
        return self.acts and self.row.state == "drawn"


def frame_of(plan_id: int, drawn_from: str, since: date, until: date) -> list[Candidate]:
    """What may be drawn, by id: reports accepted on these days (China Standard Time), or of the tasks that are closed the
    last one each. Two statements."""
    returned = (
        select(func.count())
        .where(Return.obligation_id == Obligation.id, Return.state == "returned")
        .correlate(Obligation)
        .scalar_subquery()
    )
    shown = (
        select(ReturnEvidence.evidence_id)
        .join(Return, Return.id == ReturnEvidence.return_id)
        .where(Return.obligation_id == Obligation.id, Return.state == "accepted")
        .correlate(Obligation)
        .exists()
    )
    statement = (
        select(
            Obligation.id, Obligation.unit_id, Obligation.timing, Obligation.percent, Obligation.original_due_on,
            returned.label("returned"), shown.label("shown"),
        )
        .where(
            Obligation.plan_id == plan_id, Obligation.state == "accepted", Obligation.accepted_at >= start_of(since),
            Obligation.accepted_at < start_of(until + timedelta(days=1)), *_of_closed_tasks(drawn_from),
        )
        .order_by(Obligation.id)
    )  # fmt: skip
    careless = _recidivists(plan_id)
    return [Candidate(row.id, row.unit_id, _risks(row, careless)) for row in session.execute(statement)]


def _of_closed_tasks(drawn_from: str) -> tuple[ColumnElement[bool], ...]:
    if drawn_from != "closed":
        return ()
    later = aliased(Obligation)
    newer = select(later.id).where(
        later.assignment_id == Obligation.assignment_id, later.state == "accepted", later.due_on > Obligation.due_on
    )
    done = select(Assignment.id).where(Assignment.id == Obligation.assignment_id, Assignment.state == "done")
    return done.correlate(Obligation).exists(), ~newer.correlate(Obligation).exists()


def _risks(row: Row[Any], careless: frozenset[int]) -> tuple[str, ...]:
    holds = {
        "late": row.timing == "late",
        "low": is_low(row.percent, row.original_due_on),
        "returned": row.returned >= OFTEN_RETURNED,
        "no_evidence": not row.shown,
        "recidivist": row.unit_id in careless,
    }
    return tuple(risk for risk, held in holds.items() if held)


def _recidivists(plan_id: int) -> frozenset[int]:
    """Units with a finding of the plan that is not struck off, or that was sent back once."""
    troubled = or_(Finding.state.in_(OPEN), Finding.times_returned > 0)
    return frozenset(session.scalars(select(Finding.unit_id).where(Finding.plan_id == plan_id, troubled)))


def digest_of(frame: Sequence[Sequence[Any]]) -> str:
    return hashlib.sha256(canonical_json(frame).encode()).hexdigest()


def _checked_plans(viewer: Viewer) -> ColumnElement[bool]:
    """Plans whose owner is below a unit for which the viewer sees the whole."""
    return within(Plan.owner_unit_id, unit_ids(viewer, *sorted(WHOLE_VIEW)))


def _statement() -> Select[Any]:
    drawer, ender = aliased(Person), aliased(Person)
    mine = SpotCheckItem.check_id == SpotCheck.id
    places = select(func.count()).select_from(SpotCheckItem).where(mine)
    found = select(func.count(Finding.id)).join(SpotCheckItem, SpotCheckItem.id == Finding.item_id).where(mine)
    return (
        select(
            SpotCheck, Plan.name.label("plan"), Unit.path.label("owner_path"), drawer.name.label("drawer"),
            ender.name.label("ender"), places.correlate(SpotCheck).scalar_subquery().label("items"),
            places.where(SpotCheckItem.result != "").correlate(SpotCheck).scalar_subquery().label("entered"),
            found.where(Finding.state != "dropped").correlate(SpotCheck).scalar_subquery().label("findings"),
        )
        .join(Plan, Plan.id == SpotCheck.plan_id)
        .join(Unit, Unit.id == Plan.owner_unit_id)
        .join(drawer, drawer.id == SpotCheck.drawn_by)
        .outerjoin(ender, ender.id == SpotCheck.ended_by)
    )  # fmt: skip


def _row(row: Row[Any]) -> CheckRow:
    one: SpotCheck = row.SpotCheck
    return CheckRow(
        one.id, one.plan_id, row.plan, one.drawn_from, one.since, one.until, one.state, row.drawer, one.drawn_at,
        row.items, row.entered, row.findings,
    )  # fmt: skip


def checks(viewer: Viewer, state: str = "") -> list[CheckRow]:
    """The newest first."""
    statement = _statement().where(_checked_plans(viewer)).order_by(SpotCheck.id.desc())
    if state:
        statement = statement.where(SpotCheck.state == state)
    return [_row(row) for row in session.execute(statement)]


def count_checks_open(viewer: Viewer) -> int:
    statement = select(func.count(SpotCheck.id)).join(Plan, Plan.id == SpotCheck.plan_id)
    return session.scalar(statement.where(SpotCheck.state == "drawn", _checked_plans(viewer))) or 0


def check_view(check_id: int, viewer: Viewer) -> CheckView:
    """Two statements. Raises NotFound for whoever does not oversee its plan."""
    row = session.execute(_statement().where(SpotCheck.id == check_id, _checked_plans(viewer))).first()
    if row is None:
        raise NotFound
    one: SpotCheck = row.SpotCheck
    items = tuple(_items(check_id))
    frame = [Candidate(number, unit_id, tuple(risks)) for number, unit_id, risks in one.frame]
    again = draw(frame, seed=one.seed, size=one.size, per_unit=one.per_unit, weights=one.weights)
    return CheckView(
        _row(row), one.seed, one.size, one.per_unit, one.weights, len(frame), one.digest, row.ender or "", one.ended_at,
        one.note, one.version, items,
        repeats=[one.id for one in again] == [item.obligation_id for item in items] and digest_of(one.frame) == one.digest,
        acts=any(f"/{unit}/" in row.owner_path for unit in viewer.units(*DRAWING)),
    )  # fmt: skip


def _items(check_id: int) -> list[ItemRow]:
    enterer = aliased(Person)
    found = select(func.count(Finding.id)).where(Finding.item_id == SpotCheckItem.id, Finding.state != "dropped")
    newest = (
        select(func.max(Return.version_no))
        .where(Return.obligation_id == Obligation.id, Return.state == "accepted")
        .correlate(Obligation)
        .scalar_subquery()
    )
    statement = (
        select(
            SpotCheckItem, Task.number, Task.name.label("task"), Unit.name.label("unit"), Obligation.due_on, Obligation.kind,
            Obligation.text, Obligation.period, Obligation.percent, ReturnText.done, enterer.name.label("enterer"),
            found.correlate(SpotCheckItem).scalar_subquery().label("findings"),
        )
        .join(Obligation, Obligation.id == SpotCheckItem.obligation_id)
        .join(Task, Task.id == Obligation.task_id)
        .join(Unit, Unit.id == Obligation.unit_id)
        .outerjoin(Return, and_(Return.obligation_id == Obligation.id, Return.version_no == newest))
        .outerjoin(ReturnText, ReturnText.return_id == Return.id)
        .outerjoin(enterer, enterer.id == SpotCheckItem.entered_by)
        .where(SpotCheckItem.check_id == check_id)
        .order_by(SpotCheckItem.position)
    )  # fmt: skip
    return [
        ItemRow(
            one.id, one.position, one.obligation_id, row.number, row.task, row.unit, row.due_on, row.kind, row.text,
            row.period, row.percent, row.done or "", tuple(one.risks), one.result, one.note, one.checked_on,
            row.enterer or "", row.findings, one.version,
        )
        for row in session.execute(statement)
        for one in (row.SpotCheckItem,)
    ]  # fmt: skip
