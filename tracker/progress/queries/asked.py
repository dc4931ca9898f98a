"""What was asked about reports (询问) and answered to it."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from sqlalchemy import ColumnElement, Row, func, select
from sqlalchemy.orm import aliased

from tracker.db import session
from tracker.plans.models import Task
from tracker.progress.asked_again import Asked
from tracker.progress.models import Obligation, Question, QuestionEntry
from tracker.units.models import Unit


def asked_before(obligation_id: int) -> list[Asked]:
    """All that was asked about the reports of the same task by the same unit, the oldest first."""
    assignment = select(Obligation.assignment_id).where(Obligation.id == obligation_id)
    return [one for _row, one in questions_asked(Obligation.assignment_id.in_(assignment))]


def answered_about(assignment_ids: Collection[int]) -> dict[int, list[Asked]]:
    """By assignment what was asked about its reports and answered, the newest first. One statement."""
    found: dict[int, list[Asked]] = {}
    for row, one in reversed(questions_asked(Obligation.assignment_id.in_(assignment_ids))):
        if one.answered_at is not None:
            found.setdefault(row.assignment_id, []).append(one)
    return found


def questions_asked(*which: ColumnElement[bool]) -> list[tuple[Row[Any], Asked]]:
    """Questions, each with its report, unit and task: what was asked first and answered last. The oldest first."""
    asking, answering = aliased(QuestionEntry), aliased(QuestionEntry)
    first = select(func.min(asking.id)).where(asking.question_id == Question.id).correlate(Question).scalar_subquery()
    last = (
        select(func.max(answering.id))
        .where(answering.question_id == Question.id, answering.verb == "answer")
        .correlate(Question)
        .scalar_subquery()
    )
    entry, answer = aliased(QuestionEntry), aliased(QuestionEntry)
    statement = (
        select(
            Question.id, Obligation.id.label("obligation_id"), Obligation.assignment_id, Obligation.unit_id,
            Unit.name.label("unit"), Task.number, Task.name.label("task"), entry.text, entry.at,
            answer.at.label("answered_at"), answer.text.label("answer"),
        )
        .join(Obligation, Obligation.id == Question.obligation_id)
        .join(Unit, Unit.id == Obligation.unit_id)
        .join(Task, Task.id == Obligation.task_id)
        .join(entry, entry.id == first)
        .outerjoin(answer, answer.id == last)
        .where(*which)
        .order_by(Question.id)
    )  # fmt: skip
    return [
        (row, Asked(row.id, row.obligation_id, row.text, row.at, row.answered_at, row.answer or ""))
        for row in session.execute(statement)
    ]
