"""Open tasks follow a reorganisation (机构改革): what a body still owed is its successor's, what it did stays its own."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import Select, and_, or_, select

from tracker import clock
from tracker.accounts.roles import Viewer
from tracker.audit.service import record
from tracker.db import session
from tracker.plans.models import Assignment, HandBack
from tracker.plans.states import ROLE_ORDER
from tracker.progress.models import Obligation, Passed
from tracker.progress.service.acting import FOLLOWING, lock_assignments, walk
from tracker.progress.service.assigning import cancel_unfinished, take_over
from tracker.progress.service.counting import change, rebranch
from tracker.progress.service.inheriting import fold_passed, pass_on_passed, pass_on_steps
from tracker.progress.service.lapsing import lapse_closings
from tracker.progress.service.suspending import hold_to_suspensions
from tracker.progress.states import UNFINISHED
from tracker.units.followers import Passing
from tracker.units.kinds import group_of
from tracker.units.models import Unit

OPEN = ("draft", "to_sign", "handed_back", "in_progress")


def hold(units: Select[tuple[int]]) -> None:
    """Locks the assignments of units that are about to be reorganised, and of those that may take them over."""
    below = select(Passed.assignment_id).where(Passed.unit_id.in_(units))
    lock_assignments(or_(Assignment.unit_id.in_(units), Assignment.id.in_(below)))


def pass_on(passing: Passing, by: Viewer | None, at: datetime) -> Mapping[str, int]:
    """Passes the open assignments of units that ended to their heirs, each with an entry in its record.

    They stay as they are, signed or not, with drafts and requests; obligations that are done keep the name of whoever did
    them. Where the heir has the task already, the two become one: it owes the dates that it did not owe yet.
    """
    rebranch(passing.branches)
    passed = folded = 0
    for unit_id, heir_id in passing.heirs.items():
        held = session.scalars(
            select(Assignment).where(Assignment.unit_id == unit_id, Assignment.state.in_(OPEN))
            .order_by(Assignment.id).execution_options(populate_existing=True)
        ).all()  # fmt: skip
        tasks = [one.task_id for one in held]
        theirs = {
            one.task_id: one
            for one in session.scalars(
                select(Assignment).where(Assignment.unit_id == heir_id, Assignment.task_id.in_(tasks))
            )
        }
        old, heir = session.get_one(Unit, unit_id), session.get_one(Unit, heir_id)
        for one in held:
            there = theirs.get(one.task_id)
            if there is None:
                _hand_over(one, heir, at)
                passed += 1
            else:
                _fold(one, there, passing.words, at)
                folded += 1
            record("随机构改革承接任务" if there is None else "随机构改革并入任务", by=by, at=at,
                   subject=("assignment", one.id if there is None else there.id), unit_id=heir_id,
                   changes={"承办单位": (old.name, heir.name)}, detail={"改革": passing.words})  # fmt: skip
    pass_on_steps(passing.heirs)
    return {
        "承接任务": passed, "并入任务": folded, **pass_on_passed(passing.heirs, passing.words, by, at),
    }  # fmt: skip


def _hand_over(one: Assignment, heir: Unit, at: datetime) -> None:
    """With what a suspension lets it off from now on: that is owed again where the suspension ends."""
    one.unit_id, one.unit_group = heir.id, group_of(heir.kind)
    session.flush()
    let_off = and_(
        Obligation.state == "cancelled", Obligation.excuse == "suspended", Obligation.due_on >= clock.day_of(at)
    )
    owed = select(Obligation).where(Obligation.assignment_id == one.id, or_(Obligation.state.in_(UNFINISHED), let_off))
    obligations = session.scalars(owed.order_by(Obligation.due_on).execution_options(populate_existing=True)).all()
    change(obligations, unit_id=heir.id, unit_group=one.unit_group)


def _fold(one: Assignment, there: Assignment, words: str, at: datetime) -> None:
    """Two assignments of one task become the heir's, in the weightier of their roles."""
    one.state = walk("assignment", one.state, "fold", FOLLOWING)
    waiting = select(HandBack).where(HandBack.assignment_id == one.id, HandBack.decision.is_(None))
    for handed in session.scalars(waiting.order_by(HandBack.id)):
        handed.decision, handed.decision_note, handed.decided_at = "moved", words, at
    lapse_closings(one.id, at=at)
    owed = cancel_unfinished(one.id, at=at)
    if there.state in {"moved", "withdrawn"}:
        there.state, there.role = walk("assignment", there.state, "take_over", FOLLOWING), one.role
        there.signed_by, there.signed_at = None, None
    elif ROLE_ORDER[one.role] < ROLE_ORDER[there.role]:
        there.role = one.role
    session.flush()
    if there.state != "done":
        take_over(there, owed)
        fold_passed(one, there)
        hold_to_suspensions([there.id], at=at)
