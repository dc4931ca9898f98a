"""Statements asked beside the session: they say what the session says, and leave nothing behind on the connection."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from typing import NoReturn

import pytest
from sqlalchemy import Connection, bindparam, insert, select
from sqlalchemy.exc import DBAPIError, OperationalError

from tests.support.place import AT, DAY
from tracker.accounts.models import Grant, Person, SignInFailure
from tracker.audit.models import AuditEntry
from tracker.db import ExactDecimal, UtcDateTime, db, session, table_of, transaction
from tracker.prepared import Prepared

PERSON, GRANT, ENTRY, FAILED = (table_of(model).c for model in (Person, Grant, AuditEntry, SignInFailure))
VALUES = select(
    PERSON.name, PERSON.is_active, PERSON.created_at, GRANT.valid_from, GRANT.valid_to, ENTRY.body,
    bindparam("figure", type_=ExactDecimal),
).join_from(PERSON.id.table, GRANT.id.table, GRANT.person_id == PERSON.id).join(
    ENTRY.seq.table, ENTRY.seq == 1
).where(
    PERSON.created_at <= bindparam("at", type_=UtcDateTime), GRANT.valid_from <= bindparam("day"),
    PERSON.username.like("%r"),
).order_by(GRANT.id)  # fmt: skip
FAILURES = Prepared(select(FAILED.username).where(FAILED.username.like("failed%")).order_by(FAILED.id))


def fail(connection: Connection, username: str) -> None:
    connection.execute(insert(table_of(SignInFailure)), {"username": username, "address": "", "at": AT})


def test_values_come_and_go_as_by_the_session(place, reading):
    sought = {"at": datetime.now(UTC), "day": DAY, "figure": Decimal("1.10")}
    with reading():
        found = Prepared(VALUES).rows(**sought)
        assert found == [tuple(row) for row in session.execute(VALUES, sought)]
        assert found == Prepared(VALUES).rows_on(session.connection(), **sought)
        assert found
        assert found[0][2].tzinfo is UTC
        assert found[0][-1] == Decimal("1.10")


def test_it_sees_what_is_committed_and_keeps_no_transaction_open(app):
    with app.app_context():
        assert FAILURES.rows() == []
        with db.engine.connect() as connection:
            fail(connection, "failed and undone")
            connection.rollback()
        with transaction():
            fail(session.connection(), "failed")
            assert FAILURES.rows() == []
            assert FAILURES.rows_on(session.connection()) == [("failed",)]
        assert FAILURES.rows() == [("failed",)]


def test_a_connection_that_broke_meanwhile_is_replaced(app):
    with app.app_context():
        db.engine.dispose()
        lent = db.engine.raw_connection()
        driver = lent.dbapi_connection
        lent.close()
        driver.close()
        assert FAILURES.rows() == []


def test_one_that_broke_within_a_transaction_is_told(app):
    with app.app_context(), db.engine.connect() as connection:
        connection.connection.dbapi_connection.close()
        with pytest.raises(DBAPIError):
            FAILURES.rows_on(connection)
        connection.invalidate()


def test_nobody_gets_a_connection_that_commits_by_itself(app):
    """Not even after a value that cannot be given."""
    broken = Prepared(select(FAILED.username).where(FAILED.at == bindparam("at", type_=UtcDateTime)))
    with app.app_context():
        with pytest.raises(ValueError, match="time zone"):
            broken.rows(at=AT.replace(tzinfo=None))
        with db.engine.connect() as connection:
            fail(connection, "failed and undone")
            connection.rollback()
        assert FAILURES.rows() == []


def test_a_database_that_does_not_answer_is_named_by_sqlalchemy(app, monkeypatch):
    def refuse(*_where: object, **_how: object) -> NoReturn:
        raise db.engine.dialect.loaded_dbapi.OperationalError("no connection")

    with app.app_context():
        db.engine.dispose()
        monkeypatch.setattr(db.engine.dialect, "connect", refuse)
        with pytest.raises(OperationalError):
            FAILURES.rows()
