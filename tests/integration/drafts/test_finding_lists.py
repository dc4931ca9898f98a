"""The list of what needs a look: why there is no task, every place, and where undoing leads."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from tests.integration.drafts.conftest import HTMX
from tests.support.databases import ON_SQLITE
from tracker.db import session
from tracker.drafts.models import DraftFinding

pytestmark = ON_SQLITE

NEWS = "市政府召开全体会议\n3月2日，市政府召开全体会议。会议指出，全市经济运行总体平稳。会议强调，要坚定信心。\n"


@pytest.fixture
def ten(open_desk):
    """Ten tasks whose dates print no year: one warning with ten places."""
    lines = (f"（{numeral}）公开目录。7月底前公开{numeral}类目录。\n" for numeral in "一二三四五六七八九十")
    return open_desk("".join(lines).encode(), "要点.txt")


def test_why_there_is_no_task_is_said_at_once(open_desk):
    desk = open_desk(NEWS.encode(), "会议.txt")
    page = desk.client.get(desk.url).text
    assert "没有读出任何任务" in page
    assert "全文是一般叙述" in page
    assert f'action="{desk.url}/discard"' in page


def test_every_place_of_a_finding_leads_there(ten):
    page = ten.client.get(ten.url).text
    assert "全部 10 处" in page
    assert page.count("data-go=") == 10


def test_undoing_what_was_accepted_stays_where_one_was(ten, reading):
    with reading():
        finding = session.scalars(select(DraftFinding.id).where(DraftFinding.code == "year-unknown")).one()
    ten.post(f"/findings/{finding}/accept", headers=HTMX)
    answer = ten.post("/undo", data={"page": "3", "severity": "warning"})
    assert answer.headers["Location"].endswith("?page=3&severity=warning#findings")
