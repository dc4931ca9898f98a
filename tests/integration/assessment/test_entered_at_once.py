"""Two clicks, or two evaluators, enter and withdraw facts at the same moment: one comes after the other."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from sqlalchemy import func, select

from tests.support.place import AT
from tests.support.scored import AS_OF, SCORED_AT, Scored
from tests.support.together import one_behind_the_other
from tracker.assessment.entry import Entry
from tracker.assessment.models import Run, ScoredFact
from tracker.assessment.service.facts import enter_fact, withdraw_fact
from tracker.assessment.service.runs import publish, run_scheme
from tracker.audit.models import AuditEntry
from tracker.db import session

OWN = "市财政局"


def entering(scored: Scored, reading, kind: str, **given: Any) -> Callable[[], object]:
    with reading():
        by, scheme = scored.viewer("evaluator"), scored.scheme
    entry = Entry(kind=kind, indicator="review", **given)
    return lambda: enter_fact(scheme, entry, plan_id=scored.plan_id, unit_id=scored.units[OWN], by=by, at=AT)


def standing(reading) -> list[str]:
    with reading():
        statement = select(ScoredFact.kind).where(ScoredFact.withdrawn_at.is_(None), ScoredFact.indicator == "review")
        return list(session.scalars(statement))


def test_of_two_marks_of_one_evaluator_one_stands(scored, writing, reading):
    """Else the mean would count that evaluator twice."""
    first = entering(scored, reading, "mark", amount=Decimal(9))
    second = entering(scored, reading, "mark", amount=Decimal(4))
    assert one_behind_the_other(writing, first, second) == ["done", "done"]
    assert standing(reading) == ["mark"]


def test_nothing_is_both_marked_and_not_applicable(scored, writing, reading):
    mark = entering(scored, reading, "mark", amount=Decimal(9))
    absent = entering(scored, reading, "not_applicable", reason="本年没有这项工作")
    assert one_behind_the_other(writing, mark, absent) == ["done", "DomainError"]
    assert standing(reading) == ["mark"]


def test_a_fact_is_withdrawn_once(scored, writing, reading):
    with writing():
        fact = scored.enter(OWN, "deduction", "order", amount="1", reason="公开不及时")
    with reading():
        by = scored.viewer("evaluator")

    def withdrawing(reason: str) -> Callable[[], object]:
        return lambda: withdraw_fact(fact, reason=reason, by=by, at=AT)

    assert one_behind_the_other(writing, withdrawing("重复录入"), withdrawing("另一个理由")) == ["done", "DomainError"]
    with reading():
        assert session.get_one(ScoredFact, fact).withdrawn_reason == "重复录入"
        assert session.scalar(select(func.count()).where(AuditEntry.action == "撤回评分依据")) == 1


def test_of_two_results_published_at_once_the_second_is_told_of_the_first(scored, writing, reading):
    """Else two results of the same scheme, plan and day would stand, and neither says which counts."""
    with writing():
        scored.enter_all_marks()
        by = scored.viewer("evaluator")
        runs = [
            run_scheme(scored.scheme, plan_id=scored.plan_id, as_of=AS_OF, by=by, at=SCORED_AT).id
            for _again in range(2)
        ]
    with reading():
        second = scored.viewer("second_evaluator")

    def publishing(run_id: int) -> Callable[[], object]:
        return lambda: publish(run_id, version=1, by=second, at=SCORED_AT)

    answers = one_behind_the_other(writing, *(publishing(run) for run in runs))
    assert answers[0] == "done"
    assert answers[1] in {"Conflict", "DomainError"}
    with reading():
        assert list(session.scalars(select(Run.id).where(Run.state == "published"))) == runs[:1]


def test_a_double_click_takes_points_once(scored, sign_in_as, reading):
    """A browser sends both clicks; whoever means it twice sends the page that tells of the first."""
    evaluator = sign_in_as("evaluator")
    here = f"/schemes/{scored.scheme_id}/facts/{scored.units[OWN]}?plan={scored.plan_id}"

    def sent(page: str) -> dict[str, str]:
        typed = {"slot": "order", "order-amount": "2", "order-times": "1", "order-reason": "栏目未更新"}
        return {**typed, "seen": re.findall(r'name="seen" value="(\d+)"', page)[0]}

    clicked = sent(evaluator.get(here).text)
    first, second = evaluator.post(here, data=clicked), evaluator.post(here, data=clicked)
    assert (first.status_code, second.status_code) == (302, 409)
    assert "刚刚已录入" in second.text
    assert 'value="栏目未更新"' in second.text or ">栏目未更新<" in second.text

    def entered() -> int:
        with reading():
            return len(list(session.scalars(select(ScoredFact.id).where(ScoredFact.kind == "deduction"))))

    assert entered() == 1
    assert evaluator.post(here, data=clicked | {"order-reason": "链接失效"}).status_code == 302
    assert evaluator.post(here, data=sent(second.text)).status_code == 302
    assert entered() == 3
