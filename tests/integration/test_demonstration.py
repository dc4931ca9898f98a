"""The invented province, loaded as a newcomer loads it: each of its people finds work, and every page of it stands."""

from __future__ import annotations

import re
from datetime import datetime

import pytest
from sqlalchemy import func, select

from tests.support.databases import ON_SQLITE
from tests.support.place import signed_in
from tracker.accounts.models import Person
from tracker.clock import CHINA
from tracker.db import session
from tracker.reminders.worker import run_round
from tracker.units.models import Unit

pytestmark = ON_SQLITE


@pytest.fixture
def province(app):
    made = app.test_cli_runner().invoke(args=["demo", "load", "--province", "--today", "2026-11-22"])
    assert made.exit_code == 0, made.output
    assert re.search(r"^  yunxiu +苗春生", made.output, re.MULTILINE)
    return app


def test_the_province_has_its_year_of_work(province, reading):
    with reading():
        kinds = dict(session.execute(select(Unit.kind, func.count()).group_by(Unit.kind)).all())
        people = dict(session.execute(select(Person.username, Person.id)).all())
    assert (kinds["province"], kinds["prefecture"]) == (1, 13)
    assert kinds["county"] > 90
    dashboard = signed_in(province, people["lingdao"]).get("/dashboard").text
    assert "设区市进展" in dashboard
    assert "云岫市" in dashboard
    assert "下级报送" in signed_in(province, people["yunxiu"]).get("/").text
    assert "上级转办" in signed_in(province, people["baishi"]).get("/").text
    with province.app_context():
        run_round(datetime(2026, 11, 23, 9, 0, tzinfo=CHINA))
    told = signed_in(province, people["baishi"]).get("/notices/daily").text
    assert re.search(r'href="/passed/\d+/reports/\d+"', told), (
        "the county is reminded of what the city passed down to it"
    )
    for who, address in (
        ("qiantou", "/checks"),
        ("kaohe", "/schemes"),
        ("jiaoyu", "/assignments"),
        ("guanli", "/units"),
    ):
        assert signed_in(province, people[who]).get(address).status_code == 200, address
    again = province.test_cli_runner().invoke(args=["demo", "load", "--if-empty"])
    assert "yunxiu" in again.output, "whoever is there is told, and not the people of the city"
