"""What a scheme in use comes to today, kept from act to act: what counting everything anew comes to."""

from __future__ import annotations

import re
from datetime import date

import pytest
from hypothesis import given, settings, strategies as st
from sqlalchemy import select

from tests.integration.progress.test_counting import act
from tests.support.issued import Issued, at, issued, reported
from tests.support.place import AT, DAY
from tests.support.scored import leaf
from tracker.assessment.queries.interim import KeptScores
from tracker.assessment.queries.schemes import scheme_row
from tracker.assessment.service import schemes
from tracker.audit.models import AuditHead
from tracker.db import session
from tracker.errors import DomainError
from tracker.progress import service
from tracker.progress.models import Obligation
from tracker.rectification import service as rectification

TODAY = date(2026, 12, 31)
LEAVES = [
    leaf("done", "任务完成率", "40", "ratio"),
    leaf("time", "按时报送率", "30", "ratio"),
    leaf("late", "逾期按日扣分", "20", "deduction"),
    leaf("back", "退办扣分", "5", "deduction"),
    leaf("found", "整改逾期扣分", "5", "deduction"),
]
BODY = {
    "grades": [{"name": "优秀", "min": "60", "quota_percent": 50}, {"name": "其他", "min": "0"}],
    "tie_break": ["time"],
    "indicators": {"key": "total", "name": "总分", "points": "100", "children": LEAVES},
}
SOURCES = {
    "done": {"from": "accepted_share"}, "time": {"from": "on_time_share"},
    "late": {"from": "overdue_days_each", "each": "0.1"}, "back": {"from": "sent_back_each", "each": "3"},
    "found": {"from": "unrectified_each", "each": "2"},
}  # fmt: skip
ACTS = st.sampled_from(("hand_in", "hand_in", "approve", "approve", "accept", "accept", "close", "send_back", "recall"))
STEPS = st.lists(st.tuples(ACTS, st.integers(0, 50), st.integers(0, 300), st.integers(0, 100)), max_size=25)


def found(place) -> tuple[Issued, int]:
    """A plan that everybody signed, and a scheme that is all counted from the work."""
    plan = issued(place)
    scheme = schemes.create_scheme(name="考核", body=BODY, sources=SOURCES, plan_id=plan.plan_id,
                                   by=plan.viewer("evaluator"), at=AT)  # fmt: skip
    schemes.adopt_scheme(scheme, version=scheme.version, by=plan.viewer("evaluator"), at=AT)
    return plan, scheme.id


@pytest.fixture
def begun(place, standing) -> tuple[Issued, int]:
    return standing.begin(found, place)


def fresh(plan: Issued, scheme_id: int) -> KeptScores:
    return KeptScores(scheme_row(scheme_id), plan.plan_id, TODAY)


def settled() -> str | None:
    return session.scalar(select(AuditHead.settled))


def test_what_is_kept_is_what_counting_everything_comes_to(begun, writing):
    """Acts of a day are taken in; after any other what is kept is made anew, as pages do it. Each example undoes what it
    did."""
    plan, scheme_id = begun
    with writing():

        @given(STEPS)
        @settings(max_examples=10)
        def walk(steps) -> None:
            whole = session.begin_nested()
            kept, known = fresh(plan, scheme_id), settled()
            for name, which, days, percent in steps:
                savepoint = session.begin_nested()
                try:
                    act(plan, name, which, days, percent)
                    savepoint.commit()
                except DomainError:
                    savepoint.rollback()
                if settled() != known:
                    kept, known = fresh(plan, scheme_id), settled()
                kept.catch_up()
            assert kept.units == fresh(plan, scheme_id).units
            whole.rollback()
            session.expire_all()

        walk()


def test_one_report_accepted_moves_the_unit_and_those_it_overtakes(begun, writing):
    plan, scheme_id = begun
    with writing():
        kept = fresh(plan, scheme_id)
        places = {unit.key: place for place, unit in enumerate(kept.units)}
        before = kept.units
        one = session.scalars(
            select(Obligation)
            .where(Obligation.unit_id == plan.place.units["市财政局"])
            .order_by(Obligation.id)
            .limit(1)
        ).one()
        service.accept(reported(plan, one.id), by=plan.viewer("lead"), at=at(DAY, 12))
        kept.catch_up()
        after = kept.units
    finance, traffic = (places[str(plan.place.units[name])] for name in ("市财政局", "市交通运输局"))
    assert before[finance].rank == before[traffic].rank == 1
    assert (after[finance].rank, after[traffic].rank) == (1, 2)
    assert before[traffic].total == after[traffic].total
    assert before[finance].total != after[finance].total


def test_a_unit_whose_last_task_ends_with_its_report_is_scored_no_more(begun, writing):
    plan, scheme_id = begun
    with writing():
        kept = fresh(plan, scheme_id)
        (one, *_) = plan.obligations("压减审批时限", "市财政局")
        service.accept(reported(plan, one.id), by=plan.viewer("lead"), at=at(DAY, 12))
        for task in ("压减审批时限", "日常督办"):
            plan.assignment(task, "市财政局").state = "withdrawn"
        session.flush()
        kept.catch_up()
        assert str(plan.place.units["市财政局"]) not in {unit.key for unit in kept.units}
        assert kept.units == fresh(plan, scheme_id).units


def test_a_finding_that_goes_to_another_unit_counts_there_alone(begun, writing):
    plan, scheme_id = begun
    with writing():
        lead, units = plan.viewer("lead"), plan.place.units
        wanted = rectification.Found("leader", "栏目没有更新", "", units["市财政局"], DAY, plan.plan_id)
        finding = rectification.register(wanted, assign_now=True, by=lead, at=AT)
        kept = fresh(plan, scheme_id)
        rectification.hand_back(finding.id, reason="非本单位职责。", by=plan.viewer("reporter"), at=AT)
        rectification.assign(finding.id, unit_id=units["望川县"], due_on=DAY, by=lead, at=AT)
        kept.catch_up()
        lost = {int(unit.key): unit.nodes["found"] for unit in kept.units}
        assert (lost[units["市财政局"]], lost[units["望川县"]]) == ("5.00", "3.00")


def test_a_trial_of_the_scheme_in_use_shows_what_was_accepted_a_moment_ago(begun, sign_in_as, writing):
    plan, scheme_id = begun
    with writing():
        (one, *_) = plan.obligations("压减审批时限", "市财政局")
        waiting = reported(plan, one.id)
    evaluator = sign_in_as("evaluator")

    def total() -> float:
        row = evaluator.get(f"/schemes/{scheme_id}/trial").text.split(">市财政局<")[1]
        return float(re.findall(r"<strong>([\d.]+)</strong>", row)[0])

    before = total()
    with writing():
        service.accept(waiting, by=plan.viewer("lead"), at=at(DAY, 12))
    assert total() > before
