"""Asking for more time (延期申请): before the date only, decided by the lead office, the first date kept for scoring."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from sqlalchemy import func, select, update

from tests.integration.progress.test_chain import fields_of
from tests.support.databases import ON_SQLITE
from tests.support.issued import at, reported
from tests.support.place import AT, DAY
from tracker.accounts.models import Grant
from tracker.accounts.roles import Role
from tracker.audit.models import AuditEntry
from tracker.audit.queries import verify_chain
from tracker.db import session
from tracker.errors import Conflict, DomainError, NotFound
from tracker.progress import queries, service
from tracker.progress.models import Obligation, ObligationSummary, Request, Return
from tracker.progress.queries.work import WorkFilter

DUE, LATER = date(2026, 3, 20), date(2026, 4, 10)


@pytest.fixture
def first(plan, writing):
    """The finance bureau's report due on 20 March, its task signed for."""
    with writing():
        one = plan.obligations("压减审批时限", "市财政局")[0]
        service.sign(one.assignment_id, by=plan.viewer("reporter"), at=AT)
        return one.id


def ask(plan, obligation, *, until=LATER, day=DAY, reason="配套办法待上级印发。", by="reviewer"):
    wish = service.Wish(reason, "已完成征求意见。", until=until)
    return service.ask_for("extension", obligation, wish, by=plan.viewer(by), at=at(day)).id


def test_a_granted_extension_moves_the_date_and_keeps_the_first(plan, first, writing, reading):
    with writing():
        one = ask(plan, first)
        service.grant_request(one, until=LATER, note="同意。", by=plan.viewer("lead"), at=at(DAY, 12))
    with reading():
        obligation = session.get(Obligation, first)
        assert (obligation.due_on, obligation.original_due_on, obligation.state) == (LATER, DUE, "open")
        told = session.scalar(select(AuditEntry).where(AuditEntry.action == "同意延期"))
        assert told.body["changes"]["期限"] == ["2026-03-20", "2026-04-10"]
        assert session.scalar(select(ObligationSummary.n).where(ObligationSummary.due_on == LATER)) == 1
        assert verify_chain().broken_at is None


@pytest.mark.parametrize(
    ("arrives", "timing"),
    [(DUE, "on_time"), (DUE + timedelta(days=1), "extended"), (LATER, "extended"), (LATER + timedelta(days=1), "late")],
)
def test_in_time_is_by_the_first_date(plan, first, writing, reading, arrives, timing):
    """Within the extension it is no longer overdue, and yet not what the plan had asked for: scoring tells them apart."""
    with writing():
        service.grant_request(ask(plan, first), until=LATER, note="", by=plan.viewer("lead"), at=at(DAY, 12))
        reported(plan, first, day=arrives)
    today = LATER + timedelta(days=9)
    with reading():
        obligation = session.get(Obligation, first)
        assert obligation.timing == timing
        view = queries.obligation_view(first, plan.viewer("lead"), today=today)
        assert view.light == ("overdue" if timing == "late" else "on_time"), "it waits at the lead office"
        lights = {
            kind: {row.id for row in queries.work_page(plan.viewer("lead"), WorkFilter(light=kind), today=today).rows}
            for kind in ("overdue", "on_time")
        }
        assert first in lights[view.light]
        assert (first in {one.obligation_id for one in queries.overdue(None, today=today)}) == (timing == "late")


def test_no_light_turns_red_between_the_two_dates(plan, first, writing, reading):
    with writing():
        service.grant_request(ask(plan, first), until=LATER, note="", by=plan.viewer("lead"), at=at(DAY, 12))
    with reading():
        for day, light in (
            (DUE + timedelta(days=1), "on_time"),
            (LATER, "near"),
            (LATER + timedelta(days=1), "overdue"),
        ):
            assert queries.obligation_view(first, plan.viewer("lead"), today=day).light == light


def test_it_is_asked_before_the_date_only(plan, first, writing):
    with writing():
        ask(plan, first, day=DUE)
    with writing(), pytest.raises(Conflict):
        ask(plan, first, day=DUE)
    second = plan_second(plan, writing)
    with writing(), pytest.raises(DomainError, match="期限已过"):
        ask(plan, second, day=date(2026, 6, 21), until=date(2026, 7, 1))


def plan_second(plan, writing):
    with writing():
        return plan.obligations("压减审批时限", "市财政局")[1].id


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"reason": "  "}, "reason"),
        ({"until": DUE}, "until"),
        ({"until": date(2026, 6, 20)}, "until"),
        ({"until": date(2028, 1, 1)}, "until"),
    ],
)
def test_what_is_asked_for_must_make_sense(plan, first, writing, reading, changed, field):
    with writing(), pytest.raises(DomainError) as refused:
        ask(plan, first, **changed)
    assert refused.value.field == field
    with reading():
        assert session.scalar(select(func.count()).select_from(Request)) == 0


def test_who_may_ask_and_who_decides(plan, first, writing):
    for stranger in ("reporter", "other_reviewer", "leader", "evaluator", "admin", "lead"):
        with writing(), pytest.raises(NotFound):
            ask(plan, first, by=stranger)
    with writing():
        one = ask(plan, first)
    for stranger in ("reporter", "reviewer", "leader", "other_reporter"):
        with writing(), pytest.raises(NotFound):
            service.grant_request(one, until=LATER, note="", by=plan.viewer(stranger), at=at(DAY, 12))
        with writing(), pytest.raises(NotFound):
            service.refuse_request(one, reason="不同意", by=plan.viewer(stranger), at=at(DAY, 12))


def test_before_signing_nothing_is_asked(plan, writing):
    with writing(), pytest.raises(DomainError, match="签收"):
        ask(plan, plan.obligations("压减审批时限", "市财政局")[0].id)


def test_refused_and_asked_again(plan, first, writing, reading):
    with writing():
        one = ask(plan, first)
    with writing(), pytest.raises(DomainError, match="理由"):
        service.refuse_request(one, reason=" ", by=plan.viewer("lead"), at=at(DAY, 12))
    with writing():
        service.refuse_request(one, reason="理由不充分。", by=plan.viewer("lead"), at=at(DAY, 12))
        again = ask(plan, first)
    with reading():
        assert [row.state for row in queries.requests_for_report(first)] == ["asked", "refused"]
        assert session.get(Obligation, first).due_on == DUE
    with writing(), pytest.raises(Conflict, match="林牵头"):
        service.grant_request(one, until=LATER, note="", by=plan.viewer("second_lead"), at=at(DAY, 13))
    with writing():
        service.take_back_request(again, by=plan.viewer("reporter"), at=at(DAY, 13))
    with writing(), pytest.raises(Conflict):
        service.grant_request(again, until=LATER, note="", by=plan.viewer("lead"), at=at(DAY, 14))


def test_a_shorter_time_may_be_granted_but_none_that_is_over(plan, first, writing, reading):
    with writing():
        one = ask(plan, first)
    for until in (DUE, date(2026, 3, 1), date(2026, 6, 20)):
        with writing(), pytest.raises(DomainError) as refused:
            service.grant_request(one, until=until, note="", by=plan.viewer("lead"), at=at(DAY, 12))
        assert refused.value.field == "until"
    decided = at(date(2026, 4, 2))
    with writing(), pytest.raises(DomainError):
        service.grant_request(one, until=date(2026, 4, 1), note="", by=plan.viewer("lead"), at=decided)
    with writing():
        service.grant_request(one, until=date(2026, 3, 31), note="", by=plan.viewer("lead"), at=at(DAY, 12))
    with reading():
        found = queries.requests_for_report(first)[0]
        assert (found.until, found.granted_until) == (LATER, date(2026, 3, 31))


def test_what_is_reported_or_cancelled_meanwhile_needs_no_decision(plan, first, writing, reading):
    with writing():
        one = ask(plan, first)
        reported(plan, first)
    with reading():
        assert session.get(Request, one).state == "lapsed"
        assert queries.count_requests(plan.viewer("lead")) == 0
    with writing():
        second = plan.obligations("压减审批时限", "市财政局")[1].id
        other = ask(plan, second, until=date(2026, 7, 1))
        version = session.scalar(select(Return.id).where(Return.obligation_id == first))
        service.accept(version, by=plan.viewer("lead"), at=at(DAY, 14))
    with reading():
        assert session.get(Request, other).state == "asked"


def test_through_the_pages(plan, first, sign_in_as, reading):
    reporter, reviewer, lead = sign_in_as("reporter"), sign_in_as("reviewer"), sign_in_as("lead")
    path = f"/requests/new/extension/{first}"
    assert f'href="{path}"' in reporter.get(f"/obligations/{first}").text
    assert "由本单位审核人提出：石审核、白审核。" in reporter.get(path).text
    assert 'name="reason"' not in reporter.get(path).text
    assert f'href="{path}"' in reviewer.get(f"/obligations/{first}").text
    assert f'href="{path}"' not in lead.get(f"/obligations/{first}").text
    typed = {"reason": "", "progress": "已完成征求意见。", "until": "2026-04-10"}
    refused = reviewer.post(path, data={**fields_of(reviewer.get(path)), **typed})
    assert refused.status_code == 422
    assert "已完成征求意见。" in refused.text
    assert 'value="2026-04-10"' in refused.text
    unread = reviewer.post(path, data={**typed, "reason": "待印发", "until": "四月"})
    assert unread.status_code == 422
    assert 'id="until-error"' in unread.text
    asked = {**typed, "reason": "配套办法待印发。"}
    assert reporter.post(path, data=asked).status_code == 404
    assert reviewer.post(path, data=asked).status_code == 302
    page = reviewer.get(f"/obligations/{first}").text
    assert "配套办法待印发。" in page
    assert f'href="{path}"' not in page, "one at a time"
    assert "等待审批" in reviewer.get(path).text
    assert 'name="reason"' not in reviewer.get(path).text
    assert "申请审批" in lead.get("/").text
    assert "压减审批时限" in lead.get("/requests").text
    page = lead.get("/requests/1")
    assert 'value="2026-04-10"' in page.text, "the date that is asked for stands there"
    assert (
        lead.post("/requests/1", data={**fields_of(page), "decision": "refuse", "until": "2026-04-10"}).status_code
        == 422
    )
    granted = lead.post(
        "/requests/1", data={**fields_of(page), "decision": "grant", "until": "2026-04-08", "note": "抓紧办理。"}
    )
    assert granted.headers["Location"] == "/requests"
    assert "已同意延期：市财政局“压减审批时限”（2026年第1季度）" in lead.get("/requests").text
    assert lead.post("/requests/1", data={**fields_of(page), "decision": "refuse", "note": "晚了"}).status_code == 409
    page = reporter.get(f"/obligations/{first}").text
    for words in ("2026-04-08", "原期限 2026-03-20", "抓紧办理。", "同意至"):
        assert words in page, words
    assert "原期限 2026-03-20" in sign_in_as("leader").get(f"/obligations/{first}").text
    for name in ("reporter", "leader", "evaluator"):
        assert sign_in_as(name).get("/requests").status_code == 404
        assert sign_in_as(name).get("/requests/1").status_code == 404
    for name in ("other_reporter", "county_reporter"):
        assert sign_in_as(name).get(path).status_code == 404
    with reading():
        assert session.get(Obligation, first).due_on == date(2026, 4, 8)


@ON_SQLITE
@ON_SQLITE
def test_what_was_decided_stands_on_its_page_with_who_decided(plan, first, writing, sign_in_as):
    """For the second of two who open it, and for whoever looks it up: to which date, by whom, and no date that has passed on."""
    shorter = LATER - timedelta(days=2)
    with writing():
        one = ask(plan, first)
        service.grant_request(one, until=shorter, note="抓紧办理。", by=plan.viewer("lead"), at=at(DAY, 12))
    lead = sign_in_as("lead")
    page = lead.get(f"/requests/{one}").text
    assert f"这件申请已批复：同意，同意至 {shorter}" in page
    assert re.search(rf'class="text-note">\w+ {DAY} 12:00<', page)
    assert "现期限" not in page, "the date is another by now"
    history = lead.get(f"/obligations/{first}").text
    assert f"申请时的期限 {DUE}" in history


def test_a_unit_without_a_reviewer_is_told_what_to_do(plan, first, writing, sign_in_as):
    with writing():
        session.execute(update(Grant).where(Grant.role == Role.REVIEWER).values(valid_to=DAY - timedelta(days=1)))
    reporter = sign_in_as("reporter")
    for path in (f"/requests/new/extension/{first}", f"/assignments/{first}"):
        assert "还没有审核人，请联系系统管理员" in reporter.get(path).text


def test_the_unit_takes_it_back(plan, first, writing, sign_in_as, reading):
    with writing():
        ask(plan, first)
    assert sign_in_as("other_reporter").post("/requests/1/take-back").status_code == 404
    reviewer = sign_in_as("reviewer")
    assert "撤回延期申请" in reviewer.get(f"/obligations/{first}").text
    assert reviewer.post("/requests/1/take-back").status_code == 302
    with reading():
        assert session.get(Request, 1).state == "taken_back"
    assert "申请审批" in sign_in_as("lead").get("/").text


def test_the_next_request_is_opened(plan, first, writing, sign_in_as):
    second = plan_second(plan, writing)
    with writing():
        ask(plan, first)
        ask(plan, second, until=date(2026, 7, 1))
    lead = sign_in_as("lead")
    page = lead.get("/requests/1")
    answer = lead.post("/requests/1", data={**fields_of(page), "decision": "grant", "until": "2026-04-10"})
    assert answer.headers["Location"] == "/requests/2"
    assert len(set(sign_in_as("lead").get("/requests").text.split('href="/requests/'))) >= 2


def test_the_tasks_own_page_keeps_the_first_date_in_sight(plan, first, writing, sign_in_as):
    with writing():
        assignment = session.get(Obligation, first).assignment_id
        service.grant_request(ask(plan, first), until=LATER, note="同意。", by=plan.viewer("lead"), at=at(DAY, 12))
    page = sign_in_as("reporter").get(f"/assignments/{assignment}").text
    table = page[page.index('id="obligations"') :]
    assert re.search(rf"{LATER.isoformat()}</a>(?:(?!</th>).)*原期限 2026-03-20", table, re.DOTALL)
