"""The file of a backup: a tar of one manifest, the tables as compressed lines of JSON, and the stored files.

Nothing in it is ever used as a path: tables are known by name, files by their SHA-256.
"""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import os
import tarfile
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import IO, Any, cast

from tracker.upkeep.tables import Columns

FORMAT = 1
MANIFEST = "manifest.json"
IN_MEMORY = 1 << 22


@dataclass(frozen=True, slots=True)
class TableEntry:
    name: str
    columns: dict[str, str]
    rows: int
    sha256: str
    """Of the lines before they were compressed."""


@dataclass(frozen=True, slots=True)
class FileEntry:
    key: str
    size: int


@dataclass(slots=True)
class Manifest:
    """What is in a backup, by which it can be held against itself."""

    made_at: str
    revision: str
    database: str
    audit_rows: int
    audit_head: str
    tables: list[TableEntry] = field(default_factory=list)
    files: list[FileEntry] = field(default_factory=list)
    damaged: list[str] = field(default_factory=list)
    """Keys of stored files whose content was not what their name says, or that were missing."""


class FaultyArchive(Exception):
    """The file is no backup, or not the one that was written. `str(error)` names the part."""


class Writer:
    def __init__(self, tar: tarfile.TarFile) -> None:
        self._tar = tar

    def table(self, name: str, columns: Columns, lines: Iterable[str]) -> TableEntry:
        sha, rows = hashlib.sha256(), 0
        with tempfile.SpooledTemporaryFile(max_size=IN_MEMORY) as kept:
            with gzip.GzipFile(fileobj=cast(IO[bytes], kept), mode="wb", mtime=0, compresslevel=5) as packed:
                for line in lines:
                    data = line.encode("utf-8") + b"\n"
                    sha.update(data)
                    packed.write(data)
                    rows += 1
            self._add(f"tables/{name}.jsonl.gz", kept.tell(), kept)
        return TableEntry(name, dict(columns), rows, sha.hexdigest())

    def file(self, key: str, chunks: Iterable[bytes]) -> FileEntry:
        """Raises FaultyArchive where the content is not what the key says; nothing is written then."""
        sha = hashlib.sha256()
        with tempfile.SpooledTemporaryFile(max_size=IN_MEMORY) as kept:
            for chunk in chunks:
                sha.update(chunk)
                kept.write(chunk)
            if sha.hexdigest() != key:
                raise FaultyArchive(key)
            size = kept.tell()
            self._add(f"files/{key}", size, kept)
        return FileEntry(key, size)

    def manifest(self, manifest: Manifest) -> None:
        body = {"format": FORMAT, **asdict(manifest)}
        data = json.dumps(body, ensure_ascii=False, indent=1).encode("utf-8")
        self._add(MANIFEST, len(data), io.BytesIO(data))

    def _add(self, name: str, size: int, content: Any) -> None:
        entry = tarfile.TarInfo(name)
        entry.size, entry.mode = size, 0o600
        content.seek(0)
        self._tar.addfile(entry, content)


@contextmanager
def writing(target: Path) -> Iterator[Writer]:
    """The file appears under its name once it is whole, readable by the owner alone: it holds hashes of passwords.

    Raises FileExistsError where it is there already.
    """
    if target.exists():
        raise FileExistsError(target)
    part = target.with_name(target.name + ".part")
    handle = os.open(part, os.O_RDWR | os.O_CREAT | os.O_TRUNC, 0o600)
    try:
        with os.fdopen(handle, "wb") as file:
            with tarfile.open(fileobj=file, mode="w") as tar:
                yield Writer(tar)
            file.flush()
            os.fsync(file.fileno())
        part.rename(target)
    finally:
        part.unlink(missing_ok=True)


class Reader:
    def __init__(self, tar: tarfile.TarFile) -> None:
        self._tar = tar
        self.manifest = _manifest(self._content(MANIFEST).read())

    def _content(self, name: str) -> IO[bytes]:
        try:
            found = self._tar.extractfile(name)
        except (KeyError, tarfile.TarError, OSError) as error:
            raise FaultyArchive(name) from error
        if found is None:
            raise FaultyArchive(name)
        return found

    def lines(self, table: TableEntry) -> Iterator[str]:
        """Raises FaultyArchive at the end where they are not the lines that were written."""
        sha, rows = hashlib.sha256(), 0
        try:
            with gzip.GzipFile(fileobj=self._content(f"tables/{table.name}.jsonl.gz")) as packed:
                for data in packed:
                    sha.update(data)
                    rows += 1
                    yield data.decode("utf-8")
        except (OSError, EOFError, ValueError) as error:
            raise FaultyArchive(table.name) from error
        if (rows, sha.hexdigest()) != (table.rows, table.sha256):
            raise FaultyArchive(table.name)

    @contextmanager
    def file(self, entry: FileEntry) -> Iterator[IO[bytes]]:
        with self._content(f"files/{entry.key}") as content:
            yield content


@contextmanager
def reading(source: Path) -> Iterator[Reader]:
    """Raises FaultyArchive where the file is no backup, OSError where it cannot be opened."""
    try:
        with tarfile.open(source, mode="r:") as tar:
            yield Reader(tar)
    except tarfile.TarError as error:
        raise FaultyArchive(source.name) from error


def _manifest(data: bytes) -> Manifest:
    try:
        body = json.loads(data)
        if body.pop("format") != FORMAT:
            raise FaultyArchive(MANIFEST)
        tables = [TableEntry(**entry) for entry in body.pop("tables")]
        files = [FileEntry(**entry) for entry in body.pop("files")]
        return Manifest(**body, tables=tables, files=files)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise FaultyArchive(MANIFEST) from error
