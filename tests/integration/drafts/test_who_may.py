"""Drafts are the lead office's; once adopted, leaders and evaluators may read the source."""

from __future__ import annotations

import pytest

from tests.support.breakdown import fields_of
from tests.support.databases import ON_BOTH, ON_SQLITE
from tests.support.place import AT, FOUNDED
from tracker.accounts import queries as accounts, service as accounts_service
from tracker.accounts.roles import Role

pytestmark = ON_SQLITE

PAGES = (
    "", "/adopt", "/header", "/original", "/units", "/units/certain", "/tasks/1", "/tasks/1/name",
    "/units/one?text=市财政局",
)  # fmt: skip
ACTS = (
    "/adopt", "/discard", "/findings/1/accept", "/header", "/tasks", "/tasks/1/name", "/tasks/1/remove", "/undo",
    "/units/certain", "/units/choose?text=市财政局",
)  # fmt: skip


@pytest.mark.parametrize(
    "username", ["admin", "county_reporter", "evaluator", "leader", "nobody", "reporter", "reviewer"]
)
def test_others_find_nothing_there(desk, sign_in_as, username):
    other = sign_in_as(username)
    assert {path: other.get(f"{desk.url}{path}").status_code for path in PAGES} == dict.fromkeys(PAGES, 404)
    assert {path: other.post(f"{desk.url}{path}").status_code for path in ACTS} == dict.fromkeys(ACTS, 404)
    assert other.get("/drafts").status_code == 404


def test_leaders_and_evaluators_read_what_was_adopted(desk, sign_in_as):
    desk.take_certain()
    desk.post("/units/choose", query_string={"text": "市水务局"}, data={"act": "nobody", "note": "无此单位"})
    desk.post("/adopt", data=fields_of(desk.client.get(f"{desk.url}/adopt").text, "/adopt"))
    for username in ("leader", "evaluator"):
        page = sign_in_as(username).get(f"{desk.url}?at=任务!B3")
        assert page.status_code == 200
        assert 'id="here"' in page.text
    assert sign_in_as("reporter").get(desk.url).status_code == 404


@ON_BOTH
def test_a_lead_office_of_one_county_sees_no_drafts_of_the_city(desk, sign_in_as, place, writing):
    with writing():
        person = accounts.get_person(place.people["nobody"])
        accounts_service.grant(person, Role.LEAD_OFFICE, place.units["望川县"], by=None, at=AT, since=FOUNDED)
    county = sign_in_as("nobody")
    assert "还没有导入过文件" in county.get("/drafts").text
    assert county.get(desk.url).status_code == 404
    assert county.post(f"{desk.url}/undo").status_code == 404
