"""Putting a backup back: into a place that holds nothing, and only what the backup's own hashes vouch for."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from flask_babel import gettext as _
from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

from tracker import storage
from tracker.audit.chain import Verdict
from tracker.db import db
from tracker.errors import DomainError
from tracker.upkeep.archive import FaultyArchive, Manifest, Reader, TableEntry, reading
from tracker.upkeep.place import cause_of, knows_revision, migrate_to, refuse_unless_empty
from tracker.upkeep.snapshot import chain_of
from tracker.upkeep.tables import BrokenReference, filling, plain_table, row_of, write_rows


@dataclass(frozen=True, slots=True)
class PutBack:
    rows: int
    files: int
    missing: tuple[str, ...]
    """Keys of files that the backup already lacked."""
    chain: Verdict
    head: str
    """The head of the audit chain as the backup names it."""

    @property
    def is_whole(self) -> bool:
        return self.chain.broken_at is None and self.chain.head == self.head and not self.missing


def put_back(source: Path) -> PutBack:
    """Restores database and files; the tables are then brought to this version. Raises DomainError, and leaves the
    database without rows, where the backup is not whole."""
    try:
        with reading(source) as archive:
            return _put_back(archive)
    except FaultyArchive as error:
        raise DomainError(
            _("备份文件损坏或者不是备份（%(part)s），没有恢复任何数据。请换一份备份。", part=str(error))
        ) from error
    except BrokenReference as error:
        raise DomainError(_("备份里的数据互相对不上（%(part)s），没有恢复任何数据。", part=str(error))) from error
    except OSError as error:
        raise DomainError(_("无法打开备份文件（%(cause)s）。", cause=error.strerror or str(error))) from error


def _put_back(archive: Reader) -> PutBack:
    manifest = archive.manifest
    if not knows_revision(manifest.revision):
        raise DomainError(
            _("备份由另一版本的程序写成（表版本 %(revision)s），请用那个版本恢复。", revision=manifest.revision)
        )
    refuse_unless_empty(db.engine)
    migrate_to(manifest.revision)
    files = _restore_files(archive)
    with filling(db.engine) as connection:
        rows = sum(_restore_table(archive, entry, connection) for entry in manifest.tables)
        chain = _checked_chain(connection, manifest)
    migrate_to("head")
    return PutBack(rows, files, tuple(manifest.damaged), chain, manifest.audit_head)


def _restore_files(archive: Reader) -> int:
    for entry in archive.manifest.files:
        with archive.file(entry) as content:
            kept = storage.save(content)  # type: ignore[arg-type]  # tarfile's own: it reads and seeks
        if kept.key != entry.key:
            raise FaultyArchive(entry.key)
    return len(archive.manifest.files)


def _restore_table(archive: Reader, entry: TableEntry, connection: Connection) -> int:
    try:
        table = plain_table(entry.name, entry.columns)
        return write_rows(connection, table, (row_of(line, entry.columns) for line in archive.lines(entry)))
    except (KeyError, TypeError, ValueError) as error:
        raise FaultyArchive(entry.name) from error
    except DBAPIError as error:
        raise DomainError(_("表 %(table)s 写不进去：%(cause)s", table=entry.name, cause=cause_of(error))) from error


def _checked_chain(connection: Connection, manifest: Manifest) -> Verdict:
    """A chain that was broken when it was backed up comes back as it was; one that breaks on the way does not come."""
    chain = chain_of(connection)
    if (chain.rows, chain.head) != (manifest.audit_rows, manifest.audit_head):
        raise FaultyArchive("audit_entry")
    return chain
