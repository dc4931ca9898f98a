"""Figures that tasks are to reach, as the edition in force has them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import and_, bindparam, select

from tracker.db import session, table_of
from tracker.plans.models import TaskTarget
from tracker.prepared import Prepared
from tracker.progress.models import Obligation


@dataclass(frozen=True, slots=True)
class TargetView:
    id: int
    text: str
    op: str
    value: Decimal
    value_to: Decimal | None
    unit: str
    words: str
    """The clause of the document that it stands in; empty where that says no more."""

    @property
    def label(self) -> str:
        """What is asked for, as whoever reports it reads it."""
        return self.words or self.text


_TARGET, _OBLIGATION = table_of(TaskTarget).c, table_of(Obligation).c
_SHOWN = (_TARGET.id, _TARGET.text, _TARGET.op, _TARGET.value, _TARGET.value_to, _TARGET.unit, _TARGET.words)
_ASKED_FOR = select(*_SHOWN).where(_TARGET.ended.is_(False)).order_by(_TARGET.position, _TARGET.id)
"""Targets that the edition in force has, in printed order."""
_OF_TASK = _ASKED_FOR.where(_TARGET.task_id == bindparam("wanted"))
_OF_OBLIGATION = Prepared(
    select(*_SHOWN, _OBLIGATION.milestone, _OBLIGATION.assignment_id)
    .outerjoin_from(
        _OBLIGATION.id.table, _TARGET.id.table,
        and_(_TARGET.task_id == _OBLIGATION.task_id, _TARGET.ended.is_(False)),
    )
    .where(_OBLIGATION.id == bindparam("wanted"))
    .order_by(_TARGET.position, _TARGET.id)
)  # fmt: skip


def targets(task_id: int) -> list[TargetView]:
    """Figures that a task is to reach, in printed order."""
    session.flush()
    return [TargetView(*row) for row in session.connection().execute(_OF_TASK, {"wanted": task_id})]


def targets_of(obligation_id: int) -> tuple[list[TargetView], int | None]:
    """The targets of an obligation's task, and its assignment where it is a milestone: for the form that a person sends.
    Whose it is, the act itself asks. Read before the request takes its turn to write."""
    rows = _OF_OBLIGATION.rows(wanted=obligation_id)
    found = [TargetView(*target) for *target, _milestone, _assignment in rows if target[0] is not None]
    return found, next((assignment for *_target, milestone, assignment in rows if milestone), None)


def targets_of_tasks(task_ids: Iterable[int]) -> dict[int, tuple[TargetView, ...]]:
    """Task → its targets, in printed order."""
    found: dict[int, tuple[TargetView, ...]] = {}
    statement = _ASKED_FOR.add_columns(_TARGET.task_id).where(_TARGET.task_id.in_(sorted(set(task_ids))))
    for *target, task_id in session.execute(statement):
        found[task_id] = (*found.get(task_id, ()), TargetView(*target))
    return found
