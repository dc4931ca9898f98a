"""The unit's own review in one, two or three steps: who has it, in which order, and nobody twice."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.integration.progress.test_chain import fields_of
from tests.support.databases import ON_BOTH, ON_SQLITE
from tests.support.issued import at, reported
from tests.support.place import AT, DAY, FOUNDED
from tracker import clock
from tracker.accounts import service as accounts
from tracker.accounts.models import Person
from tracker.accounts.passwords import NOBODY
from tracker.accounts.roles import Role
from tracker.db import session
from tracker.errors import Conflict, DomainError, NotFound
from tracker.progress import queries, service
from tracker.progress.content import Content
from tracker.progress.models import Return
from tracker.progress.queries.way import own_steps
from tracker.progress.service.chains import set_chain

pytestmark = ON_SQLITE

UNIT = "市财政局"
TASK = "压减审批时限"
REVIEWERS = ("reviewer", "second_reviewer", "third_reviewer")


@pytest.fixture
def third(plan, writing):
    """A third reviewer of the unit, who also reports for it."""
    with writing():
        person = Person(
            username="third_reviewer", name="尤审签", password_hash=NOBODY, password_set_at=AT, created_at=AT
        )
        session.add(person)
        session.flush()
        plan.place.people["third_reviewer"] = person.id
        for role in (Role.REVIEWER, Role.REPORTER):
            accounts.grant(person, role, plan.place.units[UNIT], by=None, at=AT, since=FOUNDED)
    return person


def steps_of(plan, *people: str):
    return [[plan.place.people[one]] for one in people]


def set_steps(plan, *people: str, by="admin"):
    set_chain(plan.place.units[UNIT], steps_of(plan, *people), by=plan.viewer(by), at=AT)


def handed_in(plan):
    return reported(plan, plan.obligations(TASK, UNIT)[0].id, reviewer=None)


def shown(plan, version, who="reporter"):
    found, one = queries.version_view(version, plan.viewer(who), today=DAY)
    return [(step.state, step.people) for step in own_steps(found, one, today=DAY)]


@pytest.mark.parametrize("steps", [1, 2, 3])
def test_each_step_is_taken_in_its_turn_by_another_person(plan, third, writing, reading, steps):
    named = REVIEWERS[:steps]
    with writing():
        set_steps(plan, *named)
        version = handed_in(plan)
    for place, who in enumerate(named):
        with reading():
            assert {one: queries.count_reviews(plan.viewer(one)) for one in named} == {
                one: int(one == who) for one in named
            }
            states = [state for state, _people in shown(plan, version)]
            assert states == ["done"] * place + ["now"] + ["ahead"] * (steps - place - 1)
        for other in {*REVIEWERS} - {who}:
            words = "两人原则" if other in named[:place] else "这一级"
            with writing(), pytest.raises(DomainError, match=words):
                service.approve(version, by=plan.viewer(other), at=AT)
            with writing(), pytest.raises(DomainError, match=words):
                service.send_back_own(version, reason="不清楚。", by=plan.viewer(other), at=AT)
        with writing():
            service.approve(version, by=plan.viewer(who), at=AT)
    with reading():
        assert session.get(Return, version).state == "to_check"
        assert [state for state, _people in shown(plan, version, "lead")] == ["done"] * steps
    with writing(), pytest.raises((NotFound, DomainError)):
        service.accept(version, by=plan.viewer(named[0]), at=AT)


def test_who_wrote_it_takes_no_step_and_is_told_before(plan, third, writing):
    with writing():
        set_steps(plan, "reviewer", "third_reviewer")
    with writing(), pytest.raises(DomainError, match="第 2 级"):
        reported(plan, plan.obligations(TASK, UNIT)[0].id, reporter="third_reviewer", reviewer=None)


@ON_BOTH
def test_a_step_taken_moves_the_version_on_and_sent_back_begins_anew(plan, third, writing, reading):
    with writing():
        set_steps(plan, "reviewer", "second_reviewer")
        version = handed_in(plan)
        seen = session.get(Return, version).version
        service.approve(version, by=plan.viewer("reviewer"), at=AT, seen=seen)
    with writing(), pytest.raises(Conflict):
        service.approve(version, by=plan.viewer("second_reviewer"), at=AT, seen=seen)
    with writing():
        service.send_back_own(version, reason="数字不对。", by=plan.viewer("second_reviewer"), at=AT)
        again = service.hand_in(
            plan.obligations(TASK, UNIT)[0].id, content=Content(done="已更正。"), by=plan.viewer("reporter"), at=AT
        ).id  # fmt: skip
    with reading():
        assert [state for state, _people in shown(plan, again)] == ["now", "ahead"]


def test_what_is_handed_in_keeps_its_number_of_steps(plan, third, writing, reading):
    with writing():
        set_steps(plan, "reviewer", "second_reviewer")
        version = handed_in(plan)
        set_steps(plan)  # from now on one step, which anybody takes
        service.approve(version, by=plan.viewer("second_reviewer"), at=AT)
    with reading():
        assert session.get(Return, version).state == "own_review"
    with writing():
        service.approve(version, by=plan.viewer("third_reviewer"), at=AT)
        assert session.get(Return, version).state == "to_check"


def test_a_setting_that_cannot_be_is_refused_at_its_step(plan, third, writing):
    wrong = {
        "step_1": [[], [plan.place.people["reviewer"]]],
        "step_2": steps_of(plan, "reviewer", "reviewer"),
        "step_3": steps_of(plan, "reviewer", "second_reviewer", "reporter"),
    }
    for field, steps in wrong.items():
        with writing(), pytest.raises(DomainError) as refused:
            set_chain(plan.place.units[UNIT], steps, by=plan.viewer("admin"), at=AT)
        assert refused.value.field == field
    for stranger in ("reviewer", "lead", "other_reporter"):
        with writing(), pytest.raises(NotFound):
            set_steps(plan, "reviewer", by=stranger)


@ON_BOTH
def test_it_is_set_and_gone_through_by_the_pages(plan, third, writing, sign_in_as):
    unit, people = plan.place.units[UNIT], plan.place.people
    admin = sign_in_as("admin")
    assert UNIT in admin.get("/review-steps?text=财政").text
    page = admin.get(f"/review-steps/{unit}")
    twice = {**fields_of(page), "step_1": people["reviewer"], "step_2": people["reviewer"]}
    assert "只能担任一级" in admin.post(f"/review-steps/{unit}", data=twice).text
    chosen = {**fields_of(page), "step_1": people["reviewer"], "step_2": people["second_reviewer"]}
    assert admin.post(f"/review-steps/{unit}", data=chosen).status_code == 302
    with writing():
        obligation = plan.obligations(TASK, UNIT)[0].id
        service.sign(plan.assignment(TASK, UNIT).id, by=plan.viewer("reporter"), at=AT)
    assert "科室审核：石审核" in sign_in_as("reporter").get(f"/obligations/{obligation}/report").text
    with writing():
        version = service.hand_in(
            obligation, content=Content(done="已完成。"), by=plan.viewer("reporter"), at=AT
        ).id  # fmt: skip
    first, second = sign_in_as("reviewer"), sign_in_as("second_reviewer")
    assert TASK not in second.get("/reviews").text
    page = first.get(f"/reviews/{version}")
    told = first.post(
        f"/reviews/{version}", data={**fields_of(page), "decision": "pass"}, follow_redirects=True
    )  # fmt: skip
    assert "转下一级（分管领导审核）" in told.text
    shown = sign_in_as("reporter").get(f"/obligations/{obligation}").text
    assert ("白审核" in shown, shown.count('aria-current="step"')) == (True, 1), "it is in one place"
    page = second.get(f"/reviews/{version}")
    told = second.post(f"/reviews/{version}", data={**fields_of(page), "decision": "pass"}, follow_redirects=True)
    assert "已送牵头办公室核验" in told.text
    assert "石审核" in sign_in_as("lead").get(f"/obligations/{obligation}").text


def test_the_list_counts_who_reviews_today(plan, third, writing, sign_in_as):
    """Neither whose account is closed, nor whose role is only to begin; but whoever holds it until a day to come."""
    admin, unit = sign_in_as("admin"), plan.place.units[UNIT]
    assert "现有 3 人" in admin.get("/review-steps?text=财政").text
    with writing():
        held = session.get_one(Person, plan.place.people["third_reviewer"]).grants[0]
        held.valid_to = clock.today() + timedelta(days=30)
        session.get_one(Person, plan.place.people["second_reviewer"]).is_active = False
        accounts.grant(session.get_one(Person, plan.place.people["reporter"]), Role.REVIEWER, unit, by=None, at=AT,
                       since=clock.today() + timedelta(days=30))  # fmt: skip
    assert "现有 2 人" in admin.get("/review-steps?text=财政").text


def test_what_is_taken_back_waits_for_nobody(plan, third, writing):
    with writing():
        set_steps(plan, "reviewer", "second_reviewer")
        version = handed_in(plan)
        service.approve(version, by=plan.viewer("reviewer"), at=AT)
        service.recall(version, by=plan.viewer("reporter"), at=at(DAY, 16))
    with writing(), pytest.raises(Conflict):
        service.approve(version, by=plan.viewer("second_reviewer"), at=at(DAY, 17))


def test_whose_turn_it_is_not_is_told_so_and_offered_no_buttons(plan, third, writing, sign_in_as):
    with writing():
        set_steps(plan, *REVIEWERS)
        version = handed_in(plan)
        obligation = session.get(Return, version).obligation_id
    first, second = sign_in_as("reviewer"), sign_in_as("second_reviewer")
    way = f'href="/reviews/{version}"'
    assert way in first.get(f"/obligations/{obligation}").text
    assert way not in second.get(f"/obligations/{obligation}").text
    assert 'value="pass"' in first.get(f"/reviews/{version}").text
    page = second.get(f"/reviews/{version}").text
    assert "还没有轮到您审核" in page
    assert 'value="pass"' not in page
