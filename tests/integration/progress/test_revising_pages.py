"""Another edition through its pages: received, compared, paired by hand, adopted, read of by the units."""

from __future__ import annotations

import re
from datetime import date

import pytest
from sqlalchemy import func, select

from tests.support.breakdown import fields_of, upload, workbook
from tests.support.databases import ON_SQLITE
from tests.support.issued import at, reported
from tests.support.place import AT
from tests.support.revised import CATALOGUE, CHECKS, GUIDE, LIMITS, SECOND, WINDOW, Revising, received, reported_on
from tracker.db import session
from tracker.drafts.models import Draft, DraftTask, UnitChoice
from tracker.outbox.models import Job
from tracker.outbox.service import ask_to_cancel
from tracker.outbox.worker import work_off
from tracker.plans.models import Assignment, Plan, PlanEdition
from tracker.progress.queries import adopting


@pytest.fixture
def plan(place, standing, clock_stands):
    found = standing.begin(reported_on, place)
    clock_stands.move_to(at(date(2026, 7, 10)))
    return found


@pytest.fixture
def lead(sign_in_as):
    return sign_in_as("lead")


def test_from_the_plan_to_the_comparison(plan, lead, reading):
    page = lead.get(f"/plans/{plan.plan_id}")
    assert f'href="/plans/{plan.plan_id}/revision"' in page.text
    assert lead.get(f"/plans/{plan.plan_id}/revision").status_code == 200
    answer = lead.post(f"/plans/{plan.plan_id}/revision", data=upload(workbook(SECOND), "修订稿.xlsx", year="2026"))
    assert answer.status_code == 302
    review = lead.get(answer.headers["Location"])
    draft_id = int(answer.headers["Location"].rsplit("/", 1)[1])
    assert f'href="/drafts/{draft_id}/comparison"' in review.text
    assert lead.get(f"/drafts/{draft_id}/adopt").headers["Location"] == f"/drafts/{draft_id}/comparison"
    page = lead.get(f"/drafts/{draft_id}/comparison").text
    assert "<del>5</del>%以上" in page or "<del>95%</del>" in page
    assert "<ins>98%</ins>" in page
    assert re.search(r"<ins>临溪县</ins>", page)
    assert "推行容缺受理" in page  # its date has moved
    dropped = lead.get(f"/drafts/{draft_id}/comparison?kind=dropped").text
    assert "开展道路安全隐患排查整治" in dropped
    assert WINDOW not in dropped
    assert lead.get(f"/plans/{plan.plan_id}/editions").text.count(f'href="/drafts/{draft_id}"') == 1
    with reading():
        assert session.get_one(Draft, draft_id).state == "review"


@ON_SQLITE
def test_what_was_said_of_the_units_of_the_edition_in_force_holds_on(plan, lead, writing):
    rows = (("一、优化流程", "公开办事指南。", "市财政局、市大数据专班", "", "12月底前"),)
    with writing():
        first = session.get_one(Plan, plan.plan_id).draft_id
        session.add(
            UnitChoice(draft_id=first, expression="市大数据专班", unit_ids=[], how="nobody", note="专班已撤", at=AT)
        )
    answer = lead.post(f"/plans/{plan.plan_id}/revision", data=upload(workbook(rows), "修订稿.xlsx", year="2026"))
    page = lead.get(answer.headers["Location"] + "/units").text
    assert "专班已撤" in page
    assert "全部匹配" in page
    assert "现行版本里人工确认过的称谓" in page


def test_a_file_that_cannot_be_read_is_refused_on_the_same_page(plan, lead):
    answer = lead.post(f"/plans/{plan.plan_id}/revision", data=upload(b"\x89PNG\r\n\x1a\n" + bytes(64), "坏.xlsx"))
    assert answer.status_code == 422


@pytest.fixture
def revised(plan, writing) -> Revising:
    with writing():
        return received(plan, moment=at(date(2026, 7, 9)))


def test_pairing_by_hand(revised, lead, reading):
    with reading():
        window, checks = revised.draft_task(WINDOW), revised.task(CHECKS)
    url = f"/drafts/{revised.draft_id}/comparison/{window}"
    form = fields_of(lead.get(url).text, f"/{window}")
    assert form["task"] == "auto"
    assert lead.post(url, data=form | {"task": str(checks)}).status_code == 302
    assert fields_of(lead.get(url).text, f"/{window}")["task"] == str(checks)
    assert "人工配对" in lead.get(f"/drafts/{revised.draft_id}/comparison").text
    assert lead.post(url, data=form | {"task": "none"}).status_code == 302
    assert lead.post(url, data=form | {"task": "auto", "position": "99"}).status_code == 422
    assert lead.post(url, data=form | {"task": "auto", "position": "5"}).status_code == 302
    assert fields_of(lead.get(url).text, f"/{window}")["task"] == str(checks)


def adopt(lead, revised, **values: str):
    url = f"/drafts/{revised.draft_id}/comparison/adopt"
    form = fields_of(lead.get(url).text, "/adopt") | {"reason": "市政府印发修订稿。", "warnings_ok": "y"} | values
    return lead.post(url, data=form)


def test_a_task_that_got_another_name_alone_shows_both_names(revised, lead, writing):
    with writing():
        task = session.get_one(DraftTask, revised.draft_task(GUIDE))
        before, task.body = task.body["name"], {**task.body, "name": "一次告知办理条件"}
    page = lead.get(f"/drafts/{revised.draft_id}/comparison?kind=reworded").text
    assert f"<del>{before}</del>" in page
    assert "<ins>一次告知办理条件</ins>" in page


def test_adopting_and_what_is_seen_of_it(revised, lead, sign_in_as, reading):
    assert adopt(lead, revised, reason="").status_code == 422
    answer = adopt(lead, revised)
    assert answer.headers["Location"] == f"/plans/{revised.plan_id}/editions"
    page = lead.get(answer.headers["Location"]).text
    assert "市政府印发修订稿。" in page
    assert "第 2 版" in page
    with reading():
        limits, checks = revised.task(LIMITS), revised.task(CHECKS)
        first = session.scalars(select(PlanEdition.draft_id).where(PlanEdition.number == 1)).one()
        owed = revised.obligations(next(name for name in revised.tasks if name.startswith(LIMITS)), "市财政局")[0].id
    task = lead.get(f"/tasks/{limits}").text
    assert f"/drafts/{revised.draft_id}?at=" in task
    assert f"/drafts/{first}?at=" in task
    assert "办结率达到95%以上" in task
    assert "已被第 2 版取消" in lead.get(f"/tasks/{checks}").text
    report = lead.get(f"/obligations/{owed}").text
    assert "报送时的任务表述（第 1 版）" in report
    assert f"/tasks/{checks}" not in lead.get(f"/plans/{revised.plan_id}").text
    assert f"/tasks/{checks}" in lead.get(f"/plans/{revised.plan_id}?unit=ended").text
    assert "5 项任务" in lead.get(f"/dashboard?plan={revised.plan_id}").text
    assert lead.get(f"/drafts/{revised.draft_id}/comparison").headers["Location"].endswith("/editions")


def test_who_checks_a_report_reads_the_wording_it_answered(plan, lead, writing):
    with writing():
        second = plan.obligations(next(name for name in plan.tasks if name.startswith(LIMITS)), "市财政局")[1]
        waiting = reported(plan, second.id, day=date(2026, 6, 18))
        received(plan, moment=at(date(2026, 7, 9)))
    assert adopt(lead, plan).status_code == 302
    page = lead.get(f"/checks/{waiting}").text
    assert "报送时的任务表述（第 1 版）" in page
    assert "办结率达到95%以上" in page
    assert "当场办结率达到98%以上" in page


def test_a_unit_sees_what_changed_until_it_has_read_it(revised, lead, sign_in_as):
    adopt(lead, revised)
    reporter = sign_in_as("reporter")
    desk = reporter.get("/").text
    assert "任务有变动" in desk
    assert "期限 2026-10-31 改为 2026-11-30" in desk
    assignment = re.search(r'href="(/assignments/\d+)">推行容缺', desk)
    assert assignment is not None
    assert "期限 2026-10-31 改为 2026-11-30" in reporter.get(assignment.group(1)).text
    form = {"change": re.findall(r'name="change" value="(\d+)"', desk)}
    assert reporter.post("/changes/seen", data=form).status_code == 302
    assert "任务有变动" not in reporter.get("/").text
    county = sign_in_as("county_reporter")
    assert "任务有变动" not in county.get("/").text


def test_a_dropped_task_is_still_read_by_its_unit(revised, lead, sign_in_as, reading):
    adopt(lead, revised)
    with reading():
        over = session.scalars(select(Assignment.id).where(Assignment.task_id == revised.task(CHECKS))).one()
    page = sign_in_as("other_reporter").get(f"/assignments/{over}")
    assert page.status_code == 200
    assert "任务取消" in page.text
    assert "/tasks/" not in page.text


class TestALargeEdition:
    """An edition above `AT_ONCE_TASKS` is adopted as long work."""

    @pytest.fixture(autouse=True)
    def small_limit(self, monkeypatch):
        monkeypatch.setattr(adopting, "AT_ONCE_TASKS", len(SECOND) - 1)

    def test_it_is_adopted_by_the_worker(self, revised, lead, reading):
        assert "约需一会儿" in lead.get(f"/drafts/{revised.draft_id}/comparison/adopt").text
        assert adopt(lead, revised).headers["Location"] == "/jobs/1"
        page = lead.get("/jobs/1").text
        assert "已采用第 2 版" in page
        assert f"/plans/{revised.plan_id}/editions" in page
        with reading():
            assert session.get_one(Draft, revised.draft_id).state == "adopted"

    def test_twice_does_no_harm(self, revised, lead, app, writing, reading):
        """The worker is killed between the commit and the note that it is done."""
        adopt(lead, revised)
        with writing():
            session.get_one(Job, 1).state = "waiting"
        with app.app_context():
            assert work_off() == 1
        with reading():
            assert session.get_one(Job, 1).state == "done"
            assert session.scalar(select(func.count()).select_from(PlanEdition)) == 2

    def test_what_is_lacking_is_said_at_once(self, revised, lead, reading):
        assert adopt(lead, revised, reason="").status_code == 422
        with reading():
            assert session.scalar(select(func.count()).select_from(Job)) == 0

    def test_a_second_click_is_the_same_job_and_somebody_elses_is_refused(self, revised, lead, app, sign_in_as):
        app.config["JOBS_INLINE"] = False
        assert adopt(lead, revised).headers["Location"] == "/jobs/1"
        assert adopt(lead, revised).headers["Location"] == "/jobs/1"
        assert "正在采用这份修订稿" in lead.get(f"/drafts/{revised.draft_id}/comparison/adopt").text
        answer = adopt(sign_in_as("second_lead"), revised)
        assert answer.status_code == 409
        assert "林牵头刚刚开始" in answer.text

    def test_cancelled_nothing_is_adopted_and_what_was_typed_is_there_again(self, revised, lead, app, writing, reading):
        app.config["JOBS_INLINE"] = False
        adopt(lead, revised, issue="wait", due="waive", reason="市政府第9次常务会议审议通过。")
        with writing():
            ask_to_cancel(1, by=revised.viewer("lead"), at=AT)
        with app.app_context():
            assert work_off() == 0
        with reading():
            assert session.get_one(Draft, revised.draft_id).state == "review"
        back = f"/drafts/{revised.draft_id}/comparison/adopt"
        assert f'href="{back}"' in lead.get("/jobs/1").text
        page = lead.get(back).text
        assert "上一次没有采用成功" in page
        typed = fields_of(page, "/adopt")
        assert (typed["reason"], typed["issue"], typed["due"]) == ("市政府第9次常务会议审议通过。", "wait", "waive")
        assert adopt(lead, revised).headers["Location"] == "/jobs/2"

    def test_what_changed_while_it_waited_is_said_and_nothing_adopted(self, revised, lead, app, writing, reading):
        app.config["JOBS_INLINE"] = False
        adopt(lead, revised)
        pair_with_none(lead, revised)
        with app.app_context():
            work_off()
        with reading():
            assert session.get_one(Draft, revised.draft_id).state == "review"
        page = lead.get(f"/drafts/{revised.draft_id}/comparison/adopt").text
        assert "上一次没有采用成功" in page
        assert "情况有变化" in page
        assert fields_of(page, "/adopt")["reason"] == "市政府印发修订稿。"


def pair_with_none(lead, revised):
    """Says of a task that goes on that it is a new one."""
    with lead.application.app_context():
        task = revised.draft_task(CATALOGUE)
    url = f"/drafts/{revised.draft_id}/comparison/{task}"
    lead.post(url, data=fields_of(lead.get(url).text, f"/{task}") | {"task": "none"})


def test_what_changed_meanwhile_is_shown_before_it_is_adopted(revised, lead):
    url = f"/drafts/{revised.draft_id}/comparison/adopt"
    form = fields_of(lead.get(url).text, "/adopt") | {"reason": "市政府印发修订稿。", "warnings_ok": "y"}
    pair_with_none(lead, revised)
    answer = lead.post(url, data=form)
    assert answer.status_code == 409
    assert "没有采用" in answer.text
    again = fields_of(answer.text, "/adopt")
    assert lead.post(url, data=again | {"reason": "市政府印发修订稿。", "warnings_ok": "y"}).status_code == 302


def test_new_tasks_wait_on_the_page_of_the_plan(revised, lead):
    adopt(lead, revised, issue="wait")
    page = lead.get(f"/plans/{revised.plan_id}").text
    assert "还没有下发" in page
    assert lead.post(f"/plans/{revised.plan_id}/issue-waiting").status_code == 302
    assert "还没有下发" not in lead.get(f"/plans/{revised.plan_id}").text


@pytest.mark.parametrize(
    "path", ["/plans/{plan}/revision", "/drafts/{draft}/comparison", "/drafts/{draft}/comparison/adopt"]
)
def test_for_the_lead_office_alone(revised, sign_in_as, path):
    url = path.format(plan=revised.plan_id, draft=revised.draft_id)
    assert sign_in_as("reporter").get(url).status_code in (403, 404)


def test_a_draft_of_its_own_has_no_comparison(plan, lead):
    answer = lead.post("/drafts", data=upload(workbook(), "分解表.xlsx"))
    assert lead.get(f"{answer.headers['Location']}/comparison").status_code == 404
