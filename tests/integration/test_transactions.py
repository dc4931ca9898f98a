"""One transaction a request: a page that reads cannot write, and a form that fails leaves nothing."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import func, select, text

from tests.support.databases import ON_SQLITE
from tests.support.place import AT
from tracker.accounts.models import Person
from tracker.accounts.passwords import NOBODY
from tracker.accounts.roles import PUBLIC, allow
from tracker.db import session, take_stock, transaction
from tracker.errors import DomainError
from tracker.web.forms import Form


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


@pytest.mark.parametrize("error", [RuntimeError("a fault"), DomainError("不行。")])
def test_an_error_undoes_all_of_the_request(client, page, place, reading, error):
    before = count(reading)

    def view():
        session.add(somebody("first"))
        session.flush()
        raise error

    page(view)
    assert client.post("/sign-in", lint=False).status_code in {422, 500}
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
