"""Telling a unit of a deduction (扣分告知), its answer, and the decision of another person."""

from __future__ import annotations

from datetime import datetime

from flask_babel import gettext as _

from tracker.accounts.roles import UNIT_ROLES, Role, Viewer
from tracker.assessment.models import DeductionNotice, ScoredFact
from tracker.assessment.notices import CANCELLED, OPEN, WAITING
from tracker.assessment.queries.facts import notice_of
from tracker.assessment.service.telling import told
from tracker.audit.service import record
from tracker.clock import day_of
from tracker.db import session
from tracker.errors import Conflict, DomainError, NotFound
from tracker.progress.queries.calendar import workdays
from tracker.units.queries import covers


def send(fact: ScoredFact, *, days: int, by: Viewer, at: datetime) -> DeductionNotice:
    """Tells the unit: it may answer until the end of the `days`-th workday after today."""
    made = DeductionNotice(fact_id=fact.id, sent_at=at, reply_by=workdays().add_workdays(day_of(at), days))
    session.add(made)
    session.flush()
    record("发出扣分告知", by=by, at=at, subject=("scored_fact", fact.id), unit_id=fact.unit_id,
           detail=told(fact) | {"回复期限": made.reply_by.isoformat()})  # fmt: skip
    return made


def _found(fact_id: int, version: int) -> tuple[ScoredFact, DeductionNotice]:
    fact, notice = session.get(ScoredFact, fact_id), session.get(DeductionNotice, fact_id)
    if fact is None or notice is None:
        raise NotFound
    if notice.version != version:
        raise Conflict(_("这份告知已被他人处理，请刷新后再操作。"))
    if fact.withdrawn_at is not None:
        raise DomainError(_("这条扣分已经撤回，不必再处理。"))
    return fact, notice


def reply(
    fact_id: int, *, agrees: bool, text: str, version: int, by: Viewer, at: datetime, evidence_id: int | None = None
) -> None:
    """The unit's answer, once, within the time. Raises DomainError, Conflict, and NotFound for another unit's people."""
    fact, notice = _found(fact_id, version)
    if not covers(by, fact.unit_id, *UNIT_ROLES):
        raise NotFound
    seen = notice_of(notice)
    if seen is None or seen.state(day_of(at)) != OPEN:
        raise DomainError(_("回复期限已过，或已经回复。"))
    if not agrees and not text.strip():
        raise DomainError(_("有异议时请写明理由。"), field="reply")
    notice.agrees, notice.reply, notice.evidence_id = agrees, text.strip(), evidence_id
    notice.replied_by, notice.replied_at = by.person_id, at
    session.flush()
    record("回复扣分告知", by=by, at=at, subject=("scored_fact", fact_id), unit_id=fact.unit_id,
           detail=told(fact) | {"单位意见": "无异议" if agrees else "有异议", "说明": text.strip()})  # fmt: skip


def decide(fact_id: int, *, decision: str, reason: str, version: int, by: Viewer, at: datetime) -> None:
    """Decides on a unit's objection: 维持 (it counts) or 撤销 (it is withdrawn). Whoever entered the deduction decides on
    no objection to it. Raises DomainError, Conflict, and NotFound for whoever does not assess the unit."""
    fact, notice = _found(fact_id, version)
    if not covers(by, fact.unit_id, Role.EVALUATOR):
        raise NotFound
    if covers(by, fact.unit_id, *UNIT_ROLES):
        raise DomainError(_("不能处理自己所在单位的异议，请回避。"))
    if fact.by_id == by.person_id:
        raise DomainError(_("异议须由另一位考核人员处理，不能由扣分者本人处理。"))
    seen = notice_of(notice)
    if seen is None or seen.state(day_of(at)) != WAITING:
        raise DomainError(_("这份告知没有等待处理的异议。"))
    if not reason.strip():
        raise DomainError(_("请写明处理理由，单位会看到。"), field="reason")
    notice.decision, notice.decision_reason = decision, reason.strip()
    notice.decided_by, notice.decided_at = by.person_id, at
    if decision == CANCELLED:
        fact.withdrawn_at, fact.withdrawn_by = at, by.person_id
        fact.withdrawn_reason = _("异议成立：%(reason)s", reason=reason.strip())
    session.flush()
    record("处理扣分异议", by=by, at=at, subject=("scored_fact", fact_id), unit_id=fact.unit_id,
           detail=told(fact) | {"处理意见": "撤销扣分" if decision == CANCELLED else "维持扣分",
                                "处理理由": reason.strip()})  # fmt: skip
