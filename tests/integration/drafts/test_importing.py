"""Uploading and pasting: what is read, what is refused, and what the person is told."""

from __future__ import annotations

import io
import json
import zipfile
from urllib.parse import quote, unquote

import pytest
from sqlalchemy import func, select

from imports.apart import run
from imports.problems import UnreadableDocument
from imports.readers import limits
from tests.support.breakdown import ROWS, text, upload, word, workbook
from tests.support.databases import ON_BOTH, ON_SQLITE
from tracker import storage
from tracker.audit import queries as audit
from tracker.audit.models import AuditEntry
from tracker.db import session
from tracker.drafts.models import Draft, DraftPiece, DraftTask
from tracker.drafts.service import receiving
from tracker.outbox.worker import work_off

pytestmark = ON_SQLITE

PNG = bytes.fromhex("89504e470d0a1a0a0000000d49484452") + bytes(64)
CONTAINER = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(504)


def drafts(reading) -> list[Draft]:
    with reading():
        return list(session.scalars(select(Draft).order_by(Draft.id)))


@pytest.mark.parametrize(
    ("data", "name"),
    [(workbook(), "分解表.xlsx"), (word(), "分解表.docx"), (text(), "分解表.txt")],
    ids=["xlsx", "docx", "txt"],
)
def test_a_table_comes_out_alike_whatever_its_format(open_desk, reading, data, name):
    desk = open_desk(data, name)
    with reading():
        bodies = list(session.scalars(select(DraftTask.body).order_by(DraftTask.position)))
    assert [body["requirement"] for body in bodies] == [row[1] for row in ROWS]
    assert [body["path"][-1] for body in bodies] == ["优化营商环境"] * 2 + ["畅通农村公路"] * 2
    assert [[unit["text"] for unit in body["units"]] for body in bodies[:2]] == [
        ["市财政局", "市交通运输局"],
        ["市财政局", "各县区政府"],
    ]
    assert [body["deadlines"][0]["date"] for body in bodies] == ["2026-06-30", None, "2026-12-31", None]
    page = desk.client.get(desk.url)
    assert page.text.count('class="task-card"') == 4
    assert "推行开办企业一次办理" in page.text


def test_a_workbook_is_shown_as_a_table_with_its_merged_cells(desk):
    page = desk.client.get(desk.url).text
    assert 'data-locator="任务!A3"' in page
    assert 'rowspan="2" data-locator="任务!A3"' in page
    assert 'colspan="5"' in page


@ON_BOTH
def test_the_file_is_kept_as_it_came_and_the_act_recorded(desk, reading, lead):
    (draft,) = drafts(reading)
    with reading():
        kept = storage.load(draft.file_key)
        (entry,) = audit.history("draft", draft.id)
    assert entry.action == "导入文件"
    assert dict(entry.detail)["文件名"] == "分解表.xlsx"
    saved = lead.get(f"/drafts/{draft.id}/original")
    assert saved.headers["Content-Disposition"].startswith("attachment")
    assert saved.data == kept
    assert zipfile.is_zipfile(io.BytesIO(kept))


def test_pasted_text_is_read(lead, reading):
    answer = lead.post("/drafts", data={"text": text().decode(), "year": "2025"})
    assert answer.status_code == 302
    (draft,) = drafts(reading)
    assert draft.pasted
    assert draft.header["year"] == 2025
    assert lead.get(f"/drafts/{draft.id}/original").data.decode().startswith("云岫市")
    assert "优化营商环境" in lead.get(answer.headers["Location"]).text


@ON_BOTH
def test_a_pasted_table_keeps_its_cells(lead, reading):
    cells = "".join(
        "<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>"
        for row in (("工作任务", "工作要求", "责任单位"), ("养护道路", "全年巡查不少于4次。", "市交通运输局"))
    )
    answer = lead.post("/drafts", data={"text": "养护道路 巡查", "html": f"<table>{cells}</table>", "year": ""})
    assert answer.status_code == 302
    with reading():
        (body,) = session.scalars(select(DraftTask.body))
    assert body["requirement"] == "全年巡查不少于4次。"
    assert body["units"][0]["text"] == "市交通运输局"


@pytest.mark.parametrize(
    ("data", "name", "said"),
    [
        (b"", "空.xlsx", "空的"),
        (PNG, "照片.xlsx", "图片"),
        (CONTAINER, "旧.xlsx", "已损坏"),
        (b"PK\x03\x04" + bytes(40), "坏.docx", "损坏"),
        (b"%PDF-1.7\n", "文件.pdf", "PDF"),
    ],
    ids=["empty", "picture", "container", "damaged", "pdf"],
)
def test_what_cannot_be_read_gets_a_sentence_at_the_field(lead, reading, data, name, said):
    answer = lead.post("/drafts", data=upload(data, name, text="留着的文字", year="2024"))
    assert answer.status_code == 422
    assert 'id="file-error"' in answer.text
    error = answer.text.split('id="file-error"')[1].split("</p>")[0]
    assert said in error
    assert "留着的文字" in answer.text
    assert 'value="2024"' in answer.text
    assert drafts(reading) == []


def test_a_workbook_with_macros_is_read_and_nothing_of_it_runs(open_desk, reading):
    stream = io.BytesIO(workbook())
    with zipfile.ZipFile(stream, "a") as package:
        package.writestr("xl/vbaProject.bin", bytes.fromhex("d0cf11e0a1b11ae1") + bytes(100))
    desk = open_desk(stream.getvalue(), "带宏.xlsm")
    assert len(desk.tasks) == 4


def test_nothing_chosen_is_said(lead):
    answer = lead.post("/drafts", data={"text": " ", "year": ""})
    assert answer.status_code == 422
    assert "请先粘贴文字" in answer.text


def test_a_file_beyond_the_limit_is_refused_before_it_is_read(app, lead, reading):
    app.config["MAX_CONTENT_LENGTH"] = 20_000
    answer = lead.post("/drafts", data=upload(bytes(200_000), "大.xlsx"))
    assert answer.status_code == 413
    assert "上传的内容过大" in answer.text
    assert drafts(reading) == []


def test_a_large_document_is_read_by_a_job(lead, reading):
    rows = [(f"领域{number // 40}", f"做好第{number}项工作。", "市财政局", "", "年底前") for number in range(3_100)]
    answer = lead.post("/drafts", data=upload(workbook(rows), "大表.xlsx"))
    assert answer.status_code == 302
    (draft,) = drafts(reading)
    assert draft.job_id is not None
    assert draft.state == "review"
    page = lead.get(f"{answer.headers['Location']}?page=9999")
    assert "第 31 页" in page.text
    assert page.text.count('class="task-card"') == 100


@ON_BOTH
def test_a_document_that_waits_says_so_until_it_is_read(app, lead, reading):
    app.config["JOBS_INLINE"] = False
    rows = [(f"领域{number // 40}", f"做好第{number}项工作。", "市财政局", "", "年底前") for number in range(3_100)]
    url = lead.post("/drafts", data=upload(workbook(rows), "大表.xlsx")).headers["Location"]
    assert "正在后台读入" in lead.get(url).text
    assert "正在读入" in lead.get("/drafts").text
    assert lead.get(url, headers={"HX-Request": "true"}).status_code == 204
    with app.app_context():
        assert work_off() == 1
        assert work_off() == 0
    assert lead.get(url, headers={"HX-Request": "true"}).headers["HX-Refresh"] == "true"
    assert 'class="task-card"' in lead.get(url).text


@ON_BOTH
def test_a_document_that_takes_longer_than_a_request_may_is_read_by_a_job(lead, reading, monkeypatch):
    def slow(request, data):
        if request.seconds < limits.PARSE_SECONDS:
            raise UnreadableDocument("too-slow")
        return run(request, data)

    monkeypatch.setattr("tracker.drafts.apart.run", slow)
    assert lead.post("/drafts", data=upload(workbook(), "分解表.xlsx")).status_code == 302
    (draft,) = drafts(reading)
    assert draft.job_id is not None
    assert draft.state == "review"


@ON_BOTH
def test_a_job_that_cannot_read_leaves_the_reason(app, lead, monkeypatch):
    monkeypatch.setattr(receiving, "AT_ONCE_BYTES", 1_000)
    data = workbook()
    url = lead.post("/drafts", data=upload(data[: len(data) // 2], "坏表.xlsx")).headers["Location"]
    page = lead.get(url).text
    assert "这份文件没有读入" in page
    assert "损坏" in page
    assert "未能读入" in lead.get("/drafts").text


@ON_BOTH
def test_two_files_of_one_content_are_two_drafts(lead, reading):
    for _ in range(2):
        lead.post("/drafts", data=upload(text(), "分解表.txt"))
    one, two = drafts(reading)
    assert one.file_key == two.file_key
    with reading():
        pieces = session.scalars(select(DraftPiece.draft_id)).all()
    assert set(pieces) == {one.id, two.id}


def test_a_discarded_draft_leaves_the_list(desk, lead):
    assert desk.url in lead.get("/drafts").text
    assert desk.post("/discard").status_code == 302
    assert f'href="{desk.url}"' not in lead.get("/drafts").text
    assert "已作废" in lead.get(desk.url).text


def test_a_draft_is_discarded_once(desk, lead, reading):
    assert [desk.post("/discard").status_code for _click in range(2)] == [302, 302]
    with reading():
        assert session.scalar(select(func.count()).where(AuditEntry.action == "作废导入草稿")) == 1


def test_what_was_pasted_is_kept_as_json(lead, reading):
    lead.post("/drafts", data={"text": text().decode()})
    (draft,) = drafts(reading)
    with reading():
        assert set(json.loads(storage.load(draft.file_key))) == {"html", "text"}


@pytest.mark.parametrize(
    "given", ["分解表%0A.txt", "%E2%80%AE分解表.txt", "..%2F..%2F分解表.txt", "分%0D%0AX-A%3A%20b解表.txt"]
)
def test_a_file_keeps_its_name_without_what_no_name_holds(lead, given: str):
    """Sent by a program: what is kept goes into headers and lists."""
    part = f"Content-Disposition: form-data; name=\"file\"; filename*=UTF-8''{quote(given, safe='%')}\r\n"
    body = b"--x\r\n" + part.encode() + b"Content-Type: text/plain\r\n\r\n" + text() + b"\r\n--x--\r\n"
    answer = lead.post("/drafts", data=body, content_type="multipart/form-data; boundary=x")
    assert answer.status_code == 302
    original = lead.get(f"{answer.headers['Location']}/original")
    assert original.status_code == 200
    assert unquote(original.headers["Content-Disposition"]).endswith(("''分解表.txt", "''分X-A: b解表.txt"))
