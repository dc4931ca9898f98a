"""The summary is what counting the obligations gives: after any acts, in any order."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime, timedelta

from hypothesis import given, settings, strategies as st
from sqlalchemy import select

from tests.support.issued import at
from tests.support.place import DAY
from tracker.accounts.roles import Viewer
from tracker.db import session
from tracker.errors import DomainError
from tracker.plans.models import Assignment, HandBack
from tracker.progress import queries, service
from tracker.progress.content import Content
from tracker.progress.lights import light
from tracker.progress.models import Obligation, ObligationSummary, Return
from tracker.units.models import Unit

WHO = {
    "市财政局": ("reporter", "reviewer"),
    "市交通运输局": ("other_reporter", "other_reviewer"),
    "望川县": ("county_reporter", "county_reviewer"),
}
ON_TASKS, ON_HAND_BACKS, ON_REPORTS = ("sign", "hand_back"), ("keep", "move", "withdraw"), ("hand_in",)
ON_VERSIONS = ("approve", "send_back_own", "recall", "accept", "close", "send_back")
ACTS = st.sampled_from(ON_TASKS + ON_HAND_BACKS + ON_REPORTS * 3 + ON_VERSIONS)
STEPS = st.lists(st.tuples(ACTS, st.integers(0, 50), st.integers(0, 300), st.integers(0, 100)), max_size=30)
Kept = dict[tuple[object, ...], tuple[int, int]]


def recounted() -> Kept:
    """The obligations themselves, counted by what the summary's rows are told apart by."""
    paths = {unit.id: unit.path.strip("/").split("/") for unit in session.scalars(select(Unit))}
    count: Counter[tuple[object, ...]] = Counter()
    percent: Counter[tuple[object, ...]] = Counter()
    for one in session.scalars(select(Obligation)):
        branch = int(paths[one.unit_id][:2][-1])
        key = (one.plan_id, branch, one.unit_group, one.chapter_id, one.due_on, one.state, one.timing)
        count[key] += 1
        percent[key] += one.percent
    return {key: (count[key], percent[key]) for key in count}


def kept() -> Kept:
    rows = session.scalars(select(ObligationSummary).where(ObligationSummary.n != 0))
    return {
        (one.plan_id, one.branch_id, one.unit_group, one.chapter_id, one.due_on, one.state, one.timing): (
            one.n,
            one.percent_sum,
        )
        for one in rows
    }


def chosen(model, which: int):
    """One of the records there are; None where there are none."""
    rows = list(session.scalars(select(model).order_by(model.id)))
    return rows[which % len(rows)] if rows else None


def people_of(plan, unit_id: int) -> list[Viewer]:
    """The unit's reporter and reviewer."""
    units = {number: name for name, number in plan.place.units.items()}
    return [plan.viewer(name) for name in WHO.get(units[unit_id], ("reporter", "reviewer"))]


def act(plan, name: str, which: int, days: int, percent: int) -> None:
    """Does it to one of the records there are, by somebody who has the role; refused acts change nothing."""
    moment = at(DAY + timedelta(days=days))
    if name in ON_TASKS:
        assignment = chosen(Assignment, which)
        by = people_of(plan, assignment.unit_id)[0]
        if name == "sign":
            service.sign(assignment.id, by=by, at=moment)
        else:
            service.hand_back(assignment.id, reason="非本单位职责", proposed_unit_id=None, by=by, at=moment)
    elif name in ON_REPORTS:
        obligation = chosen(Obligation, which)
        by = people_of(plan, obligation.unit_id)[0]
        service.hand_in(obligation.id, content=Content("进展", percent=percent), by=by, at=moment)
    elif name in ON_HAND_BACKS:
        rule(plan, name, which, moment)
    else:
        decide(plan, name, which, moment)


def rule(plan, name: str, which: int, moment: datetime) -> None:
    handed, lead = chosen(HandBack, which), plan.viewer("lead")
    if handed is None:
        return
    if name == "move":
        service.move(handed.id, unit_id=list(plan.place.units.values())[which % 6], by=lead, at=moment)
    else:
        {"keep": service.keep, "withdraw": service.withdraw}[name](handed.id, reason="因故", by=lead, at=moment)


def decide(plan, name: str, which: int, moment: datetime) -> None:
    version, lead = chosen(Return, which), plan.viewer("lead")
    if version is None:
        return
    reporter, reviewer = people_of(plan, session.get(Obligation, version.obligation_id).unit_id)
    if name == "approve":
        service.approve(version.id, by=reviewer, at=moment)
    elif name == "recall":
        service.recall(version.id, by=reporter, at=moment)
    elif name in {"accept", "close"}:
        service.accept(version.id, close=name == "close", by=lead, at=moment)
    elif name == "send_back":
        service.send_back(version.id, reason="补", by=lead, at=moment)
    else:
        service.send_back_own(version.id, reason="改", by=reviewer, at=moment)


def test_the_summary_never_drifts(plan, writing):
    """Each example undoes what it did, so that they all begin with the plan as it was issued."""
    with writing():

        @given(STEPS)
        @settings(max_examples=25)
        def walk(steps) -> None:
            whole = session.begin_nested()
            for name, which, days, percent in steps:
                savepoint = session.begin_nested()
                try:
                    act(plan, name, which, days, percent)
                    savepoint.commit()
                except DomainError:
                    savepoint.rollback()
            assert kept() == recounted()
            whole.rollback()
            session.expire_all()

        walk()


def test_issuing_counts_everything(plan, reading):
    with reading():
        assert kept() == recounted()
        assert sum(n for n, _ in kept().values()) == 10


def test_parts_of_the_dashboard_agree_with_the_lists_they_lead_to(plan, writing, reading):
    steps = [("sign", 0, 0, 0), ("sign", 1, 0, 0), ("sign", 2, 0, 0), ("hand_in", 0, 0, 40), ("approve", 0, 1, 0), ("accept", 0, 2, 0),
             ("hand_in", 1, 120, 50), ("approve", 1, 121, 0), ("hand_in", 4, 2, 10), ("approve", 2, 3, 0)]  # fmt: skip
    with writing():
        for step in steps:
            act(plan, *step)
    with reading():
        for today in (date(2026, 3, 14), date(2026, 6, 20), date(2026, 6, 21), date(2027, 1, 5)):
            leader = plan.viewer("leader")
            rows = list(session.scalars(select(Obligation)))
            lights = Counter(light(one.state, one.timing, one.due_on, today=today, near_days=7) for one in rows)
            total = queries.summary_total(plan.plan_id, today, viewer=leader)
            assert (total.done, total.on_time, total.near, total.overdue) == tuple(
                lights[kind] for kind in ("done", "on_time", "near", "overdue")
            )
            assert total.total == len(rows)
            due = [one.timing for one in rows if one.due_on <= today]
            assert (total.due, total.punctual) == (len(due), due.count("on_time"))
            for kind in ("done", "on_time", "near", "overdue"):
                listed = queries.work_page(leader, queries.WorkFilter(light=kind), today=today)
                assert listed.total == lights[kind], kind
                assert {row.light for row in listed.rows} <= {kind}
            units = queries.summary_by_unit(plan.plan_id, today, viewer=leader)
            chapters = queries.summary_by_chapter(plan.plan_id, today, viewer=leader)
            months = queries.summary_by_month(plan.plan_id, today, viewer=leader)
            for parts in (units, chapters, months):
                assert sum(one.counts.overdue for one in parts) == total.overdue
                assert sum(one.counts.total for one in parts) == total.total
            assert len(queries.overdue(leader, today=today)) == total.overdue
            own = queries.summary_total(None, today, viewer=plan.viewer("reporter"))
            assert own.total == 4
        entries = list(queries.ledger_rows(plan.plan_id, today=DAY))
        assert len(entries) == 10
        assert [one.done for one in entries[:1]] == ["进展"]
        assert entries[0].locator == "Sheet1!D1"
