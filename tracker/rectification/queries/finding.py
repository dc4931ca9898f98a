"""One finding whole: what it is about, its rounds with their files, and what the viewer may do about it now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
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
from tracker.progress.workflow import Facts, allowed
from tracker.rectification.lights import light_of
from tracker.rectification.models import Finding, FindingEvidence, RectificationReport, SpotCheckItem
from tracker.rectification.queries.scope import seen_by
from tracker.units.models import Unit

DEDUCTION = table(
    "scored_fact", column("id"), column("plan_id"), column("unit_id"), column("reason"), column("kind"),
    column("withdrawn_at"),
)  # fmt: skip
"""Deductions belong to the room above: their table is named here, as the foreign key names it."""


@dataclass(frozen=True, slots=True)
class FileRow:
    public_id: str
    name: str
    size: int
    sha256: str
    phase: str
    round_no: int


@dataclass(frozen=True, slots=True)
class RoundRow:
    """A report of the rectification, with its files of before and after."""

    round_no: int
    done: str
    reporter: str
    reported_at: datetime | None
    verifier: str
    verified_at: datetime | None
    opinion: str
    files: tuple[FileRow, ...]

    def of(self, phase: str) -> list[FileRow]:
        return [one for one in self.files if one.phase == phase]


@dataclass(frozen=True, slots=True)
class FindingView:
    id: int
    source: str
    title: str
    text: str
    state: str
    timing: str
    due_on: date
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
    (reason, measure, evidence) is taken as given."""
    one_of_two: bool
    """It waits to be verified, and the viewer may not, having registered or reported it."""

    @property
    def draft(self) -> RoundRow | None:
        return next((one for one in self.rounds if one.reported_at is None), None)

    @property
    def reported(self) -> tuple[RoundRow, ...]:
        return tuple(one for one in self.rounds if one.reported_at is not None)


VERBS = ("assign", "hand_back", "plan", "report", "recall", "close", "send_back", "drop")


def finding_view(finding_id: int, viewer: Viewer, *, today: date) -> FindingView:
    """Four statements. Raises NotFound for whoever may not see it."""
    row = _found(finding_id, viewer)
    one: Finding = row.Finding
    roles = roles_for(viewer, row.path, row.owner_path, assigned=one.assigned_at is not None)
    inside = bool(roles & {Role.REPORTER, Role.REVIEWER})
    files = _files(finding_id)
    rounds = _rounds(finding_id, files)
    facts = Facts(roles=roles, actor=viewer.person_id, hands=_hands(one, rounds), reason=".")
    may = frozenset(verb for verb in VERBS if allowed("finding", one.state, verb, facts)) | _recall(one, facts, rounds)
    sees_checks = viewer.has(*WHOLE_VIEW)
    verifies = one.state == "reported" and bool(roles & {Role.LEAD_OFFICE, Role.EVALUATOR})
    return FindingView(
        id=one.id, source=one.source, title=one.title, text=one.text, state=one.state, timing=one.timing,
        due_on=one.due_on, unit_id=one.unit_id, unit=row.unit, owner=row.owner, plan_id=one.plan_id, plan=row.plan or "",
        task=row.task or "", obligation_id=one.obligation_id, check_id=row.check_id if sees_checks else None, registrar=row.registrar,
        registered_at=one.registered_at, assigned_at=one.assigned_at, measure=one.measure, responsible=one.responsible,
        planned_on=one.planned_on, reason=one.reason, times_returned=one.times_returned, version=one.version,
        light=light_of(one.state, one.timing, one.due_on, today), days_left=(one.due_on - today).days,
        files=tuple(file for file in files if file.phase == "finding"),
        rounds=tuple(shown for shown, _ in rounds if inside or shown.reported_at is not None), inside=inside, may=may,
        one_of_two=verifies and viewer.person_id in facts.hands,
    )  # fmt: skip


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


def _files(finding_id: int) -> list[FileRow]:
    statement = (
        select(
            Evidence.public_id, Evidence.name, Evidence.size, Evidence.sha256, FindingEvidence.phase,
            FindingEvidence.round_no,
        )
        .join(FindingEvidence, FindingEvidence.evidence_id == Evidence.id)
        .where(FindingEvidence.finding_id == finding_id)
        .order_by(Evidence.id)
    )  # fmt: skip
    return [FileRow(*row) for row in session.execute(statement)]


def _rounds(finding_id: int, files: Sequence[FileRow]) -> list[tuple[RoundRow, int]]:
    """Each with the id of whoever saved it last."""
    reporter, verifier = aliased(Person), aliased(Person)
    reports = RectificationReport
    statement = (
        select(reports, reporter.name.label("reporter"), verifier.name.label("verifier"))
        .join(reporter, reporter.id == reports.saved_by)
        .outerjoin(verifier, verifier.id == reports.verified_by)
        .where(reports.finding_id == finding_id)
        .order_by(reports.round_no.desc())
    )
    return [
        (
            RoundRow(
                one.round_no, one.done, row.reporter, one.reported_at, row.verifier or "", one.verified_at, one.opinion,
                tuple(file for file in files if file.phase != "finding" and file.round_no == one.round_no),
            ),
            one.saved_by,
        )
        for row in session.execute(statement)
        for one in (row.RectificationReport,)
    ]  # fmt: skip


def _hands(one: Finding, rounds: Sequence[tuple[RoundRow, int]]) -> frozenset[int]:
    """Who may not verify what is reported: whoever registered the finding, and whoever reported it."""
    return frozenset({one.registered_by, *(by for shown, by in rounds if shown.reported_at and not shown.verified_at)})


def _recall(one: Finding, facts: Facts, rounds: Sequence[tuple[RoundRow, int]]) -> frozenset[str]:
    """Only whoever reported takes it back: having registered it does not count there."""
    reported = {by for shown, by in rounds if shown.reported_at and not shown.verified_at}
    mine = one.state == "reported" and facts.actor in reported
    return frozenset({"recall"}) if mine and facts.roles & {Role.REPORTER, Role.REVIEWER} else frozenset()


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
