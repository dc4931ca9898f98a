"""A body that was reorganised during the year is scored under its successor, for all that both did."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select

from tests.support.scored import AS_OF, SCORED_AT
from tracker.assessment.models import RunUnit
from tracker.assessment.queries.facts import entered_facts
from tracker.assessment.queries.runs import get_run
from tracker.assessment.queries.tallies import count_work
from tracker.assessment.service import runs
from tracker.clock import day_of
from tracker.db import session
from tracker.units.acts import NewBody, Terms
from tracker.units.models import Unit
from tracker.units.service import order_act


def test_what_a_body_did_counts_for_its_successor_and_frozen_runs_keep_its_name(scored, writing, reading):
    finance = scored.units["市财政局"]
    with reading():
        before = {unit.name: unit.tally for unit in count_work(scored.plan_id, AS_OF).units}
    with writing():
        scored.enter_all_marks()
        first = runs.run_scheme(
            scored.scheme, plan_id=scored.plan_id, as_of=AS_OF, by=scored.viewer("evaluator"), at=SCORED_AT
        ).id
        body = NewBody("云岫市财政金融局", "", "department", scored.units["云岫市"])
        order = Terms("rename", (finance,), day_of(SCORED_AT), "云编发〔2026〕1号", bodies=(body,))
        order_act(order, by=scored.viewer("admin"), at=SCORED_AT + timedelta(hours=1))
    with writing():
        again = runs.run_scheme(
            scored.scheme, plan_id=scored.plan_id, as_of=AS_OF, by=scored.viewer("evaluator"),
            at=SCORED_AT + timedelta(hours=2),
        ).id  # fmt: skip
    with reading():
        heir = session.scalar(select(Unit.id).where(Unit.name == "云岫市财政金融局"))
        after = {unit.name: unit.tally for unit in count_work(scored.plan_id, AS_OF).units}
        assert after.pop("云岫市财政金融局") == before.pop("市财政局")
        assert after == before
        old, new = (session.get(RunUnit, key) for key in ((first, finance), (again, heir)))
        assert (old.unit_name, new.unit_name) == ("市财政局", "云岫市财政金融局")
        assert (new.total, new.rank, new.grade) == (old.total, old.rank, old.grade)
        assert session.get(RunUnit, (again, finance)) is None
        assert get_run(first).id == first
        marks = entered_facts(scored.scheme.series_id, scored.plan_id, unit_id=heir)
        assert {(row.unit_id, row.unit_name) for row in marks} == {(heir, "市财政局")}
    with writing():
        scored.units["云岫市财政金融局"] = heir
        scored.enter("云岫市财政金融局", "mark", "review", amount="3")
    with reading():
        marks = [row for row in entered_facts(scored.scheme.series_id, scored.plan_id) if row.unit_id == heir]
        assert [str(row.amount) for row in marks if row.kind == "mark"].count("3") == 1
        assert len({row.by_id for row in marks}) == len(marks)
