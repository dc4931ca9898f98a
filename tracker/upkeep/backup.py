"""Backing up: everything that people entered, as it stood at one moment, in one file."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from flask_babel import gettext as _
from sqlalchemy import Connection, select

from tracker import storage
from tracker.audit.chain import Verdict
from tracker.db import db, table_of
from tracker.drafts.models import Draft
from tracker.errors import DomainError
from tracker.progress.models import Evidence, ReturnedKit
from tracker.upkeep.archive import FaultyArchive, Manifest, Writer, writing
from tracker.upkeep.place import newest_revision, refuse_unless_newest
from tracker.upkeep.snapshot import chain_of, snapshot
from tracker.upkeep.tables import all_tables, columns_of, line_of, rows_of

Tell = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class BackedUp:
    rows: int
    files: int
    damaged: tuple[str, ...]
    """Keys of stored files that are missing or not what their name says: they are not in the backup."""
    chain: Verdict


def back_up(target: Path, *, at: datetime) -> BackedUp:
    """Writes the backup. People may go on working: it holds what was committed when it began. Raises DomainError.

    The database comes first: files are only ever added, so every file it speaks of is there when files are read.
    """
    refuse_unless_newest(db.engine)
    try:
        with writing(target) as writer, snapshot(db.engine, target.parent) as connection:
            return _write(writer, connection, at)
    except FileExistsError as error:
        raise DomainError(_("%(file)s 已经存在，不会覆盖。请换一个文件名。", file=str(target))) from error
    except OSError as error:
        raise DomainError(
            _("无法写入 %(file)s（%(cause)s）。", file=str(target), cause=error.strerror or str(error))
        ) from error


def _write(writer: Writer, connection: Connection, at: datetime) -> BackedUp:
    chain = chain_of(connection)
    made = Manifest(at.isoformat(), newest_revision(), db.engine.dialect.name, chain.rows, chain.head)
    for table in all_tables():
        columns = columns_of(table)
        lines = (line_of(row, columns) for row in rows_of(connection, table))
        made.tables.append(writer.table(table.name, columns, lines))
    for key in sorted({*storage.keys(), *spoken_of(connection)}):
        try:
            made.files.append(writer.file(key, storage.stream(key)))
        except (FaultyArchive, FileNotFoundError):
            made.damaged.append(key)
    writer.manifest(made)
    return BackedUp(sum(one.rows for one in made.tables), len(made.files), tuple(made.damaged), chain)


def spoken_of(connection: Connection) -> set[str]:
    """Keys of the files that evidence, drafts and kits that came back speak of."""
    kept = (table_of(Evidence).c.sha256, table_of(Draft).c.file_key, table_of(ReturnedKit).c.file_key)
    found = [key for column in kept for key in connection.scalars(select(column))]
    return {key for key in found if key and storage.is_key(key)}
