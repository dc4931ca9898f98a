"""Statements that read, turned into the database's own words once and handed to the driver as they are.

Who asks is read for every request, and for most that is all that is read: of the 0.2 ms that a statement takes by a session
and its transaction, the database's part is a twentieth. Tables, parameters and types are SQLAlchemy's as everywhere. For the
few statements that every request runs, or that run while everybody else waits to write; all others are the session's.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy import Connection, Select
from sqlalchemy.engine import Dialect, Engine
from sqlalchemy.exc import DBAPIError
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.types import TypeEngine

from tracker.db import db, session

Row = tuple[Any, ...]
_Way = Callable[[Any], Any] | None
"""How a value is turned on its way to the database, or from it; None where it goes as it is."""


class Prepared:
    """A statement with its parameters by name (`bindparam`)."""

    def __init__(self, statement: Select[Any]) -> None:
        self.statement = statement
        self._words: dict[str, _Words] = {}

    def rows(self, **values: Any) -> Sequence[Row]:
        """What is committed now, outside any transaction.

        Where the driver refuses, SQLAlchemy asks again: it tells a broken connection from a fault, and raises its own errors.
        """
        engine = db.engine
        try:
            return self._words_for(engine.dialect).ask_beside(engine, values)
        except engine.dialect.loaded_dbapi.Error:
            return [tuple(row) for row in session.connection().execute(self.statement, values)]

    def rows_on(self, connection: Connection, **values: Any) -> Sequence[Row]:
        """What the transaction of a connection sees. Raises as SQLAlchemy does."""
        words, fault = self._words_for(connection.dialect), connection.dialect.loaded_dbapi.Error
        try:
            return words.ask(connection.connection.dbapi_connection, values)
        except fault as error:
            raise DBAPIError.instance(words.text, values, error, fault, dialect=connection.dialect) from error

    def _words_for(self, dialect: Dialect) -> _Words:
        if dialect.name not in self._words:
            self._words[dialect.name] = _Words(self.statement, dialect)
        return self._words[dialect.name]


class _Words:
    """The text of a statement for one kind of database, and how its values are turned."""

    def __init__(self, statement: Select[Any], dialect: Dialect) -> None:
        compiled = statement.compile(dialect=dialect)
        assert isinstance(compiled, SQLCompiler)
        self.text = str(compiled)
        self.order: Sequence[str] | None = compiled.positiontup
        """Names of the parameters where the driver takes them by place."""
        self.known = dict(compiled.params)
        self.turned = {name: _to(one.type, dialect) for name, one in compiled.binds.items()}
        self.back = [_from(column.type, dialect) for column in statement.selected_columns]
        self.begins = dialect.name != "sqlite"
        """Whether the driver begins a transaction by itself, which is then a word to the server before and one after."""

    def ask(self, driver: Any, values: dict[str, Any]) -> list[Row]:
        return [self._read(row) for row in driver.execute(self.text, self._given(values))]

    def ask_beside(self, engine: Engine, values: dict[str, Any]) -> list[Row]:
        connection = engine.raw_connection()
        driver: Any = connection.dbapi_connection
        try:
            if self.begins:
                driver.autocommit = True
            rows = self.ask(driver, values)
            if self.begins:
                driver.autocommit = False
        except BaseException:
            connection.invalidate()  # whatever it was: nobody may get a connection that commits by itself
            raise
        finally:
            connection.close()
        return rows

    def _given(self, values: dict[str, Any]) -> Any:
        given = self.known | values
        for name, turn in self.turned.items():
            if turn is not None:
                given[name] = turn(given[name])
        return given if self.order is None else [given[name] for name in self.order]

    def _read(self, row: Sequence[Any]) -> Row:
        return tuple(value if turn is None else turn(value) for value, turn in zip(row, self.back, strict=True))


def _to(kind: TypeEngine[Any], dialect: Dialect) -> _Way:
    return kind.dialect_impl(dialect).bind_processor(dialect)


def _from(kind: TypeEngine[Any], dialect: Dialect) -> _Way:
    return kind.dialect_impl(dialect).result_processor(dialect, None)
