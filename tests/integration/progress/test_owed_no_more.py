"""Whoever types a report that is asked for no more is told what happened to it: which act, by whom, until when."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import update

from tests.support.issued import at
from tests.support.place import AT, DAY
from tracker.db import session
from tracker.errors import DomainError
from tracker.plans.models import Assignment
from tracker.progress import service
from tracker.progress.content import Content
from tracker.progress.models import Obligation

TASK, UNIT, LEAD = "压减审批时限", "市财政局", "林牵头"
TYPED = Content(done="写到一半的话。", percent=10)


@pytest.fixture
def report(plan, writing):
    """The second report of a task that is signed for; a draft of it is begun. Returns its id and the draft's version."""
    with writing():
        service.sign(plan.assignment(TASK, UNIT).id, by=plan.viewer("reporter"), at=AT)
        one = plan.obligations(TASK, UNIT)[1]
        return one.id, save(plan, one.id, 0)


def save(plan, number, version):
    by = plan.viewer("reporter")
    return service.save_draft(number, TYPED, version=version, editor="page", by=by, at=AT).version


def told(plan, writing, report):
    with writing(), pytest.raises(DomainError) as refused:
        save(plan, *report)
    return refused.value.message


def test_a_suspension_is_told_with_its_end_and_who_granted_it(plan, writing, report):
    with writing():
        wish = service.Wish("汛期不能施工。", until=date(2026, 7, 31))
        task = plan.assignment(TASK, UNIT).id
        one = service.ask_for("suspension", task, wish, by=plan.viewer("reviewer"), at=at(DAY))
        service.grant_request(one.id, until=None, note="同意。", by=plan.viewer("lead"), at=at(DAY, 12))
    words = told(plan, writing, report)
    assert "已挂账至 2026-07-31" in words
    assert "这一期免报" in words
    assert LEAD in words


@pytest.mark.parametrize(
    ("state", "words"),
    [("cancelled", "已取消"), ("accepted", "已核收"), ("reported", "正在核验")],
)
def test_what_became_of_a_report_is_told_apart(plan, writing, report, state, words):
    with writing():
        session.execute(update(Obligation).where(Obligation.id == report[0]).values(state=state))
    others = {"已取消", "已核收", "正在核验"} - {words}
    said = told(plan, writing, report)
    assert words in said
    assert not any(one in said for one in others)


@pytest.mark.parametrize(("state", "words"), [("moved", "已改派"), ("withdrawn", "已撤销"), ("done", "已办结")])
def test_what_became_of_its_task_is_told_apart(plan, writing, report, state, words):
    with writing():
        session.execute(update(Assignment).where(Assignment.id == plan.assignment(TASK, UNIT).id).values(state=state))
    assert words in told(plan, writing, report)
