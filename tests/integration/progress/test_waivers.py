"""Lateness excused (免责): asked with its cause, decided by another person; on record, and not held against the unit."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select

from tests.integration.progress.test_chain import fields_of
from tests.support.issued import at, reported
from tests.support.place import AT, DAY
from tracker.assessment.queries.tallies import count_work
from tracker.audit.models import AuditEntry
from tracker.db import session
from tracker.errors import Conflict, DomainError, NotFound
from tracker.progress import queries, service
from tracker.progress.models import Obligation

TASK, UNIT = "压减审批时限", "市财政局"
DUE, AFTER = date(2026, 3, 20), date(2026, 3, 27)


@pytest.fixture
def first(plan, writing):
    with writing():
        service.sign(plan.assignment(TASK, UNIT).id, by=plan.viewer("reporter"), at=AT)
        return plan.obligations(TASK, UNIT)[0].id


def ask(plan, one, *, by="reporter", day=AFTER, reason="上级系统停机三日，有通知为证。"):
    return service.ask_for("waiver", one, service.Wish(reason), by=plan.viewer(by), at=at(day)).id


def tally(plan, as_of=DUE):
    return next(one.tally for one in count_work(plan.plan_id, as_of, days_late=True).units if one.name == UNIT)


def test_what_came_late_counts_as_on_time_and_stays_on_record(plan, first, writing, reading):
    with writing():
        reported(plan, first, day=AFTER)
    with reading():
        before = tally(plan, AFTER)
        assert (before.due, before.on_time) == (1, 0)
        assert before.overdue_days > 0
    with writing():
        one = ask(plan, first)
        service.grant_request(one, note="属实。", by=plan.viewer("lead"), at=at(AFTER, 15))
    with reading():
        after = tally(plan, AFTER)
        assert (after.due, after.on_time, after.overdue_days) == (1, 1, 0)
        obligation = session.get(Obligation, first)
        assert (obligation.timing, obligation.excuse) == ("late", "waived")
        told = session.scalar(select(AuditEntry).where(AuditEntry.action == "同意免责"))
        assert told.actor_name == "林牵头"


def test_what_has_not_come_is_left_out_and_still_overdue(plan, first, writing, reading):
    with writing():
        service.grant_request(ask(plan, first), note="", by=plan.viewer("lead"), at=at(AFTER, 15))
    with reading():
        assert tally(plan, AFTER).due == 0, "not applicable"
        assert queries.obligation_view(first, plan.viewer("lead"), today=AFTER).light == "overdue"
    with writing():
        reported(plan, first, day=date(2026, 4, 2))
    with reading():
        assert (tally(plan, AFTER).due, tally(plan, date(2026, 4, 2)).on_time) == (0, 1)


def test_only_lateness_is_excused_once_and_by_another(plan, first, writing):
    with writing(), pytest.raises(DomainError, match="没有逾期"):
        ask(plan, first, day=DAY)
    for stranger in ("other_reporter", "lead", "leader"):
        with writing(), pytest.raises(NotFound):
            ask(plan, first, by=stranger)
    with writing(), pytest.raises(DomainError) as refused:
        ask(plan, first, reason=" ")
    assert refused.value.field == "reason"
    with writing():
        one = ask(plan, first)
    with writing(), pytest.raises(Conflict):
        ask(plan, first, by="reviewer")
    with writing(), pytest.raises(DomainError, match="理由"):
        service.refuse_request(one, reason="", by=plan.viewer("lead"), at=at(AFTER, 15))
    with writing():
        service.grant_request(one, note="", by=plan.viewer("lead"), at=at(AFTER, 15))
    with writing(), pytest.raises(DomainError):
        ask(plan, first)


def test_a_report_that_comes_meanwhile_does_not_settle_it(plan, first, writing, reading):
    with writing():
        ask(plan, first)
        reported(plan, first, day=date(2026, 3, 28))
    with reading():
        assert queries.requests_waiting(plan.viewer("lead")) == {
            "extension": 0, "closing": 0, "suspension": 0, "waiver": 1,
        }  # fmt: skip


def test_through_the_pages(plan, first, sign_in_as, clock_stands):
    path = f"/requests/new/waiver/{first}"
    assert f'href="{path}"' not in sign_in_as("reporter").get(f"/obligations/{first}").text
    assert "现在不能申请免责" in sign_in_as("reporter").get(path).text
    clock_stands.move_to(at(AFTER))
    reporter, lead = sign_in_as("reporter"), sign_in_as("lead")
    assert f'href="{path}"' in reporter.get(f"/obligations/{first}").text
    assert reporter.post(path, data={"reason": ""}).status_code == 422
    assert reporter.post(path, data={"reason": "上级系统停机三日。"}).status_code == 302
    assert f'href="{path}"' not in reporter.get(f"/obligations/{first}").text, "one at a time"
    page = lead.get("/requests/1")
    assert "上级系统停机三日。" in page.text
    assert lead.post("/requests/1", data={**fields_of(page), "decision": "grant", "note": "属实。"}).status_code == 302
    for who in ("reporter", "leader"):
        page = sign_in_as(who).get(f"/obligations/{first}").text
        assert "已认定免责" in page, who
        assert "属实。" in page, who
