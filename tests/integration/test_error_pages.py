"""Error pages: plain words and a number to quote, also where the database is gone."""

from __future__ import annotations

import errno

import pytest
from flask import Flask
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

from tests.support.breakdown import fields_of
from tests.support.databases import ON_SQLITE
from tests.support.pages import LintingClient
from tracker import turns
from tracker.accounts.roles import PUBLIC, allow


@pytest.fixture
def failing(app: Flask, monkeypatch: pytest.MonkeyPatch):
    """`failing(error)` makes the sign-in page raise it, and every statement that is sent afterwards too."""

    def fail(error: Exception, *, database_gone: bool = False) -> None:
        def refuse(*_arguments: object, **_named: object) -> None:
            raise OperationalError("SELECT 1", {}, Exception("no connection"))

        @allow(PUBLIC)
        def broken() -> str:
            if database_gone:
                monkeypatch.setattr(Session, "execute", refuse)
                monkeypatch.setattr(Session, "scalar", refuse)
            raise error

        monkeypatch.setitem(app.view_functions, "accounts.sign_in", broken)

    return fail


@ON_SQLITE
@pytest.mark.parametrize(
    ("error", "status"),
    [
        (RuntimeError("a fault of ours"), 500),
        (OperationalError("SELECT 1", {}, Exception("database is locked")), 503),
    ],
)
def test_a_fault_is_told_without_the_database(sign_in_as, failing, error, status):
    lead = sign_in_as("lead")
    failing(error, database_gone=True)
    answer = lead.get("/sign-in")
    assert answer.status_code == status
    assert "编号" in answer.text
    assert "Traceback" not in answer.text


@ON_SQLITE
@pytest.mark.parametrize(
    "error", [StaleDataError("1 row was wanted, 0 matched"), IntegrityError("INSERT", {}, Exception("UNIQUE"))]
)
def test_whoever_was_second_is_told_so(client: LintingClient, failing, error):
    failing(error)
    answer = client.get("/sign-in")
    assert answer.status_code == 409
    assert "已被他人更改" in answer.text


@ON_SQLITE
@pytest.mark.parametrize(
    ("address", "referrer", "way"),
    [
        ("/account/password", "http://localhost/account/password?a=1", "/sign-in?next=/account/password?a%3D1"),
        ("/account/password", None, "/sign-in?next=/account/password"),
        ("/account/password", "http://elsewhere.example/assignments", "/sign-in?next=/account/password"),
        ("/account/password", "http://[", "/sign-in?next=/account/password"),
        ("/account/password", "http://localhost//elsewhere.example", "/sign-in?next=/account/password"),
        ("/sign-out", "http://localhost/sign-out", "/sign-in"),
        ("/sign-in", "http://localhost/sign-in", "/sign-in"),
    ],
)
def test_a_form_sent_after_the_session_ended_leads_to_signing_in(client: LintingClient, address, referrer, way):
    answer = client.post(address, csrf=False, headers={"Referer": referrer} if referrer else {})
    assert answer.status_code == 400
    assert "登录已结束" in answer.text
    assert f'href="{way}">重新登录' in answer.text


@ON_SQLITE
def test_a_form_of_an_earlier_session_leads_to_its_page_anew(sign_in_as):
    lead = sign_in_as("lead")
    lead.get("/account/password")
    answer = lead.post("/account/password", csrf=False)
    assert answer.status_code == 400
    assert "刷新" in answer.text
    assert 'href="/account/password">重新打开页面' in answer.text


@ON_SQLITE
def test_an_unknown_address_is_told_the_same_to_everybody(client: LintingClient, sign_in_as):
    for somebody in (client, sign_in_as("nobody"), sign_in_as("lead")):
        answer = somebody.get("/no-such-page")
        assert answer.status_code == 404
        assert "没有找到" in answer.text


@ON_SQLITE
def test_too_large_a_body_gets_a_sentence(app: Flask, sign_in_as):
    lead = sign_in_as("lead")
    app.config["MAX_CONTENT_LENGTH"] = 1000
    answer = lead.post("/account/password", data={"old": "甲" * 1000})
    assert answer.status_code == 413
    assert "过大" in answer.text


@ON_SQLITE
def test_a_form_sent_by_nobody_leads_back_to_its_page(client: LintingClient):
    answer = client.post("/account/password", headers={"Referer": "http://localhost/account/password"})
    assert answer.status_code == 302
    assert answer.headers["Location"] == "/sign-in?next=/account/password"


@ON_SQLITE
def test_what_the_disk_does_not_confirm_is_neither_kept_nor_lost(app, sign_in_as, monkeypatch):
    lead = sign_in_as("lead")
    mine = fields_of(lead.get("/account/reminders").text, "/account/reminders")

    def refuse(_log: str) -> None:
        raise OSError(errno.EIO, "the disk refuses")

    monkeypatch.setitem(app.config, "PROPAGATE_EXCEPTIONS", False)  # as it is served
    monkeypatch.setattr(turns, "sync", refuse)
    answer = lead.post("/account/reminders", data={**mine, "email": "ma@example.cn"})
    monkeypatch.undo()
    assert answer.status_code == 500
    assert "不确定是否已保存" in answer.text
    assert "没有保存" not in answer.text
    assert "ma@example.cn" in lead.get("/account/reminders").text, "it is there"
