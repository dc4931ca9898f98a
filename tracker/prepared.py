"""Reading by a statement that is turned into the database's own words once, and asked beside the session.

Who asks is read for every request, and for most that is all that is read: of the 0.2 ms that a session takes for one statement,
with its transaction, SQLite needs five hundredths. Tables, parameters and types are SQLAlchemy's as everywhere. For the few
statements that stand before a request's own work; what belongs together is read in one transaction, by the session.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy import Select
from sqlalchemy.engine import Dialect, Engine
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
        words = self._words.get(engine.dialect.name)
        if words is None:
            words = self._words[engine.dialect.name] = _Words(self.statement, engine.dialect)
        try:
            return words.ask(engine, values)
        except engine.dialect.loaded_dbapi.Error:
            return [tuple(row) for row in session.connection().execute(self.statement, values)]


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

    def ask(self, engine: Engine, values: dict[str, Any]) -> list[Row]:
        connection = engine.raw_connection()
        driver: Any = connection.dbapi_connection
        try:
            if self.begins:
                driver.autocommit = True
            rows = driver.execute(self.text, self._given(values)).fetchall()
            if self.begins:
                driver.autocommit = False
        except engine.dialect.loaded_dbapi.Error:
            connection.invalidate()
            raise
        finally:
            connection.close()
        return [self._read(row) for row in rows]

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
