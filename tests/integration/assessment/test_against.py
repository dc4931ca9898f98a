"""A run beside an earlier one: by unit, by indicator, and where they cannot be compared."""

from __future__ import annotations

from copy import deepcopy
from datetime import timedelta
from decimal import Decimal
from itertools import groupby

import pytest
from sqlalchemy import delete

from tests.support.scored import AS_OF, BODY, COUNTIES, SCORED_AT, SOURCES
from tracker.assessment.models import Run, RunUnit
from tracker.assessment.queries.against import against, others_of, unit_against
from tracker.assessment.queries.runs import run_row, unit_score
from tracker.assessment.queries.schemes import get_scheme, scheme_row
from tracker.assessment.service import schemes
from tracker.assessment.service.runs import publish, run_scheme
from tracker.db import session
from tracker.plans.models import Plan

OWN = "望川县"


@pytest.fixture
def two(scored, writing) -> tuple[int, int]:
    """The number of a run, and of an earlier one before a deduction."""
    with writing():
        scored.enter_all_marks()
        by = scored.viewer("evaluator")
        earlier = run_scheme(
            scored.scheme, plan_id=scored.plan_id, as_of=AS_OF - timedelta(days=40), by=by, at=SCORED_AT
        ).id
        scored.enter(OWN, "deduction", "order", amount="3", reason="栏目未更新")
        return run_scheme(scored.scheme, plan_id=scored.plan_id, as_of=AS_OF, by=by, at=SCORED_AT).id, earlier


def test_totals_of_equal_schemes_are_set_beside_each_other(scored, two, reading):
    with reading():
        run, other = map(run_row, two)
        found = against(run, other)
        assert not found.why_not
        row = next(row for row in found.rows if row.name == OWN)
        now, then = (unit_score(one.id, row.unit_id) for one in (run, other))
        assert row.gap == Decimal(now.total or "") - Decimal(then.total or "")
        assert row.moved == (then.rank or 0) - (now.rank or 0)
        order = against(run, other, indicator="order")
        gaps = {row.name: row.gap for row in order.rows if row.group == "县区"}
        assert gaps == {**dict.fromkeys(COUNTIES, Decimal("0.00")), OWN: Decimal("-3.00")}
        mine = unit_against(run, other, row.unit_id)
        assert {one.pair.key: one.gap for one in mine.rows}["order"] == Decimal("-3.00")
        assert [one.id for one in others_of(run, scored.viewer("evaluator"))] == [other.id]


def test_where_the_points_changed_only_what_stayed_is_compared(scored, two, reading, writing):
    with writing():
        by = scored.viewer("evaluator")
        second = schemes.new_version(get_scheme(1, by), reason="调整分值", by=by, at=SCORED_AT)
        body = deepcopy(BODY)
        body["indicators"]["children"][1]["points"], body["indicators"]["children"][2]["points"] = "12", "8"
        schemes.save_scheme(
            second, version=second.version, body=body, sources=SOURCES, plan_id=None, by=by, at=SCORED_AT
        )
        schemes.adopt_scheme(second, version=second.version, by=by, at=SCORED_AT)
        changed = run_scheme(scheme_row(second.id, by), plan_id=scored.plan_id, as_of=AS_OF, by=by, at=SCORED_AT).id
    with reading():
        run, other = run_row(changed), run_row(two[1])
        totals = against(run, other)
        assert totals.why_not
        assert {row.gap for row in totals.rows} == {None}
        assert {row.gap for row in against(run, other, indicator="order").rows} == {None}
        assert None not in {row.gap for row in against(run, other, indicator="done").rows}


def test_the_pages(scored, two, sign_in_as, writing):
    run_id, earlier = two
    evaluator, county = sign_in_as("evaluator"), sign_in_as("county_reporter")
    page = evaluator.get(f"/runs/{run_id}/against").text
    assert "计分规则相同，可以直接比较" in page
    assert "−3.00" in evaluator.get(f"/runs/{run_id}/against?with={earlier}&indicator=order").text
    assert evaluator.get(f"/runs/{run_id}/against?with=99").status_code == 404
    assert evaluator.get(f"/runs/{run_id}/against?with={earlier}&indicator=none").status_code == 404
    mine = f"/runs/{run_id}/units/{scored.units[OWN]}/against"
    assert "逐项比较" in evaluator.get(mine).text
    assert county.get(mine).status_code == 404
    with writing():
        publish(run_id, version=1, by=scored.viewer("second_evaluator"), at=SCORED_AT)
    assert "还没有别的评分可以比较" in county.get(mine).text
    assert county.get(f"{mine}?with={earlier}").status_code == 404
    with writing():
        publish(earlier, version=1, by=scored.viewer("second_evaluator"), at=SCORED_AT)
    assert "−3.00" in county.get(mine).text
    assert county.get(f"/runs/{run_id}/against").status_code == 404
    assert county.get(f"/runs/{run_id}/units/{scored.units['临溪县']}/against").status_code == 404


def test_the_later_of_two_is_never_called_the_last_one(scored, two, sign_in_as, writing):
    """Whichever of them somebody comes from, also where both are of one day."""
    run_id, earlier = two
    with writing():
        again = run_scheme(
            scored.scheme, plan_id=scored.plan_id, as_of=AS_OF, by=scored.viewer("evaluator"), at=SCORED_AT
        ).id
    evaluator, unit = sign_in_as("evaluator"), f"units/{scored.units[OWN]}/"
    for part in ("", unit):
        answer = evaluator.get(f"/runs/{earlier}/{part}against")
        assert answer.headers["Location"].endswith(f"/runs/{again}/{part}against?with={earlier}")
        answer = evaluator.get(f"/runs/{run_id}/{part}against?with={again}")
        assert answer.headers["Location"].endswith(f"/runs/{again}/{part}against?with={run_id}")
        page = evaluator.get(f"/runs/{again}/{part}against").text
        assert f'<option selected value="{run_id}"' in page
        assert evaluator.get(f"/runs/{run_id}/{part}against").status_code == 200


def test_two_plans_are_named(scored, two, sign_in_as, writing):
    run_id, earlier = two
    page = f"/runs/{run_id}/against?with={earlier}"
    evaluator = sign_in_as("evaluator")
    assert "本次截至" in evaluator.get(page).text
    with writing():
        plan = session.get_one(Plan, scored.plan_id)
        name = plan.name
        other = Plan(
            name="上一年的计划", year=2025, owner_unit_id=plan.owner_unit_id, policy=plan.policy, adopted_at=SCORED_AT
        )
        session.add(other)
        session.flush()
        session.get_one(Run, earlier).plan_id = other.id
    for part in ("", f"units/{scored.units[OWN]}/"):
        shown = evaluator.get(f"/runs/{run_id}/{part}against?with={earlier}").text
        assert f"本次：{name}，截至 {AS_OF}" in shown
        assert "上次：上一年的计划，截至" in shown


def test_a_unit_that_is_not_scored_any_more_stands_last_in_its_group(scored, two, reading, writing):
    with writing():
        session.execute(delete(RunUnit).where(RunUnit.run_id == two[0], RunUnit.unit_name == COUNTIES[0]))
    with reading():
        found = against(*map(run_row, two))
        counties = [row for row in found.rows if row.group == "县区"]
        assert (counties[-1].name, counties[-1].now, counties[-1].gap) == (COUNTIES[0], None, None)
        together = [group for group, _ in groupby(row.group for row in found.rows)]
        assert len(together) == len(set(together))
        assert found.sizes == (("县区", len(COUNTIES) - 1, len(COUNTIES)),)
