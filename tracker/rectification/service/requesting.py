"""What a unit asks for on a finding (申请): more time (延期), or that its lateness be excused (免责). The lead office decides;
the rules are those of requests about reports."""

from __future__ import annotations

from datetime import date, datetime

from flask_babel import gettext as _
from sqlalchemy import select

from tracker import clock
from tracker.accounts.roles import Viewer
from tracker.audit.service import record
from tracker.db import session
from tracker.errors import Conflict, NotFound
from tracker.progress.service.deciding import as_seen, check_more_time, decide, still_waits
from tracker.progress.service.granting import ACTS, Wish
from tracker.progress.states import RequestKind
from tracker.progress.workflow import FOLLOWS, LEAD_OFFICE, REPORTER, REVIEWER, Facts
from tracker.rectification.models import Finding, FindingRequest
from tracker.rectification.queries.finding import is_late
from tracker.rectification.service.acting import Held, hold, walk
from tracker.rectification.states import REQUESTS, WITH_UNIT


def ask_for(kind: RequestKind, finding_id: int, wish: Wish, *, by: Viewer, at: datetime) -> FindingRequest:
    """The unit asks. One request of a kind waits at a time. Raises NotFound for whoever is not of the unit, DomainError
    naming the field, Conflict where one waits."""
    held, today = hold(finding_id, by), clock.day_of(at)
    if kind not in REQUESTS or not held.roles & {REPORTER, REVIEWER}:
        raise NotFound
    waiting = _waiting(finding_id, kind)
    if waiting is not None:
        raise Conflict(_("已有一件同类申请等待审批，不必重复申请。"))
    finding = held.finding
    state = walk(kind, "unasked", "ask", _facts(held, by, today, reason=wish.reason))
    if kind == "extension":
        check_more_time(finding.due_on, wish.until, today)
    asked = FindingRequest(
        kind=kind, finding_id=finding_id, state=state, reason=wish.reason.strip(), progress=wish.progress.strip(),
        due_before=finding.due_on, until=wish.until if kind == "extension" else None, asked_by=by.person_id, asked_at=at,
    )  # fmt: skip
    session.add(asked)
    session.flush()
    told = {"目前进展": asked.progress, "申请延期至": asked.until} if kind == "extension" else {}
    _record(ACTS[kind].ask, finding, by, at, {"理由": asked.reason, "现期限": finding.due_on, **told})
    return asked


def take_back_request(request_id: int, *, by: Viewer, at: datetime) -> FindingRequest:
    """The unit takes its request back before it is decided."""
    held, asked = _hold(request_id, by)
    asked.state = walk(asked.kind, asked.state, "take_back", _facts(held, by, clock.day_of(at)))
    session.flush()
    _record(ACTS[asked.kind].take_back, held.finding, by, at, {})
    return asked


def grant_request(
    request_id: int, *, note: str, until: date | None = None, by: Viewer, at: datetime, seen: int | None = None
) -> FindingRequest:
    """The lead office agrees. `until` is the date it gives; None for the date asked for."""
    held, asked = _decided_by_lead(request_id, by, seen)
    finding, kind, today = held.finding, asked.kind, clock.day_of(at)
    state = walk(kind, asked.state, "grant", _facts(held, by, today, hands={asked.asked_by}))
    if kind == "extension":
        asked.granted_until = check_more_time(finding.due_on, until or asked.until, today)
        told = {"期限": f"{finding.due_on} → {asked.granted_until}", "原期限": finding.original_due_on}
        finding.due_on = asked.granted_until
    else:
        finding.excuse, told = "waived", {"期限": finding.original_due_on}
    decide(asked, state, note, by, at)
    session.flush()
    _record(ACTS[kind].grant, finding, by, at, {"批复意见": asked.note, **told})
    return asked


def refuse_request(
    request_id: int, *, reason: str, by: Viewer, at: datetime, seen: int | None = None
) -> FindingRequest:  # fmt: skip
    """The lead office does not agree, and says why; the unit may ask again."""
    held, asked = _decided_by_lead(request_id, by, seen)
    facts = _facts(held, by, clock.day_of(at), reason=reason, hands={asked.asked_by})
    decide(asked, walk(asked.kind, asked.state, "refuse", facts), reason, by, at)
    session.flush()
    _record(ACTS[asked.kind].refuse, held.finding, by, at, {"理由": asked.note})
    return asked


def lapse(finding_id: int, *kinds: RequestKind, at: datetime) -> None:
    """What nobody need decide any more: the act that brings it tells of it."""
    waiting = select(FindingRequest).where(
        FindingRequest.finding_id == finding_id, FindingRequest.state == "asked", FindingRequest.kind.in_(kinds)
    )
    for one in session.scalars(waiting.order_by(FindingRequest.id).execution_options(populate_existing=True)):
        one.state = walk(one.kind, one.state, "lapse", Facts(roles=frozenset({FOLLOWS})))
        one.decided_at = at
    session.flush()


def _facts(held: Held, by: Viewer, today: date, *, reason: str = "", hands: set[int] | None = None) -> Facts:
    """A finding in the hands of its unit is what a report owed of a task that was signed for is."""
    finding = held.finding
    with_unit = finding.state in WITH_UNIT
    return Facts(
        roles=held.roles, actor=by.person_id, hands=frozenset(hands or ()), reason=reason,
        assignment="in_progress" if with_unit else "", obligation="open" if with_unit else "",
        before_due=today <= finding.due_on, late=not finding.excuse and is_late(finding, today),
    )  # fmt: skip


def _waiting(finding_id: int, kind: RequestKind) -> int | None:
    statement = select(FindingRequest.id).where(
        FindingRequest.finding_id == finding_id, FindingRequest.kind == kind, FindingRequest.state == "asked"
    )
    return session.scalar(statement)


def _hold(request_id: int, by: Viewer) -> tuple[Held, FindingRequest]:
    asked = session.get(FindingRequest, request_id)
    if asked is None:
        raise NotFound
    held = hold(asked.finding_id, by)
    session.refresh(asked)
    still_waits(asked)
    return held, asked


def _decided_by_lead(request_id: int, by: Viewer, seen: int | None) -> tuple[Held, FindingRequest]:
    held, asked = _hold(request_id, by)
    if LEAD_OFFICE not in held.roles:
        raise NotFound
    as_seen(asked.version, seen)
    return held, asked


def _record(act: str, finding: Finding, by: Viewer, at: datetime, detail: dict[str, object]) -> None:
    record(act, by=by, at=at, subject=("finding", finding.id), unit_id=finding.unit_id, detail=detail)
