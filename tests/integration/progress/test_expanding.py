"""Collectives of a plan asked anew: the difference is shown, what was made by hand is left, and only the ticked is done."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from tests.integration.progress.test_counting import kept, recounted
from tests.support.issued import QUARTERLY, TaskSpec, adopted, at, people
from tests.support.place import AT, DAY, FOUNDED
from tracker.audit.models import AuditEntry
from tracker.db import session
from tracker.errors import Conflict, DomainError, NotFound
from tracker.plans.models import Assignment, AssignmentSource, PlanEdition, Task
from tracker.progress import service
from tracker.progress.models import Obligation
from tracker.progress.queries.expanding import expansion
from tracker.units.service import confirm_collective, create_unit, end_unit, get_unit

PHRASE = "各县区政府"
LATER = DAY + timedelta(days=7)


@pytest.fixture
def counties(place, writing):
    """An issued plan whose two tasks name 各县区政府: the second was not given to 临溪县, by hand."""
    with writing():
        people(place)
        confirm_collective(PHRASE, {"below": place.units["云岫市"], "kinds": ["county"]}, by=None, at=at(FOUNDED))
        made = adopted(
            place,
            (
                TaskSpec("压减时限", (("望川县", "responsible"), ("临溪县", "responsible")), (QUARTERLY,)),
                TaskSpec("公开指南", (("望川县", "support"),), (QUARTERLY,)),
            ),
        )
        for source in session.scalars(select(AssignmentSource)):
            source.expression, source.collective = PHRASE, True
        service.issue_plan(made.plan_id, by=made.viewer("lead"), at=AT)
    return made


@pytest.fixture
def founded(counties, place, writing, clock_stands):
    """A county that was founded since."""
    clock_stands.move_to(at(LATER))
    with writing():
        place.units["青禾县"] = create_unit(
            name="青禾县", kind="county", parent_id=1, by=None, at=at(LATER), since=LATER
        ).id
    return place.units["青禾县"]


def differences(made):
    found = expansion(made.plan_id, made.viewer("lead"), today=LATER)
    return {(one.unit, one.joins): (len(one.tasks), one.by_hand) for one in found.differences}


def test_what_the_plan_has_is_frozen_until_somebody_acts(counties, founded, reading):
    with reading():
        assert differences(counties) == {("青禾县", True): (2, False), ("临溪县", True): (1, True)}
        assert session.scalar(select(Assignment.id).where(Assignment.unit_id == founded)) is None


def test_a_task_that_an_edition_dropped_is_given_to_nobody(counties, founded, writing, reading):
    with writing():
        edition = PlanEdition(
            plan_id=counties.plan_id, number=2, document_title="", document_number="", document_issuer="", counts={},
            adopted_at=at(LATER),
        )  # fmt: skip
        session.add(edition)
        session.flush()
        session.get_one(Task, counties.tasks["压减时限"]).ended_in = edition.id
    with reading():
        assert differences(counties) == {("青禾县", True): (1, False), ("临溪县", True): (1, True)}


def test_the_ticked_is_done_and_the_rest_stays(counties, founded, place, sign_in_as, reading):
    lead = sign_in_as("lead")
    url = f"/plans/{counties.plan_id}/collectives"
    assert url in lead.get(f"/plans/{counties.plan_id}").text
    page = lead.get(url).text
    assert re.search(r'value="\d+:各县区政府" checked', page)
    assert "人工调整过" in page
    seen = re.search(r'name="seen"[^>]*value="(\w+)"', page)[1]
    form = {"chosen": [f"{founded}:{PHRASE}"], "seen": seen}
    assert "请写明理由" in lead.post(url, data=form).text
    assert lead.post(url, data={**form, "reason": "新设青禾县"}).status_code == 302
    again = lead.post(url, data={**form, "reason": "新设青禾县"})
    assert (again.status_code, "核对下面的最新差别" in again.text) == (409, True)
    with reading():
        assert differences(counties) == {("临溪县", True): (1, True)}
        theirs = session.scalars(select(Assignment).where(Assignment.unit_id == founded).order_by(Assignment.id)).all()
        assert [(one.state, one.role) for one in theirs] == [("to_sign", "responsible"), ("to_sign", "support")]
        owed = {
            unit: sorted(session.scalars(select(Obligation.due_on).where(Obligation.unit_id == unit)))
            for unit in (founded, place.units["望川县"])
        }
        assert owed[founded] == owed[place.units["望川县"]] != []
        assert kept() == recounted()
        acts = list(session.scalars(select(AuditEntry.action)))
        assert (acts.count("重新展开集合称谓"), acts.count("集合称谓新派任务")) == (1, 2)


def test_who_left_the_collective_is_taken_off(counties, place, writing, reading):
    then, lead, county = at(LATER), counties.viewer, place.units["临溪县"]
    with writing():
        end_unit(get_unit(county), last_day=DAY, by=counties.viewer("admin"), at=then)
        found = expansion(counties.plan_id, lead("lead"), today=LATER)
        assert differences(counties) == {("临溪县", False): (1, False)}
        key = found.differences[0].key
        for chosen, seen, told in (([], found.mark, DomainError), ([key], "else", Conflict)):
            with pytest.raises(told):
                service.expand_again(counties.plan_id, chosen, reason="撤县", seen=seen, by=lead("lead"), at=then)
        assert service.expand_again(
            counties.plan_id, [key], reason="撤县", seen=found.mark, by=lead("lead"), at=then
        ) == (0, 1)
    with reading():
        mine = session.scalars(select(Assignment).where(Assignment.unit_id == county)).one()
        assert mine.state == "withdrawn"
        states = set(session.scalars(select(Obligation.state).where(Obligation.unit_id == county)))
        assert states == {"cancelled"}
        assert kept() == recounted()
        for stranger in ("leader", "admin", "county_reporter"):
            with pytest.raises(NotFound):
                expansion(counties.plan_id, counties.viewer(stranger), today=LATER)


def test_a_unit_that_joins_beside_a_suspended_one_is_not_let_off(counties, founded, place, writing, reading):
    task = counties.tasks["压减时限"]
    with writing():
        let_off = counties.obligations("压减时限", "望川县")
        for one in let_off:
            one.state, one.excuse = "cancelled", "suspended"
        owed = {one.due_on for one in let_off if one.due_on >= LATER}
        found = expansion(counties.plan_id, counties.viewer("lead"), today=LATER)
        service.expand_again(
            counties.plan_id, [f"{founded}:{PHRASE}"], reason="新设青禾县", seen=found.mark, by=counties.viewer("lead"),
            at=at(LATER),
        )  # fmt: skip
    with reading():
        mine = select(Obligation.due_on).where(Obligation.task_id == task, Obligation.unit_id == founded)
        assert set(session.scalars(mine.where(Obligation.state == "open"))) == owed != set()
