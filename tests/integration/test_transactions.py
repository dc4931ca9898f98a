"""One transaction a request: a page that reads cannot write, and a form that fails leaves nothing."""

from __future__ import annotations

import io
import threading
from contextlib import ExitStack
from typing import Any

import pytest
from flask import Flask, request
from sqlalchemy import func, select, text

from tests.support.databases import ON_SQLITE
from tests.support.place import AT
from tracker.accounts.models import Person
from tracker.accounts.passwords import NOBODY
from tracker.accounts.roles import PUBLIC, allow
from tracker.db import CONNECTIONS, db, session, take_stock, transaction
from tracker.errors import DomainError
from tracker.turns import LINE
from tracker.web.forms import Form
from tracker.web.transactions import SHORT, in_line


def somebody(username: str) -> Person:
    return Person(username=username, name="某人", password_hash=NOBODY, password_set_at=AT, created_at=AT)


@pytest.fixture
def page(app: Flask, monkeypatch: pytest.MonkeyPatch):
    """`page(view)` puts a view in the place of the sign-in page, both to get and to post."""

    def put(view):
        for endpoint in ("accounts.sign_in", "accounts.open_session"):
            monkeypatch.setitem(app.view_functions, endpoint, allow(PUBLIC)(view))

    return put


def count(reading) -> int:
    with reading():
        return session.scalar(select(func.count()).select_from(Person)) or 0


def test_a_page_that_reads_cannot_write(client, page, place, reading):
    before = count(reading)

    def view():
        session.add(somebody("sneaked"))
        session.flush()
        return "done"

    page(view)
    assert client.get("/sign-in", lint=False).status_code == 500
    assert count(reading) == before
    assert client.post("/sign-in", lint=False).status_code == 200
    assert count(reading) == before + 1


def test_what_is_only_added_and_never_flushed_by_a_reading_page_is_dropped(client, page, place, reading):
    before = count(reading)

    def view():
        session.add(somebody("sneaked"))
        return "done"

    page(view)
    client.get("/sign-in", lint=False)
    assert count(reading) == before


@pytest.mark.parametrize(("error", "status"), [(RuntimeError("a fault"), 500), (DomainError("不行。"), 303)])
def test_an_error_undoes_all_of_the_request(client, page, place, reading, error, status):
    before = count(reading)

    def view():
        session.add(somebody("first"))
        session.flush()
        raise error

    page(view)
    assert client.post("/sign-in", lint=False).status_code == status
    assert count(reading) == before


def test_an_answer_that_says_error_undoes_it_too(client, page, place, reading):
    before = count(reading)

    def view():
        session.add(somebody("first"))
        session.flush()
        return "not good", 422

    page(view)
    assert client.post("/sign-in", lint=False).status_code == 422
    assert count(reading) == before


@pytest.mark.parametrize("first", [False, True])
def test_what_a_service_refuses_is_undone_and_told_at_its_field(app, place, reading, first):
    with app.test_request_context(method="POST"), transaction():
        form = Form()
        with form.guarded(first=first):
            session.add(somebody("half"))
            session.flush()
            raise DomainError("这样不行。", field="nowhere")
        assert form.refused
        assert form.form_errors == ["这样不行。"]
        session.add(somebody("whole"))
    with reading():
        assert session.scalar(select(Person.id).where(Person.username == "half")) is None
        assert session.scalar(select(Person.id).where(Person.username == "whole")) is not None


def test_a_command_that_fails_leaves_nothing(app, place, reading):
    before = count(reading)

    def fails():
        with app.app_context(), transaction():
            session.add(somebody("first"))
            session.flush()
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fails()
    assert count(reading) == before


class Stalled(io.RawIOBase):
    """A body that comes when it is told to: over a line that has nearly broken down."""

    def __init__(self, content: bytes) -> None:
        super().__init__()
        self.rest, self.is_awaited, self.may_come = io.BytesIO(content), threading.Event(), threading.Event()

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        self.is_awaited.set()
        self.may_come.wait(30)
        return self.rest.readinto(buffer)


class TestInLine:
    """Views that compute a little and then write: one at a time in a process."""

    @pytest.mark.parametrize("content", ["答", RuntimeError("a fault"), DomainError("不行。")])
    def test_one_stands_in_line_until_it_is_answered(self, client, page, content):
        seen = []

        def view():
            seen.append(len(LINE))
            if isinstance(content, Exception):
                raise content
            return content

        page(in_line(view))
        client.post("/sign-in", lint=False)
        assert (seen, len(LINE)) == ([1], 0)

    def test_what_is_long_takes_its_place_when_it_writes(self, client, page):
        seen = []

        def view():
            seen.append(len(LINE))
            return "答"

        page(in_line(view))
        client.post("/sign-in", data={"done": "长" * SHORT}, lint=False)
        assert seen == [0]

    @pytest.mark.parametrize(("name", "stands"), [("a.pdf", 0), ("", 1)], ids=["a file", "none chosen"])
    def test_what_brings_a_file_takes_its_place_when_it_writes(self, client, page, name, stands):
        """The virus scanner is asked first, and may take seconds. A browser sends the field of files where none is chosen."""
        seen = []

        def view():
            seen.append((len(LINE), request.form["done"]))
            return "答"

        page(in_line(view))
        client.post("/sign-in", data={"done": "好", "files": (io.BytesIO(b"%PDF-1.7"), name)}, lint=False)
        assert seen == [(stands, "好")]

    def test_what_does_not_say_how_long_it_is_takes_its_place_when_it_writes(self, app, client, page):
        """Nobody knows whether it is short before all of it has been kept."""
        seen = []

        def view():
            seen.append(len(LINE))
            return f"{request.form['done']}"

        page(in_line(view))
        body = {"wsgi.input": io.BytesIO("done=块".encode()), "wsgi.input_terminated": True, "CONTENT_LENGTH": ""}
        kind = "application/x-www-form-urlencoded"
        sent = {"content_type": kind, "headers": {"Transfer-Encoding": "chunked"}, "environ_overrides": body}
        assert client.post("/sign-in", lint=False, **sent).text == "块"
        assert seen == [0]

    def test_nobody_waits_for_a_body_that_does_not_come(self, app, client, page):
        page(in_line(lambda: f"{request.form['done']}"))
        body, answers = Stalled(b"done=late"), list[str]()
        given = {
            "content_type": "application/x-www-form-urlencoded",
            "environ_overrides": {"wsgi.input": body, "CONTENT_LENGTH": "9"},
        }

        def send_slowly() -> None:
            answers.append(app.test_client().post("/sign-in", lint=False, **given).text)

        slow = threading.Thread(target=send_slowly)
        slow.start()
        assert body.is_awaited.wait(10)
        assert client.post("/sign-in", data={"done": "at once"}, lint=False).text == "at once"
        assert answers == []
        body.may_come.set()
        slow.join(10)
        assert answers == ["late"]


def test_however_many_threads_write_each_gets_its_connections(app: Flask, client, page):
    """Those who wait for their turn hold a connection each; who is at the front needs two."""
    with app.app_context(), ExitStack() as held:
        for _ in range(2 * CONNECTIONS):
            held.callback(db.engine.connect().close)
        page(in_line(lambda: str(session.scalar(text("SELECT 1")))))
        assert client.post("/sign-in", lint=False).text == "1"


@ON_SQLITE
def test_stock_is_taken_of_what_stands_in_the_tables(app: Flask, place, reading):
    for more in (1, 2):
        with app.app_context(), transaction():
            session.add(somebody(f"more{more}"))
        with app.app_context():
            take_stock()
        with reading():
            found = session.scalars(text("SELECT stat FROM sqlite_stat1 WHERE tbl = 'person'")).all()
            people = session.scalar(select(func.count()).select_from(Person))
        assert {line.split()[0] for line in found} == {str(people)}
