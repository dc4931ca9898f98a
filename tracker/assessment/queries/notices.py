"""Deduction notices as units and evaluators see them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import aliased

from tracker import clock
from tracker.accounts.models import Person
from tracker.accounts.roles import UNIT_ROLES, Role, Viewer
from tracker.assessment.models import DeductionNotice, Scheme, ScoredFact
from tracker.assessment.notices import OPEN, WAITING, Notice
from tracker.assessment.queries.facts import notice_of
from tracker.assessment.queries.schemes import indicator_names
from tracker.db import session
from tracker.errors import NotFound
from tracker.plans.models import Plan
from tracker.progress.models import Evidence
from tracker.progress.queries.answers import SHOWN_FOR
from tracker.units.models import Unit
from tracker.units.queries import covers, visible_to


@dataclass(frozen=True, slots=True)
class NoticeRow:
    """One notice with the deduction it is about."""

    fact_id: int
    unit_id: int
    unit: str
    scheme: str
    plan: str
    indicator: str
    kind: str
    amount: Decimal | None
    times: int | None
    reason: str
    obligation_id: int | None
    has_evidence: bool
    reply_file: str | None
    by_id: int
    by: str
    replied_by: str | None
    decided_by: str | None
    decided_at: datetime | None
    notice: Notice
    withdrawn: bool
    withdrawn_reason: str
    version: int

    def state(self, today: date) -> str:
        """As `Notice.state`; what was withdrawn without a decision is `cancelled` too."""
        return "cancelled" if self.withdrawn else self.notice.state(today)


def notices(viewer: Viewer) -> list[NoticeRow]:
    """Those of the units that the viewer assesses or reports for, newest first. At most four statements."""
    return _rows(_statement(viewer))


def notice_row(fact_id: int, viewer: Viewer) -> NoticeRow:
    """Raises NotFound where there is none or it is no business of the viewer's."""
    found = _rows(_statement(viewer).where(ScoredFact.id == fact_id))
    if not found:
        raise NotFound
    return found[0]


def may_reply(row: NoticeRow, viewer: Viewer, today: date) -> bool:
    return row.state(today) == OPEN and covers(viewer, row.unit_id, *UNIT_ROLES)


def may_decide(row: NoticeRow, viewer: Viewer, today: date) -> bool:
    return (
        row.state(today) == WAITING
        and covers(viewer, row.unit_id, Role.EVALUATOR)
        and not covers(viewer, row.unit_id, *UNIT_ROLES)
        and row.by_id != viewer.person_id
    )


def notices_waiting(viewer: Viewer, today: date) -> list[NoticeRow]:
    """Those that wait for the viewer: for an answer of their unit, or a decision that they may make."""
    return notices_on_desk(viewer, today)[0]


def notices_on_desk(viewer: Viewer, today: date) -> tuple[list[NoticeRow], list[NoticeRow]]:
    """Those that wait for the viewer; and of the viewer's units those whose objection was decided on within a week. The
    statements of `notices`."""
    found, since = notices(viewer), clock.start_of(today - SHOWN_FOR)
    return (
        [row for row in found if may_reply(row, viewer, today) or may_decide(row, viewer, today)],
        [
            row for row in found
            if row.decided_at is not None and row.decided_at >= since and covers(viewer, row.unit_id, *UNIT_ROLES)
        ],
    )  # fmt: skip


def waiting_notices(viewer: Viewer) -> int:
    """How many wait for the viewer."""
    return len(notices_waiting(viewer, clock.today()))


@dataclass(frozen=True, slots=True)
class ReplyFile:
    key: str
    name: str
    size: int
    media_type: str


def reply_file(fact_id: int, viewer: Viewer) -> ReplyFile:
    """The file of a unit's answer, for whoever sees the notice. Raises NotFound."""
    notice_row(fact_id, viewer)
    file = session.scalar(
        select(Evidence)
        .join(DeductionNotice, DeductionNotice.evidence_id == Evidence.id)
        .where(DeductionNotice.fact_id == fact_id)
    )
    if file is None:
        raise NotFound
    return ReplyFile(file.sha256, file.name, file.size, file.media_type)


def _statement(viewer: Viewer) -> Select[Any]:
    by, replied, decided = aliased(Person), aliased(Person), aliased(Person)
    statement = (
        select(ScoredFact, DeductionNotice, Unit.name, Scheme.name, Plan.name, by.name, replied.name, decided.name,
               Evidence.name)
        .join(DeductionNotice, DeductionNotice.fact_id == ScoredFact.id)
        .join(Unit, Unit.id == ScoredFact.unit_id)
        .join(Scheme, Scheme.id == ScoredFact.series_id)
        .join(Plan, Plan.id == ScoredFact.plan_id)
        .join(by, by.id == ScoredFact.by_id)
        .outerjoin(replied, replied.id == DeductionNotice.replied_by)
        .outerjoin(decided, decided.id == DeductionNotice.decided_by)
        .outerjoin(Evidence, Evidence.id == DeductionNotice.evidence_id)
        .order_by(DeductionNotice.sent_at.desc(), ScoredFact.id.desc())
    )  # fmt: skip
    seen = [visible_to(viewer, Role.EVALUATOR)] if viewer.has(Role.EVALUATOR) else []
    seen += [visible_to(viewer, *UNIT_ROLES)] if viewer.has(*UNIT_ROLES) else []
    if None in seen:
        return statement
    return statement.where(or_(*(ScoredFact.unit_id.in_(units) for units in seen if units is not None)))


def _rows(statement: Select[Any]) -> list[NoticeRow]:
    found = session.execute(statement).all()
    names = {series: indicator_names(series) for series in {fact.series_id for fact, *_ in found}}
    rows = []
    for fact, notice, unit, scheme, plan, by, replied, decided, file in found:
        told = notice_of(notice)
        assert told is not None
        rows.append(
            NoticeRow(
                fact.id, fact.unit_id, unit, scheme, plan, names[fact.series_id].get(fact.indicator or "", ""),
                fact.kind, fact.amount, fact.times, fact.reason, fact.obligation_id, fact.evidence_id is not None, file,
                fact.by_id, by, replied, decided, notice.decided_at, told, fact.withdrawn_at is not None,
                fact.withdrawn_reason, notice.version,
            )
        )  # fmt: skip
    return rows
