"""What holds for every request, whatever room answers it."""

from __future__ import annotations

import re

import pytest
from flask import Flask, request

from tests.support.pages import LintingClient
from tracker.accounts.models import Person
from tracker.accounts.roles import PUBLIC, allow
from tracker.db import session
from tracker.web.numbers import whole_number


def test_a_post_without_the_forms_token_is_refused(sign_in_as):
    reporter = sign_in_as("reporter")
    assert reporter.post("/account/password", data={"old": "甲"}, csrf=False).status_code == 400
    assert reporter.post("/account/password", data={"old": "甲"}).status_code == 422


def test_nobody_reads_a_page_of_somebody_who_signed_out(sign_in_as):
    reporter = sign_in_as("reporter")
    assert reporter.get("/account/password").status_code == 200
    assert reporter.post("/sign-out").status_code == 302
    assert reporter.get("/account/password").status_code == 302


def test_every_answer_carries_the_policy(client: LintingClient):
    for address in ("/sign-in", "/no-such-page"):
        headers = client.get(address).headers
        assert "'unsafe" not in headers["Content-Security-Policy"]
        assert "script-src 'self'" in headers["Content-Security-Policy"]
        assert headers["X-Content-Type-Options"] == "nosniff"


def test_a_body_beyond_the_limit_is_refused_before_it_is_read(app: Flask, client: LintingClient):
    app.config["MAX_CONTENT_LENGTH"] = 1000
    assert client.post("/sign-in", data={"username": "甲" * 1000}).status_code == 413


def test_a_form_whose_line_broke_is_not_taken_for_the_whole(app: Flask, monkeypatch: pytest.MonkeyPatch):
    """gunicorn ends a body where its line breaks, and says of every body that it has an end."""
    read = list[str]()

    @allow(PUBLIC)
    def view() -> str:
        read.append(request.form["username"])
        return "taken"

    monkeypatch.setitem(app.view_functions, "accounts.open_session", view)
    cut = {"wsgi.input_terminated": True, "CONTENT_LENGTH": "90"}
    answer = app.test_client().post("/sign-in", data={"username": "jiao"}, environ_overrides=cut, lint=False)
    assert (answer.status_code, read) == (400, [])


BEYOND = (str(2**31), str(2**63), "9" * 40)


@pytest.mark.parametrize("number", BEYOND)
def test_a_number_that_no_row_has_is_not_there(sign_in_as, number):
    lead, admin, evaluator = sign_in_as("lead"), sign_in_as("admin"), sign_in_as("evaluator")
    for path in ("/plans/{}", "/tasks/{}", "/obligations/{}", "/assignments/{}", "/drafts/{}", "/jobs/{}"):
        assert lead.get(path.format(number)).status_code == 404, path
    for path in ("/people/{}", "/units/{}"):
        assert admin.get(path.format(number)).status_code == 404, path
    for path in ("/runs/{}", "/notices/{}", "/schemes/{}"):
        assert evaluator.get(path.format(number)).status_code == 404, path
    assert admin.get(f"/people?unit={number}").status_code == 200
    assert lead.get(f"/work?unit={number}&plan={number}").status_code == 200
    assert lead.get(f"/dashboard?plan={number}").status_code in {200, 404}
    assert lead.get(f"/spot-checks/new?plan={number}").status_code in {200, 404}
    assert admin.get(f"/units?below={number}").status_code in {200, 404}
    assert admin.get(f"/units/new?parent={number}").status_code == 200
    assert admin.get(f"/units/acts/new/merge?unit={number}&into={number}").status_code == 200
    assert lead.post(f"/plans/{number}/issue").status_code in {404, 405}


@pytest.mark.parametrize(("text", "number"), [("7", 7), (7, 7), (str(2**31 - 1), 2**31 - 1), ("007", 7)])
def test_plain_digits_are_a_number(text, number):
    assert whole_number(text) == number


@pytest.mark.parametrize("text", [None, "", "-1", "1.5", "²", "７", "abc", " 1", *BEYOND])
def test_anything_else_is_none(text):
    assert whole_number(text) is None


def test_a_character_that_cannot_be_stored_is_no_fault_of_ours(sign_in_as, client):
    """The pages say what was typed, which no page should hold: they are not looked at."""
    assert sign_in_as("admin").get("/people?q=%00", lint=False).status_code in {200, 400}
    answer = client.post("/sign-in", data={"username": "\x00", "password": "\x00"}, lint=False)
    assert answer.status_code in {400, 422}


FAR_DAYS = ("0001-01-01", "9999-12-31")
FILTERED_BY_DAY = (
    ("lead", "/audit?first={}"), ("lead", "/audit?last={}"), ("lead", "/work?due_from={}"), ("lead", "/work?due_to={}"),
    ("lead", "/rectifications?due_from={}"), ("lead", "/rectifications?due_to={}"), ("admin", "/units?day={}"),
)  # fmt: skip


@pytest.mark.parametrize("day", FAR_DAYS)
def test_a_day_outside_all_calendars_is_no_filter(sign_in_as, day):
    for who, address in FILTERED_BY_DAY:
        assert sign_in_as(who).get(address.format(day)).status_code == 200, address


@pytest.mark.parametrize("day", FAR_DAYS)
def test_a_day_outside_all_calendars_is_refused_at_its_field(sign_in_as, place, day):
    act = {
        "unit": str(place.units["望川县财政局"]),
        "on": day,
        "document": "云编发〔2026〕1号",
        "name": "望川县财政金融局",
    }
    answer = sign_in_as("admin").post("/units/acts/new/rename", data=act)
    assert answer.status_code == 422
    assert "请填写 1900 年至 2199 年之间的日期。" in answer.text


def test_a_blank_where_a_number_is_chosen_is_nothing_chosen(sign_in_as):
    """No page sends it; whoever does is answered."""
    scheme = {"name": "半年考核", "starter": "blank", "plan": " "}
    assert sign_in_as("evaluator").post("/schemes", data=scheme).status_code in {302, 422}


@pytest.mark.parametrize("blank", [" ", "\u3000", "\n"])
def test_a_blank_is_not_what_a_form_requires(sign_in_as, place, reading, blank):
    """A person, a collective, a reason without a single word: nobody could be told of it later."""
    admin, person = sign_in_as("admin"), place.people["reporter"]
    page = admin.get(f"/people/{person}").text
    version = re.search(r'name="version"[^>]*value="(\d+)"', page)
    sent = {"name": blank, "office_phone": "", "version": version[1] if version else ""}
    assert admin.post(f"/people/{person}", data=sent).status_code == 422
    collective = {"phrase": blank, "units": str(place.units["望川县"])}
    assert admin.post("/collectives", data=collective).status_code == 422
    with reading():
        assert session.get_one(Person, person).name == "马填报"
