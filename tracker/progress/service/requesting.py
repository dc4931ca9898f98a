"""Requests (申请): a unit asks, another person in the lead office decides. What a kind asks for and what granting it does
stands in `granting`; here is the way that all of them go."""

from __future__ import annotations

from datetime import date, datetime

from flask_babel import gettext as _
from sqlalchemy import select

from tracker import clock
from tracker.accounts.roles import Viewer
from tracker.audit.service import record
from tracker.db import session
from tracker.errors import Conflict, NotFound
from tracker.progress.models import Request
from tracker.progress.service.acting import Held, HeldObligation, hold_assignment, hold_obligation, walk
from tracker.progress.service.archiving import not_archived
from tracker.progress.service.deciding import as_seen, decide, still_waits
from tracker.progress.service.granting import ACTS, KINDS, Moment, Wish, facts_of_request
from tracker.progress.service.lapsing import lapse_closings
from tracker.progress.service.suspending import restore
from tracker.progress.states import ABOUT_REPORTS, RequestKind
from tracker.progress.workflow import LEAD_OFFICE, REPORTER, REVIEWER


def ask_for(kind: RequestKind, subject_id: int, wish: Wish, *, by: Viewer, at: datetime) -> Request:
    """A unit asks for something: for a report (延期, 免责: `subject_id` is the obligation) or for a task (办结, 挂账: the
    assignment). One request of a kind waits at a time.

    Raises NotFound for whoever is not of the unit, DomainError naming the field, Conflict where one waits.
    """
    about_report = kind in ABOUT_REPORTS
    held = hold_obligation(subject_id, by) if about_report else hold_assignment(subject_id, by)
    if not held.roles & {REPORTER, REVIEWER}:
        raise NotFound
    not_archived(held.assignment.plan_id)
    obligation = held.obligation if isinstance(held, HeldObligation) else None
    if _waits(kind, held):
        raise Conflict(_("已有一件同类申请等待审批，不必重复申请。"))
    today = clock.day_of(at)
    state = KINDS[kind].walk(held, "unasked", "ask", facts_of_request(held, by, today, reason=wish.reason))
    KINDS[kind].check(held, wish, today)
    asked = Request(
        kind=kind, assignment_id=held.assignment.id, obligation_id=obligation.id if obligation else None, state=state,
        reason=wish.reason.strip(), progress=wish.progress.strip(), condition=wish.condition.strip(),
        due_before=obligation.due_on if obligation else None, until=wish.until, asked_by=by.person_id, asked_at=at,
    )  # fmt: skip
    session.add(asked)
    session.flush()
    _record(ACTS[kind].ask, asked, held, by, at, detail=KINDS[kind].told(asked))
    return asked


def take_back_request(request_id: int, *, by: Viewer, at: datetime) -> Request:
    """The unit takes its request back before it is decided."""
    held, asked = _hold(request_id, by)
    still_waits(asked)
    kind = asked.kind
    asked.state = walk(kind, asked.state, "take_back", facts_of_request(held, by, clock.day_of(at)))
    session.flush()
    _record(ACTS[kind].take_back, asked, held, by, at)
    return asked


def grant_request(
    request_id: int, *, note: str, until: date | None = None, by: Viewer, at: datetime, seen: int | None = None
) -> Request:
    """The lead office agrees. `until` is the date it gives, where the request names one; None for the date asked for."""
    held, asked = _decided_by_lead(request_id, by, seen)
    kind, today = asked.kind, clock.day_of(at)
    state = walk(kind, asked.state, "grant", facts_of_request(held, by, today, hands={asked.asked_by}))
    given = until or asked.until
    KINDS[kind].check(held, Wish(asked.reason, asked.progress, asked.condition, given), today)
    outcome = KINDS[kind].carry_out(held, asked, given, Moment(by, at))
    asked.granted_until = given
    decide(asked, state, note, by, at)
    session.flush()
    if held.assignment.state == "done":
        lapse_closings(held.assignment.id, at=at)
    _record(ACTS[kind].grant, asked, held, by, at, changes=outcome.changes,
            detail={"批复意见": asked.note, **outcome.detail})  # fmt: skip
    return asked


def refuse_request(request_id: int, *, reason: str, by: Viewer, at: datetime, seen: int | None = None) -> Request:
    """The lead office does not agree, and says why; the unit may ask again."""
    held, asked = _decided_by_lead(request_id, by, seen)
    kind = asked.kind
    facts = facts_of_request(held, by, clock.day_of(at), reason=reason, hands={asked.asked_by})
    decide(asked, walk(kind, asked.state, "refuse", facts), reason, by, at)
    session.flush()
    _record(ACTS[kind].refuse, asked, held, by, at, detail={"理由": asked.note})
    return asked


def end_suspension(request_id: int, *, reason: str, by: Viewer, at: datetime) -> Request:
    """A suspended task is worked on again before its date, or since its condition is met: what falls due after today is
    owed as it was. Raises Conflict where it is not suspended."""
    held, asked = _hold(request_id, by)
    if asked.kind != "suspension":
        raise NotFound
    today = clock.day_of(at)
    is_over = asked.state != "granted" or (asked.granted_until is not None and asked.granted_until < today)
    if is_over or held.assignment.state != "in_progress":  # closed, taken from the unit, or another's by now
        raise Conflict(_("这项任务已不在挂账期间，请刷新页面查看最新情况。"))
    asked.state = walk("suspension", asked.state, "end", facts_of_request(held, by, today, reason=reason))
    asked.ended_on = today
    back = restore(held.assignment.id, after=today)
    session.flush()
    _record("恢复办理", asked, held, by, at, detail={"理由": reason.strip(), "恢复报送": back})
    return asked


def _waits(kind: RequestKind, held: Held) -> bool:
    statement = select(Request.id).where(
        Request.kind == kind, Request.state == "asked", Request.assignment_id == held.assignment.id
    )
    if isinstance(held, HeldObligation):
        statement = statement.where(Request.obligation_id == held.obligation.id)
    return session.scalar(statement.limit(1)) is not None


def _record(
    act: str, asked: Request, held: Held, by: Viewer, at: datetime, *,
    changes: dict[str, tuple[object, object]] | None = None, detail: dict[str, object] | None = None,
) -> None:  # fmt: skip
    """One entry, of the report or the task that it is about."""
    about = ("obligation", asked.obligation_id) if asked.obligation_id else ("assignment", asked.assignment_id)
    record(
        act, by=by, at=at, subject=about, unit_id=held.assignment.unit_id, changes=changes or {}, detail=detail or {}
    )


def _hold(request_id: int, by: Viewer) -> tuple[Held, Request]:
    asked = session.get(Request, request_id)
    if asked is None:
        raise NotFound
    one = asked.obligation_id
    held = hold_obligation(one, by) if one is not None else hold_assignment(asked.assignment_id, by)
    session.refresh(asked)
    return held, asked


def _decided_by_lead(request_id: int, by: Viewer, seen: int | None) -> tuple[Held, Request]:
    held, asked = _hold(request_id, by)
    if LEAD_OFFICE not in held.roles:
        raise NotFound
    still_waits(asked)
    as_seen(asked.version, seen)
    return held, asked
