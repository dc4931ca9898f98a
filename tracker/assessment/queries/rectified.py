"""Counting findings (问题) of a plan as of a day: what was to be put right by then, and how often that was sent back."""

from __future__ import annotations

from datetime import date, timedelta

from sqlalchemy import and_, func, select

from tracker.assessment.records import NOT_RECTIFIED, RECTIFIED, TO_DO_AGAIN
from tracker.clock import day_of, start_of
from tracker.db import session
from tracker.rectification.models import Finding, RectificationReport


def finding_records(plan_id: int, as_of: date) -> dict[int, str]:
    """Unit → its records of findings, as things stood at the end of the day (China Standard Time): one for each finding
    that was due, and one for each report of those that had been sent back. The first date counts (原期限), not that of an
    extension; what is excused (免责) counts as in time where it stands reported, and is left out where it does not."""
    end = start_of(as_of + timedelta(days=1))
    reports, found = RectificationReport, Finding
    last = select(func.max(reports.round_no)).where(reports.finding_id == found.id).correlate(found).scalar_subquery()
    struck_off = and_(found.state == "closed", reports.round_no == last)
    statement = (
        select(
            found.unit_id, found.id, found.original_due_on, found.excuse, reports.id, reports.reported_at,
            and_(reports.verified_at < end, ~struck_off).label("sent_back"),
        )
        .outerjoin(reports, and_(reports.finding_id == found.id, reports.reported_at < end))
        .where(
            found.plan_id == plan_id, found.original_due_on <= as_of, found.assigned_at < end,
            found.state != "dropped",
        )
        .order_by(found.original_due_on, found.id, reports.round_no)
    )  # fmt: skip
    marks: dict[tuple[int, int, date], str] = {}
    again: dict[int, list[str]] = {}
    for unit_id, finding_id, due_on, excuse, report_id, reported_at, sent_back in session.execute(statement):
        stands = reported_at is not None and not sent_back
        if stands or not excuse:
            in_time = stands and (excuse == "waived" or day_of(reported_at) <= due_on)
            marks[unit_id, finding_id, due_on] = RECTIFIED if in_time else NOT_RECTIFIED  # the last report tells
        else:
            marks.pop((unit_id, finding_id, due_on), None)
        if sent_back:
            again.setdefault(unit_id, []).append(f"{finding_id}{TO_DO_AGAIN}{due_on.isoformat()}/{report_id}")
    kept: dict[int, list[str]] = {}
    for (unit_id, finding_id, due_on), mark in marks.items():
        kept.setdefault(unit_id, []).append(f"{finding_id}{mark}{due_on.isoformat()}")
    units = sorted(kept.keys() | again.keys())
    return {unit_id: " ".join([*kept.get(unit_id, ()), *again.get(unit_id, ())]) for unit_id in units}
