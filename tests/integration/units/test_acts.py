"""Reorganisation (机构改革) by dated acts: bodies end and begin, what is past keeps its names, what is open follows."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from sqlalchemy import select

from tests.integration.progress.test_counting import kept, recounted
from tests.support.databases import ON_SQLITE
from tests.support.issued import at, issued, reported
from tests.support.place import AT, DAY, FOUNDED
from tracker.accounts.queries import viewer_for
from tracker.accounts.roles import Role
from tracker.audit.models import AuditEntry
from tracker.db import session
from tracker.errors import Conflict, DomainError
from tracker.outbox.worker import look_round
from tracker.plans.models import Assignment
from tracker.progress import service as progress
from tracker.progress.models import Obligation
from tracker.units import jobs, queries, service
from tracker.units.acts import NewBody, Terms
from tracker.units.matching import match
from tracker.units.models import Collective, Unit, UnitAct


@pytest.fixture(autouse=True)
def clock_stands(app: object):
    with time_machine.travel(AT, tick=False) as traveller:
        yield traveller


@pytest.fixture
def plan(place, standing):
    return standing.begin(issued, place)


def terms(kind: str, *before: int, on: date = DAY, **more: Any) -> Terms:
    return Terms(kind, before, on, **{"document": "云编发〔2026〕1号", **more})


def body(place, name: str, kind: str = "department", above: str = "云岫市") -> NewBody:
    return NewBody(name, name.removeprefix("云岫"), kind, place.units[above])


def named(name: str) -> Unit:
    return session.scalars(select(Unit).where(Unit.name == name)).one()


def acts() -> list[str]:
    return list(session.scalars(select(AuditEntry.action).order_by(AuditEntry.seq)))


def test_a_renamed_body_keeps_its_past_and_its_successor_owes_what_is_open(app, plan, place, writing, reading):
    finance = place.units["市财政局"]
    with writing():
        first, *_rest = (one.id for one in plan.obligations("压减审批时限", "市财政局"))
        progress.accept(reported(plan, first), by=plan.viewer("lead"), at=at(DAY, 12))
        order = service.order_act(
            terms("rename", finance, on=DAY + timedelta(days=1), bodies=(body(place, "云岫市财政金融局"),)),
            by=plan.viewer("admin"), at=AT,
        )  # fmt: skip
        assert (order.state, session.get(Unit, finance).valid_to) == ("planned", None)
    assert due(app, AT) == 0
    assert due(app, at(DAY + timedelta(days=1))) == 1
    with reading():
        heir = named("云岫市财政金融局")
        assert session.get(Unit, finance).valid_to == DAY
        owed = session.scalars(
            select(Obligation).where(Obligation.task_id == plan.tasks["压减审批时限"]).order_by(Obligation.due_on)
        ).all()
        units = {one.unit_id for one in owed if one.state == "open"}
        assert units == {heir.id, place.units["市交通运输局"]}
        assert [one.unit_id for one in owed if one.state == "accepted"] == [finance]
        assert {one.state for one in session.scalars(select(Assignment).where(Assignment.unit_id == heir.id))} == {
            "in_progress", "to_sign",
        }  # fmt: skip
        assert acts().count("单位更名") == 1
        assert acts().count("随机构改革承接任务") == 2
        assert kept() == recounted()
        for who, role in (("reporter", Role.REPORTER), ("reviewer", Role.REVIEWER)):
            after = viewer_for(place.people[who], today=DAY + timedelta(days=1))
            assert queries.covers(after, heir.id, role)
            assert queries.covers(after, finance, role)
        assert [unit.name for unit in queries.tree(DAY)].count("市财政局") == 1
        assert [unit.name for unit in queries.tree(DAY + timedelta(days=1))].count("市财政局") == 0


def due(app, moment) -> int:
    with app.app_context():
        return jobs.carry_out_due(at=moment)


def test_a_task_that_the_successor_has_too_becomes_one(plan, place, writing, reading):
    finance, transport = place.units["市财政局"], place.units["市交通运输局"]
    with writing():
        service.order_act(terms("merge", finance, into=transport), by=plan.viewer("admin"), at=AT)
    with reading():
        one = session.scalars(
            select(Assignment).where(Assignment.task_id == plan.tasks["压减审批时限"], Assignment.unit_id == transport)
        ).one()
        assert (one.state, one.role) == ("to_sign", "lead")
        assert plan.assignment("压减审批时限", "市财政局").state == "moved"
        assert session.scalars(
            select(Assignment.unit_id).where(Assignment.task_id == plan.tasks["日常督办"])
        ).all() == [transport]
        assert kept() == recounted()
        assert acts().count("随机构改革并入任务") == 1


def suspended(plan, unit: str, who: str) -> int:
    """The task is suspended until further notice: all that falls due is let off. Returns the request's id."""
    task = plan.assignment("压减审批时限", unit).id
    progress.sign(task, by=plan.viewer(f"{who}reporter"), at=AT)
    wish = progress.Wish("待上级批复。", condition="批复后")
    asked = progress.ask_for("suspension", task, wish, by=plan.viewer(f"{who}reviewer"), at=AT).id
    progress.grant_request(asked, note="同意。", by=plan.viewer("lead"), at=AT)
    return asked


def test_what_a_body_was_let_off_is_its_successors_when_it_is_owed_again(plan, place, writing, reading):
    with writing():
        asked = suspended(plan, "市财政局", "")
        made = (body(place, "云岫市财政金融局"),)
        order = terms("rename", place.units["市财政局"], bodies=made)
        service.order_act(order, by=plan.viewer("admin"), at=AT)
    with writing():
        progress.end_suspension(asked, reason="已批复。", by=plan.viewer("lead"), at=at(DAY, 15))
    with reading():
        owed = session.scalars(select(Obligation).where(Obligation.task_id == plan.tasks["压减审批时限"])).all()
        units = {one.unit_id for one in owed if one.state == "open"}
        assert units == {named("云岫市财政金融局").id, place.units["市交通运输局"]}
        assert kept() == recounted()


def test_a_task_that_joins_a_suspended_one_leaves_it_suspended(plan, place, writing, reading):
    with writing():
        suspended(plan, "市交通运输局", "other_")
        order = terms("merge", place.units["市财政局"], into=place.units["市交通运输局"])
        service.order_act(order, by=plan.viewer("admin"), at=AT)
    with reading():
        there = plan.obligations("压减审批时限", "市交通运输局")
        assert {(one.state, one.excuse) for one in there} == {("cancelled", "suspended")}
        assert kept() == recounted()


def test_a_suspended_task_that_became_anothers_is_not_taken_up_again(plan, place, writing, reading):
    with writing():
        asked = suspended(plan, "市财政局", "")
        order = terms("merge", place.units["市财政局"], into=place.units["市交通运输局"])
        service.order_act(order, by=plan.viewer("admin"), at=AT)
    with writing(), pytest.raises(Conflict):
        progress.end_suspension(asked, reason="已批复。", by=plan.viewer("lead"), at=at(DAY, 15))


def test_an_act_tells_nothing_that_another_did_on_its_day(place, writing):
    with writing():
        listed = [place.units["市财政局"], place.units["市交通运输局"]]
        service.confirm_collective("有关部门", {"units": listed}, by=None, at=AT)
        one, other = (
            service.order_act(
                terms("rename", place.units[before], bodies=(body(place, after),)), by=place.viewer("admin"), at=AT
            )
            for before, after in (("市财政局", "云岫市财政金融局"), ("市交通运输局", "云岫市交通局"))
        )
        assert one.effects["collectives"] == [["有关部门", ["市财政局"], ["云岫市财政金融局"]]]
        assert other.effects["collectives"] == [["有关部门", ["市交通运输局"], ["云岫市交通局"]]]


def test_bodies_merge_into_a_new_one_and_collectives_follow(place, writing, reading):
    finance, transport = place.units["市财政局"], place.units["市交通运输局"]
    with writing():
        service.confirm_collective("有关部门", {"units": [finance, transport]}, by=None, at=AT)
        act = service.order_act(
            terms("merge", finance, transport, bodies=(body(place, "云岫市财政交通局"),)),
            by=place.viewer("admin"),
            at=AT,
        )
        assert act.effects["collectives"] == [["有关部门", ["市财政局", "市交通运输局"], ["云岫市财政交通局"]]]
        assert sorted(act.effects["people"]) == sorted(
            [["安审核", "reviewer"], ["石审核", "reviewer"], ["鲁填报", "reporter"], ["马填报", "reporter"]]
        )
    with reading():
        assert session.scalar(select(Collective.rule)) == {"units": [named("云岫市财政交通局").id]}


def test_a_split_gives_what_was_owed_to_the_first_unless_the_body_stays(plan, place, writing, reading):
    finance, transport = place.units["市财政局"], place.units["市交通运输局"]
    made = (body(place, "云岫市预算局"), body(place, "云岫市国资局"))
    with writing():
        service.order_act(terms("split", finance, bodies=made), by=plan.viewer("admin"), at=AT)
        beside = (body(place, "云岫市铁路局"),)
        service.order_act(terms("split", transport, bodies=beside, stays=True), by=plan.viewer("admin"), at=AT)
    with reading():
        units = {one.unit_id for one in session.scalars(select(Assignment).where(Assignment.state == "to_sign"))}
        assert named("云岫市预算局").id in units
        assert transport in units
        assert not units & {finance, named("云岫市国资局").id, named("云岫市铁路局").id}
        assert queries.heirs() == {finance: named("云岫市预算局").id}


def test_a_moved_body_stands_elsewhere_from_the_day_on_with_all_below_and_all_counts(plan, place, writing, reading):
    county, other = place.units["望川县"], place.units["临溪县"]
    office = place.units["望川县财政局"]
    with writing():
        plan.assignment("公开办事指南", "望川县").unit_id = office
        for one in session.scalars(select(Obligation).where(Obligation.unit_id == county)):
            one.unit_id = office
        service.order_act(terms("move", office, parent_id=other), by=plan.viewer("admin"), at=AT)
        assert session.get(Unit, office).path == f"/1/{other}/{office}/"
    with reading():
        assert kept() == recounted()
        then = {unit.id: (unit.parent_id, unit.path) for unit in queries.tree(DAY - timedelta(days=1))}
        assert then[office] == (county, f"/1/{county}/{office}/")
        assert {unit.id: unit.parent_id for unit in queries.tree(DAY)}[office] == other
        assert [unit.id for unit in queries.tree(DAY - timedelta(days=1), below=other)] == [other]
    with writing(), pytest.raises(DomainError, match="自己的下级"):
        service.order_act(terms("move", other, parent_id=office), by=plan.viewer("admin"), at=AT)


def test_units_below_a_renamed_county_stand_below_its_successor(place, writing, reading):
    county, office = place.units["望川县"], place.units["望川县财政局"]
    with writing():
        order = terms("rename", county, bodies=(body(place, "望川区", "county"),))
        service.order_act(order, by=place.viewer("admin"), at=AT)
    with reading():
        assert session.get(Unit, office).parent_id == named("望川区").id
        assert {unit.id: unit.parent_id for unit in queries.tree(DAY - timedelta(days=1))}[office] == county


def test_a_plate_is_known_while_it_hangs(place, writing, reading):
    finance, admin = place.units["市财政局"], place.viewer
    with writing():
        service.order_act(terms("plate", finance, plate="市金融工作局"), by=admin("admin"), at=AT)
        with pytest.raises(DomainError, match="已是“市财政局”的名称"):
            service.order_act(
                terms("plate", place.units["市交通运输局"], plate="市金融工作局"), by=admin("admin"), at=AT
            )
    with reading():
        assert match("市金融工作局", queries.directory(DAY)).how == "plate"
    with writing(), pytest.raises(DomainError, match="办理摘牌"):
        service.take_back_alias(queries.aliases_of(finance)[0], by=admin("admin"), at=AT)
    later = DAY + timedelta(days=10)
    with writing():
        off = terms("plate", finance, plate="市金融工作局", taken_off=True, on=later)
        service.order_act(off, by=admin("admin"), at=at(later))
    with reading():
        assert match("市金融工作局", queries.directory(later)).unit_id is None
        assert match("市金融工作局", queries.directory(later, written=DAY)).unit_id == finance


def test_a_body_recorded_twice_is_one_and_its_names_stay_known(place, writing, reading):
    finance = place.units["市财政局"]
    with writing():
        twice = service.create_unit(
            name="云岫市财政局", short_name="岫财局", kind="department", parent_id=1, by=None, at=AT, since=FOUNDED
        )
        service.add_alias(twice, "云岫财局", by=None, at=AT)
        assert queries.likely_twins(place.viewer("admin"), day=DAY) == [
            ((finance, "市财政局"), (twice.id, "云岫市财政局"), "same")
        ]
        service.order_act(terms("duplicate", twice.id, into=finance), by=place.viewer("admin"), at=AT)
    with reading():
        known = queries.directory(DAY)
        assert [match(name, known).unit_id for name in ("云岫市财政局", "岫财局", "云岫财局")] == [finance] * 3
        assert queries.likely_twins(place.viewer("admin"), day=DAY) == []


def test_who_reads_an_old_document_is_led_to_who_is_there_today(place, writing, reading):
    finance = place.units["市财政局"]
    with writing():
        service.add_alias(session.get(Unit, finance), "岫财", by=None, at=AT)
        for name, before, day in (("云岫市财政金融局", finance, 1), ("云岫市财政税务局", 0, 2)):
            on = DAY + timedelta(days=day)
            order = terms("rename", before or named("云岫市财政金融局").id, bodies=(body(place, name),), on=on)
            service.order_act(order, by=place.viewer("admin"), at=at(on))
    with reading():
        today = DAY + timedelta(days=5)
        heir = named("云岫市财政税务局").id
        for written in (DAY, today, None):
            for name in ("市财政局", "岫财"):
                found = match(name, queries.directory(today, written=written))
                assert (found.unit_id, found.suggestions, found.why[0].reason) == (None, (heir,), "former")
                assert found.why[0].former.until == DAY


def test_what_an_act_would_do_is_told_and_nothing_is_done(plan, place, writing, reading):
    finance = place.units["市财政局"]
    order = terms("rename", finance, bodies=(body(place, "云岫市财政金融局"),))
    with writing():
        told = service.foresee(order, by=plan.viewer("admin"), at=AT)
        assert (told.ended, told.founded, told.work) == (["市财政局"], ["云岫市财政金融局"], {"承接任务": 2})
    with reading():
        assert session.scalar(select(UnitAct.id)) is None
        assert session.get(Unit, finance).valid_to is None
        assert plan.assignment("日常督办", "市财政局").state == "to_sign"
        assert kept() == recounted()


@pytest.mark.parametrize(
    ("order", "told"),
    [
        (lambda place: terms("rename", place.units["市财政局"]), "新单位的名称"),
        (lambda place: terms("rename", place.units["市财政局"], document=""), "文号或理由"),
        (lambda place: terms("rename", 1, bodies=(body(place, "云岭市"),)), "最上级单位"),
        (lambda place: terms("rename", place.units["市财政局"], bodies=(body(place, "市交通运输局"),)), "已有同名单位"),
        (lambda place: terms("rename", place.units["市财政局"], on=FOUNDED, bodies=(body(place, "某局"),)), "才设立"),
        (lambda place: terms("merge", place.units["市财政局"], bodies=(body(place, "某局"),)), "至少两个单位"),
        (lambda place: terms("merge", place.units["市财政局"], into=place.units["市财政局"]), "并入它自己"),
        (lambda place: terms("split", place.units["市财政局"], bodies=(body(place, "某局"),)), "至少要拆成两个"),
        (lambda place: terms("move", place.units["市财政局"], parent_id=1), "已经在那里"),
        (lambda place: terms("plate", place.units["市财政局"], plate="某牌", taken_off=True), "没有挂"),
        (lambda place: terms("plate", place.units["市财政局"], plate="市交通运输局"), "的名称"),
    ],
)
@ON_SQLITE
def test_an_act_that_will_not_do(place, writing, order, told):
    with writing(), pytest.raises(DomainError, match=told):
        service.order_act(order(place), by=place.viewer("admin"), at=AT)


def test_an_act_of_a_later_day_waits_can_be_taken_back_and_says_what_stands_against_it(app, place, writing, reading):
    finance, transport = place.units["市财政局"], place.units["市交通运输局"]
    tomorrow = DAY + timedelta(days=1)
    with writing():
        first = service.order_act(
            terms("rename", finance, on=tomorrow, bodies=(body(place, "云岫市财税局"),)),
            by=place.viewer("admin"),
            at=AT,
        ).id
        other = service.order_act(
            terms("rename", transport, on=tomorrow, bodies=(body(place, "云岫市交通局"),)),
            by=place.viewer("admin"),
            at=AT,
        ).id
        service.withdraw_act(session.get(UnitAct, other), by=place.viewer("admin"), at=AT)
        service.create_unit(name="云岫市财税局", kind="department", parent_id=1, by=None, at=AT, since=DAY)
    assert due(app, AT) == 0
    assert due(app, at(tomorrow)) == 0
    with reading():
        waiting = session.get(UnitAct, first)
        assert (waiting.state, "已有同名单位" in waiting.effects["fault"]) == ("planned", True)
        assert session.get(UnitAct, other).state == "withdrawn"
        assert session.get(Unit, transport).valid_to is None
    with writing():
        service.rename_unit(named("云岫市财税局"), name="某局", short_name="", by=place.viewer("admin"), at=AT)
    assert due(app, at(tomorrow)) == 1
    with writing(), pytest.raises(DomainError, match="相反的改革"):
        service.withdraw_act(session.get(UnitAct, first), by=place.viewer("admin"), at=AT)


def test_the_worker_carries_out_what_has_come_due(app, place, writing, reading, clock_stands):
    tomorrow = DAY + timedelta(days=1)
    with writing():
        order = terms("rename", place.units["市财政局"], on=tomorrow, bodies=(body(place, "云岫市财税局"),))
        service.order_act(order, by=place.viewer("admin"), at=AT)
    clock_stands.move_to(at(tomorrow))
    with app.app_context():
        look_round()
    with reading():
        assert named("云岫市财税局").valid_from == tomorrow
        after = viewer_for(place.people["reporter"], today=tomorrow)
        assert queries.unit_of(tuple(unit for _, unit in after.grants)) == "云岫市财税局"
