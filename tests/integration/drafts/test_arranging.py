"""Merging, parting and moving tasks, correcting many at once, and several people at one draft."""

from __future__ import annotations

from datetime import timedelta
from urllib.parse import quote

import pytest
from sqlalchemy import select

from tests.integration.drafts.conftest import HTMX
from tests.support.breakdown import fields_of
from tests.support.databases import ON_BOTH, ON_SQLITE
from tracker import clock
from tracker.audit import queries as audit
from tracker.db import session
from tracker.drafts import service
from tracker.drafts.models import DraftEdit, DraftPresence, DraftTask
from tracker.outbox.models import Job
from tracker.outbox.worker import work_off

pytestmark = ON_SQLITE


@pytest.fixture
def tasks(reading):
    """`tasks()` are the tasks of the draft as they stand, in order: (id, body)."""

    def read():
        with reading():
            statement = select(DraftTask).where(DraftTask.removed.is_(False)).order_by(DraftTask.position)
            return [(task.id, task.body) for task in session.scalars(statement)]

    return read


def test_a_task_is_merged_into_the_one_above_and_undone_at_once(desk, tasks, reading):
    before = tasks()
    answer = desk.post(f"/tasks/{desk.tasks[1]}/merge")
    assert answer.headers["Location"].endswith(f"#task-{desk.tasks[0]}")
    merged = tasks()
    assert [number for number, _body in merged] == [desk.tasks[0], *desk.tasks[2:]]
    body = merged[0][1]
    assert body["requirement"] == f"{before[0][1]['requirement']}\n{before[1][1]['requirement']}"
    assert [unit["text"] for unit in body["units"]] == ["市财政局", "市交通运输局", "各县区政府"]
    assert {piece["locator"] for piece in body["source"]["requirement"]} == {"任务!B3", "任务!B4"}
    with reading():
        assert audit.history("draft", 1)[-1].action == "导入草稿合并任务"
    desk.post("/undo")
    assert tasks() == before


@ON_BOTH
def test_the_first_task_has_nothing_to_be_merged_into(desk):
    answer = desk.post(f"/tasks/{desk.tasks[0]}/merge", follow_redirects=True)
    assert "上面没有可以合并的任务。" in answer.text


def arranging(desk, task: int, action: str):
    page = desk.client.get(f"{desk.url}/tasks/{desk.tasks[task]}/arrange")
    assert page.status_code == 200
    return fields_of(page.text, action)


def test_a_task_is_parted_where_a_line_is_blank(desk, tasks):
    before = tasks()
    form = arranging(desk, 0, "/split")
    assert form["value"] == before[0][1]["requirement"]
    typed = "推行一次办理，办结率达到95%以上。\r\n\r\n每季度末开展满意度回访。\r\n \r\n"
    answer = desk.post(f"/tasks/{desk.tasks[0]}/split", data={**form, "value": typed})
    assert answer.status_code == 302
    (_, first), (new, second), (third, _body) = tasks()[:3]
    assert third == desk.tasks[1]
    assert first["requirement"] == "推行一次办理，办结率达到95%以上。"
    assert (second["name"], second["path"]) == ("每季度末开展满意度回访", first["path"])
    assert second["units"] == first["units"]
    assert (len(first["targets"]), second["targets"]) == (1, [])
    assert "quarterly" in [one["recurrence"] for one in second["deadlines"]]
    assert "6月底前" in [one["text"] for one in second["deadlines"]]
    desk.post("/undo")
    assert tasks() == before
    assert new not in [number for number, _body in tasks()]


@pytest.mark.parametrize("typed", ["只有一段。", " \n\n ", ""])
def test_parting_needs_two_parts_and_keeps_what_was_typed(desk, tasks, typed):
    before = tasks()
    answer = desk.post(f"/tasks/{desk.tasks[0]}/split", data={**arranging(desk, 0, "/split"), "value": typed})
    assert answer.status_code == 422
    assert typed.strip() in answer.text
    assert tasks() == before


def test_a_text_that_was_changed_meanwhile_is_not_parted(desk):
    form = arranging(desk, 0, "/split")
    desk.correct(0, "requirement", value="他人改过。")
    answer = desk.post(f"/tasks/{desk.tasks[0]}/split", data={**form, "value": "甲。\n\n乙。"})
    assert answer.status_code == 409
    assert "没有拆分" in answer.text


@ON_BOTH
@pytest.mark.parametrize(("position", "order"), [("3", [1, 2, 0, 3]), ("1", [0, 1, 2, 3]), ("99", [1, 2, 3, 0])])
def test_a_task_is_moved_to_its_place_and_back(desk, tasks, position, order):
    assert desk.post(f"/tasks/{desk.tasks[0]}/move", data={"position": position}).status_code == 302
    assert [number for number, _body in tasks()] == [desk.tasks[one] for one in order]
    if order != [0, 1, 2, 3]:
        desk.post("/undo")
    assert [number for number, _body in tasks()] == desk.tasks


def test_a_place_that_is_no_number_is_refused(desk):
    assert desk.post(f"/tasks/{desk.tasks[0]}/move", data={"position": "末尾"}).status_code == 422


def bulk(desk, *tasks: int, unit: str = "", **data: str):
    asked = {"unit": unit} if unit else {}
    page = desk.client.get(f"{desk.url}/bulk", query_string=asked)
    form = fields_of(page.text, f"/bulk?unit={quote(unit)}" if unit else "/bulk")
    chosen = [str(desk.tasks[task]) for task in tasks]
    return desk.post("/bulk", query_string=asked, data={**form, "task": chosen, **data})


def test_the_role_of_a_unit_is_set_in_all_its_tasks_and_undone_at_once(desk, tasks):
    assert "请先在上面按这个单位筛选" in desk.client.get(f"{desk.url}/bulk").text
    page = desk.client.get(f"{desk.url}/bulk", query_string={"unit": "市财政局"}).text
    assert "请先在上面按这个单位筛选" not in page
    assert page.count('name="task"') == 2
    before = tasks()
    assert bulk(desk, 0, 1, unit="市财政局", act="role", role="support").status_code == 302
    roles = [[unit["role"] for unit in body["units"] if unit["text"] == "市财政局"] for _, body in tasks()]
    assert roles == [["support"], ["support"], [], []]
    desk.post("/undo")
    assert tasks() == before


@pytest.fixture
def many(monkeypatch, app):
    """Every correction of two tasks is long work, which a worker does when it comes to it."""
    monkeypatch.setattr("tracker.drafts.service.bulk.AT_ONCE", 1)
    monkeypatch.setattr("tracker.drafts.service.undoing.AT_ONCE", 1)
    app.config["JOBS_INLINE"] = False

    def work() -> int:
        with app.app_context():
            return work_off()

    return work


def test_very_many_tasks_are_corrected_by_a_job_and_put_back_by_one(many, desk, tasks, writing):
    before = tasks()
    answer = bulk(desk, 0, 1, unit="市财政局", act="role", role="support")
    assert answer.headers["Location"] == "/jobs/1"
    assert tasks() == before, "nothing is corrected within the request"
    assert many() == 1
    assert "已更正 2 项任务，可以一次撤销" in desk.client.get("/jobs/1").text
    corrected = tasks()
    assert corrected != before
    with writing():
        session.get_one(Job, 1).state = "waiting"
    assert many() == 1
    assert tasks() == corrected, "done twice it does nothing"
    assert desk.post("/undo").headers["Location"] == "/jobs/2"
    assert tasks() == corrected
    assert many() == 1
    assert tasks() == before


def test_what_another_corrected_before_the_job_came_is_not_overwritten(many, desk, tasks, writing, place):
    other = tasks()[1]
    bulk(desk, 0, 1, unit="市财政局", act="drop")
    desk.correct(0, "units", **{"entries-0-text": "市审计局"})
    with writing():
        session.scalars(select(DraftEdit)).one().by_id = place.people["leader"]
    assert many() == 1
    assert "田领导刚刚改过第 1 项，没有覆盖" in desk.client.get("/jobs/1").text
    assert tasks()[1] == other


@pytest.mark.parametrize(
    ("data", "units"),
    [
        ({"act": "rename", "text": "市财政和金融局"}, ["市财政和金融局", "市交通运输局"]),
        ({"act": "rename", "text": "市交通运输局", "role": "lead"}, ["市交通运输局", "市交通运输局"]),
        ({"act": "drop"}, ["市交通运输局"]),
        ({"act": "rename", "text": "市财政局、市金融局"}, ["市财政局", "市金融局", "市交通运输局"]),
        ({"act": "add", "text": "市审计局", "role": "supervise"}, ["市财政局", "市交通运输局", "市审计局"]),
        ({"act": "add", "text": "市审计局、统计局"}, ["市财政局", "市交通运输局", "市审计局", "市统计局"]),
    ],
)
def test_units_are_corrected_in_many_tasks(desk, tasks, data, units):
    assert bulk(desk, 0, unit="市财政局", **data).status_code == 302
    assert [unit["text"] for unit in tasks()[0][1]["units"]] == units


def test_a_collective_that_is_put_into_many_tasks_waits_for_its_members(desk, tasks):
    """Its words are read as those of a document: as the name of one unit nobody could say whom 各镇 stands for."""
    assert bulk(desk, 0, act="add", text="各镇人民政府、街道办事处").status_code == 302
    added = tasks()[0][1]["units"][-1]
    assert (added["text"], added["collective"]) == ("各镇人民政府、街道办事处", True)
    assert bulk(desk, 0, unit="市财政局", act="rename", text="各县区政府").status_code == 302
    assert tasks()[0][1]["units"][0]["collective"] is True
    assert 'id="members"' in desk.client.get(f"{desk.url}/units/one", query_string={"text": "各县区政府"}).text


@ON_BOTH
def test_deadlines_are_set_in_many_tasks(desk, tasks):
    assert bulk(desk, 0, 3, act="deadline", deadline="9月底前").status_code == 302
    assert [[one["text"] for one in body["deadlines"]] for _, body in tasks()] == [
        ["9月底前"], ["每月", "每月5日前"], ["年底前"], ["9月底前"],
    ]  # fmt: skip
    assert bulk(desk, 0, act="no_deadline").status_code == 302
    assert tasks()[0][1]["deadlines"] == []


@pytest.mark.parametrize(
    ("chosen", "data", "said"),
    [
        ((0,), {"act": "add"}, "请填写单位"),
        ((0,), {"act": "deadline", "deadline": "尽快"}, "看不出时限"),
        ((), {"act": "deadline", "deadline": "年底前"}, "请至少勾选一项"),
        ((0,), {}, "请选择要更正什么"),
        ((0,), {"act": "drop"}, "Not a valid choice"),
    ],
)
def test_what_is_missing_is_said_and_the_ticks_are_kept(desk, tasks, chosen, data, said):
    before = tasks()
    answer = bulk(desk, *chosen, **data)
    assert answer.status_code == 422
    assert said in answer.text or said == "Not a valid choice"
    assert answer.text.count("checked") >= len(chosen)
    assert tasks() == before


def test_many_tasks_come_in_pages_and_can_be_reached_all_at_once(desk, tasks, monkeypatch):
    monkeypatch.setattr("tracker.drafts.queries.together.BULK_PAGE", 3)
    page = desk.client.get(f"{desk.url}/bulk").text
    assert page.count('name="task"') == 3
    assert "筛出 4 项，这一页有 3 项" in page
    onward = page.split('rel="next" href="')[1].split('"')[0].replace("&amp;", "&")
    last = desk.client.get(f"{desk.url}/bulk{onward}").text
    assert last.count('name="task"') == 1
    assert 'rel="prev"' in last
    form = fields_of(page, "/bulk")
    assert form["reach"] == "ticked"
    assert desk.post("/bulk", data={**form, "reach": "all", "act": "no_deadline"}).status_code == 302
    assert [body["deadlines"] for _, body in tasks()] == [[]] * 4
    desk.post("/undo")
    assert all(body["deadlines"] for _, body in tasks())


def test_all_that_was_found_is_not_corrected_where_it_has_changed(desk, tasks):
    form = fields_of(desk.client.get(f"{desk.url}/bulk").text, "/bulk")
    desk.post(f"/tasks/{desk.tasks[3]}/remove")
    answer = desk.post("/bulk", data={**form, "reach": "all", "act": "no_deadline"})
    assert answer.status_code == 409
    assert "筛出的任务已有变化" in answer.text
    assert all(body["deadlines"] for _, body in tasks())


def test_what_another_corrected_meanwhile_is_not_overwritten(desk, tasks, writing, place):
    form = fields_of(desk.client.get(f"{desk.url}/bulk").text, "/bulk")
    desk.correct(0, "deadlines", **{"entries-0-text": "10月底前"})
    with writing():
        session.scalars(select(DraftEdit)).one().by_id = place.people["leader"]
    data = {**form, "task": [str(desk.tasks[0])], "act": "deadline", "deadline": "9月底前"}
    answer = desk.post("/bulk", data=data)
    assert answer.status_code == 409
    assert "田领导刚刚改过第 1 项，没有覆盖" in answer.text
    assert tasks()[0][1]["deadlines"][0]["text"] == "10月底前"


@ON_BOTH
def test_who_else_has_the_draft_open_is_told_and_what_they_changed(desk, writing, place):
    assert desk.post("/presence", headers=HTMX).text.strip() == ""
    desk.correct(0, "name", value="甲")
    now = clock.now()
    with writing():
        session.scalars(select(DraftEdit)).one().by_id = place.people["leader"]
        session.add(DraftPresence(draft_id=1, person_id=place.people["leader"], task_id=desk.tasks[1], seen_at=now))
    told = desk.post("/presence", data={"since": "0"}, headers=HTMX).text
    assert "田领导正在更正第 2 项" in told
    assert "田领导刚刚更正了 1 处" in told
    assert "刚刚更正" not in desk.post("/presence", data={"since": "1"}, headers=HTMX).text
    beyond = {"since": "9" * 30, "editing": "9" * 30}
    assert desk.post("/presence", data=beyond, headers=HTMX).status_code == 200
    with writing():
        held = session.scalars(select(DraftPresence).where(DraftPresence.person_id == place.people["leader"])).one()
        held.seen_at = now - timedelta(minutes=3)
    assert "田领导正在" not in desk.post("/presence", data={"since": "1"}, headers=HTMX).text


@ON_BOTH
def test_a_page_tells_again_and_again_and_is_kept_once(desk, reading):
    for task in ("", str(desk.tasks[0]), ""):
        assert desk.post("/presence", data={"editing": task}).status_code == 200
    with reading():
        assert session.scalars(select(DraftPresence.task_id)).all() == [None]


def test_a_draft_of_others_is_not_there(writing, place):
    with writing(), pytest.raises(service.presence.NotFound):
        service.be_here(99, None, by=place.viewer("lead"), at=clock.now())
