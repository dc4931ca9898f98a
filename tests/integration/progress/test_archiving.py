"""Archiving a plan (归档): only once nothing of it is open; then nothing of it changes, until it is taken up again."""

from __future__ import annotations

import pytest
from sqlalchemy import select, update

from tests.support.breakdown import fields_of
from tests.support.databases import ON_BOTH, ON_SQLITE
from tests.support.issued import at
from tests.support.place import DAY
from tracker.audit.models import AuditEntry
from tracker.audit.queries import verify_chain
from tracker.db import session
from tracker.errors import Conflict, NotFound
from tracker.plans.models import Assignment, Plan
from tracker.progress import service
from tracker.progress.models import Obligation
from tracker.progress.service.counting import change
from tracker.progress.service.questions import Ask, ask

TASK, UNIT = "压减审批时限", "市财政局"


@pytest.fixture
def url(plan) -> str:
    return f"/plans/{plan.plan_id}/archive"


@pytest.fixture
def settled(plan, writing):
    """Every task signed for, every report accepted."""
    with writing():
        session.execute(update(Assignment).where(Assignment.plan_id == plan.plan_id).values(state="in_progress"))
        change(list(session.scalars(select(Obligation).where(Obligation.plan_id == plan.plan_id))), state="accepted")


def state(plan) -> str:
    return session.scalar(select(Plan.state).where(Plan.id == plan.plan_id))


def pressed(client, url, page=None, **more: str):
    action = url if page is None else page
    return client.post(action, data={**fields_of(client.get(url).text, action), **more})


@ON_BOTH
def test_a_settled_plan_is_archived_and_taken_up_again(plan, url, settled, sign_in_as, reading):
    lead, again = sign_in_as("lead"), f"/plans/{plan.plan_id}/reopen"
    assert f'href="{url}"' in lead.get(f"/plans/{plan.plan_id}").text
    assert pressed(lead, url).status_code == 302
    with reading():
        assert state(plan) == "closed"
    page = lead.get(f"/plans/{plan.plan_id}").text
    assert "计划已归档" in page
    assert "收到修订稿" not in page
    assert "调整时限" not in lead.get(f"/tasks/{plan.tasks[TASK]}").text
    silent = pressed(lead, url, again)
    assert silent.status_code == 422
    assert "请写明恢复计划的理由" in silent.text
    assert pressed(lead, url, again, reason="审计要求补充一项任务。").status_code == 302
    with reading():
        assert state(plan) == "issued"
        acts = session.scalars(
            select(AuditEntry.action).where(AuditEntry.action.in_(("归档计划", "恢复计划"))).order_by(AuditEntry.seq)
        )
        assert list(acts) == ["归档计划", "恢复计划"]
        assert verify_chain().broken_at is None


@ON_SQLITE
def test_what_is_open_is_named_with_its_list_and_stands_in_the_way(plan, url, sign_in_as, reading):
    lead = sign_in_as("lead")
    page = lead.get(url).text
    assert "还有未了事项，暂不能归档" in page
    assert f"/work?plan={plan.plan_id}&amp;state=open" in page
    assert "待签收" in page
    assert "<form" not in page.partition("<main")[2].partition("</main>")[0]
    with reading():
        token = {"version": str(session.get(Plan, plan.plan_id).version)}
    crafted = lead.post(url, data=token)
    assert crafted.status_code == 422
    assert "计划还有未了事项" in crafted.text
    with reading():
        assert state(plan) == "issued"


@ON_SQLITE
def test_an_open_question_or_request_stands_in_the_way(plan, url, settled, sign_in_as, writing):
    with writing():
        asked = plan.obligations(TASK, UNIT)[0].id
        ask(asked, Ask("check", "口径是什么？", DAY), by=plan.viewer("lead"), at=at(DAY, 10))
        service.ask_for("suspension", plan.assignment(TASK, UNIT).id,
                        service.Wish("等上级文件。", condition="文件印发"), by=plan.viewer("reviewer"), at=at(DAY, 11))  # fmt: skip
    page = sign_in_as("lead").get(url).text
    assert "未了结的询问和协调 1 件" in page
    assert "待批的申请 1 件" in page


@ON_SQLITE
def test_nothing_of_an_archived_plan_changes(plan, url, settled, sign_in_as, writing):
    with writing():
        service.archive_plan(plan.plan_id, by=plan.viewer("lead"), at=at(DAY, 12))
        mine, report = plan.assignment(TASK, UNIT).id, plan.obligations(TASK, UNIT)[0].id
        lead, unit = plan.viewer("lead"), plan.viewer("reviewer")
    wish = service.Wish("等上级文件。", condition="文件印发")
    for act in (
        lambda: service.ask_for("suspension", mine, wish, by=unit, at=at(DAY, 13)),
        lambda: ask(report, Ask("check", "口径是什么？", DAY), by=lead, at=at(DAY, 13)),
        lambda: service.redate(plan.tasks[TASK], "9月底前", reason="会议要求。", seen="", by=lead, at=at(DAY, 13)),
        lambda: service.archive_plan(plan.plan_id, by=lead, at=at(DAY, 13)),
    ):
        with writing(), pytest.raises(Conflict):
            act()
    office, correct = sign_in_as("lead"), f"/tasks/{plan.tasks[TASK]}/correct"
    refused = office.post(
        correct, data={**fields_of(office.get(correct).text, correct), "name": "压减时限", "reason": "笔误"}
    )
    assert refused.status_code == 409
    assert "已归档" in refused.text
    lights = f"/plans/{plan.plan_id}/lights"
    page = office.get(lights).text
    assert office.post(lights, data={**fields_of(page, lights), "lights": "yichang"}).status_code == 409


@ON_SQLITE
def test_it_is_for_the_plans_own_lead_office(plan, settled, writing):
    for who in ("reporter", "reviewer", "evaluator"):
        with writing(), pytest.raises(NotFound):
            service.archive_plan(plan.plan_id, by=plan.viewer(who), at=at(DAY, 12))


@ON_SQLITE
def test_what_changed_since_it_was_seen_is_not_archived(plan, url, settled, sign_in_as, writing, reading):
    lead = sign_in_as("lead")
    fields = fields_of(lead.get(url).text, url)
    with writing():
        service.archive_plan(plan.plan_id, by=plan.viewer("lead"), at=at(DAY, 12))
        service.reopen_plan(plan.plan_id, reason="补一项。", by=plan.viewer("lead"), at=at(DAY, 13))
    late = lead.post(url, data=fields)
    assert late.status_code == 409
    assert "有改动" in late.text
    with reading():
        assert state(plan) == "issued"
