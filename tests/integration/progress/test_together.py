"""Two acts at the same moment: one comes after the other, whichever it is, and what is left is whole."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import date

import pytest
from sqlalchemy import func, select

from tests.integration.progress.test_counting import kept, recounted
from tests.support.issued import adopted, at, people
from tests.support.place import AT, DAY
from tests.support.revised import LIMITS, received, running
from tests.support.together import together, until_somebody_waits
from tracker.accounts.roles import Viewer
from tracker.audit.queries import verify_chain
from tracker.db import session
from tracker.plans.models import Assignment, PlanEdition
from tracker.progress import service
from tracker.progress.content import Content
from tracker.progress.models import Obligation, Request, Return
from tracker.progress.service.acting import hold_assignment
from tracker.units import service as units
from tracker.units.acts import NewBody, Terms
from tracker.units.models import Unit


def whole(reading) -> None:
    with reading():
        assert kept() == recounted()
        assert verify_chain().broken_at is None


def test_one_request_is_decided_once(plan, writing, reading):
    with writing():
        task = plan.assignment("压减审批时限", "市财政局").id
        service.sign(task, by=plan.viewer("reporter"), at=AT)
        wish = service.Wish("待批复。", condition="批复后")
        asked = service.ask_for("suspension", task, wish, by=plan.viewer("reviewer"), at=AT).id
    with reading():
        first, second = plan.viewer("lead"), plan.viewer("second_lead")
    answers = together(
        writing,
        lambda: service.grant_request(asked, note="同意。", by=first, at=AT),
        lambda: service.refuse_request(asked, reason="材料不全。", by=second, at=AT),
    )
    assert sorted(answers) == ["Conflict", "done"]
    with reading():
        granted = session.get(Request, asked).state == "granted"
        let_off = {one.excuse for one in plan.obligations("压减审批时限", "市财政局")}
        assert let_off == ({"suspended"} if granted else {""})
    whole(reading)


def test_an_edition_is_adopted_while_a_report_comes(place, writing, reading):
    july = at(date(2026, 7, 10))
    with writing():
        found = received(running(place))
        name = next(name for name in found.tasks if name.startswith(LIMITS))
        service.sign(found.assignment(name, "市财政局").id, by=found.viewer("reporter"), at=AT)
        owed = found.obligations(name, "市财政局")[2].id
        mark = found.seen(july)
    with reading():
        lead, reporter = found.viewer("lead"), found.viewer("reporter")
    said = service.Wishes("市政府印发修订稿。", warnings_ok=True, unclaimed_ok=True)
    answers = together(
        writing,
        lambda: service.adopt_revision(found.draft_id, said, seen=mark, by=lead, at=july),
        lambda: service.adopt_revision(found.draft_id, said, seen=mark, by=lead, at=july),
        lambda: service.hand_in(owed, content=Content("已完成", percent=40), version=0, by=reporter, at=july),
    )
    assert answers[2] == "done"
    assert answers[:2].count("done") <= 1
    assert not [one for one in answers if one not in {"done", "Conflict", "DomainError", "NotFound"}], answers
    with reading():
        assert session.scalar(select(func.count()).select_from(Return)) == 1
        assert session.scalar(select(func.max(PlanEdition.number))) in ({2} if "done" in answers[:2] else {None, 1})
    whole(reading)


def test_a_body_is_renamed_while_a_plan_is_issued(place, writing, reading):
    with writing():
        people(place)
        plan = adopted(place)
    with reading():
        lead, admin = plan.viewer("lead"), plan.viewer("admin")
    finance = place.units["市财政局"]
    body = NewBody("云岫市财政金融局", "", "department", place.units["云岫市"])
    order = Terms("rename", (finance,), DAY, "云编发〔2026〕1号", bodies=(body,))
    answers = together(
        writing,
        lambda: service.issue_plan(plan.plan_id, by=lead, at=AT),
        lambda: units.order_act(order, by=admin, at=AT),
    )
    assert "done" in answers, answers
    assert not [one for one in answers if one not in {"done", "Conflict", "DomainError"}], answers
    with reading():
        if answers == ["done", "done"]:
            heir = session.scalar(select(Unit.id).where(Unit.name == "云岫市财政金融局"))
            assert session.scalar(select(func.count()).where(Assignment.unit_id == finance)) == 0
            assert session.scalar(select(func.count()).where(Obligation.unit_id == finance)) == 0
            assert session.scalar(select(func.count()).where(Obligation.unit_id == heir)) > 0
    whole(reading)


def renaming(order: Terms, by: Viewer, begun: threading.Event, over: threading.Event) -> Callable[[], None]:
    """The act of a reorganisation, for `together`."""

    def act() -> None:
        begun.wait()
        try:
            units.order_act(order, by=by, at=AT)
        finally:
            over.set()

    return act


def test_a_task_is_signed_for_while_its_unit_is_renamed(place, writing, reading):
    """Whoever signs holds the task already when the reorganisation comes for it, and wants the record next."""
    with writing():
        people(place)
        plan = adopted(place)
        service.issue_plan(plan.plan_id, by=plan.viewer("lead"), at=AT)
    with reading():
        if session.get_bind().dialect.name == "sqlite":
            pytest.skip("SQLite has one writer from the beginning of its transaction")
        task = plan.assignment("压减审批时限", "市财政局").id
        reporter, admin = plan.viewer("reporter"), plan.viewer("admin")
    body = NewBody("云岫市财政金融局", "", "department", place.units["云岫市"])
    order = Terms("rename", (place.units["市财政局"],), DAY, "云编发〔2026〕1号", bodies=(body,))
    begun, over = threading.Event(), threading.Event()

    def sign() -> None:
        hold_assignment(task, reporter)
        until_somebody_waits(begun, over)
        service.sign(task, by=reporter, at=AT)

    assert together(writing, sign, renaming(order, admin, begun, over)) == ["done", "done"]
    with reading():
        heir = session.scalar(select(Unit.id).where(Unit.name == "云岫市财政金融局"))
        one = session.get_one(Assignment, task)
        assert (one.unit_id, one.state) == (heir, "in_progress")
    whole(reading)
