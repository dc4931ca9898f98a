"""Before a plan goes out: who cannot sign, what each number counts; and a large plan as long work."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from imports.phrases.deadlines import parse_time_cell
from tests.integration.progress.test_chain import fields_of
from tests.support.issued import TASKS, TaskSpec, adopted, people
from tests.support.place import AT, DAY
from tracker.accounts import service as accounts
from tracker.accounts.models import Grant
from tracker.db import session
from tracker.drafts.bodies import deadline_json
from tracker.drafts.models import Draft
from tracker.outbox.models import Job
from tracker.outbox.service import ask_to_cancel
from tracker.outbox.worker import work_off
from tracker.plans.models import Plan
from tracker.progress import queries, service
from tracker.progress.models import Obligation
from tracker.progress.queries import issuing


@pytest.fixture
def waiting(place, writing):
    """A plan that waits to be issued."""
    with writing():
        people(place)
        return adopted(place)


def test_units_that_nobody_can_sign_for_are_named(waiting, place, reading, sign_in_as):
    with reading():
        preview = queries.issue_preview(waiting.plan_id, waiting.viewer("lead"), today=DAY)
        assert [one.unit for one in preview.unsigned] == ["临溪县"], "no reporter and no reviewer"
        assert preview.unpaired == []
        assert preview.admins == ["管理员"]
    page = sign_in_as("lead").get(f"/plans/{waiting.plan_id}/issue").text
    assert "1 个单位还没有人能签收" in page
    assert "请联系系统管理员（管理员）" in page
    assert 'href="/people/new"' not in page, "a lead office makes no people"


def test_one_person_alone_cannot_report_by_two(waiting, place, writing, reading, sign_in_as):
    with writing():
        held = session.scalar(select(Grant).where(Grant.person_id == place.people["other_reviewer"]))
        accounts.withdraw(held, by=waiting.viewer("admin"), at=AT, last_day=DAY - timedelta(days=1))
    with reading():
        preview = queries.issue_preview(waiting.plan_id, waiting.viewer("lead"), today=DAY)
        assert [one.unit for one in preview.unpaired] == ["市交通运输局"]
    assert "1 个单位缺少第二个人" in sign_in_as("lead").get(f"/plans/{waiting.plan_id}/issue").text


def test_the_roles_of_every_unit_come_in_one_order(place, writing, reading):
    with writing():
        people(place)
        support, lead = (TaskSpec(role, (("市财政局", role),)) for role in ("support", "lead"))
        made = adopted(place, (support, lead))
    with reading():
        (load,) = queries.issue_preview(made.plan_id, made.viewer("lead"), today=DAY).units
        assert list(load.roles.items()) == [("lead", 1), ("support", 1)]


@pytest.mark.parametrize(
    ("printed", "missing"),
    [
        ("明年春节前", (2027,)), ("元旦前", (2027,)), ("国庆节前", ()), ("2027年3月31日前5个工作日", (2027,)), ("2027年6月底前", ()),
        ("12月31日前5个工作日", ()), ("七一前", ()),
    ],
)  # fmt: skip
def test_a_time_told_by_days_off_that_are_not_known_is_told_of_before(
    place, writing, reading, sign_in_as, printed, missing
):  # fmt: skip
    with writing():
        people(place)
        service.seed_calendar(at=AT)
        said = tuple(deadline_json(one) for one in parse_time_cell(printed, 2026))
        made = adopted(place, (TaskSpec("走访慰问", (("市财政局", "lead"),), said),))
    with reading():
        assert queries.issue_preview(made.plan_id, made.viewer("lead"), today=DAY).uncovered_years == missing
    page = sign_in_as("lead").get(f"/plans/{made.plan_id}/issue").text
    assert ("2027 年没有工作日历" in page) is bool(missing)


@pytest.mark.parametrize("what", ["assignments", "obligations", "past"])
def test_every_number_leads_to_a_list_of_that_length(waiting, sign_in_as, clock_stands, what, reading):
    clock_stands.move_to(AT.replace(month=7))
    today = DAY.replace(month=7)
    with reading():
        preview = queries.issue_preview(waiting.plan_id, waiting.viewer("lead"), today=today)
        total = {"assignments": preview.assignments, "obligations": preview.obligations, "past": preview.past}[what]
        whole = queries.issue_list(waiting.plan_id, waiting.viewer("lead"), what, today=today)
        assert whole.total == total == len(whole.rows)
        assert total > 0
        for load in preview.units:
            count = {"assignments": load.tasks, "obligations": load.obligations, "past": load.past}[what]
            part = queries.issue_list(waiting.plan_id, waiting.viewer("lead"), what, today=today, unit_id=load.unit_id)
            assert (part.total, len(part.rows)) == (count, count), load.unit
            assert {row.unit for row in part.rows} <= {load.unit}
    lead = sign_in_as("lead")
    page = lead.get(f"/plans/{waiting.plan_id}/issue").text
    for href in re.findall(rf'href="(/plans/{waiting.plan_id}/issue/list\?[^"]*what={what}[^"]*)"', page):
        assert lead.get(href.replace("&amp;", "&")).status_code == 200


def test_the_list_goes_page_by_page(waiting, reading):
    with reading():
        seen, cursor = [], None
        for _page in range(10):
            page = queries.issue_list(
                waiting.plan_id, waiting.viewer("lead"), "obligations", today=DAY, cursor=cursor, size=3
            )
            seen += [(row.unit, row.task, row.due) for row in page.rows]
            cursor = page.next
            if cursor is None:
                break
        whole = queries.issue_list(waiting.plan_id, waiting.viewer("lead"), "obligations", today=DAY)
        assert seen == [(row.unit, row.task, row.due) for row in whole.rows]


def test_phases_of_the_document_are_milestones_of_tasks_without_a_time(place, writing, reading):
    """Every unit of such a task owes a return at the end of each phase; tasks with a date owe theirs."""
    phases = [{"name": "部署阶段", "date": "2026-03-31"}, {"name": "总结阶段", "date": "2026-10-31"}]
    tasks = (TaskSpec("完善制度", (("市财政局", "lead"),), deadlines=()), TASKS[1])
    with writing():
        people(place)
        plan = adopted(place, tasks)
        draft = Draft(
            unit_id=place.units["云岫市"], file_name="方案.docx", file_key="k", sha256="0" * 64, state="adopted",
            header={}, header_read={}, milestones=phases, created_at=AT, changed_at=AT,
        )  # fmt: skip
        session.add(draft)
        session.flush()
        session.get(Plan, plan.plan_id).draft_id = draft.id
        service.issue_plan(plan.plan_id, by=plan.viewer("lead"), at=AT)
    with reading():
        owed = [(one.due_on.isoformat(), one.kind, one.text) for one in plan.obligations("完善制度", "市财政局")]
        assert owed == [("2026-03-31", "phase", "部署阶段"), ("2026-10-31", "phase", "总结阶段")]
        assert [one.kind for one in plan.obligations("公开办事指南", "望川县")] == ["month_end"]


def test_the_list_is_the_lead_offices(waiting, sign_in_as):
    for name in ("reporter", "leader", "admin"):
        assert sign_in_as(name).get(f"/plans/{waiting.plan_id}/issue/list").status_code == 404


class TestLarge:
    """A plan above `AT_ONCE` assignments goes out as long work."""

    @pytest.fixture(autouse=True)
    def small_limit(self, monkeypatch):
        monkeypatch.setattr(issuing, "AT_ONCE", len(TASKS))

    def send(self, waiting, lead):
        page = lead.get(f"/plans/{waiting.plan_id}/issue")
        assert "约需一会儿" in page.text
        return lead.post(f"/plans/{waiting.plan_id}/issue", data=fields_of(page))

    def test_it_is_issued_by_the_worker(self, waiting, sign_in_as, reading):
        lead = sign_in_as("lead")
        answer = self.send(waiting, lead)
        assert answer.headers["Location"] == "/jobs/1"
        page = lead.get("/jobs/1").text
        assert "下发计划" in page
        assert f"/plans/{waiting.plan_id}" in page
        with reading():
            assert session.get(Plan, waiting.plan_id).state == "issued"
            assert session.scalar(select(func.count()).select_from(Obligation)) == 10
            assert session.get(Job, 1).state == "done"

    def test_twice_does_no_harm(self, waiting, sign_in_as, app, writing, reading):
        """The worker is killed between the commit and the note that it is done."""
        self.send(waiting, sign_in_as("lead"))
        with writing():
            session.get(Job, 1).state = "waiting"
        with app.app_context():
            assert work_off() == 1
        with reading():
            assert session.get(Job, 1).state == "done"
            assert session.scalar(select(func.count()).select_from(Obligation)) == 10

    def test_cancelled_before_it_begins_nothing_goes_out(self, waiting, sign_in_as, app, writing, reading):
        app.config["JOBS_INLINE"] = False
        lead = sign_in_as("lead")
        assert self.send(waiting, lead).headers["Location"] == "/jobs/1"
        assert self.send(waiting, lead).headers["Location"] == "/jobs/1", "a second click is the same job"
        with writing():
            ask_to_cancel(1, by=waiting.viewer("lead"), at=AT)
        with app.app_context():
            assert work_off() == 0
        with reading():
            assert session.get(Plan, waiting.plan_id).state == "adopted"
            assert session.scalar(select(func.count()).select_from(Obligation)) == 0

    def test_cancelled_while_dates_are_reckoned_nothing_goes_out(self, waiting, sign_in_as, app, writing, reading):
        app.config["JOBS_INLINE"] = False
        self.send(waiting, sign_in_as("lead"))
        with writing():
            session.get(Job, 1).cancel_asked = True
        with app.app_context():
            work_off()
        with reading():
            assert session.get(Job, 1).state == "cancelled"
            assert session.get(Plan, waiting.plan_id).state == "adopted"

    def test_who_lost_the_role_meanwhile_issues_nothing(self, waiting, sign_in_as, app, writing, reading):
        app.config["JOBS_INLINE"] = False
        self.send(waiting, sign_in_as("lead"))
        with writing():
            session.get(Job, 1).created_by = waiting.place.people["reporter"]
        with app.app_context():
            work_off()
        with reading():
            assert session.get(Job, 1).state == "failed"
            assert session.get(Plan, waiting.plan_id).state == "adopted"

    def test_a_plan_changed_since_it_was_shown_is_not_put_down(self, waiting, sign_in_as, writing, reading):
        lead = sign_in_as("lead")
        stale = fields_of(lead.get(f"/plans/{waiting.plan_id}/issue"))
        with writing():
            session.get(Plan, waiting.plan_id).name = "改名的计划"
        assert lead.post(f"/plans/{waiting.plan_id}/issue", data=stale).status_code == 409
        with reading():
            assert session.scalar(select(func.count()).select_from(Job)) == 0


def test_a_small_plan_goes_out_at_once(waiting, sign_in_as, reading):
    lead = sign_in_as("lead")
    page = lead.get(f"/plans/{waiting.plan_id}/issue")
    answer = lead.post(f"/plans/{waiting.plan_id}/issue", data=fields_of(page))
    assert answer.headers["Location"] == f"/plans/{waiting.plan_id}"
    with reading():
        assert session.scalar(select(func.count()).select_from(Job)) == 0
