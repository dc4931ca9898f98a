"""Evidence of one task used for another: by reference, from the unit's own files only, with where it came from."""

from __future__ import annotations

import io
import re
import sqlite3
from contextlib import closing

import pytest

from tests.integration.progress.test_chain import fields_of
from tests.support.databases import ON_SQLITE
from tests.support.issued import TaskSpec, at, issued, reported
from tests.support.place import AT, DAY
from tracker.errors import DomainError
from tracker.progress import queries, service
from tracker.progress.scanning import Unscanned

FINANCE = (("市财政局", "lead"), ("市交通运输局", "support"))
TASKS = (TaskSpec("压减审批时限", FINANCE), TaskSpec("清理收费目录", FINANCE))
CONTENT = b"%PDF-1.7 list"


@pytest.fixture
def plan(place, writing):
    """Two tasks of the finance bureau, signed for; with the report of the first a file was sent."""
    with writing():
        made = issued(place, TASKS)
        by = made.viewer("reporter")
        for spec in TASKS:
            service.sign(made.assignment(spec.name, "市财政局").id, by=by, at=AT)
        sent = made.obligations("压减审批时限", "市财政局")[0].id
        service.attach(sent, stream=io.BytesIO(CONTENT), name="收费目录.pdf", by=by, at=AT)
        reported(made, sent)
        return made


@pytest.fixture
def second(plan, reading):
    with reading():
        return plan.obligations("清理收费目录", "市财政局")[0].id


@pytest.fixture
def public_id(plan, reading):
    with reading():
        return queries.versions(plan.obligations("压减审批时限", "市财政局")[0].id, inside=True)[0].files[0].public_id


def test_a_file_of_another_task_is_referred_to(plan, second, public_id, sign_in_as, reading, writing):
    reporter = sign_in_as("reporter")
    form = f"/obligations/{second}/report"
    typed = {**fields_of(reporter.get(form)), "done": "先写一半", "percent": "5", "choose": "1"}
    way = reporter.post(form, data=typed)
    assert way.headers["Location"] == f"/obligations/{second}/files"
    page = reporter.get(way.headers["Location"])
    assert "收费目录.pdf" in page.text
    assert "压减审批时限" in page.text
    assert reporter.post(f"/obligations/{second}/files", data={"file": [public_id]}).status_code == 302
    again = reporter.get(form).text
    assert "先写一半" in again
    assert "引自“压减审批时限”（2026年第1季度）" in again
    assert "收费目录.pdf" not in reporter.get(f"/obligations/{second}/files").text, "it is there by now"
    with writing():
        service.approve(
            service.hand_in(second, by=plan.viewer("reporter"), at=AT).id, by=plan.viewer("reviewer"), at=at(DAY, 11)
        )
    with reading():
        first, copied = (
            queries.versions(plan.obligations(one.name, "市财政局")[0].id, inside=True)[0] for one in TASKS
        )
        assert first.files[0].origin is None, "it was sent with this one"
        assert copied.files[0].origin.task == "压减审批时限"
    lead = sign_in_as("lead")
    assert "引自“压减审批时限”" in lead.get(f"/obligations/{second}").text
    assert lead.get(f"/evidence/{public_id}").data == CONTENT


def test_a_draft_that_is_older_than_the_file_is_not_where_it_came_from(plan, second, public_id, writing, reading):
    later = "压减审批时限"
    with writing():
        by = plan.viewer("reporter")
        older = service.reuse(second, public_id, by=by, at=AT)
        third = plan.obligations(later, "市财政局")[1].id
        kept, _version = service.attach(third, stream=io.BytesIO(b"%PDF-1.7 b"), name="新.pdf", by=by, at=AT)
        service.reuse(second, kept.public_id, by=by, at=AT)
        assert older.id < _version.id
    with reading():
        origins = {one.name: one.origin.obligation_id for one in queries.versions(second, inside=True)[0].files}
        assert origins["新.pdf"] == third


def test_files_are_sought_by_name_and_task(plan, second, reading):
    with reading():
        found = queries.obligation_view(second, plan.viewer("reporter"), today=DAY)

        def named(**wanted: str | int) -> list[str]:
            return [one.file.name for one in queries.own_files(found, **wanted).rows]

        assert named() == named(text="收费") == named(text="审批") == ["收费目录.pdf"]
        assert named(task_id=plan.tasks["压减审批时限"]) == ["收费目录.pdf"]
        assert named(text="没有") == named(task_id=plan.tasks["清理收费目录"]) == []


def test_files_of_other_units_are_neither_shown_nor_taken(plan, public_id, writing, sign_in_as, reading):
    with writing():
        theirs = plan.assignment("清理收费目录", "市交通运输局").id
        service.sign(theirs, by=plan.viewer("other_reporter"), at=AT)
    with reading():
        mine = plan.obligations("清理收费目录", "市交通运输局")[0].id
        foreign = plan.obligations("清理收费目录", "市财政局")[0].id
    other = sign_in_as("other_reporter")
    assert "收费目录.pdf" not in other.get(f"/obligations/{mine}/files").text
    assert other.post(f"/obligations/{mine}/files", data={"file": [public_id]}).status_code == 404
    assert other.get(f"/obligations/{foreign}/files").status_code == 404


@ON_SQLITE
def test_a_picture_is_shown_small_beside_its_name_and_nothing_else_is(plan, second, sign_in_as, writing):
    with writing():
        for name, content in (("现场.png", b"\x89PNG\r\n\x1a\n" + bytes(64)), ("清单.pdf", CONTENT)):
            service.attach(second, stream=io.BytesIO(content), name=name, by=plan.viewer("reporter"), at=AT)
    page = sign_in_as("reporter").get(f"/obligations/{second}/report").text
    shown = re.findall(r'<img class="evidence-small" src="(/evidence/\w+)"[^>]*>([^<]+)</a>', page)
    assert [name for _address, name in shown] == ["现场.png"]
    assert sign_in_as("reporter").get(shown[0][0]).mimetype == "image/png"


@ON_SQLITE
@pytest.mark.parametrize(("said", "words"), [("Eicar", "查出病毒"), (Unscanned("timed out"), "暂时无法检查")])
def test_a_file_that_a_scanner_does_not_clear_is_not_kept(plan, second, app, writing, monkeypatch, said, words):
    def asked(_stream, scanner):
        assert scanner == "scanner:3310"
        if isinstance(said, Unscanned):
            raise said
        return said

    monkeypatch.setitem(app.config, "VIRUS_SCANNER", "scanner:3310")
    monkeypatch.setattr("tracker.progress.service.looking.virus_in", asked)
    with writing(), pytest.raises(DomainError, match=words):
        service.attach(second, stream=io.BytesIO(CONTENT), name="清单.pdf", by=plan.viewer("reporter"), at=AT)


@ON_SQLITE
@pytest.mark.parametrize("path", ["report", "evidence", "evidence/pieces?size=13&name=a.pdf&offset=0"])
def test_nobody_waits_for_the_turn_to_write_while_the_scanner_is_asked(
    plan, second, app, sign_in_as, monkeypatch, path
):
    free: list[bool] = []

    def asked(_stream, _scanner):
        with closing(
            sqlite3.connect(app.config["SQLALCHEMY_DATABASE_URI"].removeprefix("sqlite:///"), timeout=0)
        ) as other:
            other.execute("BEGIN IMMEDIATE")
            free.append(True)
        return "Eicar"

    reporter, way = sign_in_as("reporter"), f"/obligations/{second}/report"
    file = (io.BytesIO(CONTENT), "a.pdf")
    sent = {"report": {"files": file}, "evidence": {"file": file}}.get(path)
    typed = {**fields_of(reporter.get(way)), "done": "继续推进。", "percent": "50"}
    monkeypatch.setitem(app.config, "VIRUS_SCANNER", "scanner:3310")
    monkeypatch.setattr("tracker.progress.service.looking.virus_in", asked)
    answer = reporter.post(way.replace("report", path), data=CONTENT if sent is None else {**typed, **sent})
    words = answer.text if path == "report" else answer.json["message"]
    assert (answer.status_code, free, "查出病毒" in words) == (422, [True], True)
