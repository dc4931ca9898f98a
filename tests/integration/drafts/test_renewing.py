"""A draft that an older reader read is read again: what would change first, corrections kept."""

from __future__ import annotations

import pytest
from sqlalchemy import select, update

from tests.support.breakdown import ROWS
from tracker.db import session
from tracker.drafts.models import Draft, DraftTask
from tracker.drafts.reading import READER_VERSION


@pytest.fixture
def old(desk, writing):
    """As an older reader left it: one requirement cut short; a person has corrected a name meanwhile."""
    assert desk.correct(0, "name", value="一次办理").status_code == 200
    with writing():
        for task in session.scalars(select(DraftTask).order_by(DraftTask.position)).all()[:2]:
            cut = {"requirement": task.original["requirement"][:4]}
            task.original, task.body = {**task.original, **cut, "name": "旧名"}, {**task.body, **cut}
        session.execute(update(Draft).values(reader_version="0"))
    return desk


def test_what_would_change_is_shown_and_then_read(old, reading, place):
    page = old.client.get(old.url).text
    assert f'href="{old.url}/reread"' in page
    shown = old.client.get(f"{old.url}/reread").text
    assert ROWS[1][1] in shown
    assert "保留更正" in shown
    answer = old.client.post(f"{old.url}/reread")
    assert answer.headers["Location"] == old.url
    with reading():
        draft = session.scalars(select(Draft)).one()
        tasks = session.scalars(select(DraftTask).order_by(DraftTask.position)).all()
        assert draft.reader_version == READER_VERSION
        assert [task.body["requirement"] for task in tasks] == [row[1] for row in ROWS]
        assert tasks[0].body["name"] == "一次办理"
    assert "/reread" not in old.client.get(old.url).text


def test_what_the_reader_of_today_read_is_not_read_again(desk):
    assert desk.client.get(f"{desk.url}/reread").headers["Location"] == desk.url
    answer = desk.client.post(f"{desk.url}/reread", follow_redirects=True)
    assert "无需重新识别" in answer.text


def test_where_nothing_would_change_the_page_says_so(desk, writing):
    with writing():
        session.execute(update(Draft).values(reader_version="0"))
    assert "没有不同" in desk.client.get(f"{desk.url}/reread").text
