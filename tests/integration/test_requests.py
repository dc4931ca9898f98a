"""What holds for every request, whatever room answers it."""

from __future__ import annotations

from flask import Flask

from tests.support.pages import LintingClient


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
