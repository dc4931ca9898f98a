"""One finding whole: what it is about, its rounds, and what the viewer may do about it now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row, RowMapping, column, select, table
from sqlalchemy.orm import aliased

from tracker.accounts.models import Person
from tracker.accounts.roles import WHOLE_VIEW, Role, Viewer
from tracker.db import session
from tracker.errors import NotFound
from tracker.plans.models import Plan, Task
from tracker.progress.lights import LightKind
from tracker.progress.models import Evidence, Obligation
from tracker.progress.queries.chains import Step, reviewers_of, steps_of, takes_step, way_ahead
from tracker.progress.workflow import Facts, allowed
from tracker.rectification.lights import light_of
from tracker.rectification.models import (
    Finding,
    SpotCheckItem,
)
from tracker.rectification.queries.asked import AskedRow, asked_for
from tracker.rectification.queries.rounds import FileRow, RoundRow, files_of, rounds_of
from tracker.rectification.queries.scope import seen_by
from tracker.rectification.states import WITH_UNIT
from tracker.units.models import Unit

DEDUCTION = table(
    "scored_fact", column("id"), column("plan_id"), column("unit_id"), column("reason"), column("kind"),
    column("withdrawn_at"),
)  # fmt: skip
"""Deductions belong to the room above: their table is named here, as the foreign key names it."""


@dataclass(frozen=True, slots=True)
class FindingView:
    id: int
    source: str
    title: str
    text: str
    state: str
    timing: str
    due_on: date
    original_due_on: date
    excuse: str
    unit_id: int
    unit: str
    owner: str
    plan_id: int | None
    plan: str
    task: str
    obligation_id: int | None
    check_id: int | None
    """The spot check that it was found in, for who sees those."""
    registrar: str
    registered_at: datetime
    assigned_at: datetime | None
    measure: str
    responsible: str
    planned_on: date | None
    reason: str
    times_returned: int
    version: int
    light: LightKind
    days_left: int
    files: tuple[FileRow, ...]
    """Of the finding itself."""
    rounds: tuple[RoundRow, ...]
    """The newest first; one that is being written only for the unit."""
    inside: bool
    may: frozenset[str]
    """Verbs of the lifecycle that the viewer's roles and the two-person rule allow now; what must be written first
    (reason, measure, evidence) is taken as given. Beside them the kinds of requests that may be asked for."""
    one_of_two: bool
    """It waits to be verified or reviewed, and the viewer may not, having a hand in it."""
    steps: tuple[Step, ...]
    """Of the unit's own review, for its newest report."""
    requests: tuple[AskedRow, ...]
    """The newest first."""
    leads: bool
    """Whether the viewer belongs to the office that it belongs to."""
    more_time_by: tuple[str, ...] | None
    """Names of those who may ask for more time, where the viewer is of the unit and may not; else None."""

    @property
    def draft(self) -> RoundRow | None:
        """The report that is being written."""
        return next((one for one in self.rounds if one.handed_in_at is None), None)

    @property
    def reviewed(self) -> RoundRow | None:
        """The report that waits in the unit's own review."""
        return next((one for one in self.rounds if one.handed_in_at and one.reported_at is None), None)

    @property
    def reported(self) -> tuple[RoundRow, ...]:
        return tuple(one for one in self.rounds if one.reported_at is not None)

    def asked(self, kind: str) -> AskedRow | None:
        """The request of a kind that waits."""
        return next((one for one in self.requests if one.kind == kind and one.state == "asked"), None)


OWN_REVIEW = ("sign", "approve", "own_send_back")
VERIFYING = ("close", "send_back")
VERBS = ("assign", "hand_back", "plan", "hand_in", "recall", "drop", *OWN_REVIEW, *VERIFYING)


def finding_view(finding_id: int, viewer: Viewer, *, today: date) -> FindingView:
    """At most nine statements. Raises NotFound for whoever may not see it."""
    row = _found(finding_id, viewer)
    one: Finding = row.Finding
    roles = roles_for(viewer, row.path, row.owner_path, assigned=one.assigned_at is not None)
    inside, files = bool(roles & {Role.REPORTER, Role.REVIEWER}), files_of(finding_id)
    rounds = rounds_of(finding_id, files)
    waiting = next((shown for shown in rounds if shown.verified_at is None), None)
    newest = waiting or (rounds[0] if rounds and one.state == "closed" else None)
    steps = _steps(one, newest, inside=inside, viewer=viewer, today=today)
    requests = asked_for(finding_id)
    hands = waiting.hands if waiting and waiting.handed_in_at else frozenset[int]()
    may = _may(one, roles, viewer, hands, waiting)
    decides = {"own_review": {Role.REVIEWER}, "reported": {Role.LEAD_OFFICE, Role.EVALUATOR}}.get(one.state, set())
    own = hands | ({one.registered_by} if one.state == "reported" else frozenset())
    return FindingView(
        id=one.id, source=one.source, title=one.title, text=one.text, state=one.state, timing=one.timing,
        due_on=one.due_on, original_due_on=one.original_due_on, excuse=one.excuse, unit_id=one.unit_id, unit=row.unit,
        owner=row.owner, plan_id=one.plan_id, plan=row.plan or "", task=row.task or "", obligation_id=one.obligation_id,
        check_id=row.check_id if viewer.has(*WHOLE_VIEW) else None, registrar=row.registrar,
        registered_at=one.registered_at, assigned_at=one.assigned_at, measure=one.measure, responsible=one.responsible,
        planned_on=one.planned_on, reason=one.reason, times_returned=one.times_returned, version=one.version,
        light=light_of(one.state, one.timing, one.due_on, today), days_left=(one.due_on - today).days,
        files=tuple(file for file in files if file.phase == "finding"),
        rounds=tuple(shown for shown in rounds if inside or shown.reported_at is not None), inside=inside,
        may=may | (_askable(one, roles, requests, today) if inside else frozenset()),
        one_of_two=bool(roles & decides) and viewer.person_id in own, steps=steps, requests=requests,
        leads=Role.LEAD_OFFICE in roles, more_time_by=_more_time_by(one, roles, today) if inside else None,
    )  # fmt: skip


def _may(
    one: Finding, roles: frozenset[str], viewer: Viewer, hands: frozenset[int], waiting: RoundRow | None
) -> frozenset[str]:  # fmt: skip
    left = waiting.steps - waiting.step if waiting else 0
    turn = one.state == "own_review" and waiting is not None and takes_step(one.unit_id, waiting.step, viewer.person_id)
    facts = Facts(
        roles=roles, actor=viewer.person_id, hands=hands, reason=".", other_reviewers=1, turn=turn, steps_left=left
    )
    verifying = replace(facts, hands=hands | {one.registered_by})
    return frozenset(
        verb for verb in VERBS if allowed("finding", one.state, verb, verifying if verb in VERIFYING else facts)
    )


def _steps(
    one: Finding, newest: RoundRow | None, *, inside: bool, viewer: Viewer, today: date
) -> tuple[Step, ...]:  # fmt: skip
    """While the unit has it only for the unit itself; once it is verified the way is known from its report."""
    if newest is not None and newest.handed_in_at is not None and (inside or newest.reported_at is not None):
        standing = (newest.step if newest.reported_at is None else 0, newest.steps)
        return tuple(steps_of(one.unit_id, standing, newest.signed, hands=newest.hands, today=today))
    if inside and one.state in WITH_UNIT:
        return tuple(way_ahead(one.unit_id, author=viewer.person_id, today=today))
    return ()


def is_late(one: Finding, today: date) -> bool:
    """Whether its rectification came late, or is overdue."""
    return one.timing == "late" or (one.timing == "none" and one.due_on < today and one.state in WITH_UNIT)


def _before_due(one: Finding, today: date) -> bool:
    return one.state in WITH_UNIT and today <= one.due_on


def _more_time_by(one: Finding, roles: frozenset[str], today: date) -> tuple[str, ...] | None:
    if Role.REVIEWER in roles or not _before_due(one, today):
        return None
    return reviewers_of(one.unit_id, today)


def _askable(one: Finding, roles: frozenset[str], requests: Sequence[AskedRow], today: date) -> frozenset[str]:
    """The kinds of requests that the unit may make now: what the service's guards look at."""
    waits = {asked.kind for asked in requests if asked.state == "asked"}
    holds = {
        "extension": Role.REVIEWER in roles and _before_due(one, today),
        "waiver": not one.excuse and is_late(one, today),
    }  # fmt: skip
    return frozenset(kind for kind, held in holds.items() if held and kind not in waits)


def roles_for(viewer: Viewer, unit_path: str, owner_path: str, *, assigned: bool) -> frozenset[str]:
    """What the viewer is to a finding: of the office that owns it, or, once it is assigned, of its unit."""
    return frozenset(
        role.value
        for role, unit in viewer.grants
        if (role in {Role.LEAD_OFFICE, Role.EVALUATOR} and f"/{unit}/" in owner_path)
        or (role in {Role.REPORTER, Role.REVIEWER} and assigned and f"/{unit}/" in unit_path)
    )


def _found(finding_id: int, viewer: Viewer) -> Row[Any]:
    registrar, owner = aliased(Person), aliased(Unit)
    row = session.execute(
        select(
            Finding, Unit.name.label("unit"), Unit.path, owner.name.label("owner"), owner.path.label("owner_path"),
            Plan.name.label("plan"), Task.name.label("task"), SpotCheckItem.check_id, registrar.name.label("registrar"),
        )
        .join(Unit, Unit.id == Finding.unit_id)
        .join(owner, owner.id == Finding.owner_unit_id)
        .join(registrar, registrar.id == Finding.registered_by)
        .outerjoin(Plan, Plan.id == Finding.plan_id)
        .outerjoin(Obligation, Obligation.id == Finding.obligation_id)
        .outerjoin(Task, Task.id == Obligation.task_id)
        .outerjoin(SpotCheckItem, SpotCheckItem.id == Finding.item_id)
        .where(Finding.id == finding_id, seen_by(viewer))
    ).first()  # fmt: skip
    if row is None:
        raise NotFound
    return row


@dataclass(frozen=True, slots=True)
class KeptFile:
    key: str
    name: str
    size: int
    media_type: str


def finding_file(finding_id: int, public_id: str, viewer: Viewer) -> KeptFile:
    """A file of a finding, for whoever sees it; of a round that is being written only for the unit. Raises NotFound."""
    shown = finding_view(finding_id, viewer, today=date.min)
    files = [*shown.files, *(file for one in shown.rounds for file in one.files)]
    if public_id not in {file.public_id for file in files}:
        raise NotFound
    kept = session.scalars(select(Evidence).where(Evidence.public_id == public_id)).one()
    return KeptFile(kept.sha256, kept.name, kept.size, kept.media_type)


def deduction(fact_id: int) -> RowMapping | None:
    """Plan, unit and reason of a deduction that counts; None where there is none."""
    kinds = DEDUCTION.c.kind.in_(("deduction", "penalty"))
    statement = select(DEDUCTION.c.plan_id, DEDUCTION.c.unit_id, DEDUCTION.c.reason).where(
        DEDUCTION.c.id == fact_id, DEDUCTION.c.withdrawn_at.is_(None), kinds
    )
    return session.execute(statement).mappings().first()
