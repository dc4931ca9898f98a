"""Asking that a task be closed (申请办结), and closing it (销号): asked by the unit, decided by another in the lead office."""

from __future__ import annotations

import re

import pytest
from sqlalchemy import func, select

from tests.integration.progress.test_chain import fields_of
from tests.support.databases import ON_BOTH, ON_SQLITE
from tests.support.issued import at, reported
from tests.support.place import DAY
from tracker.audit.models import AuditEntry
from tracker.audit.queries import verify_chain
from tracker.db import session
from tracker.errors import Conflict, DomainError, NotFound
from tracker.plans.models import Assignment
from tracker.progress import queries, service
from tracker.progress.content import Content
from tracker.progress.models import Obligation, Request, Return

pytestmark = ON_SQLITE

TASK, UNIT = "压减审批时限", "市财政局"


@pytest.fixture
def complete(plan, writing):
    """A task whose first report says 100 % and is accepted; three more are owed. Returns the assignment's id."""
    with writing():
        version = reported(plan, plan.obligations(TASK, UNIT)[0].id, percent=100)
        service.accept(version, by=plan.viewer("lead"), at=at(DAY, 12))
        return plan.assignment(TASK, UNIT).id


def ask(plan, assignment, *, summary="目标已全部实现。", by="reporter"):
    return service.ask_for("closing", assignment, service.Wish(summary), by=plan.viewer(by), at=at(DAY, 13)).id


def test_closed_what_is_left_is_cancelled(plan, complete, writing, reading):
    with writing():
        one = ask(plan, complete)
        service.grant_request(one, note="同意销号。", by=plan.viewer("lead"), at=at(DAY, 14))
    with reading():
        assert session.get(Assignment, complete).state == "done"
        assert [one.state for one in plan.obligations(TASK, UNIT)] == ["accepted"] + ["cancelled"] * 3
        told = session.scalar(select(AuditEntry).where(AuditEntry.action == "办结销号"))
        assert told.body["changes"]["状态"] == ["办理中", "已办结"]
        assert told.body["detail"]["取消报送"] == 3
        assert verify_chain().broken_at is None


def test_what_is_not_complete_or_not_signed_for_is_not_asked_for(plan, writing, reading):
    with writing():
        mine = plan.assignment(TASK, UNIT).id
    with writing(), pytest.raises(DomainError, match="签收"):
        ask(plan, mine)
    with writing():
        version = reported(plan, plan.obligations(TASK, UNIT)[0].id, percent=80)
        service.accept(version, by=plan.viewer("lead"), at=at(DAY, 12))
    with writing(), pytest.raises(DomainError, match="100%"):
        ask(plan, mine)
    with reading():
        assert session.scalar(select(func.count()).select_from(Request)) == 0


def test_who_may_ask_and_who_decides(plan, complete, writing):
    for stranger in ("other_reporter", "leader", "lead", "admin"):
        with writing(), pytest.raises(NotFound):
            ask(plan, complete, by=stranger)
    with writing(), pytest.raises(DomainError) as refused:
        ask(plan, complete, summary=" ")
    assert refused.value.field == "reason"
    with writing():
        one = ask(plan, complete)
    with writing(), pytest.raises(Conflict):
        ask(plan, complete, by="reviewer")
    for stranger in ("reporter", "reviewer", "leader"):
        with writing(), pytest.raises(NotFound):
            service.grant_request(one, note="", by=plan.viewer(stranger), at=at(DAY, 14))
        with writing(), pytest.raises(NotFound):
            service.refuse_request(one, reason="不同意", by=plan.viewer(stranger), at=at(DAY, 14))


def test_refused_and_asked_again(plan, complete, writing, reading):
    with writing():
        one = ask(plan, complete)
    with writing(), pytest.raises(DomainError, match="理由"):
        service.refuse_request(one, reason="", by=plan.viewer("lead"), at=at(DAY, 14))
    with writing():
        service.refuse_request(one, reason="请补充验收材料。", by=plan.viewer("lead"), at=at(DAY, 14))
    with writing(), pytest.raises(Conflict, match="林牵头"):
        service.grant_request(one, note="", by=plan.viewer("second_lead"), at=at(DAY, 14))
    with writing():
        again = ask(plan, complete, by="reviewer")
        service.take_back_request(again, by=plan.viewer("reporter"), at=at(DAY, 15))
    with writing(), pytest.raises(Conflict):
        service.grant_request(again, note="", by=plan.viewer("lead"), at=at(DAY, 16))
    with reading():
        assert session.get(Assignment, complete).state == "in_progress"
        assert [one.state for one in queries.requests_for_task(complete)] == ["taken_back", "refused"]


@ON_BOTH
def test_a_report_that_waits_is_checked_first(plan, complete, writing, reading):
    with writing():
        one = ask(plan, complete)
        second = plan.obligations(TASK, UNIT)[1].id
        version = service.hand_in(
            second, content=Content(done="仍在巩固。", percent=100), by=plan.viewer("reporter"), at=at(DAY, 13)
        ).id
        service.approve(version, by=plan.viewer("reviewer"), at=at(DAY, 13))
    with writing(), pytest.raises(DomainError, match="先核验"):
        service.grant_request(one, note="", by=plan.viewer("lead"), at=at(DAY, 14))
    with writing():
        service.accept(version, by=plan.viewer("lead"), at=at(DAY, 14), close=True)
    with reading():
        assert session.get(Request, one).state == "lapsed", "it was closed with the report"
        assert session.get(Return, version).state == "accepted"
        assert queries.count_requests(plan.viewer("lead")) == 0
        assert (
            session.scalar(select(func.count()).where(Obligation.state == "open", Obligation.assignment_id == complete))
            == 0
        )


def test_through_the_pages(plan, complete, sign_in_as, reading):
    reporter, lead = sign_in_as("reporter"), sign_in_as("lead")
    path = f"/requests/new/closing/{complete}"
    assert f'href="{path}"' in reporter.get(f"/assignments/{complete}").text
    assert f'href="{path}"' not in lead.get(f"/assignments/{complete}").text
    refused = reporter.post(path, data={**fields_of(reporter.get(path)), "reason": " "})
    assert refused.status_code == 422
    assert 'id="reason-error"' in refused.text
    assert reporter.post(path, data={"reason": "目标已全部实现。"}).status_code == 302
    page = reporter.get(f"/assignments/{complete}").text
    assert "目标已全部实现。" in page
    assert f'href="{path}"' not in page, "one at a time"
    assert "等待审批" in reporter.get(path).text
    assert "待批申请" in lead.get("/").text
    assert TASK in lead.get("/requests").text
    page = lead.get("/requests/1")
    assert lead.post("/requests/1", data={**fields_of(page), "decision": "refuse"}).status_code == 422
    done = lead.post("/requests/1", data={**fields_of(page), "decision": "grant", "note": "同意。"})
    assert done.headers["Location"] == "/requests"
    assert f"已同意办结：{UNIT}“{TASK}”" in lead.get("/requests").text
    late = lead.post("/requests/1", data={**fields_of(page), "decision": "refuse", "note": "晚了一步"})
    assert (late.status_code, "晚了一步" in late.text) == (409, True)
    assert "同意。" in reporter.get(f"/assignments/{complete}").text
    for name in ("reporter", "leader", "evaluator"):
        assert sign_in_as(name).get("/requests").status_code == 404
        assert sign_in_as(name).get("/requests/1").status_code == 404
    assert sign_in_as("other_reporter").get(path).status_code == 404
    with reading():
        assert session.get(Assignment, complete).state == "done"


def test_the_unit_takes_it_back(plan, complete, writing, sign_in_as, reading):
    with writing():
        ask(plan, complete)
    assert sign_in_as("other_reporter").post("/requests/1/take-back").status_code == 404
    assert sign_in_as("reviewer").post("/requests/1/take-back").status_code == 302
    with reading():
        assert session.get(Request, 1).state == "taken_back"


def test_what_is_all_accepted_waits_for_nobody(plan, complete, writing, sign_in_as):
    unit = sign_in_as("reporter")
    assert "下一次报送" in unit.get(f"/assignments/{complete}").text
    with writing():
        for one in plan.obligations(TASK, UNIT)[1:]:
            service.accept(reported(plan, one.id, percent=100), by=plan.viewer("lead"), at=at(DAY, 13))
    page = unit.get(f"/assignments/{complete}").text
    assert "各期报送都已核收" in page
    assert "等待本单位审核" not in page
    assert "可以申请办结" in page
    with writing():
        ask(plan, complete)
    assert "可以申请办结" not in unit.get(f"/assignments/{complete}").text


def test_the_task_names_every_way_to_ask_or_why_there_is_none_now(plan, writing, sign_in_as):
    def report(n: int, percent: int) -> int:
        with writing():
            one = plan.obligations(TASK, UNIT)[n]
            service.accept(reported(plan, one.id, percent=percent), by=plan.viewer("lead"), at=at(DAY, 12))
            return plan.assignment(TASK, UNIT).id

    def ways(who: str) -> list[str]:
        return re.findall(r'href="/requests/new/(\w+)/', sign_in_as(who).get(path).text)

    path = f"/assignments/{report(0, 80)}"
    assert ways("reporter") == []
    page = sign_in_as("reporter").get(path).text
    assert "核收进度 80%" in page
    assert page.count("由本单位审核人提出：石审核、白审核。") == 2, "more time, and suspension"
    assert ways("reviewer") == ["extension", "suspension"]
    assert ways("lead") == []
    assert "达到 100% 后" in sign_in_as("reporter").get(path.replace("/assignments", "/requests/new/closing")).text
    report(1, 100)
    assert ways("reporter") == ["closing"]


def test_who_closes_a_task_sees_what_was_asked_and_what_was_accepted(plan, complete, writing, sign_in_as):
    """The unit's own summary is no evidence: beside it stand the requirement and the report that says 100 %."""
    with writing():
        one = ask(plan, complete, summary="均已办完。")
    page = sign_in_as("lead").get(f"/requests/{one}").text
    assert "均已办完。" in page
    assert "压减审批时限，逐项落实到位。" in page
    accepted = page[page.index("最近核收的报送") : page.index("批复意见")]
    assert "100%" in accepted
    assert "佐证材料" in accepted
