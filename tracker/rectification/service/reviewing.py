"""The unit's own review of what it reports of a rectification (本单位审核), step by step as that of its returns."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete
from sqlalchemy.orm.attributes import flag_modified

from tracker import clock
from tracker.accounts.roles import Viewer
from tracker.audit.service import record
from tracker.db import session
from tracker.errors import NotFound
from tracker.progress.lights import timing_of
from tracker.progress.queries.chains import takes_step
from tracker.progress.service.acting import refused
from tracker.progress.workflow import REVIEWER
from tracker.rectification.models import Finding, RectificationReport, RectificationSignature
from tracker.rectification.service.acting import Held, current, hands_on, hold
from tracker.rectification.service.requesting import lapse


def approve(finding_id: int, *, by: Viewer, at: datetime, seen: int | None = None) -> Finding:
    """The unit's reviewer takes a step: a report goes on to the next one, or, with the last, to be verified. Whether it is
    in time is told by that day, until it is sent back."""
    held = hold(finding_id, by, seen=seen)
    finding, report = held.finding, _in_review(held)
    left = report.review_steps - report.review_step
    state = _walk(held, report, "sign" if left else "approve", by)
    step = f"{report.review_step}/{report.review_steps}"
    if left:
        session.add(
            RectificationSignature(report_id=report.id, step_no=report.review_step, person_id=by.person_id, at=at)
        )
        report.review_step += 1
        flag_modified(finding, "state")  # so that its version moves on: whoever looks decides on what they saw
    else:
        finding.state, finding.timing = state, timing_of(finding.original_due_on, finding.due_on, clock.day_of(at))
        report.approved_by, report.reported_at = by.person_id, at
        lapse(finding.id, "extension", at=at)
    session.flush()
    record("整改逐级审核通过" if left else "报送整改", by=by, at=at, subject=("finding", finding.id),
           unit_id=finding.unit_id,
           detail={"轮次": report.round_no, "审核层级": step, "整改时限": finding.due_on})  # fmt: skip
    return finding


def send_back_own(finding_id: int, *, reason: str, by: Viewer, at: datetime, seen: int | None = None) -> Finding:
    """The unit's reviewer gives a report back to whoever wrote it."""
    held = hold(finding_id, by, seen=seen)
    finding, report = held.finding, _in_review(held)
    finding.state = _walk(held, report, "own_send_back", by, reason=reason)
    begin_again(report)
    report.own_reason = reason.strip()
    session.flush()
    record("整改本单位退回", by=by, at=at, subject=("finding", finding.id), unit_id=finding.unit_id,
           detail={"轮次": report.round_no, "理由": report.own_reason})  # fmt: skip
    return finding


def begin_again(report: RectificationReport) -> None:
    """What is written again goes through the whole review again."""
    report.handed_in_at, report.approved_by, report.review_step = None, None, 1
    session.execute(delete(RectificationSignature).where(RectificationSignature.report_id == report.id))


def _in_review(held: Held) -> RectificationReport:
    """The report that waits in the unit. Raises NotFound for who does not review there, Conflict where none waits."""
    found = current(held.finding)
    if REVIEWER not in held.roles:
        raise NotFound
    if found is None or held.finding.state != "own_review":
        raise refused("state", {})
    return found


def _walk(held: Held, report: RectificationReport, verb: str, by: Viewer, *, reason: str = "") -> str:
    turn = takes_step(held.finding.unit_id, report.review_step, by.person_id)
    left = report.review_steps - report.review_step
    return held.walk(verb, by, hands=hands_on(report), turn=turn, steps_left=left, reason=reason)
