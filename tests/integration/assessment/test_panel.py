"""Marks by invitation: blind until all are in, nobody's zero where somebody is absent, none of one's own unit."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from tests.integration.assessment.test_runs import run, totals
from tests.support.databases import ON_SQLITE
from tests.support.place import AT, DAY, FOUNDED
from tests.support.scored import AS_OF, COUNTIES, DEPARTMENTS, SCORED_AT, Scored
from tracker.accounts import service as accounts
from tracker.accounts.models import Person
from tracker.accounts.roles import Role
from tracker.assessment.models import PanelRecusal, ScoredFact
from tracker.assessment.queries.effect import effect_of
from tracker.assessment.queries.panel import awaited_of
from tracker.assessment.queries.recheck import agrees
from tracker.assessment.service import facts, panel as service
from tracker.audit.models import AuditEntry
from tracker.db import session
from tracker.errors import DomainError

BOTH = ("evaluator", "second_evaluator")
VEILED = "孟考核已打分，到齐后可见"


def invite(scored: Scored, *who: str) -> None:
    people = [scored.issued.place.people[name] for name in who]
    service.invite(scored.scheme, plan_id=scored.plan_id, people=people, by=scored.viewer("evaluator"), at=AT)


def mark_all(scored: Scored, by: str, mark: str) -> None:
    for unit in (*COUNTIES, *DEPARTMENTS):
        scored.enter(unit, "mark", "review", amount=mark, by=by)


def test_nobody_sees_the_marks_of_others_until_all_are_in(scored, sign_in_as, writing):
    with writing():
        invite(scored, *BOTH)
        mark_all(scored, "evaluator", "8.25")
    one, other = sign_in_as("evaluator"), sign_in_as("second_evaluator")
    pages = (f"/schemes/1/facts/{scored.units['望川县']}", "/schemes/1/facts", "/schemes/1/marks?indicator=review")
    for page in pages:
        assert "8.25" in one.get(page).text
        assert VEILED in other.get(page).text
        assert "8.25" not in other.get(page).text
    with writing():
        fact = session.scalars(select(ScoredFact.id).order_by(ScoredFact.id)).first()
    assert "8.25" not in other.get(f"/facts/{fact}/withdraw").text
    assert "还没有到齐" in one.get("/schemes/1/trial").text
    with writing():
        scored.enter("望川县", "mark", "review", amount="7.5", by="second_evaluator")
    seen = other.get(pages[0]).text
    assert "8.25" in seen
    assert VEILED not in seen
    assert VEILED in other.get(pages[1]).text  # of the units that are still to be marked


def test_no_run_before_all_are_in_and_absence_is_no_zero(scored, writing, reading):
    with writing():
        invite(scored, *BOTH)
        mark_all(scored, "evaluator", "9")
        with pytest.raises(DomainError, match="严考核 6 处"):
            run(scored)
        absent = scored.issued.place.people["second_evaluator"]
        service.excuse(scored.scheme, plan_id=scored.plan_id, person_id=absent, reason="因公出差。",
                       by=scored.viewer("evaluator"), at=AT)  # fmt: skip
        run_id = run(scored)
    with reading():
        assert totals(scored, run_id)["望川县"] == ("99.00", 1)


def test_recusal_from_one_unit_is_no_zero_and_stands_in_the_explanation(scored, sign_in_as, writing, reading):
    people, unit = scored.issued.place.people, scored.units["望川县"]
    with writing():
        invite(scored, *BOTH)
        mark_all(scored, "evaluator", "9")
        mark_all(scored, "second_evaluator", "7")
    form = {"person": people["second_evaluator"], "unit": unit, "reason": "配偶在该县任职。"}
    client = sign_in_as("second_evaluator")
    excuse = f"/schemes/1/panel/excuse?plan={scored.plan_id}"
    assert client.post(excuse, data=form).status_code == 302
    assert client.post(excuse, data=form).status_code == 422
    assert "回避望川县：配偶在该县任职。" in client.get(f"/schemes/1/panel?plan={scored.plan_id}").text
    assert "您已回避对该单位的打分。" in client.get(f"/schemes/1/facts/{unit}").text
    with writing():
        assert awaited_of(scored.scheme, scored.plan_id, DAY) == {}
        with pytest.raises(DomainError, match="已回避"):
            scored.enter("望川县", "mark", "review", amount="7", by="second_evaluator")
        run_id = run(scored)
    with reading():
        assert totals(scored, run_id)["望川县"] == ("99.00", 1)  # the mean of 9 alone
        assert agrees(run_id)
    assert "评委回避 1 人：严考核 配偶在该县任职。" in client.get(f"/runs/{run_id}/units/{unit}").text
    assert "评委回避" not in client.get(f"/runs/{run_id}/units/{scored.units['青禾县']}").text


def test_who_noted_a_recusal_takes_it_back_until_the_marks_of_the_unit_are_in(scored, sign_in_as, writing, reading):
    people, unit = scored.issued.place.people, scored.units["望川县"]
    with writing():
        invite(scored, *BOTH)
        for name, by in (("望川县", "second_evaluator"), ("临溪县", "evaluator")):
            service.recuse(scored.scheme, plan_id=scored.plan_id, person_id=people["second_evaluator"],
                           unit_id=scored.units[name], reason="配偶任职。", by=scored.viewer(by), at=AT)  # fmt: skip
        first, other = session.scalars(select(PanelRecusal.id).order_by(PanelRecusal.id)).all()
    client, page = sign_in_as("second_evaluator"), f"/schemes/1/panel?plan={scored.plan_id}"
    take_back = f"/schemes/1/panel/take-back?plan={scored.plan_id}"
    assert "严考核回避望川县</option>" in client.get(page).text
    assert "严考核回避临溪县</option>" not in client.get(page).text
    assert client.post(take_back, data={"back-recusal": first, "back-reason": " "}).status_code == 422
    refused = client.post(take_back, data={"back-recusal": other, "back-reason": "写错了。"})
    assert "只能由注明回避的人撤回。" in refused.text
    assert client.post(take_back, data={"back-recusal": first, "back-reason": "选错了单位。"}).status_code == 302
    with reading():
        assert awaited_of(scored.scheme, scored.plan_id, DAY)[people["second_evaluator"]] == 5
        act = session.scalars(select(AuditEntry).order_by(AuditEntry.seq.desc()).limit(1)).one()
    assert (act.action, act.unit_id) == ("撤回评委回避", unit)
    assert act.body["detail"] == {"评委": "严考核", "理由": "选错了单位。"}
    with writing():
        scored.enter("临溪县", "mark", "review", amount="9")
    answer = sign_in_as("evaluator").post(take_back, data={"back-recusal": other, "back-reason": "可以打分。"})
    assert answer.status_code == 422
    assert "已经到齐、评委都能看到，不能再撤回回避。" in answer.text


@ON_SQLITE
def test_the_number_of_marks_that_are_awaited_leads_to_each_of_them(scored, sign_in_as, writing):
    with writing():
        invite(scored, *BOTH)
        scored.enter("望川县", "mark", "review", amount="9")
    client, person = sign_in_as("evaluator"), scored.issued.place.people["evaluator"]
    leads = f"/schemes/1/panel/awaited?person={person}&amp;plan={scored.plan_id}"
    assert f'<a href="{leads}">5</a>' in client.get(f"/schemes/1/panel?plan={scored.plan_id}").text
    listed = client.get(leads.replace("&amp;", "&")).text
    assert [listed.count(f">{name}</a>") for name in ("望川县", "临溪县", "市财政局")] == [0, 1, 1]
    assert (listed.count("考核组评议</td>"), "共 5 项" in listed) == (5, True)
    assert "共 11 项" in client.get(f"/schemes/1/panel/awaited?plan={scored.plan_id}").text


def test_only_who_is_invited_marks_and_only_they_take_it_back(scored, writing):
    with writing():
        invite(scored, "second_evaluator")
        with pytest.raises(DomainError, match="不在名单里"):
            scored.enter("望川县", "mark", "review", amount="9")
        invite(scored, "evaluator")
        fact = scored.enter("望川县", "mark", "review", amount="9")
        with pytest.raises(DomainError, match="只能由本人撤回"):
            facts.withdraw_fact(fact, reason="看错了。", by=scored.viewer("second_evaluator"), at=AT)
        facts.withdraw_fact(fact, reason="看错了。", by=scored.viewer("evaluator"), at=AT)


def test_nobody_waits_for_a_mark_of_ones_own_unit(scored, writing):
    with writing():
        second = session.get_one(Person, scored.issued.place.people["second_evaluator"])
        accounts.grant(second, Role.REPORTER, scored.units["望川县"], by=None, at=AT, since=FOUNDED)
        invite(scored, *BOTH)
        assert awaited_of(scored.scheme, scored.plan_id, DAY) == {
            scored.issued.place.people["evaluator"]: 6, second.id: 5,
        }  # fmt: skip


def test_evaluators_are_invited_and_excused_on_their_page(scored, sign_in_as):
    evaluator, people = sign_in_as("evaluator"), scored.issued.place.people
    page = f"/schemes/1/panel?plan={scored.plan_id}"
    assert evaluator.post(page, data={}).status_code == 422
    assert evaluator.post(page, data={"people": [people[name] for name in BOTH]}).status_code == 302
    assert "您受邀为“重点任务考核”打分，还有 6 个单位待打分" in sign_in_as("second_evaluator").get("/facts").text
    excuse = f"/schemes/1/panel/excuse?plan={scored.plan_id}"
    assert evaluator.post(excuse, data={"person": people["evaluator"], "reason": ""}).status_code == 422
    assert "您受邀为" in evaluator.get("/facts").text
    assert evaluator.post(excuse, data={"person": people["evaluator"], "reason": "曾在该系统任职。"}).status_code == 302
    assert "曾在该系统任职。" in evaluator.get(page).text
    assert "您受邀为" not in evaluator.get("/facts").text


def test_what_a_decision_would_do_is_shown_without_marks_that_are_not_all_in(scored, writing):
    with writing():
        invite(scored, *BOTH)
        mark_all(scored, "evaluator", "9")
        fact = scored.enter(
            "望川县", "deduction", "order", amount="2", reason="栏目未更新", notice_days=3, at=SCORED_AT
        )
        effect = effect_of(fact, AS_OF)
    assert (effect.refusal, effect.missing) == ("", 6)
    assert effect.upheld is not None
    assert (effect.upheld.nodes["order"], effect.upheld.nodes["review"]) == ("8.00", None)


def test_the_desk_tells_whose_marks_are_awaited_until_they_are_in(scored, sign_in_as, writing):
    """Who marks by a number in the side bar too; who invited until there is a run."""
    with writing():
        invite(scored, *BOTH)
        mark_all(scored, "evaluator", "9")
        scored.enter("望川县", "mark", "review", amount="8", by="second_evaluator")
    inviter, invited = sign_in_as("evaluator"), sign_in_as("second_evaluator")
    desk = invited.get("/").text
    assert "还有 5 个单位待打分" in desk
    assert f"/schemes/1/marks?plan={scored.plan_id}&amp;indicator=review" in desk
    assert "<title>(5) 工作台</title>" in desk
    assert "评委打分情况" not in desk
    assert "严考核还有 5 个单位" in inviter.get("/").text
    assert "待打分" not in inviter.get("/").text
    with writing():
        mark_all(scored, "second_evaluator", "8")
    assert "待打分" not in invited.get("/").text
    assert "打分已到齐" in inviter.get("/").text
    with writing():
        run(scored)
    assert "评委打分情况" not in inviter.get("/").text


@ON_SQLITE
def test_the_table_takes_marks_only_of_who_is_invited_and_has_not_recused_themself(
    scored, sign_in_as, writing, reading
):
    with writing():
        invite(scored, "evaluator")
        service.recuse(scored.scheme, plan_id=scored.plan_id, person_id=scored.issued.place.people["evaluator"],
                       unit_id=scored.units["临溪县"], reason="配偶任职。", by=scored.viewer("evaluator"), at=AT)  # fmt: skip
    here, cell = "/schemes/1/marks?indicator=review", "cell-{}-review-amount"
    others = {cell.format(scored.units["望川县"]): "9"}
    assert "您不在名单里" in sign_in_as("second_evaluator").post(here, data=others).text
    recused = {cell.format(scored.units[name]): "9" for name in ("望川县", "临溪县")}
    assert "您已回避" in sign_in_as("evaluator").post(here, data=recused).text
    with reading():
        assert session.scalars(select(ScoredFact.id)).all() == []
