"""Verifying a rectification: striking the finding off (销号), or sending it back (退回再改). Never by one's own hand."""

from __future__ import annotations

from datetime import datetime

from tracker.accounts.roles import Viewer
from tracker.audit.service import record
from tracker.db import session
from tracker.rectification.models import Finding, RectificationReport
from tracker.rectification.service.acting import Held, current, hands_on, hold


def close(finding_id: int, *, opinion: str, by: Viewer, at: datetime, seen: int | None = None) -> Finding:
    """Strikes it off: another person than the one who registered it and the one who reported has seen that it is right."""
    held = hold(finding_id, by, seen=seen)
    held.finding.state = held.walk("close", by, hands=_hands(held))
    verified = _decide(held, opinion, by, at)
    record("整改销号", by=by, at=at, subject=("finding", finding_id), unit_id=held.finding.unit_id,
           detail={"轮次": verified.round_no, "核验意见": verified.opinion})  # fmt: skip
    return held.finding


def send_back(finding_id: int, *, reason: str, by: Viewer, at: datetime, seen: int | None = None) -> Finding:
    """It is not put right: the unit does it again. How often that happened counts for scoring."""
    held = hold(finding_id, by, seen=seen)
    finding = held.finding
    finding.state = held.walk("send_back", by, hands=_hands(held), reason=reason)
    finding.timing, finding.times_returned = "none", finding.times_returned + 1
    verified = _decide(held, reason, by, at)
    record("退回再改", by=by, at=at, subject=("finding", finding_id), unit_id=finding.unit_id,
           detail={"轮次": verified.round_no, "理由": verified.opinion})  # fmt: skip
    return finding


def _hands(held: Held) -> frozenset[int]:
    """Who registered the finding, and whoever of its unit had a hand in what is reported: another person verifies it."""
    report = current(held.finding)
    return frozenset({held.finding.registered_by}) | (hands_on(report) if report else frozenset())


def _decide(held: Held, opinion: str, by: Viewer, at: datetime) -> RectificationReport:
    verified = current(held.finding)
    assert verified is not None, "what waits has a report"
    verified.verified_by, verified.verified_at, verified.opinion = by.person_id, at, opinion.strip()
    session.flush()
    return verified
