"""A task passed down (转办下级): the people of the unit below are told before, on and after its own date, and when urged (催报)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import select, update

from tests.integration.progress.test_passing import COUNTY, OFFICE, TASK, due, passed, plan, send
from tests.integration.reminders.conftest import URL, Killed, kill, remind
from tests.integration.reminders.test_outages import away
from tests.integration.reminders.test_rounds import told
from tests.support.issued import at
from tests.support.place import AT, FOUNDED
from tracker.accounts import service as accounts_service
from tracker.accounts.models import Person
from tracker.accounts.passwords import NOBODY
from tracker.accounts.roles import Role
from tracker.db import session
from tracker.plans.models import Assignment, Plan
from tracker.progress import service
from tracker.progress.models import Obligation
from tracker.progress.service.passing import end_passing, send_back_part
from tracker.progress.service.urging import urge_below
from tracker.reminders.models import ReminderNotice, ReminderRobot, ReminderSending
from tracker.reminders.queries.people import Holders
from tracker.reminders.service import rounds
from tracker.reminders.service.choosing import choose
from tracker.units.models import Unit

__all__ = ["away", "due", "passed", "plan"]
"""Fixtures of passing down, and of what refuses, that hold here too."""

BEFORE, NEAR, DUE, LATE = (date(2026, 3, day) for day in (7, 8, 15, 16))
"""The office's own date is 15 March, five days before the county's, and seven days before a date it is near."""
WEEK_LATER, COUNTY_NEAR = date(2026, 3, 22), date(2026, 3, 13)
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def _every_day(plan, writing):
    """It reminds every day: days off are another matter, of `test_off_days_are_those_of_the_plan`."""
    with writing():
        remind(plan, "every_day")


@pytest.fixture
def mine(reading):
    """Day → what somebody was told, of days that told them anything."""

    def found(who="office"):
        with reading():
            days = sorted(set(session.scalars(select(ReminderNotice.day))))
            return {day: told(day)[who] for day in days if who in told(day)}

    return found


@pytest.fixture
def items(reading):
    """What the notices of a day name to somebody: (unit, date, why)."""

    def found(day, who="office"):
        with reading():
            rows = session.scalar(
                select(ReminderNotice.items)
                .join(Person, Person.id == ReminderNotice.person_id)
                .where(ReminderNotice.day == day, Person.username == who)
            )
            return [(one[3], one[4], one[5]) for one in rows or ()]

    return found


def employ(plan, name, role, unit=OFFICE):
    """One more person of a unit, within a transaction."""
    person = Person(username=name, password_hash=NOBODY, name=name, password_set_at=AT, created_at=AT)
    session.add(person)
    session.flush()
    plan.place.people[name] = person.id
    accounts_service.grant(person, role, plan.place.units[unit], by=None, at=AT, since=FOUNDED)


def urge(plan, passed, due, moment):
    assert urge_below([(passed, due)], by=plan.viewer("county_reporter"), at=moment).done == 1


def test_before_on_and_after_its_own_date(plan, passed, look, mine, items):
    for day in (BEFORE, NEAR, date(2026, 3, 9), DUE, LATE, WEEK_LATER):
        look(day)
    assert mine() == {NEAR: {"near": 1}, DUE: {"due": 1}, LATE: {"late": 1}, WEEK_LATER: {"again": 1}}
    assert items(LATE) == [(OFFICE, "2026-03-15", "late")]
    assert NEAR not in mine("county_reporter"), "its own report is not near yet"


def test_the_county_is_told_of_its_own_date(plan, passed, look, mine, items):
    look(BEFORE)
    look(COUNTY_NEAR)
    assert items(COUNTY_NEAR, "county_reporter")[0][:2] == (COUNTY, "2026-03-20")
    assert {unit for unit, _due, _why in items(COUNTY_NEAR, "county_reporter")} == {COUNTY}


def test_whoever_has_nobody_to_report_is_told_through_the_unit_above(plan, passed, look, items, writing):
    with writing():
        session.execute(update(Person).where(Person.username == "office").values(is_active=False))
    look(NEAR)
    assert (OFFICE, "2026-03-15", "near") in items(NEAR, "county_reporter")


def test_a_reviewer_of_the_unit_is_told_where_the_rules_say_so_and_nobody_above(
    plan, passed, look, mine, items, writing
):
    """瓯海 tells the lead office and the leader of what is late: of what goes on inside the county these hear nothing."""
    with writing():
        found = session.get_one(Plan, plan.plan_id)
        found.policy = {**found.policy, "lights": "ouhai"}
    look(NEAR)
    look(LATE)
    assert mine() == {NEAR: {"near": 1}, LATE: {"late": 1}}
    for who in ("county_reviewer", "lead", "leader"):
        assert OFFICE not in {unit for unit, _due, _why in items(LATE, who)}
    with writing():
        employ(plan, "office_reviewer", Role.REVIEWER)
    look(WEEK_LATER)
    assert items(WEEK_LATER, "office_reviewer") == [(OFFICE, "2026-03-15", "again")]


def test_its_date_moves_with_that_of_the_unit_above(plan, passed, due, look, mine, items, writing):
    look(NEAR)
    with writing():
        service.counting.change([session.get_one(Obligation, due)], due_on=date(2026, 3, 30))
    look(LATE)
    look(date(2026, 3, 25))
    assert mine() == {NEAR: {"near": 1}, date(2026, 3, 25): {"due": 1}}, "late it is not on the sixteenth"
    assert items(date(2026, 3, 25)) == [(OFFICE, "2026-03-25", "due")]


def end_it(plan, passed, due):
    end_passing(passed, by=plan.viewer("county_reviewer"), at=AT)


def send_it(plan, passed, due):
    send(plan, passed)


def report_above(plan, passed, due):
    """The county reports without it."""
    service.counting.change([session.get_one(Obligation, due)], state="reported")


def finish_above(plan, passed, due):
    session.get_one(Assignment, plan.assignment(TASK, COUNTY).id).state = "done"


@pytest.mark.parametrize("settled", [end_it, send_it, report_above, finish_above])
def test_what_is_asked_no_more_is_mentioned_to_nobody(plan, passed, due, look, mine, writing, settled):
    with writing():
        settled(plan, passed, due)
    look(NEAR)
    look(LATE)
    assert mine() == {}


def test_what_came_back_is_told_of_by_its_date_again(plan, passed, due, look, mine, writing):
    with writing():
        part = send(plan, passed)
        send_back_part(part, "请附清单。", by=plan.viewer("county_reporter"), at=AT)
    look(DUE)
    look(LATE)
    assert mine() == {DUE: {"due": 1}, LATE: {"late": 1}}


def test_off_days_are_those_of_the_plan(plan, passed, look, mine, writing):
    """15 March is a Sunday: it is told on Friday, and what is late then on Monday."""
    with writing():
        remind(plan, "workdays")
    for n in range(14):
        look(date(2026, 3, 6) + n * DAY)
    assert mine() == {
        date(2026, 3, 6): {"near": 1}, date(2026, 3, 13): {"due_off": 1}, date(2026, 3, 16): {"late": 1},
    }  # fmt: skip


def test_urged_from_above_they_are_told_with_the_next_round_once(plan, passed, due, look, mine, items, writing):
    look(NEAR)
    with writing():
        urge(plan, passed, due, at(NEAR, 10))
    for day in (NEAR, NEAR + DAY, NEAR + 2 * DAY):
        look(day, 17)
    assert mine() == {NEAR: {"near": 1}, NEAR + DAY: {"urged": 1}}
    assert items(NEAR + DAY) == [(OFFICE, "2026-03-15", "urged")]


def test_urged_after_its_date_it_is_named_once_a_day(plan, passed, due, look, mine, writing):
    """The day after its date it would be named as late: as urged, in its place, since somebody asked for it by hand."""
    look(DUE)
    with writing():
        urge(plan, passed, due, at(DUE, 20))
    look(LATE)
    look(WEEK_LATER)
    assert mine() == {DUE: {"due": 1}, LATE: {"urged": 1}, WEEK_LATER: {"again": 1}}


def test_who_reported_after_being_urged_is_not_told(plan, passed, due, look, mine, writing):
    look(NEAR)
    with writing():
        urge(plan, passed, due, at(NEAR, 10))
        send(plan, passed, when=at(NEAR, 15))
    look(NEAR + DAY)
    assert mine() == {NEAR: {"near": 1}}


def test_the_reviewer_of_the_unit_hears_of_urging(plan, passed, due, look, items, writing):
    with writing():
        employ(plan, "office_reviewer", Role.REVIEWER)
    look(BEFORE)
    with writing():
        urge(plan, passed, due, at(BEFORE, 10))
    look(BEFORE + DAY)
    assert items(BEFORE + DAY, "office_reviewer") == [(OFFICE, "2026-03-15", "urged")]
    assert items(BEFORE + DAY, "county_reviewer") == []


@pytest.fixture
def by_letter(plan, passed, post, writing):
    with writing():
        choose(email="chang@example.cn", by_email=True, by=plan.viewer("office"), at=AT)
    return post


@pytest.fixture
def by_robot(plan, passed, post, writing):
    """Of the county that passed the task down."""
    with writing():
        session.add(ReminderRobot(unit_id=plan.place.units[COUNTY], kind="wecom", name="望川督办群", url=URL))
    return post


def test_it_leads_to_its_page_everywhere(by_letter, passed, due, look, sign_in_as, app):
    app.config["SITE_URL"] = "https://duban.example"
    look(NEAR)
    ((_channel, _key, text),) = by_letter.sent
    page = f"/passed/{passed}/reports/{due}"
    assert f"2026-03-15　{OFFICE}：1 {TASK}\n　　https://duban.example{page}\n" in text
    office = sign_in_as("office")
    assert f'href="{page}"' in office.get("/notices/daily").text
    assert office.get(page).status_code == 200


def test_the_group_of_the_county_hears_of_it_and_that_of_the_city_does_not(by_robot, plan, look, writing):
    with writing():
        session.add(ReminderRobot(unit_id=plan.place.units["云岫市"], kind="webhook", name="督办群", url=URL))
    look(LATE)
    assert {channel for channel, _key, text in by_robot.sent if f"{OFFICE}：1 {TASK}" in text} == {"wecom"}
    assert [channel for channel, _key, _text in by_robot.sent if channel == "wecom"] == ["wecom"]


@pytest.mark.parametrize("kind", ["by_letter", "by_robot"])
def test_what_did_not_arrive_is_told_on_the_next_day(kind, request, look, away):
    post = request.getfixturevalue(kind)
    away(post, NEAR)
    look(NEAR + DAY)
    look(NEAR + DAY, 12)
    ((_channel, _key, text),) = post.sent
    assert "任务提醒：▲ 临期 1 项" in text.splitlines()[0]
    assert f"{OFFICE}：1 {TASK}" in text


def test_an_urging_that_did_not_arrive_is_told_on_the_next_day(by_letter, plan, passed, due, look, away, writing):
    look(BEFORE)
    with writing():
        urge(plan, passed, due, at(BEFORE, 10))
    away(by_letter, NEAR)
    look(NEAR + DAY)
    ((_channel, _key, text),) = by_letter.sent
    assert "▲ 上级催报 1 项" in text.splitlines()[0]


@pytest.mark.parametrize("kind", ["by_letter", "by_robot"])
def test_killed_within_the_round_or_while_it_is_sent_it_is_told_once(kind, request, look, reading, monkeypatch):
    post = request.getfixturevalue(kind)
    with monkeypatch.context() as patch:
        patch.setattr(rounds, "record", kill)
        with pytest.raises(Killed):
            look(NEAR)
    with monkeypatch.context() as patch:
        patch.setattr("tracker.reminders.worker.arrived", kill)
        with pytest.raises(Killed):
            look(NEAR)
    look(NEAR, 10)  # the lease has ended
    look(NEAR, 11)
    assert len({key for _channel, key, _text in post.sent}) == 1
    with reading():
        states = session.scalars(select(ReminderSending.state)).all()
    again = {"by_letter": (2, ["sent"]), "by_robot": (1, ["unknown"])}
    assert (len(post.sent), states) == again[kind], "a second copy only where it is known for one"


def test_a_unit_that_is_the_one_above_has_nobody_below_it(plan, reading):
    """As a reorganisation may leave it: one row must not keep the whole place from its reminders."""
    with reading():
        path = session.scalars(select(Unit.path).where(Unit.name == COUNTY)).one()
        assert Holders(DUE).of("reviewer", path, below=path) == set()


def test_what_was_sent_back_is_told_the_day_after_whatever_its_date(plan, passed, look, mine, items, writing):
    with writing():
        one = send(plan, passed, when=at(BEFORE, 8))
    look(BEFORE)
    with writing():
        send_back_part(one, "请写明地点。", by=plan.viewer("county_reporter"), at=at(BEFORE, 15))
    look(NEAR)
    assert items(NEAR) == [(OFFICE, "2026-03-15", "sent_back")]
    look(date(2026, 3, 9))
    assert mine() == {NEAR: {"sent_back": 1}}, "once"


def test_what_was_sent_back_after_its_date_is_late_first(plan, passed, look, items, writing):
    with writing():
        one = send(plan, passed, when=at(BEFORE, 8))
    look(DUE)
    with writing():
        send_back_part(one, "请写明地点。", by=plan.viewer("county_reporter"), at=at(DUE, 15))
    look(LATE)
    assert items(LATE) == [(OFFICE, "2026-03-15", "late")]
