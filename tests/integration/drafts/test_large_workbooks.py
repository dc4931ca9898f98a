"""The marked-up workbook of a large draft is taken in by a job: nobody waits for it, and nothing that was chosen is lost."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select

from tests.integration.drafts.conftest import Desk
from tests.integration.drafts.test_workbooks import Reading, bodies, choices_of, confirm, down, shown
from tests.support.breakdown import fields_of
from tests.support.databases import ON_BOTH, ON_SQLITE
from tracker.db import is_writing, session
from tracker.drafts.models import DraftEdit, DraftWorkbook
from tracker.drafts.service import rereading
from tracker.outbox.models import Job
from tracker.outbox.service import ask_to_cancel
from tracker.outbox.worker import work_off

pytestmark = ON_SQLITE

THEIRS = "文件里的要求。"
OURS = "草稿里的要求。"


@pytest.fixture
def chosen(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> tuple[str, dict[str, Any]]:
    """The page of a workbook in which both sides changed one field, and what is sent when the workbook's is taken."""
    monkeypatch.setattr(rereading, "AT_ONCE_PIECES", 1)
    book = down(desk)
    desk.correct(0, "requirement", value=OURS)
    book["任务"]["B3"] = THEIRS
    url, page = shown(desk, book)
    return url, dict.fromkeys(choices_of(page), "theirs")


def send(desk: Desk, chosen: tuple[str, dict[str, Any]]) -> str:
    url, said = chosen
    answer = confirm(desk, url, desk.client.get(url).text, **said)
    assert answer.status_code == 302, answer.text
    return str(answer.headers["Location"])


def test_it_is_taken_in_by_the_worker_and_read_before_its_turn_to_write(desk, chosen, reading: Reading, monkeypatch):
    read: list[bool] = []
    reader = rereading.laid_out_apart

    def watched(*given: Any, **more: Any) -> Any:
        read.append(is_writing() and session().in_transaction())
        return reader(*given, **more)

    monkeypatch.setattr(rereading, "laid_out_apart", watched)
    location = send(desk, chosen)
    assert "已采纳批注工作簿，1 项任务有变化" in desk.client.get(location).text
    assert read == [False]
    assert bodies(desk, reading)[0]["requirement"] == THEIRS
    desk.post("/undo")
    assert bodies(desk, reading)[0]["requirement"] == OURS


@ON_BOTH
def test_twice_does_no_harm(desk, chosen, app, writing, reading: Reading):
    """The worker is killed between the commit and the note that it is done."""
    send(desk, chosen)
    with writing():
        session.get_one(Job, 1).state = "waiting"
    with app.app_context():
        assert work_off() == 1
    with reading():
        assert session.get_one(Job, 1).state == "done"
        assert len(session.scalars(select(DraftEdit.id).where(DraftEdit.field == "workbook")).all()) == 1


def test_what_is_undecided_is_said_at_once(desk, chosen):
    url, _said = chosen
    answer = confirm(desk, url, desk.client.get(url).text)
    assert answer.status_code == 422
    assert "处两边都改过" in answer.text


@ON_BOTH
def test_cancelled_it_waits_again_and_what_was_chosen_is_there(desk, chosen, place, app, writing, reading: Reading):
    app.config["JOBS_INLINE"] = False
    assert send(desk, chosen) == send(desk, chosen) == "/jobs/1", "a second click is the same job"
    assert "正在采纳这份工作簿" in desk.client.get(chosen[0]).text
    with writing():
        job = session.get_one(Job, 1)
        ask_to_cancel(1, by=place.viewer("lead"), at=job.created_at)
    with app.app_context():
        assert work_off() == 0
    with reading():
        assert session.scalars(select(DraftWorkbook.state)).all() == ["waiting"]
    page = desk.client.get(chosen[0]).text
    assert f'href="{chosen[0]}"' in desk.client.get("/jobs/1").text
    assert "上一次没有采纳成功" in page
    assert chosen[1].items() <= fields_of(page, chosen[0].rsplit("/", 1)[1]).items()


def test_a_correction_made_while_it_waited_is_not_overwritten(desk, chosen, app, reading: Reading):
    app.config["JOBS_INLINE"] = False
    send(desk, chosen)
    desk.correct(0, "requirement", value="后来的要求。")
    with app.app_context():
        work_off()
    assert bodies(desk, reading)[0]["requirement"] == "后来的要求。"
    page = desk.client.get(chosen[0]).text
    assert "草稿在这期间又有更正，没有写入" in page
    assert chosen[1].items() <= fields_of(page, chosen[0].rsplit("/", 1)[1]).items()
