"""Saying what a table's columns are: read again at once, with every correction kept."""

from __future__ import annotations

import io

import openpyxl
import pytest
from sqlalchemy import select

from tests.integration.drafts.conftest import HTMX
from tests.support.breakdown import fields_of, word, workbook
from tests.support.databases import ON_BOTH, ON_SQLITE
from tracker.audit import queries as audit
from tracker.db import session
from tracker.drafts.models import DraftFinding, DraftTask
from tracker.outbox.models import Job
from tracker.outbox.worker import work_off

pytestmark = ON_SQLITE

ROWS = (
    ("1", "养护国省干线公路，全年巡查不少于4次。", "市交通运输局", "市财政局", "年底前"),
    ("2", "修复危旧桥梁12座。", "市交通运输局", "望川县", "9月底前"),
    ("3", "排查水库安全隐患，建立台账。", "市财政局", "临溪县", "6月底前"),
)


def odd_workbook() -> bytes:
    """An .xlsx whose last but one column says 经办 where supporting units stand."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "任务"
    sheet.append(["序号", "工作要求", "责任单位", "经办", "完成时限"])
    for row in ROWS:
        sheet.append(row)
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


@pytest.fixture
def desk(open_desk):
    return open_desk(odd_workbook(), "分解表.xlsx")


@pytest.fixture
def tasks(reading):
    def read():
        with reading():
            statement = select(DraftTask).where(DraftTask.removed.is_(False)).order_by(DraftTask.position)
            return [task.body for task in session.scalars(statement)]

    return read


def shown(desk):
    page = desk.client.get(f"{desk.url}/layout")
    assert page.status_code == 200
    return fields_of(page.text, "/layout")


def units(body) -> list[tuple[str, str]]:
    return [(unit["text"], unit["role"]) for unit in body["units"]]


def test_the_page_shows_what_the_columns_are_taken_for(desk):
    form = shown(desk)
    assert [form[f"columns-{number}"] for number in range(5)] == [
        "number", "requirement", "responsible", "other", "deadline",
    ]  # fmt: skip
    assert form["row"] == "任务!1"


@ON_BOTH
def test_a_column_said_to_be_another_is_read_again_and_corrections_stay(desk, tasks, reading):
    assert units(tasks()[0]) == [("市交通运输局", "responsible")]
    desk.correct(1, "name", value="修桥")
    desk.post(f"/tasks/{desk.tasks[2]}/remove")
    answer = desk.post("/layout", data={**shown(desk), "columns-2": "lead", "columns-3": "support"})
    assert answer.status_code == 302
    now = tasks()
    assert units(now[0]) == [("市交通运输局", "lead"), ("市财政局", "support")]
    assert (now[1]["name"], units(now[1])[1]) == ("修桥", ("望川县", "support"))
    assert len(now) == 2
    assert now[0]["source"]["units"][1]["locator"] == "任务!D2"
    page = desk.client.get(desk.url).text
    assert "变化 3 项；1 项的更正保留" in page
    assert page.count("已更正</span>") == 1
    with reading():
        assert audit.history("draft", 1)[-1].action == "重新识别"
        assert session.scalars(select(DraftTask.id).order_by(DraftTask.position)).all() == desk.tasks


def test_reading_again_is_undone_like_any_other_step(desk, tasks):
    before = tasks()
    desk.post("/layout", data={**shown(desk), "columns-3": "support"})
    assert tasks() != before
    assert desk.post("/undo", headers=HTMX).status_code == 302
    assert tasks() == before
    assert shown(desk)["columns-3"] == "other"


@ON_BOTH
def test_a_header_row_further_down_takes_tasks_out_and_brings_them_back(desk, tasks):
    answer = desk.post("/layout", data={**shown(desk), "row": "任务!3"})
    assert answer.status_code == 302
    assert [body["requirement"] for body in tasks()] == [ROWS[2][1]]
    assert "已移除" in desk.client.get(desk.url).text
    desk.post("/layout", data={**shown(desk), "row": "任务!1"})
    assert [body["requirement"] for body in tasks()] == [row[1] for row in ROWS]


def test_without_a_requirement_nothing_is_changed(desk, tasks):
    before = tasks()
    answer = desk.post("/layout", data={**shown(desk), "columns-1": "other"})
    assert answer.status_code == 422
    assert "哪一列是工作要求" in answer.text
    assert tasks() == before


def test_what_another_said_meanwhile_is_not_overwritten(desk, tasks):
    mine = shown(desk)
    desk.post("/layout", data={**mine, "columns-3": "support"})
    answer = desk.post("/layout", data={**mine, "columns-3": "lead"})
    assert answer.status_code == 409
    assert "没有覆盖" in answer.text
    assert units(tasks()[0])[1] == ("市财政局", "support")


@ON_BOTH
def test_what_was_accepted_stays_accepted(open_desk, reading):
    rows = [("道路", "养护道路。", "市财政局等有关部门", "", "年底前"), ("", "修桥。", "市交通运输局", "", "年底前")]
    desk = open_desk(workbook(rows), "分解表.xlsx")
    with reading():
        finding = session.scalars(select(DraftFinding).where(DraftFinding.code == "list-open")).one()
    desk.post(f"/findings/{finding.id}/accept")
    desk.post("/layout", data=shown(desk))
    with reading():
        settled = session.scalars(select(DraftFinding.settled).where(DraftFinding.code == "list-open")).all()
    assert settled == ["accepted"]


def test_tables_of_word_files_are_shown_too_and_text_has_none(open_desk):
    assert shown(open_desk(word(), "分解表.docx"))["row"] == "table 1 row 1"
    text = open_desk("关于做好重点工作的通知\n一、养护道路。（牵头单位：市财政局）".encode(), "通知.txt")
    assert "这份文件没有表格" in text.client.get(f"{text.url}/layout").text


def test_a_table_that_is_not_there_any_more_is_said(desk):
    answer = desk.post("/layout", data={**shown(desk), "table": "别处"})
    assert answer.status_code == 409
    assert "这张表已改变" in answer.text


@pytest.fixture
def large(monkeypatch):
    """Every document is a large one."""
    monkeypatch.setattr("tracker.drafts.service.rereading.AT_ONCE_PIECES", 2)


def test_a_large_document_is_read_again_by_a_job_and_undone_by_one(large, desk, tasks, app):
    before = tasks()
    app.config["JOBS_INLINE"] = False
    desk.correct(1, "name", value="修桥")
    answer = desk.post("/layout", data={**shown(desk), "columns-3": "support"})
    assert answer.headers["Location"] == "/jobs/1"
    assert units(tasks()[0]) == units(before[0]), "nothing is read within the request"
    desk.correct(2, "name", value="查水库")  # meanwhile
    with app.app_context():
        assert work_off() == 1
    assert [units(body)[1][1] for body in tasks()] == ["support"] * 3
    assert [body["name"] for body in tasks()][1:] == ["修桥", "查水库"]
    assert "变化 3 项；2 项的更正保留" in desk.client.get("/jobs/1").text
    assert desk.post("/undo").headers["Location"] == "/jobs/2"
    with app.app_context():
        assert work_off() == 1
    assert units(tasks()[0]) == units(before[0])
    assert tasks()[1]["name"] == "修桥"
    desk.post("/undo")
    assert tasks()[2]["name"] == before[2]["name"], "the job's edit counts as undone"


def test_a_job_says_that_another_changed_the_columns_before_it(large, desk, tasks, app):
    app.config["JOBS_INLINE"] = False
    form = shown(desk)
    desk.post("/layout", data={**form, "columns-3": "support"})
    desk.post("/layout", data={**form, "columns-3": "lead"})
    with app.app_context():
        work_off()
    assert units(tasks()[0])[1][1] == "support"
    assert "他人刚刚改过表头，没有重新识别" in desk.client.get("/jobs/2").text


@ON_BOTH
def test_a_job_that_comes_twice_reads_once(large, desk, tasks, app, writing):
    app.config["JOBS_INLINE"] = False
    desk.post("/layout", data={**shown(desk), "columns-3": "support"})
    with app.app_context():
        work_off()
    with writing():
        session.get_one(Job, 1).state = "waiting"
    with app.app_context():
        assert work_off() == 1
    assert "已重新识别" in desk.client.get("/jobs/1").text
    desk.post("/undo")
    with app.app_context():
        work_off()
    assert units(tasks()[0]) == [("市交通运输局", "responsible")]
