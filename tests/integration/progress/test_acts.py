"""What services allow and refuse, and what they leave behind."""

from __future__ import annotations

import io
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from tests.support.databases import ON_SQLITE
from tests.support.issued import at, reported
from tests.support.place import AT, DAY
from tracker.accounts import service as accounts
from tracker.accounts.models import Grant, Person
from tracker.accounts.roles import Role
from tracker.audit.models import AuditEntry
from tracker.audit.queries import verify_chain
from tracker.db import session
from tracker.errors import Conflict, DomainError, NotFound
from tracker.plans.models import Assignment, HandBack
from tracker.progress import queries, service
from tracker.progress.content import Content
from tracker.progress.models import Obligation, Return, ReturnEvidence


def first(plan, task="压减审批时限", unit="市财政局"):
    return plan.obligations(task, unit)[0].id


def test_issuing_twice_is_refused(plan, writing):
    with writing(), pytest.raises(Conflict):
        service.issue_plan(plan.plan_id, by=plan.viewer("lead"), at=AT)


def test_a_plan_is_issued_by_its_own_lead_office(plan, writing):
    with writing(), pytest.raises(NotFound):
        service.issue_plan(plan.plan_id, by=plan.viewer("reporter"), at=AT)


def test_signing_again_changes_nothing_and_others_see_nothing(plan, writing):
    with writing():
        mine = plan.assignment("压减审批时限", "市财政局").id
        service.sign(mine, by=plan.viewer("reporter"), at=AT)
        entries = session.scalar(select(func.count()).select_from(AuditEntry))
        service.sign(mine, by=plan.viewer("reviewer"), at=AT)
        assert session.scalar(select(func.count()).select_from(AuditEntry)) == entries
        for stranger in ("other_reporter", "leader", "admin"):
            with pytest.raises(NotFound):
                service.sign(mine, by=plan.viewer(stranger), at=AT)


@ON_SQLITE
def test_handing_in_asks_little_while_others_wait_to_write(plan, writing, statements):
    """One statement reads what the report is about, one who reviews it, two write it, three record it."""
    with writing():
        service.sign(plan.assignment("压减审批时限", "市财政局").id, by=plan.viewer("reporter"), at=AT)
        one, by = first(plan), plan.viewer("reporter")
    with writing(), statements() as said:
        service.hand_in(one, content=Content("已完成", percent=40), by=by, at=AT)
    assert [words.split()[0] for words in said if "BEGIN" not in words] == [
        "SELECT", "SELECT", "INSERT", "INSERT", "SELECT", "INSERT", "UPDATE",
    ]  # fmt: skip


def test_reporting_wants_a_signature_and_another_reviewer(plan, writing):
    with writing():
        one = first(plan)
        with pytest.raises(DomainError, match="先签收"):
            service.save_draft(one, Content("x"), version=0, editor="a", by=plan.viewer("reporter"), at=AT)
        other = plan.obligations("公开办事指南", "临溪县")[0]
        with pytest.raises(NotFound):
            service.save_draft(other.id, Content("x"), version=0, editor="a", by=plan.viewer("reporter"), at=AT)


def test_no_other_reviewer_is_said_in_words_and_the_draft_stays(plan, writing, reading):
    with writing():
        by = plan.viewer("other_reporter")
        one = first(plan, unit="市交通运输局")
        service.sign(plan.assignment("压减审批时限", "市交通运输局").id, by=by, at=AT)
        service.save_draft(one, Content("已开展"), version=0, editor="a", by=by, at=AT)
        held = session.scalar(select(Grant).where(Grant.person_id == plan.place.people["other_reviewer"]))
        accounts.withdraw(held, by=plan.viewer("admin"), at=AT, last_day=DAY)
    with writing(), pytest.raises(DomainError, match="没有其他审核人"):
        service.hand_in(one, by=by, at=at(DAY + timedelta(days=2)))
    with reading():
        assert session.scalar(select(Return.state).where(Return.obligation_id == one)) == "draft"


def test_two_people_at_each_step(plan, writing):
    with writing():
        version = reported(plan, first(plan))
        both = plan.viewer("second_reviewer")
        assert both.person_id != plan.viewer("reviewer").person_id
        for verb in (service.approve, service.accept):
            with pytest.raises((NotFound, Conflict)):
                verb(version, by=plan.viewer("reporter"), at=AT)
        with pytest.raises(NotFound):
            service.accept(version, by=plan.viewer("reviewer"), at=AT)
        service.accept(version, by=plan.viewer("lead"), at=AT)


def test_an_author_who_may_also_review_or_check_does_not(plan, writing):
    with writing():
        author = session.get(Person, plan.place.people["reporter"])
        for role, unit in ((Role.REVIEWER, "市财政局"), (Role.LEAD_OFFICE, "云岫市")):
            accounts.grant(author, role, plan.place.units[unit], by=None, at=AT, since=DAY)
        version = reported(plan, first(plan), reviewer=None)
        with pytest.raises(DomainError, match="两人原则"):
            service.approve(version, by=plan.viewer("reporter"), at=AT)
        service.approve(version, by=plan.viewer("reviewer"), at=AT)
        with pytest.raises(DomainError, match="两人原则"):
            service.accept(version, by=plan.viewer("reporter"), at=AT)


def test_late_is_settled_once_by_the_day_in_china(plan, writing):
    with writing():
        one = first(plan)
        due = session.get(Obligation, one).due_on
        version = reported(plan, one, day=due, reviewer=None)
        service.approve(version, by=plan.viewer("reviewer"), at=at(due, 24) - timedelta(seconds=1))
        assert session.get(Obligation, one).timing == "on_time"
        two = plan.obligations("压减审批时限", "市财政局")[1]
        version = reported(plan, two.id, day=two.due_on, reviewer=None)
        service.approve(version, by=plan.viewer("reviewer"), at=at(two.due_on, 24))
        assert two.timing == "late"
        service.send_back(version, reason="请补充", by=plan.viewer("lead"), at=at(two.due_on, 24))
        again = service.hand_in(two.id, content=Content("补充", percent=50), by=plan.viewer("reporter"), at=AT)
        service.approve(again.id, by=plan.viewer("reviewer"), at=AT)
        assert two.timing == "late", "never mended"
        assert again.version_no == 2


def test_an_older_report_does_not_take_progress_back(plan, writing):
    with writing():
        q1, q2 = plan.obligations("压减审批时限", "市财政局")[:2]
        later = reported(plan, q2.id, percent=60)
        service.accept(later, by=plan.viewer("lead"), at=AT)
        earlier = reported(plan, q1.id, percent=20)
        service.accept(earlier, by=plan.viewer("lead"), at=AT)
        assert session.get(Assignment, q1.assignment_id).percent == 60
        assert (q1.percent, q2.percent) == (20, 60)


def test_recalling_and_writing_on(plan, writing):
    with writing():
        version = reported(plan, first(plan), done="第一稿", reviewer=None)
        with pytest.raises(NotFound):
            service.recall(version, by=plan.viewer("other_reporter"), at=AT)
        service.recall(version, by=plan.viewer("reporter"), at=AT)
        with pytest.raises(
            Conflict, match=r"^这份报送已由填报单位撤回，您的操作没有执行。$"
        ):  # it keeps no moment of that
            service.approve(version, by=plan.viewer("reviewer"), at=AT)
        draft = service.save_draft(
            first(plan), Content("第二稿"), version=0, editor="a", by=plan.viewer("reporter"), at=AT
        )
        assert draft.version_no == 2
        shown = queries.versions(first(plan), inside=True)
        assert [(one.state, one.done) for one in shown] == [("draft", "第二稿"), ("withdrawn", "第一稿")]
        assert queries.versions(first(plan), inside=False) == []


def test_autosave_says_who_was_faster_and_keeps_both(plan, writing):
    with writing():
        one, by = first(plan), plan.viewer("reporter")
        service.sign(plan.assignment("压减审批时限", "市财政局").id, by=by, at=AT)
        mine = service.save_draft(one, Content("甲"), version=0, editor="a", by=by, at=AT)
        known = mine.version
        service.save_draft(one, Content("甲二"), version=0, editor="a", by=by, at=AT)
        with pytest.raises(Conflict, match="另一个窗口"):
            service.save_draft(one, Content("乙"), version=known, editor="b", by=by, at=AT)
        assert queries.versions(one, inside=True)[0].done == "甲二"


def test_hand_back_kept_moved_withdrawn(plan, writing):
    with writing():
        lead, finance = plan.viewer("lead"), plan.viewer("reporter")
        mine = plan.assignment("压减审批时限", "市财政局").id
        with pytest.raises(DomainError, match="理由"):
            service.hand_back(mine, reason=" ", proposed_unit_id=None, by=finance, at=AT)
        handed = service.hand_back(mine, reason="非本单位职责", proposed_unit_id=None, by=finance, at=AT)
        service.keep(handed.id, reason="三定方案明确", by=lead, at=AT)
        with pytest.raises(Conflict):
            service.keep(handed.id, reason="再说一次", by=lead, at=AT)
        again = service.hand_back(mine, reason="仍非本单位职责", proposed_unit_id=None, by=finance, at=AT)
        with pytest.raises(DomainError, match="已经承担"):
            service.move(again.id, unit_id=plan.place.units["市交通运输局"], by=lead, at=AT)
        new = service.move(again.id, unit_id=plan.place.units["临溪县"], by=lead, at=AT)
        assert new.state == "to_sign"
        old = plan.obligations("压减审批时限", "市财政局")
        moved = plan.obligations("压减审批时限", "临溪县")
        assert {one.state for one in old} == {"cancelled"}
        assert [one.due_on for one in moved] == [one.due_on for one in old]
        assert session.get(HandBack, again.id).decision == "moved"
        third = service.hand_back(new.id, reason="同上", proposed_unit_id=None, by=_county(plan), at=AT)
        back = service.move(third.id, unit_id=plan.place.units["市财政局"], by=lead, at=AT)
        assert back.id == mine, "the unit that was once relieved takes it up again"
        assert {one.state for one in plan.obligations("压减审批时限", "市财政局")} == {"open"}
        fourth = service.hand_back(mine, reason="依旧", proposed_unit_id=None, by=finance, at=AT)
        service.withdraw(fourth.id, reason="另行安排", by=lead, at=AT)
        assert {one.state for one in plan.obligations("压减审批时限", "市财政局")} == {"cancelled"}
        assert verify_chain().broken_at is None


def _county(plan):

    person = session.get(Person, plan.place.people["nobody"])
    accounts.grant(person, Role.REPORTER, plan.place.units["临溪县"], by=None, at=AT, since=DAY)
    return plan.viewer("nobody")


def test_evidence_stays_with_its_version(plan, writing):
    with writing():
        one, by = first(plan), plan.viewer("reporter")
        service.sign(plan.assignment("压减审批时限", "市财政局").id, by=by, at=AT)
        kept, draft = service.attach(one, stream=io.BytesIO(b"%PDF-1.7"), name="../a\n.pdf", by=by, at=AT)
        assert kept.name == "a.pdf"
        with pytest.raises(DomainError, match="程序"):
            service.attach(one, stream=io.BytesIO(b"MZ\x90"), name="b.pdf", by=by, at=AT)
        service.save_draft(one, Content("完成", percent=10), version=draft.version, editor="", by=by, at=AT)
        service.hand_in(one, by=by, at=AT)
        service.send_back_own(draft.id, reason="改", by=plan.viewer("reviewer"), at=AT)
        new = service.save_draft(one, Content("完成二"), version=0, editor="", by=by, at=AT)
        service.detach(one, kept.public_id, by=by, at=AT)
        links = list(session.execute(select(ReturnEvidence.return_id)).scalars())
        assert links == [draft.id]
        assert new.version_no == 2


def test_the_calendar_is_seeded_once_and_continued_by_hand(plan, writing):
    with writing():
        assert service.seed_calendar(at=AT) == 23
        assert service.seed_calendar(at=AT) == 0
        assert queries.last_covered_year() == 2026
        years = service.import_calendar(
            "2027-01-01,休,元旦\n2027-01-09,班,元旦", source="通知", by=plan.viewer("admin"), at=AT
        )
        assert years == (2027,)
        assert queries.workdays().is_workday(DAY.replace(year=2027, month=1, day=9))
        with pytest.raises(DomainError, match="第 2 行"):
            service.import_calendar("2027-01-01,休\n元旦", source="x", by=plan.viewer("admin"), at=AT)
        with pytest.raises(NotFound):
            service.import_calendar("2027-01-01,休", source="x", by=plan.viewer("reporter"), at=AT)


def test_what_waits_is_counted_for_whoever_it_waits_for(plan, writing):
    with writing():
        soon = DAY.replace(day=25)
        before = queries.counts_for_desk(plan.viewer("reporter"), soon)
        assert (before.to_sign, before.overdue, before.to_check) == (2, 1, 0)
        version = reported(plan, first(plan), reviewer=None)
        assert queries.counts_for_desk(plan.viewer("reporter"), soon).overdue == 0, "it waits for the reviewer now"
        assert queries.counts_for_desk(plan.viewer("reviewer"), soon).to_review == 1
        service.approve(version, by=plan.viewer("reviewer"), at=AT)
        assert queries.counts_for_desk(plan.viewer("lead"), soon).to_check == 1
        service.send_back(version, reason="请补充", by=plan.viewer("lead"), at=AT)
        after = queries.counts_for_desk(plan.viewer("reporter"), soon)
        assert (after.returned, after.overdue, after.to_sign) == (1, 1, 1)
        assert queries.count_mine(plan.viewer("reporter"), soon) == 2
        assert queries.counts_for_desk(plan.viewer("leader"), soon) == queries.DeskCounts()
