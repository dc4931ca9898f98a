"""Tasks passed down, and the steps of a unit's own review, when bodies are renamed, merged, moved or split."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from tests.integration.progress.test_passing import COUNTY, OFFICE, TASK, due, give, plan, send
from tests.support.place import AT, DAY, FOUNDED
from tracker.audit.models import AuditEntry
from tracker.db import session
from tracker.errors import DomainError, NotFound
from tracker.progress.models import Part, Passed
from tracker.progress.queries.chains import chain_of
from tracker.progress.queries.passed_on import tasks_below
from tracker.progress.queries.passing import below
from tracker.progress.service.chains import set_chain
from tracker.units.acts import NewBody, Terms
from tracker.units.models import Unit
from tracker.units.service import create_unit, order_act

OTHER, NEIGHBOUR = "望川县交通运输局", "临溪县"
__all__ = ["due", "plan"]
"""Fixtures of passing down that hold here too."""


@pytest.fixture
def given(plan, writing):
    """Passed down to two offices of the county; the first has reported for the date of 20 March."""
    with writing():
        units = plan.place.units
        units[OTHER] = create_unit(
            name=OTHER, kind="office", parent_id=units[COUNTY], by=None, at=AT, since=FOUNDED, order=9
        ).id
        give(plan, units=(OFFICE, OTHER))
        passed = {one.unit_id: one.id for one in session.scalars(select(Passed))}
        send(plan, passed[units[OFFICE]])
    return plan


def act(plan, kind, before, **more: object):
    units = plan.place.units
    terms = Terms(kind, tuple(units[name] for name in before), DAY, "云编发〔2026〕1号", "机构改革方案", **more)
    order_act(terms, by=plan.viewer("admin"), at=AT)


def body(plan, name, above=COUNTY):
    return NewBody(name, "", "office", plan.place.units[above])


def rows(plan, name=COUNTY):
    """(unit below, whether its report has arrived) for the first date of a county."""
    first = plan.obligations(TASK, name)[0].id
    return [(one.unit, one.arrived) for one in below([first], today=DAY).get(first, [])]


def acts():
    told = select(AuditEntry.action).where(AuditEntry.action.contains("转办")).order_by(AuditEntry.seq)
    return [one for one in session.scalars(told) if one.startswith("随机构改革")]


def test_a_renamed_office_reports_on_with_what_it_had_reported(given, writing, reading):
    with writing():
        act(given, "rename", (OFFICE,), bodies=(body(given, "望川县财政金融局"),))
    with reading():
        assert sorted(rows(given)) == sorted([("望川县财政金融局", True), (OTHER, False)])
        assert acts() == ["随机构改革承接转办"]
        assert tasks_below(given.viewer("office"), today=DAY), "whoever reported for it does so for the heir"


def test_two_offices_that_become_one_report_once(given, writing, reading):
    with writing():
        act(given, "merge", (OFFICE, OTHER), bodies=(body(given, "望川县财政交通局"),))
    with reading():
        assert rows(given) == [("望川县财政交通局", True)]
        standing = select(Passed.unit_id).where(Passed.stands.is_(True))
        assert len(session.scalars(standing).all()) == 1


def test_an_office_merged_into_one_that_has_the_task_keeps_what_arrived(given, writing, reading):
    with writing():
        act(given, "merge", (OFFICE,), into=given.place.units[OTHER])
    with reading():
        assert sorted(rows(given)) == sorted([(OFFICE, True), (OTHER, False)])
        passed = session.scalars(select(Passed.id).where(Passed.unit_id == given.place.units[OFFICE])).one()
    with writing(), pytest.raises((NotFound, DomainError)):
        send(given, passed, version=2)


def test_an_office_that_stands_below_another_reports_no_more(given, writing, reading):
    with writing():
        act(given, "move", (OFFICE,), parent_id=given.place.units[NEIGHBOUR])
    with reading():
        assert sorted(rows(given)) == sorted([(OFFICE, True), (OTHER, False)]), "what arrived stays"
        assert acts() == ["随机构改革撤下转办"]
        assert tasks_below(given.viewer("office"), today=DAY) == []


@pytest.mark.parametrize("kind", ["rename", "split"])
def test_the_offices_of_a_county_that_ends_report_to_its_heir(given, writing, reading, kind):
    bodies = (NewBody("望川市", "", "county", given.place.units["云岫市"]),)
    if kind == "split":
        bodies = (*bodies, NewBody("望川新区", "", "county", given.place.units["云岫市"]))
    with writing():
        act(given, kind, (COUNTY,), bodies=bodies)
    with reading():
        first = session.scalars(select(Part.obligation_id)).one()
        assert [one.unit for one in below([first], today=DAY)[first]] == [OFFICE, OTHER]
        assert acts() == []


def test_offices_of_two_counties_that_become_one_report_for_the_dates_of_the_one(given, writing, reading):
    """The heir has the task already: what was passed down, and what has arrived, hangs on its own report."""
    with writing():
        act(given, "merge", (COUNTY,), into=given.place.units[NEIGHBOUR])
    with reading():
        assert sorted(rows(given, NEIGHBOUR)) == sorted([(OFFICE, True), (OTHER, False)])


def test_the_steps_of_the_review_go_on_in_the_heir(given, writing, reading):
    units, people = given.place.units, given.place.people
    with writing():
        set_chain(units[COUNTY], [[people["county_reviewer"]]], by=given.viewer("admin"), at=AT)
        act(given, "rename", (COUNTY,), bodies=(NewBody("望川市", "", "county", units["云岫市"]),))
    with reading():
        heir = session.scalars(select(Unit.id).where(Unit.name == "望川市")).one()
        assert chain_of(heir).named == {1: frozenset({people["county_reviewer"]})}
