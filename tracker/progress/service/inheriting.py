"""What hangs on a unit's tasks follows a reorganisation (机构改革): tasks passed down (转办下级), the steps of its review."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from sqlalchemy import ColumnElement, or_, select, update
from sqlalchemy.orm import aliased

from tracker.accounts.roles import Viewer
from tracker.audit.service import record
from tracker.db import session
from tracker.plans.models import Assignment
from tracker.progress.models import Obligation, Part, Passed, ReviewSigner
from tracker.units.models import Unit
from tracker.units.queries import name_of


def fold_passed(one: Assignment, there: Assignment) -> None:
    """Two assignments of one task become one: what was passed down of the one is passed down of the other, and what was
    written below for a date stands for the same date there."""
    dates, was = {due: number for number, due in _dates(there.id).items()}, _dates(one.id)
    for passed in _passed(Passed.assignment_id == one.id):
        into = _same(there.id, passed.unit_id)
        for part in session.scalars(select(Part).where(Part.passed_id == passed.id).order_by(Part.id)):
            number = dates.get(was[part.obligation_id])
            if number is not None and not (into and _written(into.id, number)):
                part.obligation_id = number
                part.passed_id = into.id if into else passed.id
        if into is None:
            passed.assignment_id = there.id
        else:
            into.stands, passed.stands = into.stands or passed.stands, False
        session.flush()


def pass_on_passed(heirs: Mapping[int, int], words: str, by: Viewer | None, at: datetime) -> dict[str, int]:
    """A task passed down to a body that ended is its heir's to report on, with what was written so far. It ends where the
    unit stands no longer below the one that passed it down. What has arrived stays with whoever reported it."""
    told = 0
    for unit_id, heir_id in heirs.items():
        for passed in _passed(Passed.unit_id == unit_id, Passed.stands.is_(True)):
            into = _same(passed.assignment_id, heir_id)
            if into is None:
                passed.unit_id = heir_id
            else:
                _join(passed, into)
            session.flush()
            told += 1
            record("随机构改革承接转办", by=by, at=at, subject=("assignment", passed.assignment_id), unit_id=heir_id,
                   changes={"单位": (name_of(unit_id), name_of(heir_id))}, detail={"改革": words})  # fmt: skip
    return {"承接转办": told, "撤下转办": _end_strays(words, by, at)}


def _join(passed: Passed, into: Passed) -> None:
    """The heir has the task already: what it has not written yet it goes on with from there."""
    into.stands, passed.stands = True, False
    for part in session.scalars(select(Part).where(Part.passed_id == passed.id).order_by(Part.id)):
        if part.state in {"draft", "returned"} and not _written(into.id, part.obligation_id):
            part.passed_id = into.id


def _end_strays(words: str, by: Viewer | None, at: datetime) -> int:
    """Nobody reports to a unit that it stands no longer below."""
    above, below = aliased(Unit), aliased(Unit)
    statement = (
        select(Passed, below.name)
        .join(Assignment, Assignment.id == Passed.assignment_id)
        .join(above, above.id == Assignment.unit_id)
        .join(below, below.id == Passed.unit_id)
        .where(Passed.stands.is_(True), or_(below.id == above.id, ~below.path.startswith(above.path)))
        .order_by(Passed.id)
    )
    strays = session.execute(statement).all()
    for passed, name in strays:
        passed.stands = False
        session.flush()
        record("随机构改革撤下转办", by=by, at=at, subject=("assignment", passed.assignment_id), unit_id=passed.unit_id,
               detail={"单位": name, "改革": words})  # fmt: skip
    return len(strays)


def pass_on_steps(heirs: Mapping[int, int]) -> None:
    """Whoever took a step of the review of a body that ended takes it for the heir, unless that one has its own."""
    for unit_id, heir_id in heirs.items():
        own = select(ReviewSigner.step_no).where(ReviewSigner.unit_id == heir_id).limit(1)
        if session.scalar(own) is None:
            session.execute(update(ReviewSigner).where(ReviewSigner.unit_id == unit_id).values(unit_id=heir_id))


def _dates(assignment_id: int) -> dict[int, date]:
    """The obligations of an assignment, each with its date."""
    statement = select(Obligation.id, Obligation.due_on).where(Obligation.assignment_id == assignment_id)
    return {row.id: row.due_on for row in session.execute(statement.order_by(Obligation.id))}


def _passed(*which: ColumnElement[bool]) -> list[Passed]:
    statement = select(Passed).where(*which).order_by(Passed.id)
    return list(session.scalars(statement.execution_options(populate_existing=True)))


def _same(assignment_id: int, unit_id: int) -> Passed | None:
    return session.scalar(select(Passed).where(Passed.assignment_id == assignment_id, Passed.unit_id == unit_id))


def _written(passed_id: int, obligation_id: int) -> bool:
    found = select(Part.id).where(Part.passed_id == passed_id, Part.obligation_id == obligation_id)
    return session.scalar(found) is not None
