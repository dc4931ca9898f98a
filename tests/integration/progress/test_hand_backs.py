"""A task handed back (退回) by mistake is taken back until it is decided; meanwhile its dates and lights run on."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from tests.integration.progress.test_chain import fields_of
from tests.support.issued import at
from tests.support.place import AT, DAY
from tracker.accounts.models import Person
from tracker.audit.models import AuditEntry
from tracker.db import session
from tracker.errors import Conflict, NotFound
from tracker.plans.models import Assignment, HandBack
from tracker.progress import queries, service

TASK, UNIT = "压减审批时限", "市财政局"


@pytest.fixture
def handed(plan, writing):
    """The finance bureau has handed its task back. Returns the assignment's id."""
    with writing():
        mine = plan.assignment(TASK, UNIT).id
        service.hand_back(mine, reason="不属于本单位职责。", proposed_unit_id=None, by=plan.viewer("reporter"), at=AT)
        return mine


@pytest.mark.parametrize("who", ["reporter", "reviewer"])
def test_taken_back_it_waits_to_be_signed_for_again(plan, handed, writing, reading, sign_in_as, who):
    unit = sign_in_as(who)
    before = unit.get(f"/assignments/{handed}")
    assert f'action="/assignments/{handed}/hand-back/take-back"' in before.text
    answer = unit.post(f"/assignments/{handed}/hand-back/take-back")
    assert answer.headers["Location"] == f"/assignments/{handed}"
    with reading():
        assert session.get(Assignment, handed).state == "to_sign"
        one = session.scalar(select(HandBack))
        assert (one.decision, one.decided_by) == ("taken_back", plan.viewer(who).person_id)
        assert session.scalar(select(func.count()).where(AuditEntry.action == "撤回退回")) == 1
        assert queries.count_hand_backs(plan.viewer("lead")) == 0
    assert "单位已撤回退回" in sign_in_as("lead").get("/hand-backs").text
    with writing():
        service.sign(handed, by=plan.viewer(who), at=at(DAY, 12))
        assert session.get(Assignment, handed).state == "in_progress"


def test_what_is_decided_stays_and_is_no_strangers(plan, handed, writing, reading):
    for stranger in ("lead", "leader", "other_reporter", "admin"):
        with writing(), pytest.raises(NotFound):
            service.take_back_hand_back(handed, by=plan.viewer(stranger), at=at(DAY, 12))
    with writing():
        one = session.scalar(select(HandBack.id))
        service.withdraw(one, reason="不再要求。", by=plan.viewer("lead"), at=at(DAY, 12))
    with writing(), pytest.raises(Conflict, match="已撤销"):
        service.take_back_hand_back(handed, by=plan.viewer("reporter"), at=at(DAY, 13))
    with reading():
        assert session.get(Assignment, handed).state == "withdrawn"
        assert session.scalar(select(HandBack.decision)) == "withdrawn"


def test_what_was_never_handed_back_is_not_taken_back(plan, writing):
    with writing(), pytest.raises(Conflict, match="没有退回"):
        service.take_back_hand_back(plan.assignment(TASK, UNIT).id, by=plan.viewer("reporter"), at=AT)


def test_the_lead_office_finds_it_taken_back(plan, handed, writing):
    with writing():
        one = session.scalar(select(HandBack.id))
        service.take_back_hand_back(handed, by=plan.viewer("reporter"), at=at(DAY, 12))
    with writing(), pytest.raises(Conflict):
        service.keep(one, reason="属于本单位职责。", by=plan.viewer("lead"), at=at(DAY, 13))


def test_while_it_waits_the_page_says_what_its_lights_mean(plan, handed, sign_in_as, clock_stands, reading):
    with reading():
        due = plan.obligations(TASK, UNIT)[0].due_on
    clock_stands.move_to(at(due + timedelta(days=1)))
    for who in ("reporter", "lead"):
        page = sign_in_as(who).get(f"/assignments/{handed}").text
        assert "期限照常计算" in page, who
    assert "撤回退回" not in sign_in_as("lead").get(f"/assignments/{handed}").text


def test_its_reports_say_where_to_take_it_back(plan, handed, sign_in_as, reading):
    with reading():
        address = f"/obligations/{plan.obligations(TASK, UNIT)[0].id}"
    for who in ("reporter", "reviewer", "lead"):
        page = sign_in_as(who).get(address).text
        assert "已退回，等待牵头办公室处理" in page, who
        assert "还没有报送" not in page, who
        assert ("到任务页面撤回退回" in page) == (who != "lead")


def test_a_decided_one_says_who_decided_it_and_when(plan, handed, writing, reading, sign_in_as):
    with reading():
        one = session.scalar(select(HandBack.id))
    lead = sign_in_as("lead")
    answer = lead.post(f"/hand-backs/{one}", data={"decision": "keep", "reason": "按三定规定由你单位承担。"})
    assert answer.status_code == 302
    with reading():
        who = session.scalar(select(Person.name).where(Person.id == plan.viewer("lead").person_id))
    for page in (lead.get(f"/hand-backs/{one}"), lead.get("/hand-backs")):
        decided = page.text[page.text.index("维持") :]
        assert who in decided
        assert "2026-03-02 09:00" in decided


def test_who_decides_sees_which_reports_would_be_late_with_another_unit(
    plan, handed, sign_in_as, reading, clock_stands
):
    with reading():
        one = session.scalars(select(HandBack.id)).one()
    said = "已过期限的 1 期"
    assert said not in sign_in_as("lead").get(f"/hand-backs/{one}").text, "the first is due on 20 March"
    clock_stands.move_to(AT + timedelta(days=30))
    page = sign_in_as("lead").get(f"/hand-backs/{one}").text
    assert said in page
    assert "2026-03-20" in page


def test_who_ticks_what_a_colleague_handed_back_stays_on_the_list(plan, writing, sign_in_as):
    """Ticks are no words of anybody: an error page would only be a way away from the list, which shows what is so."""
    reporter, address = sign_in_as("reporter"), "/assignments?tab=to_sign"
    page = reporter.get(address)
    ticked = re.findall(r'name="assignment" value="(\d+)"', page.text)
    sent = {**fields_of(page), "assignment": ticked}
    with writing():
        service.hand_back(
            int(ticked[0]), reason="不属本单位。", proposed_unit_id=None, by=plan.viewer("reporter"), at=AT
        )
    answer = reporter.post("/assignments/sign", data=sent, headers={"Referer": f"http://localhost{address}"})
    assert (answer.status_code, answer.location) == (303, address)
