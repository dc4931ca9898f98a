"""The sheet of deductions (扣分明细): whichever rule took points away, what it took stands there and adds up."""

from __future__ import annotations

from copy import deepcopy
from decimal import Decimal
from typing import Any

from tests.support.scored import AS_OF, BODY, COUNTIES, DEPARTMENTS, SCORED_AT, SOURCES, found_scored, leaf
from tracker.assessment.queries.deductions import deductions
from tracker.assessment.queries.scoresheet import score_sheet
from tracker.assessment.service.runs import run_scheme

KINDS: dict[str, tuple[dict[str, str], list[dict[str, str]], str]] = {
    "roles": ({"co": "0.5"}, [{"each": "３．０", "role": "co"}, {"each": "1", "count": "２"}], "3.5"),
    "overdue": ({"fixed": "1", "per_day": "0.5", "most": "2"}, [{"days": "1", "count": "2"}, {"days": "9"}], "5"),
    "recidivism": ({"extra": "2"}, [{"each": "1", "again": "1"}], "3"),
    "once": ({}, [{"each": "3", "matter": "甲"}, {"each": "2", "matter": "甲"}, {"each": "4", "matter": "甲"}], "4"),
    "duties": ({"double": "2"}, [{"each": "2", "duty": "one"}], "4"),
    "monthly": ({"least": "4", "short": "1", "blank": "2"}, [{"number": "5", "count": "9"}, {"number": "0", "count": "2"}], "4"),
    "capped": ({"limit": "3"}, [{"each": "2"}, {"each": "2", "count": "4"}], "3"),
    "account": ({"start": "8"}, [{"change": "5"}, {"change": "-4"}], "1"),
}  # fmt: skip
"""Of a leaf of 10 points: parameters, facts, what they take. The account has 13 before it loses 4: one shows."""
UNIT = "市财政局"


def scheme() -> tuple[dict[str, Any], dict[str, Any]]:
    body, sources = deepcopy(BODY), deepcopy(SOURCES)
    body["penalty"] = {"cap": "5", "kinds": "通报 3"}
    body["indicators"] = {
        "key": "whole", "name": "总分", "aggregate": "sum",
        "children": [
            body["indicators"], *(leaf(kind, f"按{kind}", "10", kind, **terms) for kind, (terms, _, _) in KINDS.items()),
        ],
    }  # fmt: skip
    return body, sources | {kind: {"from": "entered"} for kind in KINDS}


def test_every_rule_that_takes_points_stands_on_the_sheet_with_what_it_took(place, writing, reading):
    with writing():
        scored = found_scored(place, *scheme())
        scored.enter_all_marks()
        for unit in (*COUNTIES, *DEPARTMENTS):
            if unit != UNIT:
                scored.enter(unit, "figures", "monthly", figures={"number": "4", "count": "12"})
        for kind, (_, facts, _) in KINDS.items():
            for fact in facts:
                given: dict[str, Any] = {"figures": fact}
                if kind == "capped":  # told to the unit before it counts, like any deduction
                    given = {"amount": fact["each"], "times": int(fact.get("count", "1"))}
                scored.enter(UNIT, "deduction" if kind == "capped" else "figures", kind, reason=f"因为{kind}", **given)
        for amount in ("2", "5"):
            scored.enter(UNIT, "penalty", amount=amount, reason="通报批评", figures={"kind": "通报"})
        scored.enter(UNIT, "penalty", amount="4", reason="另一件事")
        by = scored.viewer("evaluator")
        run_id = run_scheme(scored.scheme, plan_id=scored.plan_id, as_of=AS_OF, by=by, at=SCORED_AT).id
    with reading():
        rows = [row for row in deductions(run_id).rows if row.unit == UNIT]
        for kind, (_, _, taken) in KINDS.items():
            mine = [row for row in rows if row.indicator == f"按{kind}"]
            assert sum(row.points for row in mine) == Decimal(taken), kind
            assert {row.reason for row in mine} == {f"因为{kind}"}
        assert [row.points for row in rows if row.reason == "通报批评"] == [Decimal(2), Decimal(1)]
        assert [row.points for row in rows if row.reason == "另一件事"] == [Decimal(2)]


def test_each_fact_stands_on_the_score_sheet_with_its_number(place, writing, reading):
    """A deduction of 0.5 three times is −1.5 before any floor; what a factor or a matter decides on states no number."""
    body, sources = scheme()
    more = [
        leaf("mixed", "综合", "10", "mix", parts="甲 60、乙 40"), leaf("share", "比例", "10", "share"),
        leaf("best", "报送", "10", "best"),
    ]  # fmt: skip
    body["indicators"]["children"] += more
    body["bonus"] = {"cap": "9"}
    with writing():
        scored = found_scored(place, body, sources | {one["key"]: {"from": "entered"} for one in more})
        scored.enter_all_marks()
        for unit in (*COUNTIES, *DEPARTMENTS):
            scored.enter(unit, "figures", "monthly", figures={"number": "4", "count": "12"})
            scored.enter(unit, "figures", "mixed", figures={"part": "甲", "score": "88.125"})
            scored.enter(unit, "figures", "share", figures={"percent": "40"})
            scored.enter(unit, "figures", "best", figures={"value": "12"})
        scored.enter(UNIT, "deduction", "capped", amount="0.5", times=3, reason="迟报")
        scored.enter(UNIT, "figures", "roles", figures={"each": "3", "role": "co"}, reason="承办不力")
        scored.enter(UNIT, "bonus", amount="2", reason="表扬")
        scored.enter(UNIT, "penalty", amount="1.25", reason="通报")
        by = scored.viewer("evaluator")
        run_id = run_scheme(scored.scheme, plan_id=scored.plan_id, as_of=AS_OF, by=by, at=SCORED_AT).id
    with reading():
        facts = [fact for fact in score_sheet(run_id, "").facts if fact.unit == UNIT]
    assert {fact.value: fact.score for fact in facts if fact.score != 9 and not fact.value.startswith("按时")} == {
        "当月数量 4、这样的月数 12": None, "来源 甲、得分 88.125": Decimal("88.125"), "完成比例（%） 40": Decimal(40),
        "数值 12": Decimal(12), "扣 0.5 分 × 3 次": Decimal("-1.5"), "每次扣分 3、承担角色 协办": None,
        "加 2 分": Decimal(2), "减 1.25 分": Decimal("-1.25"),
    }  # fmt: skip
