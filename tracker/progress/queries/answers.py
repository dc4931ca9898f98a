"""What the lead office answered lately to what units asked of it (批复): requests, tasks handed back, offers to take one,
questions that were brought before it (协调); and where it changed time limits (调整时限)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import Row, Select, null, or_, select
from sqlalchemy.orm import aliased

from tracker.accounts.models import Person
from tracker.accounts.roles import Viewer
from tracker.audit.models import AuditEntry
from tracker.audit.words import spoken
from tracker.clock import start_of
from tracker.db import session
from tracker.plans.models import Assignment, HandBack, Task
from tracker.progress.models import Claim, Obligation, Question, QuestionEntry, Request
from tracker.progress.queries.assignments import own_units
from tracker.progress.queries.scope import within
from tracker.progress.replanning import REDATED
from tracker.units.models import Unit

SHOWN_FOR = timedelta(days=7)
"""So long an answer stands on the desk: it asks for nothing that could be done with it."""


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """An answer to one of the viewer's units."""

    kind: str
    """That of a request, `hand_back`, `claim`, `question` or `dates`."""
    outcome: str
    """State of the request or the offer; what was decided of a hand-back; nothing of the others."""
    until: date | None
    """As granted."""
    note: str
    who: str
    at: datetime
    number: str | None
    task: str
    unit: str
    task_id: int
    assignment_id: int | None
    obligation_id: int | None
    question_id: int | None = None


def answers(viewer: Viewer, today: date, *, limit: int) -> list[AnswerRow]:
    """What was decided within the last seven days, the newest first; what a unit took back itself is none. Five statements."""
    requests, back, offers = (_newest(one, viewer, today, limit) for one in (_requests(), _hand_backs(), _claims()))
    found = [
        *(_row(one, one.Request.kind, one.Request.state, until=one.Request.granted_until, note=one.Request.note,
               report=one.Request.obligation_id) for one in requests),
        *(_row(one, "hand_back", one.HandBack.decision, note=one.HandBack.decision_note) for one in back),
        *(_row(one, "claim", one.Claim.state, note=_of_offer(one.Claim)) for one in offers),
        *_coordinated(viewer, today, limit),
        *_dates(viewer, today, limit),
    ]  # fmt: skip
    return sorted(found, key=lambda one: one.at, reverse=True)[:limit]


_SHOWN = (
    Person.name.label("who"),
    Task.id.label("task_id"),
    Task.number,
    Task.name.label("task"),
    Unit.name.label("unit"),
)


def _requests() -> tuple[Any, Select[Any]]:
    """What is decided, and the statement of it."""
    statement = select(Request, Request.assignment_id, *_SHOWN).join(Assignment, Assignment.id == Request.assignment_id)
    return Request, statement.join(Task, Task.id == Assignment.task_id).join(Unit, Unit.id == Assignment.unit_id).where(
        Request.state.in_(("granted", "refused"))
    )


def _hand_backs() -> tuple[Any, Select[Any]]:
    statement = select(HandBack, HandBack.assignment_id, *_SHOWN)
    statement = statement.join(Assignment, Assignment.id == HandBack.assignment_id)
    return HandBack, statement.join(Task, Task.id == Assignment.task_id).join(
        Unit, Unit.id == Assignment.unit_id
    ).where(HandBack.decision.in_(("kept", "moved", "withdrawn")))


def _claims() -> tuple[Any, Select[Any]]:
    statement = select(Claim, null().label("assignment_id"), *_SHOWN).join(Task, Task.id == Claim.task_id)
    return Claim, statement.join(Unit, Unit.id == Claim.unit_id).where(
        Claim.state.in_(("confirmed", "declined", "lapsed"))
    )


def _of_offer(one: Claim) -> str:
    """Nobody answers an offer that lapses: that another unit has the task is told all the same."""
    return _("这项任务已由其他单位承担。") if one.state == "lapsed" else one.note


def _newest(found: tuple[Any, Select[Any]], viewer: Viewer, today: date, limit: int) -> Sequence[Row[Any]]:
    model, statement = found
    statement = (
        statement.add_columns(model.decided_at)
        .outerjoin(Person, Person.id == model.decided_by)
        .where(model.decided_at >= start_of(today - SHOWN_FOR), within(Unit.id, own_units(viewer)))
        .order_by(model.decided_at.desc(), model.id.desc())
    )
    return session.execute(statement.limit(limit)).all()


def _coordinated(viewer: Viewer, today: date, limit: int) -> list[AnswerRow]:
    """Decisions between two units, for both of them."""
    asker, mine = aliased(Assignment), own_units(viewer)
    statement = (
        select(QuestionEntry, Question.obligation_id, *_SHOWN)
        .join(Question, Question.id == QuestionEntry.question_id)
        .join(Obligation, Obligation.id == Question.obligation_id)
        .join(Task, Task.id == Obligation.task_id)
        .join(Unit, Unit.id == Obligation.unit_id)
        .join(Person, Person.id == QuestionEntry.person_id)
        .outerjoin(asker, asker.id == Question.asker_id)
        .where(
            QuestionEntry.verb == "decide", QuestionEntry.at >= start_of(today - SHOWN_FOR),
            or_(within(Unit.id, mine), within(asker.unit_id, mine)),
        )
        .order_by(QuestionEntry.at.desc(), QuestionEntry.id.desc())
    )  # fmt: skip
    return [
        AnswerRow("question", "", None, row.QuestionEntry.text, row.who, row.QuestionEntry.at, row.number, row.task,
                  row.unit, row.task_id, None, row.obligation_id, row.QuestionEntry.question_id)
        for row in session.execute(statement.limit(limit))
    ]  # fmt: skip


def _dates(viewer: Viewer, today: date, limit: int) -> list[AnswerRow]:
    statement = (
        select(AuditEntry, *_SHOWN[1:], Assignment.id.label("assignment_id"))
        .join(Assignment, Assignment.id == AuditEntry.subject_id)
        .join(Task, Task.id == Assignment.task_id)
        .join(Unit, Unit.id == Assignment.unit_id)
        .where(
            AuditEntry.action == REDATED, AuditEntry.subject_kind == "assignment",
            AuditEntry.at >= start_of(today - SHOWN_FOR), within(Unit.id, own_units(viewer)),
        )
        .order_by(AuditEntry.seq.desc())
    )  # fmt: skip
    return [
        AnswerRow("dates", "", None, _said(row.AuditEntry.body.get("detail") or {}), row.AuditEntry.actor_name,
                  row.AuditEntry.at, row.number, row.task, row.unit, row.task_id, row.assignment_id, None)
        for row in session.execute(statement.limit(limit))
    ]  # fmt: skip


def _said(detail: Mapping[str, str]) -> str:
    """As the record says it: 期限调整 2026-06-30→2026-09-30；…"""
    return _("；").join(f"{spoken(name, _)} {said}" for name, said in detail.items() if said)


def _row(
    row: Row[Any], kind: str, outcome: str, *, note: str, until: date | None = None, report: int | None = None
) -> AnswerRow:
    return AnswerRow(
        kind, outcome, until, note, row.who or "", row.decided_at, row.number, row.task, row.unit, row.task_id,
        row.assignment_id, report,
    )  # fmt: skip
