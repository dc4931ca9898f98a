"""What the unit does: states its measure (措施), writes with evidence of before and after, hands in, takes it back."""

from __future__ import annotations

from datetime import date, datetime
from typing import IO, NamedTuple

from flask_babel import gettext as _
from sqlalchemy import ColumnElement, delete, func, select

from tracker.accounts.roles import Viewer
from tracker.audit.service import record
from tracker.db import session
from tracker.errors import Conflict, DomainError, NotFound
from tracker.progress.evidence import MOST_FILES
from tracker.progress.models import Evidence
from tracker.progress.service.chains import reviewing
from tracker.progress.workflow import REPORTER, REVIEWER
from tracker.rectification.models import Finding, FindingEvidence, RectificationReport
from tracker.rectification.service.acting import Held, current, hands_on, hold
from tracker.rectification.service.registering import attach_to
from tracker.rectification.service.reviewing import begin_again


class Measure(NamedTuple):
    """What the unit means to do, who answers for it, and by when."""

    text: str
    responsible: str
    planned_on: date | None


def plan_measure(
    finding_id: int, measure: Measure, *, by: Viewer, at: datetime, seen: int | None = None
) -> Finding:  # fmt: skip
    """The unit states its measure, or changes it. Raises DomainError naming the field that is missing or too late."""
    held = hold(finding_id, by, seen=seen)
    finding = held.finding
    whole = bool(measure.text.strip() and measure.responsible.strip() and measure.planned_on)
    state = held.walk("plan", by, measure=whole)
    if measure.planned_on is not None and measure.planned_on > finding.due_on:
        raise DomainError(_("计划完成时间不能晚于整改时限 %(day)s。", day=finding.due_on), field="planned_on")
    before = (finding.measure, finding.responsible, finding.planned_on)
    finding.state, finding.measure, finding.responsible = state, measure.text.strip(), measure.responsible.strip()
    finding.planned_on = measure.planned_on
    session.flush()
    record("制定整改措施", by=by, at=at, subject=("finding", finding.id), unit_id=finding.unit_id,
           changes={"整改措施": (before[0], finding.measure), "责任人": (before[1], finding.responsible),
                    "计划完成时间": (before[2], finding.planned_on)})  # fmt: skip
    return finding


def save_report(finding_id: int, *, done: str, by: Viewer, at: datetime) -> RectificationReport:
    """Keeps what the unit has written so far; nobody else sees it before it is reported."""
    held = hold(finding_id, by)
    report = _writable(held, by, at)
    report.done, report.saved_by, report.saved_at = done.strip(), by.person_id, at
    session.flush()
    record("起草整改情况", by=by, at=at, subject=("finding", finding_id), unit_id=held.finding.unit_id,
           detail={"轮次": report.round_no})  # fmt: skip
    return report


def attach(finding_id: int, *, phase: str, stream: IO[bytes], name: str | None, by: Viewer, at: datetime) -> None:
    """Puts a file of before or after to the round that is being written. Raises DomainError at the field of its phase."""
    held = hold(finding_id, by)
    report = _writable(held, by, at)
    if _count(report, "before") + _count(report, "after") >= MOST_FILES:
        raise DomainError(_("一次报送最多附 %(n)s 个文件，请合并或打包后再传。", n=MOST_FILES), field=phase)
    attach_to(held.finding, stream, name, phase=phase, round_no=report.round_no, by=by, at=at)


def detach(finding_id: int, public_id: str, *, by: Viewer, at: datetime) -> None:
    """Takes a file off the round that is being written; earlier rounds keep theirs."""
    held = hold(finding_id, by)
    report = _writable(held, by, at)
    kept = session.scalar(
        select(Evidence)
        .join(FindingEvidence, FindingEvidence.evidence_id == Evidence.id)
        .where(Evidence.public_id == public_id, *_of(report))
    )
    if kept is None:
        raise NotFound
    session.execute(delete(FindingEvidence).where(FindingEvidence.evidence_id == kept.id, *_of(report)))
    record("移除整改佐证", by=by, at=at, subject=("finding", finding_id), unit_id=held.finding.unit_id,
           detail={"文件": kept.name})  # fmt: skip


def hand_in(finding_id: int, *, by: Viewer, at: datetime, seen: int | None = None) -> Finding:
    """Gives what was saved into the unit's own review. Evidence of before may stand in an earlier round; of after it is
    new each time."""
    held = hold(finding_id, by, seen=seen)
    finding, draft = held.finding, current(held.finding)
    after = draft is not None and _count(draft, "after") > 0
    if not held.roles & {REPORTER, REVIEWER}:
        raise NotFound
    steps, others = reviewing(finding.unit_id, held.unit_path, by.person_id, at)
    try:
        state = held.walk("hand_in", by, evidence=after and _any_before(finding), other_reviewers=others)
    except DomainError as refusal:
        if refusal.field == "after" and after:
            refusal.field = "before"  # it is said where something is missing
        raise
    assert draft is not None, "there is evidence in it"
    if not draft.done:
        raise DomainError(_("请写明整改完成情况。"), field="done")
    finding.state = state
    draft.saved_by, draft.saved_at, draft.handed_in_at, draft.own_reason = by.person_id, at, at, ""
    draft.review_steps, draft.review_step = steps, 1
    session.flush()
    record("提交整改审核", by=by, at=at, subject=("finding", finding.id), unit_id=finding.unit_id,
           detail={"轮次": draft.round_no, "整改时限": finding.due_on})  # fmt: skip
    return finding


def recall(finding_id: int, *, by: Viewer, at: datetime) -> Finding:
    """Whoever wrote or approved a report takes it back before it is verified; the unit may write on."""
    held = hold(finding_id, by)
    finding, waiting = held.finding, current(held.finding)
    finding.state = held.walk("recall", by, hands=hands_on(waiting) if waiting else ())
    assert waiting is not None, "what waits has a report"
    finding.timing, waiting.reported_at = "none", None
    begin_again(waiting)
    session.flush()
    record("撤回整改报送", by=by, at=at, subject=("finding", finding.id), unit_id=finding.unit_id,
           detail={"轮次": waiting.round_no})  # fmt: skip
    return finding


def _writable(held: Held, by: Viewer, at: datetime) -> RectificationReport:
    """The round that is being written; where there is none, one begins. Raises NotFound for who is not of the unit,
    Conflict where there is nothing to report now."""
    if not held.roles & {REPORTER, REVIEWER}:
        raise NotFound
    finding = held.finding
    if finding.state not in {"in_hand", "sent_back"}:
        raise Conflict(_("这个问题现在不能填写整改情况，请刷新页面查看最新情况。"))
    found = current(finding)
    if found is None:
        rounds = select(func.count()).where(RectificationReport.finding_id == finding.id)
        found = RectificationReport(
            finding_id=finding.id, round_no=(session.scalar(rounds) or 0) + 1, saved_by=by.person_id, saved_at=at
        )
        session.add(found)
        session.flush()
    return found


def _of(report: RectificationReport) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return FindingEvidence.finding_id == report.finding_id, FindingEvidence.round_no == report.round_no


def _count(report: RectificationReport, phase: str) -> int:
    statement = select(func.count()).select_from(FindingEvidence).where(*_of(report), FindingEvidence.phase == phase)
    return session.scalar(statement) or 0


def _any_before(finding: Finding) -> bool:
    statement = select(FindingEvidence.evidence_id).where(
        FindingEvidence.finding_id == finding.id, FindingEvidence.phase == "before"
    )
    return session.scalar(statement.limit(1)) is not None
