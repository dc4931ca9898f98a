"""The signed cookie, whose signature is checked once a minute: nothing is believed that Flask's own would not believe."""

from __future__ import annotations

import time

import pytest
from flask import Flask, session

from tracker.web import security


@pytest.fixture
def app() -> Flask:
    """Says what its cookie holds, and what it adds to it."""
    app = Flask("cookies")
    app.secret_key = "one key"
    app.session_interface = security.Cookies()

    @app.get("/")
    def read() -> dict[str, object]:
        return dict(session)

    @app.get("/put/<word>")
    def put(word: str) -> dict[str, object]:
        session["word"] = word
        session.setdefault("said", []).append(word)
        session.modified = True
        return dict(session)

    return app


def read(app: Flask, cookie: str, path: str = "/") -> dict[str, object]:
    """What the application says to whoever sends that very cookie."""
    found: dict[str, object] = app.test_client(use_cookies=False).get(path, headers={"Cookie": cookie}).get_json()
    return found


def cookie_of(app: Flask, content: dict[str, object]) -> str:
    signer = app.session_interface.get_signing_serializer(app)
    assert signer is not None
    return f"session={signer.dumps(content)}"


def test_what_one_request_puts_in_is_not_in_the_next(app):
    for content in ({"word": "甲"}, {"word": "甲", "said": ["甲"]}):
        cookie = cookie_of(app, content)
        assert read(app, cookie) == content
        assert read(app, cookie, "/put/乙") == {"word": "乙", "said": [*content.get("said", []), "乙"]}
        assert read(app, cookie) == content


def test_nobody_else_signs(app):
    cookie = cookie_of(app, {"word": "甲"})
    assert read(app, cookie) == {"word": "甲"}
    content, _, rest = cookie.partition(".")
    assert read(app, f"{content[:-1]}A.{rest}") == {}
    app.secret_key = "another key"
    assert read(app, cookie) == {}


def test_it_grows_old(app, monkeypatch):
    cookie = cookie_of(app, {"word": "甲"})
    assert read(app, cookie) == {"word": "甲"}
    passed = app.permanent_session_lifetime.total_seconds() + 2
    now, running = time.time(), time.monotonic()
    monkeypatch.setattr(time, "time", lambda: now + passed)
    monkeypatch.setattr(time, "monotonic", lambda: running + passed)
    assert read(app, cookie) == {}


def test_it_remembers_no_more_than_it_has_room_for(app, monkeypatch):
    monkeypatch.setattr(security, "MOST", 2)
    for number in range(5):
        read(app, cookie_of(app, {"word": str(number)}))
    assert len(app.session_interface.checked) <= 2
