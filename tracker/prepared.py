"""Statements turned into the database's own words once and handed to the driver as they are, and the turn to write in which
nothing but such statements run.

Who asks is read for every request, and for most that is all that is read: of the 0.2 ms that a statement takes by a session
and its transaction, the database's part is a twentieth. Tables, parameters and types are SQLAlchemy's as everywhere. For the
few statements that every request runs, or that run while everybody else waits to write; all others are the session's.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, NamedTuple

from sqlalchemy import Connection, Delete, Insert, Select, Table, Update, bindparam, insert, update
from sqlalchemy.engine import Dialect, Engine
from sqlalchemy.exc import DBAPIError
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.types import TypeEngine

from tracker.db import begin_on, db, session

Row = tuple[Any, ...]
_Way = Callable[[Any], Any] | None
"""How a value is turned on its way to the database, or from it; None where it goes as it is."""


class Beyond(Exception):
    """What is to be done takes more than a turn beside the session: nothing of it is kept, and it is done in the session's."""


class Turn(NamedTuple):
    """A transaction that writes, on the driver itself: see `turn`."""

    driver: Any
    dialect: Dialect


Statement = Select[Any] | Insert | Update | Delete
Transaction = Connection | Turn
"""A transaction that a statement is to run in."""


class Prepared:
    """A statement with its parameters by name (`bindparam`); `columns` are those that one that writes rows fills."""

    def __init__(self, statement: Statement, columns: Sequence[str] | None = None) -> None:
        self.statement, self.columns = statement, columns
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

    def rows_on(self, transaction: Transaction, **values: Any) -> Sequence[Row]:
        """What a transaction sees, or what it gives back of rows that it writes. Raises as SQLAlchemy does."""
        dialect = transaction.dialect
        words = self._words_for(dialect)
        driver = transaction.driver if isinstance(transaction, Turn) else transaction.connection.dbapi_connection
        try:
            return words.ask(driver, values)
        except dialect.loaded_dbapi.Error as error:
            raise _named(error, dialect, words.text, values) from error

    def run_on(self, transaction: Transaction, **values: Any) -> None:
        """Writes within a transaction. Raises as SQLAlchemy does."""
        self.rows_on(transaction, **values)

    def _words_for(self, dialect: Dialect) -> _Words:
        if dialect.name not in self._words:
            self._words[dialect.name] = _Words(self.statement, dialect, self.columns)
        return self._words[dialect.name]


def _named(error: Exception, dialect: Dialect, text: str | None = None, values: Any = None) -> BaseException:
    """A fault of the driver as SQLAlchemy names it."""
    return DBAPIError.instance(text, values, error, dialect.loaded_dbapi.Error, dialect=dialect)


def adding(table: Table, *, giving: str = "") -> Prepared:
    """The statement that adds one row, with all its columns by name but `giving`, which the database fills in and gives back."""
    columns = [column.name for column in table.c if column.name != giving]
    return Prepared(insert(table).returning(table.c[giving]) if giving else insert(table), columns)


def changing(table: Table, columns: Sequence[str]) -> Prepared:
    """The statement that changes these columns of the row whose first column is `key`."""
    return Prepared(update(table).where(next(iter(table.c)) == bindparam("key")), columns)


@contextmanager
def turn() -> Iterator[Turn]:
    """A writing transaction beside the session: committed, and on the disk, at its end; undone by any error.

    A session's beginning and end take the processor as long as ten such statements. What runs here runs while everybody
    else waits to write; the session must not have a transaction open that writes. Raises as SQLAlchemy does.
    """
    engine = db.engine
    connection = engine.raw_connection()
    driver: Any = connection.dbapi_connection
    try:
        begin_on(driver)
        yield Turn(driver, engine.dialect)
        driver.commit()
    except engine.dialect.loaded_dbapi.Error as error:
        raise _named(error, engine.dialect) from error
    finally:
        connection.close()  # undoes what was not committed


class _Words:
    """The text of a statement for one kind of database, and how its values are turned."""

    def __init__(self, statement: Statement, dialect: Dialect, columns: Sequence[str] | None) -> None:
        compiled = statement.compile(dialect=dialect, column_keys=columns)
        assert isinstance(compiled, SQLCompiler)
        given_back = statement.selected_columns if isinstance(statement, Select) else statement.exported_columns
        self.text = str(compiled)
        self.fixed = {name: bind.value for name, bind in compiled.binds.items() if bind.value is not None}
        """Values that stand in the statement itself."""
        names = compiled.positiontup or list(compiled.binds)
        self.ways = [(name, _to(compiled.binds[name].type, dialect)) for name in names]
        self.by_place = compiled.positiontup is not None
        """Whether the driver takes parameters by their place in the text, and not by name."""
        self.back = [_from(column.type, dialect) for column in given_back]
        self.turns_back = any(self.back)
        self.begins = dialect.name != "sqlite"
        """Whether the driver begins a transaction by itself, which is then a word to the server before and one after."""

    def ask(self, driver: Any, values: Mapping[str, Any]) -> list[Row]:
        found = driver.execute(self.text, self._given(values))
        if not self.back:
            return []
        return [self._read(row) for row in found] if self.turns_back else list(found)

    def ask_beside(self, engine: Engine, values: Mapping[str, Any]) -> list[Row]:
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

    def _given(self, values: Mapping[str, Any]) -> Any:
        """Raises KeyError for a parameter that is not given."""
        given = {**self.fixed, **values} if self.fixed else values
        if self.by_place:
            return [given[name] if way is None else way(given[name]) for name, way in self.ways]
        return {name: given[name] if way is None else way(given[name]) for name, way in self.ways}

    def _read(self, row: Sequence[Any]) -> Row:
        return tuple(value if way is None else way(value) for value, way in zip(row, self.back, strict=True))


def _to(kind: TypeEngine[Any], dialect: Dialect) -> _Way:
    return kind.dialect_impl(dialect).bind_processor(dialect)


def _from(kind: TypeEngine[Any], dialect: Dialect) -> _Way:
    return kind.dialect_impl(dialect).result_processor(dialect, None)
