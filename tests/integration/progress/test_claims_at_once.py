"""Several units offer to take one task, and several people decide at the same moment: one wins, the others are told."""

from __future__ import annotations

import threading
from typing import Any

import pytest
from sqlalchemy import select

from tests.integration.progress.test_claims import OPEN, SPECS
from tests.support.issued import issued
from tests.support.place import AT
from tests.support.together import one_behind_the_other, together, until_somebody_waits
from tracker.db import session
from tracker.plans.models import Assignment
from tracker.progress.models import Claim
from tracker.progress.service import claims
from tracker.progress.service.claims import claim, confirm_claim, decline_claim, take_back_claim


@pytest.fixture
def plan(place, writing):
    with writing():
        return issued(place, SPECS)


@pytest.fixture
def offers(plan, writing) -> list[int]:
    """Two units' offers for one task."""
    with writing():
        task, units = plan.tasks[OPEN], plan.place.units
        return [
            claim(task, units[unit], "本单位有现成场地。", by=plan.viewer(who), at=AT).id
            for unit, who in (("市财政局", "reporter"), ("市交通运输局", "other_reporter"))
        ]


def test_two_people_of_a_unit_offer_once(plan, writing, reading):
    with reading():
        people = [plan.viewer(name) for name in ("reporter", "reviewer")]
    task, unit = plan.tasks[OPEN], plan.place.units["市财政局"]
    one, two = (lambda by=by: claim(task, unit, "本单位有现成场地。", by=by, at=AT) for by in people)
    assert one_behind_the_other(writing, one, two) == ["done", "Conflict"]
    with reading():
        assert list(session.scalars(select(Claim.state))) == ["asked"]


@pytest.mark.parametrize("second", ["confirm", "decline", "take_back"])
def test_whoever_decides_on_another_offer_meanwhile_waits_and_is_told(
    plan, offers, writing, reading, monkeypatch, second
):
    """The first has the task and comes to the other offers when somebody is about to decide on one of them."""
    with reading():
        lead, other, unit = (plan.viewer(name) for name in ("lead", "second_lead", "other_reporter"))
        sqlite = session.get_bind().dialect.name == "sqlite"
    begun, over = threading.Event(), threading.Event()
    lapse = claims._lapse_others

    def lapse_late(*of: Any) -> None:
        if sqlite:
            begun.set()
        else:
            until_somebody_waits(begun, over)
        lapse(*of)

    acts = {
        "confirm": lambda: confirm_claim(offers[1], "lead", "", by=other, at=AT),
        "decline": lambda: decline_claim(offers[1], "已有单位", by=other, at=AT),
        "take_back": lambda: take_back_claim(offers[1], by=unit, at=AT),
    }

    def follow() -> None:
        begun.wait()
        try:
            acts[second]()
        finally:
            over.set()

    monkeypatch.setattr(claims, "_lapse_others", lapse_late)
    answers = together(writing, lambda: confirm_claim(offers[0], "lead", "", by=lead, at=AT), follow)
    assert answers == ["done", "Conflict"]
    with reading():
        assert list(session.scalars(select(Claim.state).order_by(Claim.id))) == ["confirmed", "lapsed"]
        held = select(Assignment.unit_id).where(Assignment.task_id == plan.tasks[OPEN])
        assert list(session.scalars(held)) == [plan.place.units["市财政局"]]
