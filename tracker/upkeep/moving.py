"""Moving everything to another database: from SQLite to PostgreSQL, back, or to a newer server."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from pathlib import Path

from flask_babel import gettext as _
from sqlalchemy import Connection, Table
from sqlalchemy.engine import Engine, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError

from tracker.audit.chain import Verdict
from tracker.config import database_url
from tracker.errors import DomainError
from tracker.upkeep.place import (
    cause_of,
    migrate_to,
    other_database,
    refuse_unless_empty,
    refuse_unless_newest,
)
from tracker.upkeep.snapshot import chain_of, snapshot
from tracker.upkeep.tables import BrokenReference, all_tables, count_of, filling, rows_of, write_rows


@dataclass(frozen=True, slots=True)
class Moved:
    counts: dict[str, int]
    """Rows by table, the same on both sides."""
    chain: Verdict


def move(source_url: str, target_url: str) -> Moved:
    """Copies every table in one transaction and checks counts and the audit chain before it is committed.

    Raises DomainError, and leaves the target without rows, where anything does not fit.
    """
    if _same(source_url, target_url):
        raise DomainError(_("来源和目标是同一个数据库。"))
    with other_database(source_url) as source:
        refuse_unless_newest(source)
        with tempfile.TemporaryDirectory(prefix="luoshi-") as folder, snapshot(source, Path(folder)) as connection:
            found = chain_of(connection)
            if found.broken_at is not None:
                raise DomainError(_("来源数据库的审计链在第 %(n)s 条断开，没有复制。", n=found.broken_at))
            with other_database(target_url) as target:
                return _fill(connection, target, found)


def _same(source_url: str, target_url: str) -> bool:
    try:
        return make_url(database_url(source_url)) == make_url(database_url(target_url))
    except ArgumentError:
        return False


def _fill(source: Connection, target: Engine, found: Verdict) -> Moved:
    refuse_unless_empty(target)
    migrate_to("head")
    try:
        with filling(target) as connection:
            counts = {table.name: _copy(source, connection, table) for table in all_tables()}
            chain = chain_of(connection)
            if chain != found:
                raise DomainError(_("复制后的审计链与来源不一致，没有保存。"))
    except BrokenReference as error:
        raise DomainError(_("来源的数据互相对不上（%(part)s），没有复制。", part=str(error))) from error
    return Moved(counts, chain)


def _copy(source: Connection, target: Connection, table: Table) -> int:
    try:
        written = write_rows(target, table, rows_of(source, table))
    except DBAPIError as error:
        raise DomainError(_("表 %(table)s 写不进去：%(cause)s", table=table.name, cause=cause_of(error))) from error
    if written != count_of(target, table):
        raise DomainError(_("表 %(table)s 的行数与来源不一致，没有保存。", table=table.name))
    return written
