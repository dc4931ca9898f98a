"""From a draft to a plan: what stands in the way, what is written, and only once."""

from __future__ import annotations

from decimal import Decimal

import pytest
from sqlalchemy import func, select

from tests.support.breakdown import ROWS, fields_of, workbook
from tests.support.databases import ON_BOTH, ON_SQLITE
from tests.support.place import AT
from tracker.audit import queries as audit
from tracker.db import session
from tracker.drafts import service
from tracker.drafts.models import Draft
from tracker.drafts.queries import adoption
from tracker.errors import DomainError
from tracker.outbox.models import Job
from tracker.outbox.service import ask_to_cancel
from tracker.outbox.worker import work_off
from tracker.plans.models import Assignment, AssignmentSource, Chapter, Plan, Task, TaskTarget, TaskText

pytestmark = ON_SQLITE


@pytest.fixture
def settled(desk, place):
    """The sample with every unit named: 市水务局 was set aside."""
    desk.take_certain()
    desk.post("/units/choose", query_string={"text": "市水务局"}, data={"act": "nobody", "note": "机构已撤销"})
    return desk


def adopt(desk, **changes: str):
    form = fields_of(desk.client.get(f"{desk.url}/adopt").text, "/adopt")
    return desk.post("/adopt", data={**form, **changes})


def count(reading, model) -> int:
    with reading():
        return session.scalar(select(func.count()).select_from(model)) or 0


@ON_BOTH
def test_everything_is_written_in_one_act(settled, reading, place):
    answer = adopt(settled, name="2026年重点工作", roll="next", near_days="10")
    assert answer.status_code == 302, answer.text
    with reading():
        plan = session.scalars(select(Plan)).one()
        assert (plan.name, plan.year, plan.state) == ("2026年重点工作", 2026, "adopted")
        assert plan.policy == {"lights": "general", "near_days": 10, "proof": "quarterly", "roll": "next"}
        assert plan.document_title == "云岫市2026年重点工作任务分解表"
        assert plan.draft_id == 1
        assert session.scalars(select(Chapter.title).order_by(Chapter.position)).all() == [ROWS[0][0], ROWS[2][0]]
        assert session.scalars(select(Task.position).order_by(Task.position)).all() == [1, 2, 3, 4]
        texts = session.scalars(select(TaskText).order_by(TaskText.task_id)).all()
        assert [text.requirement for text in texts] == [row[1] for row in ROWS]
        assert texts[0].locator == "任务!B3"
        assert texts[0].sources["units"][0]["locator"] == "任务!C3"
        assert texts[0].deadlines[0]["date"] == "2026-06-30"
        target = session.scalars(select(TaskTarget).order_by(TaskTarget.id)).first()
        assert (target.op, target.value, target.unit) == (">=", Decimal(95), "%")
        assert (target.text, target.words) == ("95%以上", "办结率达到95%以上"), (
            "what is counted, in the document's words"
        )
        entries = audit.history("plan", plan.id)
        assert [entry.action for entry in entries] == ["分解表入库"]
        assert dict(entries[0].detail)["任务数"] == 4


@ON_BOTH
def test_each_assignment_leads_back_to_its_words(settled, reading, place):
    adopt(settled)
    with reading():
        rows = session.execute(
            select(Task.position, Assignment.unit_id, Assignment.role, Assignment.state, AssignmentSource)
            .join(Assignment, Assignment.task_id == Task.id)
            .join(AssignmentSource, AssignmentSource.assignment_id == Assignment.id)
            .order_by(Task.position, Assignment.id)
        ).all()
    held = [(row[0], row[1], row[2]) for row in rows]
    finance, transport = place.units["市财政局"], place.units["市交通运输局"]
    upper, lower = place.units["望川县"], place.units["临溪县"]
    assert held[:2] == [(1, finance, "lead"), (1, transport, "responsible")]
    assert {row[1] for row in held if row[0] == 2} == {finance, upper, lower}
    assert {row[1] for row in held if row[0] == 4} == {transport}
    assert {row[3] for row in rows} == {"draft"}
    collective = next(row[4] for row in rows if row[1] == upper and row[0] == 2)
    assert (collective.expression, collective.collective, collective.locator) == ("各县区政府", True, "任务!C4")


@ON_BOTH
def test_the_stronger_role_wins_where_a_unit_comes_twice(open_desk, reading, place):
    desk = open_desk(workbook([("道路", "修路。", "市财政局", "市财政局", "年底前")]), "一.xlsx")
    assert adopt(desk, warnings_ok="y").status_code == 302
    with reading():
        assert session.scalars(select(Assignment.role)).all() == ["lead"]


def test_unknown_units_stand_in_the_way(desk, reading):
    answer = adopt(desk)
    assert answer.status_code == 422
    assert "市水务局" in answer.text
    assert "还没有匹配到单位" in answer.text
    assert count(reading, Plan) == 0


def test_a_task_whose_unit_is_still_to_be_matched_is_not_called_unclaimed(open_desk):
    desk = open_desk(workbook([("水利", "疏浚河道。", "市水务局", "", "年底前")]), "一.xlsx")
    assert "没有责任单位" not in desk.client.get(f"{desk.url}/adopt").text
    desk.post("/units/choose", query_string={"text": "市水务局"}, data={"act": "nobody", "note": "机构已撤销"})
    assert "1 项任务没有责任单位" in desk.client.get(f"{desk.url}/adopt").text


def test_errors_stand_in_the_way_whatever_is_ticked(open_desk, reading):
    desk = open_desk(workbook([("道路", "修路。", "市财政局", "", "2026年2月30日前")]), "一.xlsx")
    answer = adopt(desk, warnings_ok="y", unclaimed_ok="y")
    assert answer.status_code == 422
    assert "处错误没有更正" in answer.text
    assert count(reading, Plan) == 0


def test_warnings_are_acknowledged_one_way_or_the_other(open_desk, reading):
    desk = open_desk(workbook([("道路", "修路。", "市财政局等有关部门", "", "年底前")]), "一.xlsx")
    desk.post("/units/choose", query_string={"text": "等有关部门"}, data={"act": "nobody"})
    answer = adopt(desk, name="带警告")
    assert answer.status_code == 422
    assert "处警告没有核对" in answer.text
    assert 'value="带警告"' in answer.text
    assert adopt(desk, warnings_ok="y").status_code == 302


def test_tasks_without_a_unit_are_adopted_only_as_unclaimed(open_desk, reading):
    desk = open_desk(
        workbook([("道路", "修路。", "市财政局", "", "年底前"), ("水利", "疏浚河道。", "无", "", "年底前")]), "一.xlsx"
    )
    refused = adopt(desk, warnings_ok="y")
    assert refused.status_code == 422
    assert "待认领" in refused.text
    assert adopt(desk, warnings_ok="y", unclaimed_ok="y").status_code == 302
    assert (count(reading, Task), count(reading, Assignment)) == (2, 1)


def test_sent_twice_it_is_adopted_once(settled, reading):
    form = fields_of(settled.client.get(f"{settled.url}/adopt").text, "/adopt")
    first, second = settled.post("/adopt", data=form), settled.post("/adopt", data={**form, "name": "另一个"})
    assert first.headers["Location"] == second.headers["Location"] == "/plans/1"
    assert count(reading, Plan) == 1
    assert settled.client.get(f"{settled.url}/adopt").status_code == 302


@ON_BOTH
def test_a_name_that_is_taken_is_said_at_its_field(settled, open_desk, reading):
    adopt(settled, name="同名")
    other = open_desk(workbook([("道路", "修路。", "市财政局", "", "年底前")]), "一.xlsx")
    answer = adopt(other, name="同名", warnings_ok="y")
    assert answer.status_code == 422
    assert 'id="name-error"' in answer.text
    with reading():
        assert session.scalars(select(Draft.state).order_by(Draft.id)).all() == ["adopted", "review"]


def test_a_document_that_was_adopted_before_is_said(settled, open_desk):
    assert "这份文件已经入库过" not in settled.client.get(f"{settled.url}/adopt").text
    adopt(settled, name="第一次")
    again = open_desk(workbook(ROWS), "再来一次.xlsx")
    page = again.client.get(f"{again.url}/adopt").text
    assert "这份文件已经入库过" in page
    assert '<a href="/plans/1">第一次</a>' in page


def test_an_adopted_draft_is_read_only_and_leads_to_its_plan(settled):
    form = settled.form(0, "name")
    adopt(settled)
    page = settled.client.get(settled.url).text
    assert 'href="/plans/1"' in page
    assert "data-edit" not in page
    assert settled.client.get(f"{settled.url}/tasks/{settled.tasks[0]}/name").status_code == 404
    assert settled.correct(0, "name", form, value="迟了").status_code == 404
    assert settled.post("/undo").status_code == 422
    assert settled.post("/discard").status_code == 422


def test_removed_tasks_stay_out(settled, reading):
    settled.post(f"/tasks/{settled.tasks[3]}/remove")
    assert adopt(settled, warnings_ok="y").status_code == 302
    assert count(reading, Task) == 3


def test_no_lead_is_invented(open_desk, reading):
    rows = [("道路", "修路。", "", "市财政局、市交通运输局", "年底前")]
    desk = open_desk(workbook(rows), "一.xlsx")
    assert "原文没有写明牵头单位" in desk.client.get(f"{desk.url}/adopt").text
    adopt(desk, warnings_ok="y")
    with reading():
        assert set(session.scalars(select(Assignment.role))) == {"responsible"}


def test_the_whole_way_in_one_call(writing, reading, place):
    with writing():
        made = service.import_and_adopt(
            data=workbook(), file_name="分解表.xlsx", plan_name="一次办成", year=None, unit_id=place.units["云岫市"],
            by=place.viewer("lead"), at=AT,
            choices={"市水务局": None, "各县区政府": [place.units["望川县"], place.units["临溪县"]]},
        )  # fmt: skip
    assert (made.tasks, made.assignments) == (4, 9)
    assert count(reading, Plan) == 1


@ON_BOTH
def test_the_whole_way_refuses_what_a_person_would_have_to_decide(writing, place, reading):
    with pytest.raises(DomainError, match="没有匹配"), writing():
        service.import_and_adopt(
            data=workbook(), file_name="分解表.xlsx", plan_name="一次办成", year=2026, unit_id=place.units["云岫市"],
            by=place.viewer("lead"), at=AT, choices={},
        )  # fmt: skip
    assert count(reading, Draft) == 0


def test_statements_do_not_grow_with_the_tasks(open_desk, statements):
    counts = []
    for size in (3, 300):
        rows = [
            (f"领域{number // 10}", f"做好第{number}项工作。", "市财政局", "望川县", "年底前") for number in range(size)
        ]
        desk = open_desk(workbook(rows), f"{size}.xlsx")
        form = fields_of(desk.client.get(f"{desk.url}/adopt").text, "/adopt")
        with statements() as seen:
            assert desk.post("/adopt", data={**form, "name": f"计划{size}", "warnings_ok": "y"}).status_code == 302
        counts.append(len(seen))
    assert counts[0] == counts[1]


class TestALargeDraft:
    """A draft above `AT_ONCE_ROWS` tasks and assignments is adopted as long work."""

    @pytest.fixture(autouse=True)
    def small_limit(self, monkeypatch):
        monkeypatch.setattr(adoption, "AT_ONCE_ROWS", 3)

    @pytest.fixture
    def later(self, app):
        """The worker comes when it is called."""
        app.config["JOBS_INLINE"] = False

        def work() -> int:
            with app.app_context():
                return work_off()

        return work

    def test_it_is_adopted_by_the_worker(self, settled, reading):
        assert "约需一会儿" in settled.client.get(f"{settled.url}/adopt").text
        assert adopt(settled, name="大计划").headers["Location"] == "/jobs/1"
        page = settled.client.get("/jobs/1").text
        assert "已入库：4 项任务" in page
        assert 'href="/plans/1"' in page
        assert count(reading, Task) == 4

    def test_twice_does_no_harm(self, settled, later, writing, reading):
        """The worker is killed between the commit and the note that it is done."""
        adopt(settled)
        assert later() == 1
        with writing():
            session.get_one(Job, 1).state = "waiting"
        assert later() == 1
        with reading():
            assert session.get_one(Job, 1).state == "done"
        assert count(reading, Plan) == 1

    def test_what_is_lacking_is_said_at_once(self, desk, settled, reading):
        assert 'id="name-error"' in adopt(settled, name=" ").text
        desk.post(f"/tasks/{desk.tasks[0]}/units", data={**desk.form(0, "units"), "entries-0-text": "市气象局"})
        assert "没有匹配" in adopt(settled).text
        assert count(reading, Job) == 0

    def test_cancelled_nothing_is_adopted_and_what_was_typed_is_there_again(
        self, settled, later, place, writing, reading
    ):
        assert [adopt(settled, name="大计划", proof="yearly").headers["Location"] for _ in "12"] == ["/jobs/1"] * 2
        assert "正在入库" in settled.client.get(f"{settled.url}/adopt").text
        with writing():
            ask_to_cancel(1, by=place.viewer("lead"), at=AT)
        assert later() == 0
        assert count(reading, Plan) == 0
        assert f'href="{settled.url}/adopt"' in settled.client.get("/jobs/1").text
        page = settled.client.get(f"{settled.url}/adopt").text
        assert "上一次没有入库" in page
        typed = fields_of(page, "/adopt")
        assert (typed["name"], typed["proof"]) == ("大计划", "yearly")
        assert adopt(settled, name="另一个").headers["Location"] == "/jobs/2"

    @ON_BOTH
    def test_what_was_corrected_while_it_waited_is_adopted(self, settled, later, reading):
        adopt(settled)
        settled.correct(0, "name", value="后来的名称")
        later()
        with reading():
            assert "后来的名称" in session.scalars(select(Task.name)).all()
