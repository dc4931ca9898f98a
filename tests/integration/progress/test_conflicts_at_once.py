"""Two people decide differently on one thing at the same moment: the first is done, the second is told, nothing is both."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select

from tests.integration.progress.test_together import whole
from tests.support.issued import Issued, reported
from tests.support.place import AT
from tests.support.together import one_behind_the_other
from tracker.audit.models import AuditEntry
from tracker.db import session
from tracker.plans.models import Assignment, HandBack
from tracker.progress import service
from tracker.progress.content import Content
from tracker.progress.models import Obligation, Passed, Return
from tracker.progress.service.passing import pass_down
from tracker.units import service as units

TASK, UNIT = "压减审批时限", "市财政局"
LATER = AT + timedelta(hours=3)
Act = Callable[[], object]


def waiting(plan: Issued) -> int:
    """A return that waits at the lead office."""
    return reported(plan, plan.obligations(TASK, UNIT)[0].id)


def in_review(plan: Issued) -> int:
    """A return that waits for its own unit's reviewer."""
    return reported(plan, plan.obligations(TASK, UNIT)[0].id, reviewer=None)


def accepting(number: int, by: Any) -> Act:
    return lambda: service.accept(number, by=by["lead"], at=LATER)


def sending_back(number: int, by: Any) -> Act:
    return lambda: service.send_back(number, reason="缺少数据。", by=by["second_lead"], at=LATER)


def recalling(number: int, by: Any) -> Act:
    return lambda: service.recall(number, by=by["reporter"], at=LATER)


def approving(number: int, by: Any) -> Act:
    return lambda: service.approve(number, by=by["reviewer"], at=LATER)


def sending_back_inside(number: int, by: Any) -> Act:
    return lambda: service.send_back_own(number, reason="请补充。", by=by["second_reviewer"], at=LATER)


PEOPLE = ("lead", "second_lead", "reporter", "reviewer", "second_reviewer")


@pytest.mark.parametrize(
    ("made", "first", "second", "state"),
    [
        (waiting, accepting, sending_back, "accepted"),
        (waiting, sending_back, accepting, "returned"),
        (waiting, accepting, recalling, "accepted"),
        (waiting, recalling, accepting, "withdrawn"),
        (in_review, approving, sending_back_inside, "to_check"),
        (in_review, sending_back_inside, approving, "own_returned"),
        (in_review, recalling, approving, "withdrawn"),
    ],
)
def test_a_return_goes_one_way(
    plan, writing, reading, made: Callable[[Issued], int], first: Callable[..., Act], second: Callable[..., Act], state
):
    with writing():
        number = made(plan)
    with reading():
        by = {name: plan.viewer(name) for name in PEOPLE}
    answers = one_behind_the_other(writing, first(number, by), second(number, by))
    assert answers[0] == "done"
    assert answers[1] in {"Conflict", "DomainError"}
    with reading():
        assert session.get_one(Return, number).state == state
    whole(reading)


def test_one_hand_back_is_ruled_on_once(plan, writing, reading):
    with writing():
        task = plan.assignment(TASK, UNIT).id
        service.hand_back(task, reason="不属于本单位职责。", proposed_unit_id=None, by=plan.viewer("reporter"), at=AT)
        number = session.scalars(select(HandBack.id)).one()
    with reading():
        lead, other = plan.viewer("lead"), plan.viewer("second_lead")
    answers = one_behind_the_other(
        writing,
        lambda: service.keep(number, reason="属于本单位。", by=lead, at=LATER),
        lambda: service.withdraw(number, reason="不再需要。", by=other, at=LATER),
    )
    assert answers == ["done", "Conflict"]
    with reading():
        assert session.get_one(Assignment, task).state == "to_sign"
        owed = select(Obligation.state).where(Obligation.assignment_id == task)
        assert set(session.scalars(owed)) == {"open"}
    whole(reading)


def test_a_task_is_passed_down_once_to_each_unit(plan, writing, reading):
    with writing():
        task = plan.assignment(TASK, UNIT).id
        service.sign(task, by=plan.viewer("reporter"), at=AT)
        office = units.create_unit(
            name="市财政局国库支付中心", kind="office", parent_id=plan.place.units[UNIT], by=None, at=AT,
            since=AT.date(),
        ).id  # fmt: skip
    with reading():
        people = [plan.viewer(name) for name in ("reporter", "reviewer")]
    one, two = (lambda by=by: pass_down(task, [office], "报送本单位数据。", 5, by=by, at=LATER) for by in people)
    assert one_behind_the_other(writing, one, two) == ["done", "done"], "what is so already is no refusal"
    with reading():
        assert list(session.scalars(select(Passed.unit_id))) == [office]
        assert session.scalar(select(func.count()).where(AuditEntry.action == "转办下级")) == 1


def test_what_is_suspended_while_it_is_handed_in_is_whole_either_way(plan, writing, reading):
    with writing():
        task, owed = plan.assignment(TASK, UNIT).id, plan.obligations(TASK, UNIT)[0].id
        service.sign(task, by=plan.viewer("reporter"), at=AT)
        wish = service.Wish("待批复。", condition="批复后")
        asked = service.ask_for("suspension", task, wish, by=plan.viewer("reviewer"), at=AT).id
    with reading():
        lead, reporter = plan.viewer("lead"), plan.viewer("reporter")
    answers = one_behind_the_other(
        writing,
        lambda: service.grant_request(asked, note="同意。", by=lead, at=LATER),
        lambda: service.hand_in(owed, content=Content("已完成", percent=40), by=reporter, at=LATER),
    )
    assert answers[0] == "done"
    assert answers[1] in {"done", "Conflict", "DomainError"}
    with reading():
        handed_in = session.scalar(select(func.count()).where(Return.state == "own_review"))
        assert handed_in == (1 if answers[1] == "done" else 0)
    whole(reading)
