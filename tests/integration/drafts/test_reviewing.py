"""Correcting what was read: every field, undoing, two people at once, findings that follow."""

from __future__ import annotations

import io
import re
from itertools import pairwise

import docx
import pytest
from sqlalchemy import select

from tests.integration.drafts.conftest import HTMX
from tests.support.breakdown import ROWS, TITLE, fields_of, two_levels, workbook
from tests.support.databases import ON_BOTH, ON_SQLITE
from tracker.audit import queries as audit
from tracker.db import session
from tracker.drafts.models import DraftEdit, DraftFinding, DraftTask

pytestmark = ON_SQLITE


@pytest.fixture
def body(reading):
    """`body(task id)` is a task of a draft as it stands."""

    def read(task_id: int):
        with reading():
            return session.scalars(select(DraftTask.body).where(DraftTask.id == task_id)).one()

    return read


@pytest.mark.parametrize(
    ("field", "typed", "now"),
    [
        ("path", {"value": "第一章\r\n 第二节 \r\n"}, ["第一章", "第二节"]),
        ("number", {"value": " 一(二) "}, "一(二)"),
        ("name", {"value": "办企业一次办成"}, "办企业一次办成"),
        ("requirement", {"value": "办结率达到98%以上。\r\n另起一行。"}, "办结率达到98%以上。\n另起一行。"),
    ],
)
def test_a_text_is_corrected_marked_and_recorded(desk, body, reading, field, typed, now):
    answer = desk.correct(0, field, **typed)
    assert answer.status_code == 200
    assert "已更正" in answer.text
    assert 'id="draft-status"' in answer.text
    assert body(desk.tasks[0])[field] == now
    with reading():
        entry = audit.history("draft", 1)[-1]
    assert entry.action == "更正导入草稿"
    assert len(entry.changes) == 1


def test_units_are_corrected_in_their_rows(desk, body):
    form = desk.form(0, "units")
    assert (form["entries-0-text"], form["entries-0-role"]) == ("市财政局", "lead")
    answer = desk.correct(
        0, "units", form, **{"entries-0-role": "support", "entries-1-text": "", "entries-2-text": "各县区政府",
                             "entries-2-collective": "y"}
    )  # fmt: skip
    assert answer.status_code == 200
    assert [(unit["text"], unit["role"], unit["collective"]) for unit in body(desk.tasks[0])["units"]] == [
        ("市财政局", "support", False),
        ("各县区政府", "responsible", True),
    ]


def test_the_text_of_a_deadline_is_read_anew(desk, body):
    assert desk.correct(0, "deadlines", **{"entries-0-text": "9月底前"}).status_code == 200
    (deadline,) = body(desk.tasks[0])["deadlines"]
    assert (deadline["kind"], deadline["date"]) == ("month_end", "2026-09-30")


def test_a_deadline_is_chosen_where_words_do_not_say(desk, body):
    vague = desk.correct(0, "deadlines", **{"entries-0-text": "尽快"})
    assert vague.status_code == 422
    assert "请选择类别" in vague.text
    assert 'value="尽快"' in vague.text
    chosen = {
        "entries-0-text": "尽快",
        "entries-0-kind": "recurring",
        "entries-0-period": "quarterly",
        "entries-0-day": "20",
    }
    assert desk.correct(0, "deadlines", **chosen).status_code == 200
    assert body(desk.tasks[0])["deadlines"][0]["recurrence"] == "quarterly:20"


def test_a_date_is_asked_for_where_a_day_is_chosen(desk):
    answer = desk.correct(0, "deadlines", **{"entries-0-text": "适时", "entries-0-kind": "date"})
    assert answer.status_code == 422
    assert "请填写日期" in answer.text


def test_targets_are_read_anew_or_chosen(desk, body):
    assert desk.correct(0, "targets", **{"entries-0-text": "不少于3次"}).status_code == 200
    (target,) = body(desk.tasks[0])["targets"]
    assert (target["op"], target["value"], target["unit"]) == (">=", 3, "次")
    chosen = {"entries-0-text": "翻一番", "entries-0-op": ">=", "entries-0-value": "200", "entries-0-unit": "%"}
    assert desk.correct(0, "targets", **chosen).status_code == 200
    assert body(desk.tasks[0])["targets"][0]["value"] == 200
    wrong = desk.correct(0, "targets", **{"entries-0-text": "翻一番", "entries-0-op": "=", "entries-0-value": "两倍"})
    assert wrong.status_code == 422
    assert "请填写数字" in wrong.text


def test_a_blank_name_is_refused(desk):
    answer = desk.correct(0, "name", value="  ")
    assert answer.status_code == 422
    assert "请填写任务名称" in answer.text


def test_the_last_correction_is_undone_first(desk, body):
    before = body(desk.tasks[0])
    desk.correct(0, "name", value="甲")
    desk.correct(0, "name", value="乙")
    assert desk.post("/undo").status_code == 302
    assert body(desk.tasks[0])["name"] == "甲"
    desk.post("/undo")
    assert body(desk.tasks[0]) == before
    assert desk.post("/undo").status_code == 422


def test_one_field_is_undone_by_itself(desk, body):
    desk.correct(0, "name", value="甲")
    desk.correct(1, "number", value="7")
    answer = desk.post(f"/tasks/{desk.tasks[0]}/name/undo", headers=HTMX)
    assert answer.status_code == 200
    assert "已更正" not in answer.text.split("</article>")[0]
    assert body(desk.tasks[1])["number"] == "7"


@ON_BOTH
def test_two_people_on_one_field_nothing_is_overwritten(desk, body):
    mine, theirs = desk.form(0, "name"), desk.form(0, "name")
    desk.correct(0, "name", theirs, value="他人改的")
    answer = desk.correct(0, "name", mine, value="我改的")
    assert answer.status_code == 422
    assert "林牵头刚刚把这里改为“他人改的”" in answer.text
    assert 'value="我改的"' in answer.text
    assert body(desk.tasks[0])["name"] == "他人改的"
    assert answer.headers["HX-Retarget"] == f"#task-{desk.tasks[0]}-name"
    assert desk.correct(0, "name", fields_of(answer.text, "/name")).status_code == 200
    assert body(desk.tasks[0])["name"] == "我改的"


def test_two_people_on_two_fields_do_not_meet(desk):
    mine, theirs = desk.form(0, "name"), desk.form(0, "number")
    assert desk.correct(0, "number", theirs, value="3").status_code == 200
    assert desk.correct(0, "name", mine, value="另一处").status_code == 200


def test_what_was_undone_by_another_hand_is_not_undone_twice(desk):
    desk.correct(0, "name", value="甲")
    desk.post(f"/tasks/{desk.tasks[0]}/name/undo")
    assert desk.post(f"/tasks/{desk.tasks[0]}/name/undo").status_code == 422


@ON_BOTH
def test_a_new_year_is_carried_into_dates_that_print_none(desk, body):
    form = fields_of(desk.client.get(f"{desk.url}/header").text, "/header")
    assert desk.post("/header", data={**form, "year": "2027"}).status_code == 302
    assert body(desk.tasks[0])["deadlines"][0]["date"] == "2027-06-30"
    assert "原：" in desk.client.get(desk.url).text
    desk.post("/header/undo")
    assert body(desk.tasks[0])["deadlines"][0]["date"] == "2026-06-30"


@ON_BOTH
def test_the_header_is_not_overwritten_either(desk):
    form = fields_of(desk.client.get(f"{desk.url}/header").text, "/header")
    desk.post("/header", data={**form, "title": "甲"})
    answer = desk.post("/header", data={**form, "title": "乙", "issued_on": ""})
    assert answer.status_code == 409
    assert "没有覆盖" in answer.text
    assert 'value="乙"' in answer.text


def test_a_task_is_added_removed_and_restored(desk, reading):
    answer = desk.post("/tasks", data={"after": str(desk.tasks[0])})
    assert answer.status_code == 302
    with reading():
        tasks = session.scalars(select(DraftTask).order_by(DraftTask.position)).all()
        assert tasks[0].id == desk.tasks[0]
        assert tasks[1].original is None
        assert tasks[1].body["path"] == tasks[0].body["path"]
        assert [task.position for task in tasks] == [1, 2, 3, 4, 5]
    assert "人工添加" in desk.client.get(desk.url).text
    assert "已移除" in desk.post(f"/tasks/{desk.tasks[2]}/remove", headers=HTMX).text
    assert "已移除" not in desk.post(f"/tasks/{desk.tasks[2]}/restore", headers=HTMX).text.split("</article>")[0]


@ON_BOTH
def test_undoing_an_addition_takes_it_out(desk, reading):
    desk.post("/tasks")
    desk.post("/undo")
    with reading():
        assert session.scalars(select(DraftTask.removed).order_by(DraftTask.position)).all() == [False] * 4 + [True]


WITH_FINDINGS = (*ROWS[:3], ("", "健全养护机制。", "市交通运输局", "市财政局等有关部门", "2026年2月30日前"))


def open_codes(reading) -> set[str]:
    with reading():
        statement = select(DraftFinding.code).where(DraftFinding.settled == "", DraftFinding.origin != "unread")
        return set(session.scalars(statement))


def test_findings_stand_at_their_task_and_follow_its_correction(open_desk, reading):
    desk = open_desk(workbook(WITH_FINDINGS), "分解表.xlsx")
    assert "date-impossible" in open_codes(reading)
    page = desk.client.get(desk.url).text
    card = page.split(f'id="task-{desk.tasks[3]}"')[1].split("</article>")[0]
    assert "card-finding" in card
    assert "2026年2月30日前" in card
    assert "→" not in card, "a day that does not exist has no reading"
    chosen = {"entries-0-text": "2026年2月28日前", "entries-0-kind": "", "entries-0-date": ""}
    assert desk.correct(3, "deadlines", **chosen).status_code == 200
    assert "date-impossible" not in open_codes(reading)
    desk.post("/undo")
    assert "date-impossible" in open_codes(reading)


@ON_BOTH
def test_a_warning_is_accepted_and_opened_again(open_desk, reading):
    desk = open_desk(workbook(WITH_FINDINGS), "分解表.xlsx")
    with reading():
        finding = session.scalars(select(DraftFinding).where(DraftFinding.code == "list-open")).one()
    answer = desk.post(f"/findings/{finding.id}/accept", data={"page": "1"}, headers=HTMX)
    assert answer.status_code == 200
    assert "list-open" not in open_codes(reading)
    assert "核对无误" in desk.client.get(f"{desk.url}?severity=settled").text
    desk.post(f"/findings/{finding.id}/reopen")
    assert "list-open" in open_codes(reading)


def test_an_error_needs_a_reason_to_be_accepted(open_desk, reading):
    desk = open_desk(workbook(WITH_FINDINGS), "分解表.xlsx")
    with reading():
        finding = session.scalars(select(DraftFinding).where(DraftFinding.code == "date-impossible")).one()
    assert finding.severity == "error"
    assert desk.post(f"/findings/{finding.id}/accept").status_code == 422
    assert desk.post(f"/findings/{finding.id}/accept", data={"reason": "原文如此"}).status_code == 302
    with reading():
        assert dict(audit.history("draft", 1)[-1].detail)["理由"] == "原文如此"


@pytest.mark.parametrize("severity", ["error", "warning", "note", "settled", "unread"])
def test_findings_are_filtered(open_desk, severity):
    desk = open_desk(workbook(WITH_FINDINGS), "分解表.xlsx")
    assert desk.client.get(f"{desk.url}?severity={severity}").status_code == 200


def test_a_locator_in_the_address_is_marked(desk):
    page = desk.client.get(f"{desk.url}?at=任务!B5").text
    assert page.count('id="here"') == 1
    assert 'id="here" class="is-marked"' in page.split('data-locator="任务!B5"')[1][:60]


def test_pages_without_scripts_work_too(desk, body):
    form = desk.form(0, "name")
    answer = desk.client.post(f"{desk.url}/tasks/{desk.tasks[0]}/name", data={**form, "value": "甲"})
    assert answer.status_code == 302
    assert answer.headers["Location"].endswith(f"#task-{desk.tasks[0]}")
    assert body(desk.tasks[0])["name"] == "甲"


def test_unknown_fields_and_tasks_are_not_there(desk):
    assert desk.client.get(f"{desk.url}/tasks/{desk.tasks[0]}/colour").status_code == 404
    assert desk.client.get(f"{desk.url}/tasks/9999/name").status_code == 404


@ON_BOTH
def test_every_correction_is_one_edit_and_one_entry(desk, reading):
    with reading():
        before = len(audit.history("draft", 1))
    desk.correct(0, "name", value="甲")
    desk.correct(0, "name", value="甲")
    with reading():
        assert len(session.scalars(select(DraftEdit.id)).all()) == 1
        assert len(audit.history("draft", 1)) == before + 1


def test_statements_do_not_grow_with_the_document(open_desk, statements):
    counts = []
    for size in (4, 90):
        rows = [(f"领域{number // 10}", f"做好第{number}项工作。", "市财政局", "", "年底前") for number in range(size)]
        desk = open_desk(workbook(rows), f"{size}.xlsx")
        with statements() as shown:
            desk.client.get(desk.url)
        form = desk.form(0, "name")
        with statements() as corrected:
            desk.correct(0, "name", form, value="甲")
        counts.append((len(shown), len(corrected)))
    assert counts[0] == counts[1]


def test_a_place_marks_the_task_read_from_it_and_names_its_field(desk):
    page = desk.client.get(f"{desk.url}?at=任务!C4").text
    marked = [part.split('"')[0] for part in page.split('is-marked" id="task-')[1:]]
    assert marked == [str(desk.tasks[1])]
    card = page.split(f'id="task-{desk.tasks[1]}"')[1].split("</article>")[0]
    assert 'data-field="units" data-at="任务!C4\n任务!D4"' in card


def test_findings_keep_their_filter_after_an_act(open_desk, reading):
    desk = open_desk(workbook(WITH_FINDINGS), "分解表.xlsx")
    with reading():
        finding = session.scalars(select(DraftFinding).where(DraftFinding.code == "list-open")).one()
    shown = {**HTMX, "HX-Current-URL": f"http://localhost{desk.url}?severity=error"}
    form = desk.form(0, "name")
    answer = desk.client.post(f"{desk.url}/tasks/{desk.tasks[0]}/name", data={**form, "value": "甲"}, headers=shown)
    listed = answer.text.split('id="findings"')[1]
    assert "date-impossible" in open_codes(reading)
    assert f'id="finding-{finding.id}"' not in listed
    plain = desk.post(f"/findings/{finding.id}/accept", data={"page": "1", "severity": "warning"})
    assert "severity=warning" in plain.headers["Location"]


@ON_BOTH
def test_undoing_what_another_changed_since_says_who_and_what_to_do(desk, body, writing, place):
    desk.correct(0, "name", value="甲")
    desk.correct(0, "name", value="乙")
    with writing():
        last = session.scalars(select(DraftEdit).order_by(DraftEdit.seq.desc())).first()
        last.by_id = place.people["leader"]
    answer = desk.post("/undo", headers=HTMX)
    assert answer.status_code == 409
    assert answer.mimetype == "text/plain"
    assert answer.text == "“任务名称”后来被田领导改过，没有撤销。请先核对，需要改回时直接更正这一栏。"
    assert body(desk.tasks[0])["name"] == "乙"


def test_a_name_that_breaks_off_is_shown_so(open_desk):
    long = "推进城乡供水一体化、农村生活污水治理、村庄清洁行动、农村厕所革命以及生活垃圾分类处置体系建设等重点工作。"
    page = open_desk(workbook([("", long, "市财政局", "", "年底前")]), "分解表.xlsx").client
    assert f'<span title="{long}">…</span>' in page.get("/drafts/1").text


def test_a_corrected_requirement_brings_its_own_times_and_targets(desk, body):
    before = body(desk.tasks[0])
    answer = desk.correct(0, "requirement", value="推行开办企业一次办理，9月底前办结率达到98%以上。")
    after = body(desk.tasks[0])
    assert [target["value"] for target in after["targets"]] == [98]
    assert [(one["text"], one["date"]) for one in after["deadlines"]] == [
        ("9月底前", "2026-09-30"),
        ("6月底前", "2026-06-30"),
    ]
    assert answer.text.split("</article>")[0].count("已更正</span>") >= 3
    desk.post("/undo")
    assert body(desk.tasks[0]) == before
    assert desk.post("/undo").status_code == 422


@ON_BOTH
def test_a_target_set_by_hand_stays_when_the_requirement_is_corrected(desk, body):
    desk.correct(0, "targets", **{"entries-0-text": "不少于3次"})
    desk.correct(0, "requirement", value="推行开办企业一次办理，办结率达到97%以上，通报4次。")
    assert "不少于3次" in [target["text"] for target in body(desk.tasks[0])["targets"]]
    desk.post(f"/tasks/{desk.tasks[0]}/requirement/undo")
    assert [target["text"] for target in body(desk.tasks[0])["targets"]] == ["不少于3次"]


def test_what_followed_and_was_corrected_since_stays_when_its_cause_is_undone(desk, body):
    desk.correct(0, "requirement", value="办结率达到98%以上。")
    desk.correct(0, "targets", **{"entries-0-text": "不少于5次"})
    assert desk.post(f"/tasks/{desk.tasks[0]}/requirement/undo", headers=HTMX).status_code == 200
    now = body(desk.tasks[0])
    assert now["requirement"].startswith("推行开办企业")
    assert [target["text"] for target in now["targets"]] == ["不少于5次"]


def test_a_name_that_was_the_heading_follows_it(open_desk, body):
    rows = [("公开平台", "加快网站建设。", "市财政局", "", ""), ("", "办好政府公报。", "市财政局", "", "")]
    desk = open_desk(workbook(rows), "分解表.xlsx")
    before = body(desk.tasks[0])
    desk.correct(0, "name", value=before["path"][-1])
    desk.correct(0, "path", value="公开渠道")
    assert body(desk.tasks[0])["name"] == "公开渠道"


SHIFTED = (
    ("公开平台", "办好政府网站", "政府网站首页栏目及时更新，网站检索准确。", "市财政局"),
    ("", "用好新闻媒体", "新闻媒体刊发解读稿件，媒体通气会按月召开。", "市交通运输局"),
    ("组织保障", "用好新闻媒体", "理顺领导体制，组织领导责任到人，配齐专职人员。", "各县区政府"),
    ("", "强化组织领导", "更新公开指南，完善管理制度和目录规范。", "各县区政府"),
    ("", "完善管理制度", "开展监督评价，评价结果纳入年度考核。", "各县区政府"),
)
"""The headings of the last three rows stand one row too low."""


def test_shifted_headings_clear_when_every_row_is_corrected_and_not_before(open_desk, reading):
    desk = open_desk(two_levels(SHIFTED), "分解表.xlsx")
    for row, heading in ((2, "强化组织领导"), (3, "完善管理制度"), (4, "强化监督评价")):
        assert "heading-shifted" in open_codes(reading)
        desk.correct(row, "path", value=f"组织保障\n{heading}")
    assert "heading-shifted" not in open_codes(reading)
    desk.post("/undo")
    assert "heading-shifted" in open_codes(reading)


def test_a_corrected_name_alone_leaves_a_shifted_heading_open(open_desk, reading):
    desk = open_desk(two_levels(SHIFTED), "分解表.xlsx")
    for row, heading in ((2, "强化组织领导"), (3, "完善管理制度"), (4, "强化监督评价")):
        desk.correct(row, "name", value=heading)
    assert "heading-shifted" in open_codes(reading)


TOLD = (
    ("用好新闻媒体", "新闻媒体刊发解读稿件，媒体通气会按月召开。"),
    ("强化组织领导", "理顺领导体制，责任到人，配齐专职人员。"),
    ("完善管理制度", "更新公开指南，修订目录规范，明确流程。"),
)
"""What the running text says under these headings; the table below it has each text under the heading before."""


def shifted_below_its_text() -> bytes:
    document = docx.Document()
    document.add_paragraph(TITLE)
    document.add_paragraph("一、组织保障")
    for number, (heading, text) in zip("一二三", TOLD, strict=True):
        document.add_paragraph(f"（{number}）{heading}。{text}")
    table = document.add_table(rows=1, cols=4)
    head = table.rows[0].cells
    head[0].merge(head[1]).text, head[2].text, head[3].text = "工作任务", "工作要求", "责任单位"
    for (heading, _own), (_above, text) in pairwise(TOLD):
        for cell, value in zip(table.add_row().cells, ("组织保障", heading, text, "市财政局"), strict=True):
            cell.text = value
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def test_headings_that_the_running_text_gives_otherwise_clear_when_they_are_corrected(open_desk, reading):
    desk = open_desk(shifted_below_its_text(), "要点.docx")
    with reading():
        found = session.scalars(select(DraftFinding).where(DraftFinding.code == "heading-shifted")).one()
        assert found.origin == "reader"
    for row, (heading, _text) in enumerate(TOLD[1:]):
        desk.correct(row, "units", **{"entries-0-text": "市交通运输局"})
        assert "heading-shifted" in open_codes(reading)
        desk.correct(row, "path", value=f"组织保障\n{heading}")
    assert "heading-shifted" not in open_codes(reading)
    desk.post("/undo")
    assert "heading-shifted" in open_codes(reading)


def test_what_was_said_of_the_document_stays_when_a_task_is_corrected(open_desk, reading):
    """Text that became no task is no less unread for a correction elsewhere."""
    background = "近年来我市道路状况总体良好，但与群众的期盼还有差距。"
    desk = open_desk(f"关于做好重点工作的通知\n{background}\n一、养护道路。（牵头单位：市财政局）".encode(), "通知.txt")
    before = open_codes(reading)
    assert "text-unread" in before
    desk.correct(0, "name", value="养路")
    assert open_codes(reading) == before
    desk.post("/undo")
    assert open_codes(reading) == before


def names_of(page: str, act: str) -> list[str]:
    found = re.findall(act, page, re.DOTALL)
    return [re.sub(r"<[^>]+>", "", one).strip() for one in found]


def test_each_act_says_what_it_is_about(open_desk):
    """Read out one after the other, as a screen reader lists them: 更正 责任单位 a dozen times tells nobody of which task."""
    desk = open_desk(workbook(WITH_FINDINGS), "分解表.xlsx")
    page = desk.client.get(desk.url).text
    names = names_of(page, r"card-edit[^>]*>(.*?)</a>")
    assert len(set(names)) == len(names) > 1, names[:9]
    assert all(len(name) > len("核对无误") for name in names_of(page, r"data-accept>(.*?)</button>"))
    assert names_of(page, r"data-accept>(.*?)</button>")
