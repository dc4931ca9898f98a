"""Another edition of a running plan: what adopting it does to tasks, units, dates and reports."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import func, select

from tests.support.issued import at, reported
from tests.support.revised import CATALOGUE, CHECKS, FIRST, GUIDE, LIMITS, ROADS, WINDOW, received, reported_on, running
from tracker.audit.models import AuditEntry
from tracker.db import session
from tracker.drafts import service as drafts
from tracker.drafts.models import Draft
from tracker.errors import Conflict, DomainError
from tracker.plans import queries as plans
from tracker.plans.models import Assignment, AssignmentSource, EditionChange, Plan, Task, TaskTarget, TaskText
from tracker.progress import service
from tracker.progress.models import Obligation, ObligationSummary, Return
from tracker.progress.queries.issuing import issue_preview
from tracker.progress.queries.revising import revision

JULY = at(date(2026, 7, 10))


@pytest.fixture
def plan(place, standing):
    """Issued in March; the first quarter of 市财政局 was reported and accepted; the second edition came in July."""
    return standing.begin(revised, place)


def revised(place):
    return received(reported_on(place))


def name_of(found, words):
    return next(name for name in found.tasks if name.startswith(words))


def by_unit(found, words):
    """Unit's name → its assignment."""
    rows = session.scalars(select(Assignment).where(Assignment.task_id == found.task(words)))
    names = {number: name for name, number in found.place.units.items()}
    return {names[one.unit_id]: one for one in rows}


def dates(assignment):
    """(date, state) of what it owes."""
    rows = session.execute(
        select(Obligation.due_on, Obligation.state)
        .where(Obligation.assignment_id == assignment.id)
        .order_by(Obligation.due_on)
    )
    return [(row.due_on, row.state) for row in rows]


def summary_holds():
    counted = session.execute(
        select(Obligation.plan_id, Obligation.chapter_id, Obligation.due_on, Obligation.state, func.count()).group_by(
            Obligation.plan_id, Obligation.chapter_id, Obligation.due_on, Obligation.state
        )
    ).all()
    of = ObligationSummary
    kept = session.execute(
        select(of.plan_id, of.chapter_id, of.due_on, of.state, func.sum(of.n))
        .group_by(of.plan_id, of.chapter_id, of.due_on, of.state).having(func.sum(of.n) != 0)
    ).all()  # fmt: skip
    assert sorted(map(tuple, counted)) == sorted((*row[:4], int(row[4])) for row in kept)


def test_what_follows_is_said_before_it_is_done(plan, reading):
    with reading():
        found = revision(plan.draft_id, plan.viewer("lead"), today=JULY.date())
        counts = found.comparison.counts
        assert [counts[kind] for kind in ("reworded", "moved", "new", "dropped", "kept")] == [1, 0, 1, 1, 3]
        assert (counts["units"], counts["deadlines"], counts["targets"]) == (2, 1, 1)
        told = {one.unit: (one.gets, one.loses, one.changed, one.moved) for one in found.by_unit}
        assert told == {"市财政局": (1, 0, 2, 1), "市交通运输局": (0, 1, 1, 0), "临溪县": (1, 1, 0, 0)}
        assert found.totals.reports == 1
        assert session.scalar(select(func.count()).select_from(Task)) == len(FIRST)  # nothing is done yet


def test_tasks_keep_their_identity_and_the_plan_says_what_the_document_says(plan, writing, reading):
    with reading():
        before = {words: plan.task(words) for words in (LIMITS, GUIDE, CATALOGUE, ROADS, CHECKS)}
    with writing():
        done = plan.adopt(JULY)
    with reading():
        assert done.number == 2
        rows = session.execute(
            select(Task.id, Task.position, Task.ended_in, TaskText.requirement)
            .join(TaskText, TaskText.task_id == Task.id).order_by(Task.position)
        ).all()  # fmt: skip
        standing = [row.id for row in rows if row.ended_in is None]
        assert standing == [plan.task(WINDOW), before[LIMITS], before[GUIDE], before[CATALOGUE], before[ROADS]]
        assert [row.id for row in rows if row.ended_in is not None] == [before[CHECKS]]
        assert rows[1].requirement == "压减审批时限，当场办结率达到98%以上。"
        assert plans.plan_of_draft(plan.draft_id) == (plan.plan_id, "重点任务")
        assert session.get_one(Draft, plan.draft_id).state == "adopted"
        history = plans.editions(plan.plan_id)
        assert [(one.number, one.reason, one.by) for one in history] == [
            (2, "市政府印发修订稿。", "林牵头"),
            (1, "", ""),
        ]
        summary_holds()


def test_the_source_of_a_task_is_the_edition_that_has_it(plan, writing, reading):
    with writing():
        plan.adopt(JULY)
    with reading():
        who = plan.viewer("lead")
        first = plans.editions(plan.plan_id)[1].draft_id
        assert plans.task_view(plan.task(LIMITS), who).draft_id == plan.draft_id
        dropped = plans.task_view(plan.task(CHECKS), who)
        assert (dropped.draft_id, dropped.ended_in, dropped.edition) == (first, 2, 1)


def test_the_place_where_a_unit_is_named_is_that_of_the_edition(plan, writing, reading):
    with reading():
        before = session.get_one(AssignmentSource, by_unit(plan, GUIDE)["望川县"].id).locator
    with writing():
        plan.adopt(JULY)
    with reading():
        after = session.get_one(AssignmentSource, by_unit(plan, GUIDE)["望川县"].id).locator
        assert (before, after) == ("任务!C4", "任务!C5")


def test_a_task_under_another_heading_is_counted_there(plan, writing, reading):
    rows = [FIRST[0], FIRST[1], FIRST[3], ("", *FIRST[2][1:]), FIRST[4]]
    with writing():
        received(plan, rows)
    with writing():
        plan.adopt(JULY)
    with reading():
        roads = session.get_one(Task, plan.task(ROADS)).chapter_id
        assert session.get_one(Task, plan.task(CATALOGUE)).chapter_id == roads
        assert by_unit(plan, CATALOGUE)["市财政局"].chapter_id == roads
        assert [one.chapter_id for one in plan.obligations(name_of(plan, CATALOGUE), "市财政局")] == [roads]
        summary_holds()


def test_a_report_keeps_the_wording_it_answered(plan, writing, reading):
    with writing():
        plan.adopt(JULY)
    with reading():
        told = session.scalars(select(Return)).one()
        wordings = plans.earlier_wordings(plan.task(LIMITS))
        old = plans.wording_at(wordings, told.handed_in_at)
        assert old is not None
        assert (old.edition, old.requirement, old.targets) == (1, "压减审批时限，办结率达到95%以上。", ["95%以上"])
        assert plans.wording_at(wordings, JULY) is None
        kept = plans.earlier_wordings(plan.task(ROADS))
        assert plans.wording_at(kept, told.handed_in_at) is None  # the same words, in another place


def test_a_figure_in_other_words_is_the_figure_reported_against(plan, writing, reading):
    with reading():
        before = session.scalars(select(TaskTarget.id).where(TaskTarget.task_id == plan.task(LIMITS))).one()
    with writing():
        plan.adopt(JULY)
    with reading():
        (now,) = session.scalars(select(TaskTarget).where(TaskTarget.task_id == plan.task(LIMITS))).all()
        assert (now.id, now.value, now.ended) == (before, 98, False)
        assert now.words == "当场办结率达到98%以上"


def test_only_dates_ahead_are_planned_anew(plan, writing, reading):
    with writing():
        plan.adopt(JULY)
    with reading():
        assert dates(by_unit(plan, CATALOGUE)["市财政局"]) == [(date(2026, 11, 30), "open")]
        (put_off,) = plan.obligations(name_of(plan, CATALOGUE), "市财政局")
        assert put_off.original_due_on == put_off.due_on  # the document's own date, and no extension
        assert dates(by_unit(plan, GUIDE)["市财政局"]) == [(date(2026, 6, 30), "open")]  # overdue stays
        quarters = dates(by_unit(plan, LIMITS)["市财政局"])
        assert [state for _, state in quarters] == ["accepted", "open", "open", "open"]
        summary_holds()


def test_a_task_that_is_dropped_ends_with_what_was_reported_kept(plan, writing, reading):
    with writing():
        plan.adopt(JULY)
    with reading():
        over = by_unit(plan, CHECKS)["市交通运输局"]
        assert (over.state, dates(over)) == ("withdrawn", [(date(2026, 9, 30), "cancelled")])


def test_what_was_due_of_a_dropped_task_is_reported_before_it_ends(plan, writing, reading):
    """By October the date of September has passed: the unit still reports, then its task ends by itself."""
    october = at(date(2026, 10, 9))
    with writing():
        plan.adopt(october)
    with writing():
        over = by_unit(plan, CHECKS)["市交通运输局"]
        assert (over.state, dates(over)) == ("to_sign", [(date(2026, 9, 30), "open")])
        owed = plan.obligations(name_of(plan, CHECKS), "市交通运输局")[0].id
        late = reported(plan, owed, day=date(2026, 10, 12), reporter="other_reporter", reviewer="other_reviewer")
        service.accept(late, by=plan.viewer("lead"), at=at(date(2026, 10, 13)))
    with reading():
        over = by_unit(plan, CHECKS)["市交通运输局"]
        assert (over.state, dates(over)) == ("withdrawn", [(date(2026, 9, 30), "accepted")])


def test_or_nothing_of_it_is_asked_for_any_more(plan, writing, reading):
    with writing():
        plan.adopt(at(date(2026, 10, 9)), keep_due=False)
    with reading():
        over = by_unit(plan, CHECKS)["市交通运输局"]
        assert (over.state, dates(over)) == ("withdrawn", [(date(2026, 9, 30), "cancelled")])


def test_units_are_put_on_and_taken_off(plan, writing, reading):
    with writing():
        plan.adopt(JULY)
    with reading():
        off = by_unit(plan, GUIDE)["临溪县"]
        assert (off.state, dates(off)) == ("to_sign", [(date(2026, 6, 30), "open")])  # overdue: still to be reported
        on = by_unit(plan, ROADS)["临溪县"]
        assert (on.state, on.role, dates(on)) == ("to_sign", "responsible", [(date(2026, 12, 31), "open")])
        assert dates(by_unit(plan, WINDOW)["市财政局"]) == [(date(2026, 11, 30), "open")]


def test_new_tasks_may_wait_to_be_issued(plan, writing, reading):
    with writing():
        plan.adopt(JULY, issue_now=False)
    with reading():
        new = by_unit(plan, WINDOW)["市财政局"]
        assert (new.state, dates(new)) == ("draft", [])
        assert plans.plan_view(plan.plan_id, plan.viewer("lead")).waiting == 2
    with writing():
        assert service.issue_waiting(plan.plan_id, by=plan.viewer("lead"), at=JULY) == 2
    with reading():
        new = by_unit(plan, WINDOW)["市财政局"]
        assert (new.state, dates(new)) == ("to_sign", [(date(2026, 11, 30), "open")])
    with writing(), pytest.raises(Conflict):
        service.issue_waiting(plan.plan_id, by=plan.viewer("lead"), at=JULY)


def test_units_are_told_until_they_have_read_it(plan, writing, reading):
    with writing():
        plan.adopt(JULY)
    with reading():
        who = plan.viewer("reporter")
        told = plans.unread_changes(who, limit=9)
        assert {(one.task[:4], one.kind) for one in told} == {
            ("设立企业", "new"),
            ("压减审批", "changed"),
            ("推行容缺", "changed"),
        }
        moved = next(one for one in told if one.task.startswith(CATALOGUE))
        assert moved.facts == {"moved": [["2026-10-31", "2026-11-30"]]}
        assert plans.unread_count(plan.viewer("lead")) == 0
        county = plans.unread_changes(plan.viewer("county_reporter"), limit=9)
        assert county == []  # the same of 望川县
    with writing():
        from_others = [one.id for one in session.scalars(select(EditionChange))]
        service.mark_seen(from_others, by=plan.viewer("reporter"), at=JULY)
    with reading():
        assert plans.unread_count(plan.viewer("reporter")) == 0
        assert plans.unread_count(plan.viewer("other_reporter")) == 2  # nobody reads for another unit


def test_what_the_lead_office_gave_another_unit_stays_there(place, writing, reading):
    """临溪县 handed the guide back, and it was moved: the edition that names 临溪县 still does not undo that."""
    with writing():
        found = running(place)
        one = found.assignment(name_of(found, GUIDE), "望川县")
        handed = service.hand_back(
            one.id, reason="不是我县。", proposed_unit_id=None, by=found.viewer("county_reporter"), at=JULY
        )
        service.move(handed.id, unit_id=place.units["望川县财政局"], by=found.viewer("lead"), at=JULY)
        received(found)
    with writing():
        found.adopt(at(date(2026, 6, 1)))
    with reading():
        states = {name: held.state for name, held in by_unit(found, GUIDE).items()}
        assert (states["望川县"], states["望川县财政局"]) == ("moved", "to_sign")


def test_a_third_edition_that_names_a_unit_again(plan, writing, reading):
    with writing():
        plan.adopt(at(date(2026, 6, 1)))
        assert by_unit(plan, GUIDE)["临溪县"].state == "withdrawn"
        received(plan, FIRST)
    with writing():
        assert plan.adopt(at(date(2026, 6, 2))).number == 3
    with reading():
        again = by_unit(plan, GUIDE)["临溪县"]
        assert (again.state, dates(again)) == ("to_sign", [(date(2026, 6, 30), "open")])
        assert session.scalar(select(func.count()).select_from(Task).where(Task.ended_in.is_not(None))) == 2
        summary_holds()


def test_a_unit_that_is_named_again_may_wait_too(plan, writing, reading):
    with writing():
        plan.adopt(at(date(2026, 6, 1)))
        received(plan, FIRST)
    with writing():
        plan.adopt(at(date(2026, 6, 2)), issue_now=False)
        again = by_unit(plan, GUIDE)["临溪县"]
        assert (again.state, dates(again)) == ("draft", [(date(2026, 6, 30), "cancelled")])
        service.issue_waiting(plan.plan_id, by=plan.viewer("lead"), at=at(date(2026, 6, 3)))
    with reading():
        again = by_unit(plan, GUIDE)["临溪县"]
        assert (again.state, dates(again)) == ("to_sign", [(date(2026, 6, 30), "open")])
        summary_holds()


def test_a_plan_not_yet_issued_becomes_what_the_document_says(place, writing, reading):
    with writing():
        found = received(running(place, issue=False))
        found.adopt(JULY)
    with reading():
        assert by_unit(found, WINDOW)["市财政局"].state == "draft"
        assert by_unit(found, CHECKS)["市交通运输局"].state == "withdrawn"
        assert session.scalar(select(func.count()).select_from(EditionChange)) == 0
        preview = issue_preview(found.plan_id, found.viewer("lead"), today=JULY.date())
        assert (preview.tasks, preview.unclaimed) == (5, [])
    with writing():
        service.issue_plan(found.plan_id, by=found.viewer("lead"), at=JULY)
    with reading():
        assert dates(by_unit(found, CHECKS)["市交通运输局"]) == []


def test_each_fact_is_recorded(plan, writing, reading):
    with writing():
        plan.adopt(JULY)
    with reading():
        rows = session.execute(select(AuditEntry.action, func.count()).group_by(AuditEntry.action)).all()
        counts = dict(map(tuple, rows))
        wanted = {"采用修订稿": 1, "修订任务": 2, "修订稿新增任务": 1, "修订稿取消任务": 1, "修订稿新派任务": 2,
                  "修订稿撤下任务": 2, "修订稿变动任务": 3}  # fmt: skip
        assert {action: counts[action] for action in wanted} == wanted


def test_what_has_changed_since_it_was_shown_is_not_adopted(plan, writing):
    with writing():
        mark = plan.seen(JULY)
    with writing():
        drafts.pair(plan.draft_id, plan.draft_task(LIMITS), None, by=plan.viewer("lead"), at=JULY)
    said = service.Wishes("市政府印发修订稿。", warnings_ok=True)
    with writing(), pytest.raises(Conflict):
        service.adopt_revision(plan.draft_id, said, seen=mark, by=plan.viewer("lead"), at=JULY)


def test_the_pairing_of_a_person_counts(plan, writing, reading):
    with writing():
        by = plan.viewer("lead")
        drafts.pair(plan.draft_id, plan.draft_task(WINDOW), plan.task(CHECKS), by=by, at=JULY)
        drafts.pair(plan.draft_id, plan.draft_task(LIMITS), None, by=by, at=JULY)
    with reading():
        counts = revision(plan.draft_id, plan.viewer("lead"), today=JULY.date()).comparison.counts
        assert (counts["new"], counts["dropped"], counts["reworded"]) == (1, 1, 1)  # 压减审批时限 was the reworded one
    with writing():
        drafts.unpair(plan.draft_id, plan.draft_task(LIMITS), by=plan.viewer("lead"), at=JULY)
    with reading():
        assert revision(plan.draft_id, plan.viewer("lead"), today=JULY.date()).comparison.counts["reworded"] == 2


def test_refusals(plan, writing):
    with writing():
        by, mark = plan.viewer("lead"), plan.seen(JULY)
        with pytest.raises(DomainError, match="理由"):
            service.adopt_revision(plan.draft_id, service.Wishes(" "), seen=mark, by=by, at=JULY)
        with pytest.raises(DomainError, match="修订稿"):
            drafts.adopt(plan.draft_id, drafts.Terms("另一个", 2026), by=by, at=JULY)
        received(plan, FIRST)
        with pytest.raises(DomainError, match="没有差别"):
            service.adopt_revision(
                plan.draft_id, service.Wishes("无", warnings_ok=True), seen=plan.seen(JULY), by=by, at=JULY
            )
        assert session.get_one(Plan, plan.plan_id).version
