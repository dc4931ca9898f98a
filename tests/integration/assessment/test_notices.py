"""A deduction is told to its unit, answered, decided on by another person, and counts only then."""

from __future__ import annotations

import io
import re
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import flask_migrate
import pytest
from sqlalchemy import func, select, update

from tests.support.issued import at
from tests.support.scored import AS_OF, SCORED_AT, Scored
from tracker import clock
from tracker.assessment.models import DeductionNotice, Scheme, ScoredFact
from tracker.assessment.queries.deductions import deductions
from tracker.assessment.queries.effect import effect_of
from tracker.assessment.queries.notices import notice_row, waiting_notices
from tracker.assessment.queries.runs import unit_score
from tracker.assessment.service import notices
from tracker.assessment.service.facts import withdraw_fact
from tracker.assessment.service.runs import publish, run_scheme
from tracker.audit.models import AuditEntry
from tracker.db import session
from tracker.errors import Conflict, DomainError, NotFound

OWN = "市财政局"
MIGRATIONS = str(Path(__file__).resolve().parents[3] / "migrations")


def told(scored: Scored, days: int = 3, when=SCORED_AT) -> int:
    return scored.enter(OWN, "deduction", "order", amount="2", reason="栏目未更新", notice_days=days, at=when)


def total(scored: Scored, when=SCORED_AT) -> str | None:
    by = scored.viewer("evaluator")
    run = run_scheme(scored.scheme, plan_id=scored.plan_id, as_of=AS_OF, by=by, at=when)
    return unit_score(run.id, scored.units[OWN]).total


def test_it_counts_once_the_time_is_over_and_not_before(scored, writing):
    with writing():
        scored.enter_all_marks()
        fact = told(scored)
        assert (
            session.get_one(DeductionNotice, fact).reply_by.isoformat() == "2026-07-07"
        )  # Thursday and three workdays
        assert total(scored) == "99.00"
        assert total(scored, at(AS_OF + timedelta(days=6))) == "99.00"
        assert total(scored, at(AS_OF + timedelta(days=7))) == "97.00"


def test_it_counts_at_once_where_the_unit_agrees(scored, writing):
    with writing():
        scored.enter_all_marks()
        fact = told(scored)
        notices.reply(fact, agrees=True, text="", version=1, by=scored.viewer("reporter"), at=SCORED_AT)
        assert total(scored) == "97.00"


@pytest.mark.parametrize(("decision", "comes_to"), [("upheld", "97.00"), ("cancelled", "99.00")])
def test_an_objection_is_decided_by_another_person(scored, writing, reading, decision, comes_to):
    late = at(AS_OF + timedelta(days=30))
    with writing():
        reporter, evaluator, second = (scored.viewer(name) for name in ("reporter", "evaluator", "second_evaluator"))
        scored.enter_all_marks()
        fact = told(scored)
        with pytest.raises(DomainError, match="写明理由"):
            notices.reply(fact, agrees=False, text=" ", version=1, by=reporter, at=SCORED_AT)
        with pytest.raises(NotFound):
            notices.reply(fact, agrees=False, text="已更新", version=1, by=evaluator, at=SCORED_AT)
        notices.reply(fact, agrees=False, text="已按期更新", version=1, by=reporter, at=SCORED_AT)
        assert total(scored, late) == "99.00"  # nobody has decided yet
        with pytest.raises(DomainError, match="另一位"):
            notices.decide(fact, decision=decision, reason="查实", version=2, by=evaluator, at=late)
        with pytest.raises(NotFound):
            notices.decide(fact, decision=decision, reason="查实", version=2, by=reporter, at=late)
        with pytest.raises(DomainError, match="处理理由"):
            notices.decide(fact, decision=decision, reason="", version=2, by=second, at=late)
        notices.decide(fact, decision=decision, reason="已核对网站记录", version=2, by=second, at=late)
        assert total(scored, late) == comes_to
        with pytest.raises(Conflict):
            notices.decide(fact, decision=decision, reason="再来", version=2, by=second, at=late)
    with reading():
        body = session.scalars(select(AuditEntry).where(AuditEntry.action == "处理扣分异议")).one().body
        assert body["detail"]["处理意见"] == {"upheld": "维持扣分", "cancelled": "撤销扣分"}[decision]
        row = notice_row(fact, second)
        assert (row.state(clock.day_of(late)), row.decided_by) == (decision, "严考核")


def test_what_either_decision_would_do_is_shown_before_it_is_made(scored, writing, reading, sign_in_as):
    with writing():
        scored.enter_all_marks()
        scored.enter(OWN, "penalty", amount="34.5", reason="通报批评")
        fact = told(scored)
        notices.reply(fact, agrees=False, text="已按期更新", version=1, by=scored.viewer("reporter"), at=SCORED_AT)
        before = session.scalar(select(func.count(AuditEntry.seq)))
    with reading():
        effect = effect_of(fact, AS_OF)
        assert (effect.upheld.total, effect.cancelled.total, effect.missing) == ("62.50", "64.50", 0)
        assert [(row.name, row.upheld, row.cancelled) for row in effect.rows] == [
            ("总分", "97.00", "99.00"),
            ("公开内容", "8.00", "10.00"),
        ]  # fmt: skip
        (other,) = effect.others
        assert (other.name, other.upheld.rank, other.cancelled.rank) == ("市交通运输局", 1, 2)
        assert session.scalar(select(func.count(AuditEntry.seq))) == before
    page = sign_in_as("second_evaluator").get(f"/notices/{fact}").text
    assert "两种处理意见各会怎样" in page
    assert "10 − 2 = 8" in page
    assert "两种处理意见各会怎样" not in sign_in_as("evaluator").get(f"/notices/{fact}").text
    assert "两种处理意见各会怎样" not in sign_in_as("reporter").get(f"/notices/{fact}").text


def test_what_is_not_entered_yet_is_taken_as_not_applicable_and_said(scored, writing, reading):
    with writing():
        fact = told(scored)
        notices.reply(fact, agrees=False, text="已按期更新", version=1, by=scored.viewer("reporter"), at=SCORED_AT)
    with reading():
        effect = effect_of(fact, AS_OF)
        assert effect.missing == 6
        assert Decimal(effect.upheld.total) < Decimal(effect.cancelled.total)
    with writing():
        session.execute(update(Scheme).values(state="retired"))
    with reading():
        assert "停用" in effect_of(fact, AS_OF).refusal


def test_the_unit_answers_once_and_in_time(scored, writing):
    with writing():
        reporter = scored.viewer("reporter")
        fact = told(scored)
        notices.reply(fact, agrees=True, text="", version=1, by=reporter, at=SCORED_AT)
        with pytest.raises(DomainError, match="已经回复"):
            notices.reply(fact, agrees=False, text="改主意", version=2, by=reporter, at=SCORED_AT)
        other = told(scored)
        with pytest.raises(DomainError, match="期限已过"):
            notices.reply(other, agrees=True, text="", version=1, by=reporter, at=at(AS_OF + timedelta(days=7)))
        withdraw_fact(other, reason="录错", by=scored.viewer("evaluator"), at=SCORED_AT)
        with pytest.raises(DomainError, match="已经撤回"):
            notices.reply(other, agrees=True, text="", version=1, by=reporter, at=SCORED_AT)


def test_what_was_said_stands_on_the_sheet_of_deductions(scored, writing, reading):
    with writing():
        scored.enter_all_marks()
        fact = told(scored)
        notices.reply(fact, agrees=False, text="已按期更新", version=1, by=scored.viewer("reporter"), at=SCORED_AT)
        notices.decide(
            fact,
            decision="upheld",
            reason="更新晚于期限",
            version=2,
            by=scored.viewer("second_evaluator"),
            at=SCORED_AT,
        )
        by = scored.viewer("evaluator")
        run_id = run_scheme(scored.scheme, plan_id=scored.plan_id, as_of=AS_OF, by=by, at=SCORED_AT).id
    with reading():
        (row,) = [row for row in deductions(run_id).rows if row.unit == OWN and row.indicator == "公开内容"]
        assert (row.points, row.reply, row.decision) == (Decimal(2), "已按期更新", "维持扣分：更新晚于期限")


def test_the_pages(scored, writing, reading, sign_in_as):
    unit, now = scored.units[OWN], clock.now()
    evaluator = sign_in_as("evaluator")
    sent = {"slot": "order", "order-amount": "2", "order-reason": "栏目未更新", "order-notice": "3"}
    assert evaluator.post(f"/schemes/1/facts/{unit}", data=sent).status_code == 302
    with reading():
        fact = session.scalars(select(ScoredFact.id).order_by(ScoredFact.id.desc())).first()
        assert waiting_notices(scored.viewer("reporter")) == 1
        assert waiting_notices(scored.viewer("second_evaluator")) == 0
    assert "待单位回复" in evaluator.get(f"/schemes/1/facts/{unit}").text
    assert "1 条扣分还不计入" in evaluator.get("/runs/new?as_of=2026-07-01").text
    with writing():
        scored.enter_all_marks()
        by = scored.viewer("evaluator")
        run_id = run_scheme(scored.scheme, plan_id=scored.plan_id, as_of=AS_OF, by=by, at=SCORED_AT).id
    for page in (f"/runs/{run_id}", f"/runs/{run_id}/publish"):
        assert "1 条扣分还不计入" in sign_in_as("second_evaluator").get(page).text
    reporter = sign_in_as("reporter")
    assert "栏目未更新" in reporter.get("/notices").text
    page = reporter.get(f"/notices/{fact}").text
    assert "提交回复" in page
    assert "处理异议" not in page
    refused = reporter.post(f"/notices/{fact}/reply", data={"version": "1", "agrees": "0", "reply": ""})
    assert refused.status_code == 422
    assert "请写明理由" in refused.text
    answer = {"version": "1", "agrees": "0", "reply": "已更新", "evidence": (io.BytesIO("截图".encode()), "说明.txt")}
    assert reporter.post(f"/notices/{fact}/reply", data=answer).status_code == 302
    assert reporter.get(f"/notices/{fact}/evidence").data.decode() == "截图"
    assert "等待另一位考核人员处理" in evaluator.get(f"/notices/{fact}").text
    second = sign_in_as("second_evaluator")
    assert "提交处理意见" in second.get(f"/notices/{fact}").text
    assert "栏目未更新" in second.get("/notices?state=waiting").text
    assert "栏目未更新" not in second.get("/notices?state=open").text
    done = second.post(f"/notices/{fact}/decide", data={"version": "2", "decision": "cancelled", "reason": "属实"})
    assert done.status_code == 302
    assert "异议成立" in reporter.get(f"/notices/{fact}").text or "撤销扣分" in reporter.get(f"/notices/{fact}").text
    with writing():
        final = run_scheme(scored.scheme, plan_id=scored.plan_id, as_of=AS_OF, by=by, at=clock.now()).id
        publish(final, version=1, by=scored.viewer("second_evaluator"), at=clock.now())
    with reading():
        assert session.get_one(ScoredFact, fact).withdrawn_at >= now
        assert unit_score(final, unit).total == "99.00", "nothing was taken off"
    assert "99.00" in reporter.get("/my-scores").text
    assert "栏目未更新" not in reporter.get(f"/runs/{final}/units/{unit}").text


def test_a_deduction_counts_at_once_unless_a_time_to_answer_is_typed(scored, sign_in_as):
    page = sign_in_as("evaluator").get(f"/schemes/1/facts/{scored.units[OWN]}").text
    fields = re.findall(r'<input[^>]*name="(?:order|penalty)-notice"[^>]*>', page)
    assert len(fields) == 2
    assert all(re.search(r'value="(\d+)"', field) is None for field in fields)
    assert "不填则立即计入" in page


def test_a_unit_is_not_told_who_scored_it(scored, writing, sign_in_as):
    with writing():
        fact, name = told(scored), scored.viewer("evaluator").name
    assert name not in sign_in_as("reporter").get(f"/notices/{fact}").text
    assert name in sign_in_as("second_evaluator").get(f"/notices/{fact}").text


def test_a_notice_survives_the_tables_of_before_facts_with_several_fields(scored, writing, reading, app):
    with writing():
        fact = told(scored)
    with app.app_context():
        flask_migrate.downgrade(directory=MIGRATIONS, revision="0006")
        flask_migrate.upgrade(directory=MIGRATIONS)
    with reading():
        assert session.get_one(DeductionNotice, fact).fact_id == fact
        assert session.get_one(ScoredFact, fact).figures is None


def test_another_units_people_see_nothing(scored, writing, sign_in_as):
    with writing():
        fact = told(scored)
    stranger = sign_in_as("county_reporter")
    assert stranger.get(f"/notices/{fact}").status_code == 404
    assert "栏目未更新" not in stranger.get("/notices").text
    answer = {"version": "1", "agrees": "1", "reply": ""}
    assert stranger.post(f"/notices/{fact}/reply", data=answer).status_code == 404
