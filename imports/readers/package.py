"""Office packages: a zip of named parts, read with every size counted and every disagreement refused."""

from __future__ import annotations

import posixpath
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import IO

from imports.problems import UnreadableDocument
from imports.readers import limits
from imports.readers.names import shown
from imports.readers.xml import parsed

_CHUNK = 256 * 1024
_ENCRYPTED_FLAG = 0x1
_UTF8_FLAG = 0x800
# What zipfile and zlib raise for bytes that are no sound archive.
_DAMAGE = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    NotImplementedError,
    RuntimeError,
    ValueError,
    OverflowError,
    OSError,
)


@dataclass(frozen=True, slots=True)
class Relation:
    """One relationship of a part: `target` is the part's normalised name, or the address where it is external."""

    identifier: str
    kind: str
    """Last word of the relationship's type: `worksheet`, `hyperlink`, `footnotes`."""
    target: str
    external: bool


class Package:
    """The parts of an office file by normalised name (no leading slash, lower case, `/`)."""

    def __init__(self, data: bytes) -> None:
        if data.count(b"PK\x01\x02") > limits.MAX_ENTRIES:
            raise UnreadableDocument("too-many-parts", limit=str(limits.MAX_ENTRIES))
        try:
            self._archive = zipfile.ZipFile(BytesIO(data))
        except _DAMAGE as error:
            raise UnreadableDocument("damaged-archive") from error
        self._entries = {_normal(entry.filename): entry for entry in self._archive.infolist()}

    @property
    def names(self) -> frozenset[str]:
        return frozenset(self._entries)

    def check(self) -> None:
        """Refuses what no office program writes: parts that are twice there, overlap, are locked or unfold without end."""
        entries = self._archive.infolist()
        seen: set[str] = set()
        for entry in entries:
            name = _normal(entry.filename)
            if name in seen:
                raise UnreadableDocument("duplicate-part", part=shown(entry.filename))
            seen.add(name)
            if entry.flag_bits & _ENCRYPTED_FLAG:
                raise UnreadableDocument("encrypted")
        self._check_extents(entries)
        if sum(entry.file_size for entry in entries) > limits.MAX_UNZIPPED_BYTES:
            largest = max(entries, key=lambda entry: entry.file_size)
            raise _expands(largest.filename, limits.MAX_UNZIPPED_BYTES)
        for entry in entries:
            large = entry.file_size > limits.RATIO_FLOOR_BYTES
            if large and entry.file_size > limits.MAX_RATIO * max(entry.compress_size, 1):
                raise _expands(entry.filename, limits.MAX_UNZIPPED_BYTES)

    @staticmethod
    def _check_extents(entries: list[zipfile.ZipInfo]) -> None:
        end = 0
        for entry in sorted(entries, key=lambda entry: entry.header_offset):
            if entry.header_offset < end:
                raise UnreadableDocument("overlapping-parts")
            letters = "utf-8" if entry.flag_bits & _UTF8_FLAG else "cp437"  # as zipfile read it: a byte a letter
            name = len(entry.orig_filename.encode(letters, "replace"))
            end = entry.header_offset + 30 + name + entry.compress_size

    def has(self, name: str) -> bool:
        return _normal(name) in self._entries

    def chunks(self, name: str, most: int = limits.MAX_PART_BYTES) -> Iterator[bytes]:
        """The part's bytes piece by piece; raises UnreadableDocument where it is damaged or longer than `most`."""
        entry = self._entries.get(_normal(name))
        if entry is None:
            raise UnreadableDocument("damaged", part=shown(name))
        total = 0
        try:
            with self._archive.open(entry) as stream:
                while chunk := _piece(stream):
                    total += len(chunk)
                    if total > most:
                        raise _expands(name, most)
                    yield chunk
        except _DAMAGE as error:
            raise UnreadableDocument("damaged", part=shown(name)) from error

    def read(self, name: str, most: int = limits.MAX_TREE_BYTES) -> bytes:
        entry = self._entries.get(_normal(name))
        if entry is not None and entry.file_size > most:
            raise _expands(name, most)
        return b"".join(self.chunks(name, most))

    def relations(self, part: str) -> list[Relation]:
        """The relationships of `part` (`""` for the package itself), in file order; empty where it has none."""
        folder, file = posixpath.split(part)
        source = posixpath.join(folder, "_rels", f"{file}.rels")
        if not self.has(source):
            return []
        found = []
        for item in parsed(self.read(source), source).iterchildren("{*}Relationship"):
            external = item.get("TargetMode") == "External"
            target = item.get("Target") or ""
            found.append(
                Relation(
                    identifier=item.get("Id") or "",
                    kind=(item.get("Type") or "").rsplit("/", 1)[-1],
                    target=target if external else _resolved(folder, target),
                    external=external,
                )
            )
        return found


def _piece(stream: IO[bytes]) -> bytes:
    return stream.read(_CHUNK)


def _normal(name: str) -> str:
    return name.replace("\\", "/").lstrip("/").lower()


def _resolved(folder: str, target: str) -> str:
    joined = target if target.startswith("/") else posixpath.join(folder, target)
    return posixpath.normpath(joined.replace("\\", "/")).lstrip("/")


def _expands(part: str, most: int) -> UnreadableDocument:
    return UnreadableDocument("expands-too-large", part=shown(part), limit=str(most // limits.MEBIBYTE))
