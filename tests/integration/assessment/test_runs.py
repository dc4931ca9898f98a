"""A run: what is counted, what it comes to, what is frozen, who publishes it."""

from __future__ import annotations

import json
from copy import deepcopy
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from sqlalchemy import select, text, update

from tests.support.issued import at
from tests.support.scored import AS_OF, BODY, COUNTIES, DEPARTMENTS, SCORED_AT, SOURCES, Scored, found_scored, leaf
from tracker.assessment.queries.deductions import deductions
from tracker.assessment.queries.explanation import explanation
from tracker.assessment.queries.recheck import agrees
from tracker.assessment.queries.runs import (
    frozen_inputs,
    node_results,
    run_row,
    unit_records,
    unit_score,
    unit_scores,
)
from tracker.assessment.queries.scoresheet import score_sheet
from tracker.assessment.queries.tallies import count_work
from tracker.assessment.service.facts import withdraw_fact
from tracker.assessment.service.runs import publish, run_scheme
from tracker.db import session
from tracker.errors import Conflict, DomainError, NotFound
from tracker.progress.models import Obligation, Return, ReturnText


def run(scored: Scored, *, as_of: date = AS_OF, by: str = "evaluator") -> int:
    return run_scheme(scored.scheme, plan_id=scored.plan_id, as_of=as_of, by=scored.viewer(by), at=SCORED_AT).id


def totals(scored: Scored, run_id: int) -> dict[str, tuple[str | None, int | None]]:
    names = {number: name for name, number in scored.units.items()}
    return {names[one.unit_id]: (one.total, one.rank) for one in unit_scores(run_id)}


def test_work_is_counted_as_of_a_day(scored, reading):
    with reading():
        tallies = {unit.name: unit.tally for unit in count_work(scored.plan_id, AS_OF).units}
    assert (tallies["望川县"].due, tallies["望川县"].accepted, tallies["望川县"].on_time) == (3, 3, 3)
    assert (tallies["临溪县"].due, tallies["临溪县"].accepted, tallies["临溪县"].on_time) == (3, 3, 2)
    assert (tallies["石桥区"].due, tallies["石桥区"].accepted, tallies["石桥区"].overdue) == (3, 1, 2)
    assert (tallies["市交通运输局"].accepted, tallies["市交通运输局"].on_time) == (1, 1)


def test_what_came_after_the_day_does_not_count(scored, reading):
    with reading():
        tallies = {unit.name: unit.tally for unit in count_work(scored.plan_id, date(2026, 3, 19)).units}
        assert all(tally.due == 0 for tally in tallies.values())
        on_the_day = {unit.name: unit.tally for unit in count_work(scored.plan_id, date(2026, 3, 20)).units}
    assert on_the_day["望川县"].due == 1


def test_an_extension_moves_no_date_of_the_score(scored, writing, reading):
    """The first date counts: what was put off is still due on it."""
    with writing():
        unit = scored.units["石桥区"]
        late = session.scalars(
            select(Obligation)
            .where(Obligation.unit_id == unit, Obligation.submitted_at.is_(None))
            .order_by(Obligation.due_on)
            .limit(1)
        ).one()
        late.due_on = AS_OF + timedelta(days=30)
    with reading():
        tallies = {unit.name: unit.tally for unit in count_work(scored.plan_id, AS_OF).units}
    assert (tallies["石桥区"].due, tallies["石桥区"].overdue) == (3, 2)


def test_a_run_gives_totals_ranks_and_ties(scored, writing, reading):
    with writing():
        scored.enter_all_marks()
        run_id = run(scored)
    with reading():
        found = totals(scored, run_id)
        assert found["望川县"] == ("99.00", 1)
        assert found["临溪县"] == found["青禾县"] == ("91.83", 2)  # 50 + 20 × 2/3 + 9.5 + 9 + 10 = 91.8333…
        assert found["石桥区"] == ("51.33", 4)  # 50/3 + 20/3 + 9 + 9 + 10
        assert found["市财政局"] == ("99.00", 1)  # departments are ranked apart from counties
        row = run_row(run_id)
        assert (row.units, row.rows_read) == (6, 16)


def test_halves_are_rounded_up_once(scored, writing, reading):
    with writing():
        for unit in (*COUNTIES, *DEPARTMENTS):
            scored.enter(unit, "mark", "review", amount="8.005" if unit == "望川县" else "8.004")
        run_id = run(scored)
    with reading():
        assert totals(scored, run_id)["望川县"][0] == "98.01"


def test_bonus_is_capped_and_a_veto_takes_total_and_rank(scored, writing, reading):
    with writing():
        scored.enter_all_marks()
        scored.enter("望川县", "bonus", amount="5", reason="经验被省里推广")
        scored.enter("临溪县", "veto", reason="发生重大安全事故")
        run_id = run(scored)
    with reading():
        best, vetoed = (unit_score(run_id, scored.units[name]) for name in ("望川县", "临溪县"))
        assert (best.bonus, best.total) == ("3.00", "102.00")
        assert (vetoed.total, vetoed.rank, vetoed.grade, vetoed.veto) == (None, None, "不合格", True)
        assert totals(scored, run_id)["青禾县"][1] == 2


def test_missing_facts_are_named_and_never_a_zero(scored, writing):
    with writing():
        scored.enter("望川县", "mark", "review", amount="9")
        with pytest.raises(DomainError, match=r"还缺少 5 处.*临溪县「考核组评议」"):
            run(scored)


def test_not_applicable_is_rescaled(scored, writing, reading):
    with writing():
        scored.enter("望川县", "not_applicable", "review", reason="当年新设,未参加评议")
        for unit in (*COUNTIES[1:], *DEPARTMENTS):
            scored.enter(unit, "mark", "review", amount="9")
        run_id = run(scored)
    with reading():
        assert totals(scored, run_id)["望川县"][0] == "100.00"
        assert node_results(run_id, keys(run_id))[scored.units["望川县"]]["review"] is None


def test_a_future_day_and_a_draft_are_refused(scored, writing):
    with writing():
        scored.enter_all_marks()
        with pytest.raises(DomainError, match="不能晚于今天"):
            run(scored, as_of=date(2026, 7, 3))


def keys(run_id: int) -> list[str]:
    return ["total", "work", "done", "time", "late", "review", "order"]


def test_every_line_adds_up_to_the_printed_total(scored, writing, reading):
    with writing():
        scored.enter_all_marks()
        scored.enter("石桥区", "deduction", "order", amount="0.3", times=2, reason="栏目连续两月未更新")
        scored.enter("石桥区", "bonus", amount="1", reason="创新做法")
        run_id = run(scored)
    with reading():
        found = explanation(run_row(run_id), scored.units["石桥区"])
        for node in found.nodes:
            if node.children:
                continue
            assert node.result is not None
            assert abs(sum(line.amount for line in node.lines if line.amount) - Fraction(node.result)) < Fraction(
                1, 200
            )
        above = sum(line.amount for line in (*found.root.lines, *found.closing) if line.amount is not None)
        assert above == Fraction(unit_score(run_id, scored.units["石桥区"]).total or "")
        assert [one.record.mark for one in found.nodes[2].records] == ["A", "N", "N"]
        assert found.nodes[2].records[0].locator == "Sheet1!C1"
        assert found.nodes[-1].facts[0]["reason"] == "栏目连续两月未更新"


def test_frozen_means_frozen(scored, writing, reading):
    with writing():
        scored.enter_all_marks()
        run_id = run(scored)
    with reading():
        before = (unit_scores(run_id), frozen_inputs(run_id), unit_records(run_id, scored.units["石桥区"]))
    with writing():
        session.execute(update(Obligation).values(state="accepted", timing="on_time", accepted_at=at(AS_OF)))
        scored.enter("石桥区", "mark", "review", amount="1")
        scored.enter("石桥区", "penalty", amount="9", reason="事后查实")
    with reading():
        after = (unit_scores(run_id), frozen_inputs(run_id), unit_records(run_id, scored.units["石桥区"]))
        assert after == before
        assert agrees(run_id)
        assert explanation(run_row(run_id), scored.units["石桥区"]).root.result == "51.33"


@pytest.mark.parametrize(
    "tampering",
    [
        "UPDATE run_unit SET total = '99.99' WHERE unit_name = '石桥区'",
        "UPDATE run_unit SET rank = 1 WHERE unit_name = '石桥区'",
        "UPDATE run_input SET body = replace(body, '\"9\"', '\"8\"')",
        "UPDATE run_input SET body = 'nothing'",
        "UPDATE run_detail SET records = replace(records, 'N', 'A')",
        "UPDATE run_detail SET nodes = replace(nodes, '51.33', '61.33')",
        "UPDATE run SET engine_version = '0'",
        "DELETE FROM run_unit WHERE unit_name = '石桥区'",
    ],
)
def test_tampering_shows(scored, writing, reading, tampering):
    with writing():
        scored.enter_all_marks()
        run_id = run(scored)
    with writing():
        assert agrees(run_id)
        session.execute(text(tampering))
    with reading():
        assert not agrees(run_id)


def test_publishing_takes_a_second_person(scored, writing, reading):
    with writing():
        scored.enter_all_marks()
        run_id = run(scored)
        with pytest.raises(DomainError, match="另一位"):
            publish(run_id, version=1, by=scored.viewer("evaluator"), at=SCORED_AT)
        publish(run_id, version=1, by=scored.viewer("second_evaluator"), at=SCORED_AT)
    with reading():
        row = run_row(run_id)
        assert (row.state, row.checked_by_name, len(row.audit_head)) == ("published", "严考核", 64)
    with writing(), pytest.raises(Conflict):
        publish(run_id, version=1, by=scored.viewer("second_evaluator"), at=SCORED_AT)


def test_a_run_that_was_tampered_with_is_not_published(scored, writing):
    with writing():
        scored.enter_all_marks()
        run_id = run(scored)
        session.execute(text("UPDATE run_unit SET total = '99.99' WHERE unit_name = '石桥区'"))
        with pytest.raises(DomainError, match="不一致"):
            publish(run_id, version=1, by=scored.viewer("second_evaluator"), at=SCORED_AT)


def test_the_sheets_numbers_are_the_engines(scored, writing, reading):
    with writing():
        scored.enter_all_marks()
        scored.enter("石桥区", "deduction", "order", amount="0.3", times=2, reason="栏目连续两月未更新")
        run_id = run(scored)
    with reading():
        sheet = score_sheet(run_id, "https://luoshi.example")
        lines, facts = list(sheet.lines), list(sheet.facts)
        stored = {one.name: one for one in unit_scores(run_id)}
        assert sheet.run.state == "试算"
        assert [unit.unit for unit in sheet.units] == list(stored)
        for unit in sheet.units:
            assert str(unit.total) == stored[unit.unit].total
            assert str(unit.nodes["total"]) == stored[unit.unit].base
        assert [unit.unit for unit in sheet.units for _ in range(unit.lines)] == [line.unit for line in lines]
        assert len(lines) == sheet.line_count
        assert len(facts) == sheet.fact_count == sum(line.facts for line in lines)
        assert [line.unit for line in lines for _ in range(line.facts)] == [fact.unit for fact in facts]
        assert facts[0].reference_url.startswith("https://luoshi.example/obligations/")
        assert facts[0].source.locator == "Sheet1!C1"
        rows = [row for row in deductions(run_id).rows if row.unit == "石桥区"]
        late = [row for row in rows if row.indicator == "逾期扣分"]
        assert [(row.each, row.times, row.points, row.source.locator) for row in late] == [
            (Decimal("0.5"), 1, Decimal("0.5"), "Sheet1!C1"),
            (Decimal("0.5"), 1, Decimal("0.5"), "Sheet1!C2"),
        ]
        assert all("逾期未报送" in row.reason for row in late)
        (entered,) = [row for row in rows if row.indicator == "公开内容"]
        assert (entered.each, entered.times, entered.points) == (Decimal("0.3"), 2, Decimal("0.6"))


def test_deductions_lead_to_the_returns_that_were_sent_back(place, writing, reading):
    body = deepcopy(BODY)
    body["indicators"]["children"].append(leaf("back", "退办扣分", "1", "deduction"))
    body["indicators"]["children"].append(leaf("again", "退回未改", "5", "deduction"))
    body["indicators"]["points"] = "106"
    more = {"back": {"from": "sent_back_each", "each": "0.4"}, "again": {"from": "sent_again_each", "each": "0.5"}}
    with writing():
        scored = found_scored(place, body, SOURCES | more)
        scored.enter_all_marks()
        duty = session.scalar(
            select(Obligation.id)
            .where(Obligation.unit_id == scored.units["望川县"])
            .order_by(Obligation.due_on)
            .limit(1)
        )
        for number in range(1, 5):
            sent_back(scored, duty, number, f"第{number}次数据不全")
        run_id = run(scored)
    with writing():  # what happens later changes nothing
        sent_back(scored, duty, 5, "事后")
    with reading():
        back = [row for row in deductions(run_id, "https://luoshi.example").rows if row.indicator == "退办扣分"]
        assert [row.points for row in back] == [Decimal("0.4"), Decimal("0.4"), Decimal("0.2")]
        assert [row.reason.rpartition("：")[2] for row in back] == [f"第{number}次数据不全" for number in (1, 2, 3)]
        assert {row.source.locator for row in back} == {"Sheet1!C1"}
        assert all(row.evidence_url.startswith("https://luoshi.example/obligations/") for row in back)
        node = next(node for node in explanation(run_row(run_id), scored.units["望川县"]).nodes if node.key == "back")
        assert (node.result, len(node.records)) == ("0.00", 4)
        again = next(node for node in explanation(run_row(run_id), scored.units["望川县"]).nodes if node.key == "again")
        assert (again.result, len(again.records)) == ("3.50", 3)
        assert [one.returned.version_no for one in node.records] == [1, 2, 3, 4]
        assert agrees(run_id)


def test_a_unit_of_which_nothing_was_asked_has_no_full_points_for_it(scored, writing, reading, sign_in_as):
    early = date(2026, 3, 19)  # nothing is due yet
    with writing():
        scored.enter_all_marks("8")
        run_id = run(scored, as_of=early)
    with reading():
        found = explanation(run_row(run_id), scored.units["望川县"])
        assert found.idle
        results = {node.key: node.result for node in found.nodes}
        assert (results["done"], results["time"], results["late"]) == (None, None, None)
        assert totals(scored, run_id)["望川县"][0] == "90.00"  # (8 + 10) × 100 ÷ 20: only what was entered
        assert agrees(run_id)
    assert sign_in_as("evaluator").get(f"/runs/{run_id}").text.count("无应办事项") == 6
    page = sign_in_as("evaluator").get(f"/runs/{run_id}/units/{scored.units['望川县']}").text
    assert "截至当日没有应办事项" in page


def test_points_are_taken_for_each_workday_late(place, writing, reading):
    body = deepcopy(BODY)
    body["indicators"]["children"].append(leaf("days", "逾期按日", "30", "deduction"))
    body["indicators"]["points"] = "130"
    with writing():
        scored = found_scored(place, body, SOURCES | {"days": {"from": "overdue_days_each", "each": "0.2"}})
        scored.enter_all_marks()
        # due on Friday 20 March and handed in on Tuesday: two workdays late, whatever the weekend
        session.execute(
            update(Obligation)
            .where(Obligation.unit_id == scored.units["望川县"], Obligation.due_on == date(2026, 3, 20))
            .values(timing="late", submitted_at=at(date(2026, 3, 24)))
        )
        run_id = run(scored)
    with reading():
        tallies = {unit.name: unit.tally for unit in frozen_inputs(run_id).units}
        assert tallies["望川县"].overdue_days == 2
        assert tallies["市财政局"].overdue_days == 0
        rows = [row for row in deductions(run_id).rows if row.indicator == "逾期按日"]
        mine = [row for row in rows if row.unit == "望川县"]
        assert [(row.times, row.points, row.source.locator) for row in mine] == [(2, Decimal("0.4"), "Sheet1!C1")]
        still_open = [row for row in rows if row.unit == "石桥区"]
        assert sum(row.times for row in still_open) == tallies["石桥区"].overdue_days > 2
        node = next(node for node in explanation(run_row(run_id), scored.units["望川县"]).nodes if node.key == "days")
        assert (node.result, [one.record.days for one in node.records]) == ("29.60", [2])
        assert agrees(run_id)


def sent_back(scored, obligation_id: int, number: int, reason: str) -> None:
    """A version of a return that the lead office sent back on the day that is scored."""
    person = scored.issued.place.people["evaluator"]
    made = Return(
        obligation_id=obligation_id, version_no=number, state="returned", author_id=person, saved_at=at(AS_OF),
        submitted_at=at(AS_OF), checked_by=person, checked_at=at(AS_OF),
    )  # fmt: skip
    session.add(made)
    session.flush()
    session.add(ReturnText(return_id=made.id, reason=reason))


@pytest.mark.parametrize("mode", ["rescale", "rescale_siblings", "spread", "full"])
def test_deductions_come_to_what_each_leaf_lost(place, writing, reading, mode):
    body = deepcopy(BODY) | {"not_applicable": mode}
    with writing():
        scored = found_scored(place, body)
        scored.enter("石桥区", "not_applicable", "review", reason="当年新设")
        for unit in (*COUNTIES[:3], *DEPARTMENTS):
            scored.enter(unit, "mark", "review", amount="9")
        scored.enter("石桥区", "deduction", "order", amount="4", times=5, reason="长期未更新")
        scored.enter("望川县", "deduction", "order", amount="2.5", reason="错链")
        run_id = run(scored)
    with reading():
        lost: dict[tuple[str, str], Decimal] = {}
        for row in deductions(run_id).rows:
            lost[row.unit, row.indicator] = lost.get((row.unit, row.indicator), Decimal(0)) + row.points
        spread = mode == "spread"
        assert lost["石桥区", "公开内容"] == (Decimal(15) if spread else Decimal(10))
        assert lost["望川县", "公开内容"] == Decimal("2.5")
        assert lost["石桥区", "逾期扣分"] == 1


def test_a_withdrawn_fact_counts_no_more_and_stays_in_runs_that_counted_it(scored, writing, reading):
    with writing():
        scored.enter_all_marks()
        fact = scored.enter("望川县", "penalty", amount="2", reason="通报批评")
        before = run(scored)
        withdraw_fact(fact, reason="核实有误", by=scored.viewer("evaluator"), at=SCORED_AT)
        after = run(scored)
    with reading():
        assert totals(scored, before)["望川县"][0] == "97.00"
        assert totals(scored, after)["望川县"][0] == "99.00"
        assert agrees(before)


def test_commands_print_what_was_stored(app, scored, writing):
    with writing():
        scored.enter_all_marks()
    runner = app.test_cli_runner()
    name = ["--scheme", "重点任务考核", "--plan", "2026年营商环境任务分解表", "--as-of", "2026-07-01", "--json"]
    made = json.loads(runner.invoke(args=["assess", "run", *name]).stdout)
    assert made["rows_read"] == 16
    shown = json.loads(runner.invoke(args=["assess", "show", "--run", "latest", "--json"]).stdout)
    by_name = {unit["name"]: unit for unit in shown["units"]}
    assert by_name["临溪县"]["total"] == "91.83"
    assert {step["node"] for step in by_name["临溪县"]["trace"]} == set(keys(made["run"]))
    assert runner.invoke(args=["assess", "recheck"]).exit_code == 0
    with writing():
        session.execute(text("UPDATE run_unit SET total = '99.99' WHERE unit_name = '石桥区'"))
    assert runner.invoke(args=["assess", "recheck", "--run", str(made["run"])]).exit_code == 1
    refused = runner.invoke(args=["assess", "run", "--scheme", "没有", "--plan", "没有"])
    assert (refused.exit_code, refused.stderr) == (2, "没有名为“没有”的方案。\n")
    assert runner.invoke(args=["assess", "show", "--run", "77"]).exit_code == 2


def test_a_unit_that_is_not_in_the_run_is_not_found(scored, writing, reading):
    with writing():
        scored.enter_all_marks()
        run_id = run(scored)
    with reading(), pytest.raises(NotFound):
        explanation(run_row(run_id), scored.units["望川县财政局"])
