"""Registering a finding (登记), assigning it (交办), handing it back (退回), dropping it (撤销)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import IO, NamedTuple

from flask_babel import gettext as _
from sqlalchemy import select

from tracker import clock
from tracker.accounts.roles import Role, Viewer
from tracker.audit.service import record
from tracker.db import session
from tracker.errors import DomainError, NotFound
from tracker.plans.models import Plan
from tracker.progress.models import Obligation
from tracker.progress.service.evidence import keep_file
from tracker.progress.workflow import LEAD_OFFICE, Facts
from tracker.rectification.models import Finding, FindingEvidence
from tracker.rectification.queries.finding import deduction
from tracker.rectification.service.acting import check_due, hold, walk
from tracker.rectification.service.requesting import lapse
from tracker.rectification.states import REQUESTS, SOURCES
from tracker.units.models import Unit
from tracker.units.queries import name_of

File = tuple[IO[bytes], str | None]
"""Content and the name that it was sent under."""


class Found(NamedTuple):
    """What was found. `unit_id` is the unit that is to put it right; a plan follows from a report or a deduction."""

    source: str
    title: str
    text: str
    unit_id: int
    due_on: date
    plan_id: int | None = None
    obligation_id: int | None = None
    item_id: int | None = None
    fact_id: int | None = None


def register(
    found: Found, *, files: Sequence[File] = (), assign_now: bool = False, by: Viewer, at: datetime
) -> Finding:
    """The lead office or an evaluator enters a finding in the ledger; with `assign_now` the lead office hands it to its
    unit in the same step. Raises DomainError naming the field, NotFound for what the actor has nothing to do with."""
    plan_id = _plan_of(found)
    owner_id, owner_path = _owner(plan_id, found.unit_id, by)
    roles = {role.value for role, unit in by.grants if f"/{unit}/" in owner_path}
    state = walk("finding", "unregistered", "register", Facts(roles=frozenset(roles), actor=by.person_id))
    _check_unit(found.unit_id, owner_id, owner_path)
    check_due(found.due_on, clock.day_of(at))
    finding = Finding(
        source=found.source, owner_unit_id=owner_id, unit_id=found.unit_id, plan_id=plan_id, item_id=found.item_id,
        obligation_id=found.obligation_id, fact_id=found.fact_id, title=found.title.strip(), text=found.text.strip(),
        due_on=found.due_on, original_due_on=found.due_on, state=state, registered_by=by.person_id, registered_at=at,
    )  # fmt: skip
    session.add(finding)
    session.flush()
    record("登记问题", by=by, at=at, subject=("finding", finding.id), unit_id=found.unit_id,
           detail={"问题": finding.title, "来源": SOURCES[finding.source], "整改时限": finding.due_on})  # fmt: skip
    for stream, name in files:
        attach_to(finding, stream, name, phase="finding", round_no=0, by=by, at=at)
    if assign_now and LEAD_OFFICE in roles:
        assign(finding.id, unit_id=found.unit_id, due_on=found.due_on, by=by, at=at)
    return finding


def attach_to(
    finding: Finding, stream: IO[bytes], name: str | None, *, phase: str, round_no: int, by: Viewer, at: datetime
) -> None:
    """Keeps a file with a finding. Raises DomainError at the field of its phase."""
    kept = keep_file(
        stream, name, unit_id=finding.unit_id, by=by, at=at, field="files" if phase == "finding" else phase
    )
    session.add(FindingEvidence(finding_id=finding.id, evidence_id=kept.id, phase=phase, round_no=round_no))
    record("上传整改佐证", by=by, at=at, subject=("finding", finding.id), unit_id=finding.unit_id,
           detail={"文件": kept.name, "字节": kept.size, "SHA-256": kept.sha256})  # fmt: skip


def _plan_of(found: Found) -> int | None:
    """Raises NotFound for a report, or a deduction that counts, that there is not."""
    if found.obligation_id is not None:
        obligation = session.get(Obligation, found.obligation_id)
        if obligation is None:
            raise NotFound
        return obligation.plan_id
    if found.fact_id is not None:
        fact = deduction(found.fact_id)
        if fact is None:
            raise NotFound
        return int(fact["plan_id"])
    return found.plan_id


def _owner(plan_id: int | None, unit_id: int, by: Viewer) -> tuple[int, str]:
    """(id, path) of the unit whose office the finding belongs to. Raises NotFound for a plan of another office,
    DomainError for a unit that is not the actor's to oversee."""
    over = by.units(Role.LEAD_OFFICE, Role.EVALUATOR)
    if plan_id is not None:
        statement = select(Unit.id, Unit.path).join(Plan, Plan.owner_unit_id == Unit.id).where(Plan.id == plan_id)
        row = session.execute(statement).first()
        if row is None or not any(f"/{unit}/" in row.path for unit in over):
            raise NotFound
        return row.id, row.path
    path = session.scalar(select(Unit.path).where(Unit.id == unit_id)) or ""
    above = next((unit for unit in over if f"/{unit}/" in path), None)
    if above is None:
        raise DomainError(_("请选择您所督办范围内的单位。"), field="unit")
    return above, session.scalars(select(Unit.path).where(Unit.id == above)).one()


def _check_unit(unit_id: int, owner_id: int, owner_path: str) -> None:
    path = session.scalar(select(Unit.path).where(Unit.id == unit_id)) or ""
    if unit_id == owner_id or not path.startswith(owner_path):
        raise DomainError(_("请选择本级以下的责任单位。"), field="unit")


def assign(
    finding_id: int, *, unit_id: int, due_on: date, by: Viewer, at: datetime, seen: int | None = None
) -> Finding:  # fmt: skip
    """The lead office hands a finding to the unit that is to put it right, by a date."""
    held = hold(finding_id, by, seen=seen)
    finding = held.finding
    state = held.walk("assign", by)
    path = session.scalars(select(Unit.path).where(Unit.id == finding.owner_unit_id)).one()
    _check_unit(unit_id, finding.owner_unit_id, path)
    check_due(due_on, clock.day_of(at))
    before = (finding.unit_id, finding.due_on)
    finding.state, finding.unit_id, finding.due_on, finding.assigned_at = state, unit_id, due_on, at
    finding.original_due_on = due_on
    finding.reason = ""
    session.flush()
    record("交办问题", by=by, at=at, subject=("finding", finding.id), unit_id=unit_id,
           changes={"责任单位": (name_of(before[0]), name_of(unit_id)), "整改时限": (before[1], due_on)},
           detail={"问题": finding.title})  # fmt: skip
    return finding


def hand_back(finding_id: int, *, reason: str, by: Viewer, at: datetime) -> Finding:
    """The unit says that it is not its to put right: it waits to be assigned again, and the unit sees it no more."""
    held = hold(finding_id, by)
    finding = held.finding
    finding.state = held.walk("hand_back", by, reason=reason)
    finding.assigned_at, finding.reason = None, reason.strip()
    lapse(finding_id, *REQUESTS, at=at)
    session.flush()
    record("退回问题", by=by, at=at, subject=("finding", finding.id), unit_id=finding.unit_id,
           detail={"理由": finding.reason})  # fmt: skip
    return finding


def drop(finding_id: int, *, reason: str, by: Viewer, at: datetime) -> Finding:
    """The lead office takes a finding off the ledger that is none; why stays on record."""
    held = hold(finding_id, by)
    finding = held.finding
    finding.state = held.walk("drop", by, reason=reason)
    finding.reason = reason.strip()
    lapse(finding_id, *REQUESTS, at=at)
    record("撤销问题", by=by, at=at, subject=("finding", finding.id), unit_id=finding.unit_id,
           detail={"理由": finding.reason})  # fmt: skip
    return finding
