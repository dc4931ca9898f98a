"""What becomes of requests that nobody need decide any more, and of questions that nobody need answer."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, select

from tracker.db import session
from tracker.progress.models import Question, Request
from tracker.progress.service.acting import FOLLOWING, walk
from tracker.progress.states import QUESTION_OPEN


def lapse_extensions(obligation_ids: Sequence[int], *, at: datetime) -> None:
    """The reports came, or were cancelled: more time asked for them lapses. The act that brings it tells of it."""
    if obligation_ids:
        _lapse(Request.kind == "extension", Request.obligation_id.in_(obligation_ids), at=at)


def lapse_closings(assignment_id: int, *, at: datetime) -> None:
    """The task was closed, or ended, otherwise: what is asked for it as a whole lapses."""
    _lapse(Request.obligation_id.is_(None), Request.assignment_id == assignment_id, at=at)


def _lapse(*conditions: ColumnElement[bool], at: datetime) -> None:
    waiting = select(Request).where(Request.state == "asked", *conditions).order_by(Request.id)
    for one in session.scalars(waiting.execution_options(populate_existing=True)):
        one.state, one.decided_at = walk(one.kind, one.state, "lapse", FOLLOWING), at
    session.flush()


def lapse_urges(obligation_id: int, *, at: datetime) -> None:
    """The report came: nobody need be urged to send it."""
    _lapse_questions(Question.kind == "urge", Question.obligation_id == obligation_id, at=at)


def lapse_questions(obligation_ids: Sequence[int], *, at: datetime) -> None:
    """The reports are cancelled: what was asked about them lapses."""
    if obligation_ids:
        _lapse_questions(Question.obligation_id.in_(obligation_ids), at=at)


def _lapse_questions(*conditions: ColumnElement[bool], at: datetime) -> None:
    waiting = select(Question).where(Question.state.in_(QUESTION_OPEN), *conditions).order_by(Question.id)
    for one in session.scalars(waiting.execution_options(populate_existing=True)):
        one.state, one.moved_at = walk("question", one.state, "lapse", FOLLOWING), at
    session.flush()
