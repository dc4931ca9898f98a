"""Facts that people entered, as the book takes them and as pages show them."""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import select

from tracker.accounts.models import Person
from tracker.accounts.roles import UNIT_ROLES, WHOLE_VIEW, Role, Viewer
from tracker.assessment.binding import takes
from tracker.assessment.models import DeductionNotice, Run, Scheme, ScoredFact
from tracker.assessment.notices import Notice
from tracker.assessment.queries.schemes import SchemeRow
from tracker.assessment.queries.tallies import successors
from tracker.audit.plain import moment_text
from tracker.db import session
from tracker.errors import NotFound
from tracker.progress.models import Evidence
from tracker.units.models import Unit
from tracker.units.queries import covers, root_id


@dataclass(frozen=True, slots=True)
class FactRow:
    """One entered fact, with the names a person knows."""

    id: int
    unit_id: int
    unit_name: str
    indicator: str | None
    kind: str
    amount: Decimal | None
    times: int | None
    met: bool | None
    figures: dict[str, str] | None
    reason: str
    obligation_id: int | None
    evidence_id: int | None
    by_id: int
    by_name: str
    at: datetime
    withdrawn_at: datetime | None
    withdrawn_reason: str
    notice: Notice | None = None
    """That the unit was told of it before it counts."""
    veiled: bool = False
    """A mark that may not be seen yet: what was given is left out."""
    from_workbook: bool = False
    """Whether its evidence is a workbook that says something of many units: none of these may open it."""


@dataclass(frozen=True, slots=True)
class FactPlace:
    """One fact and where it was entered."""

    row: FactRow
    scheme_id: int
    """The version in use, else the newest."""
    plan_id: int


def fact_row(fact_id: int, viewer: Viewer) -> FactPlace:
    """Raises NotFound where there is none or the viewer does not assess its unit."""
    fact = session.get(ScoredFact, fact_id)
    if fact is None or not covers(viewer, fact.unit_id, Role.EVALUATOR):
        raise NotFound
    rows = entered_facts(fact.series_id, fact.plan_id, unit_id=fact.unit_id, withdrawn=True)
    versions = select(Scheme.id).where(Scheme.series_id == fact.series_id, Scheme.state != "draft")
    scheme_id = session.scalar(versions.order_by(Scheme.version_no.desc()).limit(1))
    return FactPlace(next(row for row in rows if row.id == fact_id), scheme_id or fact.series_id, fact.plan_id)


@dataclass(frozen=True, slots=True)
class FactFile:
    key: str
    """In the store."""
    name: str
    size: int
    media_type: str


def fact_file(fact_id: int, viewer: Viewer) -> FactFile:
    """The file of a fact: for whoever sees scores whole, and, where it is of the unit alone, for its own people once they
    were told of the fact or a run that may rest on it is published. Anything else is NotFound."""
    found = session.execute(
        select(ScoredFact, Evidence)
        .join(Evidence, Evidence.id == ScoredFact.evidence_id)
        .where(ScoredFact.id == fact_id)
    ).first()
    if found is None:
        raise NotFound
    fact, file = found
    published = (
        select(Run.id)
        .join(Scheme, Scheme.id == Run.scheme_id)
        .where(Scheme.series_id == fact.series_id, Run.plan_id == fact.plan_id, Run.state == "published")
    )
    told = session.get(DeductionNotice, fact.id) is not None
    shown = file.unit_id == fact.unit_id and (told or session.scalar(published.limit(1)) is not None)
    own = shown and covers(viewer, fact.unit_id, *UNIT_ROLES)
    if not (own or covers(viewer, fact.unit_id, *WHOLE_VIEW)):
        raise NotFound
    return FactFile(file.sha256, file.name, file.size, file.media_type)


@dataclass(frozen=True, slots=True)
class Workbook:
    """A workbook that a typing page was filled from."""

    evidence_id: int
    public_id: str
    name: str
    key: str
    """Of the file in the store."""


def kept_workbook(public_id: str, viewer: Viewer) -> Workbook:
    """Raises NotFound for anything but a workbook that the viewer filled a page from."""
    found = session.scalar(
        select(Evidence).where(
            Evidence.public_id == public_id, Evidence.uploaded_by == viewer.person_id, Evidence.unit_id == root_id()
        )
    )
    if found is None:
        raise NotFound
    return Workbook(found.id, found.public_id, found.name, found.sha256)


def entered_facts(
    series_id: int, plan_id: int, *, unit_id: int | None = None, withdrawn: bool = False
) -> list[FactRow]:
    """Facts in the order they were entered: those that stand, or with `withdrawn` all of them. What was entered for a
    body that was reorganised away is its successor's, under the name it was entered for."""
    after = successors(plan_id)
    statement = (
        select(ScoredFact, Unit.name, Person.name, DeductionNotice, Evidence.unit_id)
        .join(Unit, Unit.id == ScoredFact.unit_id)
        .join(Person, Person.id == ScoredFact.by_id)
        .outerjoin(DeductionNotice, DeductionNotice.fact_id == ScoredFact.id)
        .outerjoin(Evidence, Evidence.id == ScoredFact.evidence_id)
        .where(ScoredFact.series_id == series_id, ScoredFact.plan_id == plan_id)
        .order_by(ScoredFact.id)
    )
    if unit_id is not None:
        units = [unit_id, *(unit for unit, heir in after.items() if heir == unit_id)]
        statement = statement.where(ScoredFact.unit_id.in_(units))
    if not withdrawn:
        statement = statement.where(ScoredFact.withdrawn_at.is_(None))
    rows = session.execute(statement).tuples().all()
    again = {_slot(fact) for fact, *_ in rows if fact.unit_id not in after}
    return [
        FactRow(
            fact.id, after.get(fact.unit_id, fact.unit_id), unit_name, fact.indicator,
            "figures" if fact.figures is not None and fact.indicator else fact.kind, fact.amount, fact.times, fact.met, fact.figures,
            fact.reason, fact.obligation_id, fact.evidence_id, fact.by_id, by_name, fact.at, fact.withdrawn_at,
            fact.withdrawn_reason, notice_of(notice), from_workbook=file_of not in {None, fact.unit_id},
        )
        for fact, unit_name, by_name, notice, file_of in rows
        if withdrawn or fact.unit_id not in after or _slot(fact, after) not in again
    ]  # fmt: skip


def _slot(fact: ScoredFact, after: Mapping[int, int] | None = None) -> tuple[object, ...]:
    """Where a fact stands that another of its slot makes way for: of marks one by each evaluator, of findings that add up
    each for itself. What a successor has of its own stands before what it came into."""
    unit_id = (after or {}).get(fact.unit_id, fact.unit_id)
    adds_up = fact.kind in {"deduction", "bonus", "penalty", "veto"}
    by_id = fact.by_id if fact.kind == "mark" else None
    return unit_id, fact.indicator, fact.kind == "mark", by_id, fact.id if adds_up else None


def notice_of(row: DeductionNotice | None) -> Notice | None:
    if row is None:
        return None
    return Notice(row.sent_at, row.reply_by, row.agrees, row.reply, row.replied_at, row.decision, row.decision_reason)


def frozen_facts(rows: Sequence[FactRow], scheme: SchemeRow, units: Container[str]) -> list[dict[str, Any]]:
    """The facts as a run keeps them: those that have a place in the scheme, for the units of the plan."""
    return [
        {
            "id": row.id,
            "unit": str(row.unit_id),
            "indicator": row.indicator,
            "kind": row.kind,
            "amount": None if row.amount is None else format(row.amount, "f"),
            "times": row.times,
            "met": row.met,
            "reason": row.reason,
            "by": row.by_id,
            "by_name": row.by_name,
            "at": moment_text(row.at),
            "obligation": row.obligation_id,
            **({"evidence": None, "workbook": row.evidence_id} if row.from_workbook else {"evidence": row.evidence_id}),
            **({"figures": row.figures} if row.figures is not None else {}),
            **_heard(row.notice),
        }
        for row in rows
        if str(row.unit_id) in units and takes(scheme.body, scheme.sources, row.indicator, row.kind)
    ]


def _heard(notice: Notice | None) -> dict[str, str]:
    """What the unit said to a deduction and what was decided, as a run keeps it."""
    if notice is None:
        return {}
    return {"reply": notice.reply, "decision": notice.decision, "decision_reason": notice.decision_reason}
