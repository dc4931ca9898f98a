"""The directory of an OLE compound file (复合文档): enough to know a locked workbook from an old one or a Word document."""

from __future__ import annotations

import struct

from imports.problems import UnreadableDocument

_END = 0xFFFFFFFA
"""Sector numbers from here on are marks, not sectors."""
_ENTRY_BYTES = 128
_MAX_SECTORS = 200_000


def stream_names(data: bytes) -> frozenset[str]:
    """The names of all streams and storages. Raises UnreadableDocument("damaged-archive") where the directory is not sound."""
    try:
        return _names(data)
    except (struct.error, IndexError, UnicodeDecodeError) as error:
        raise UnreadableDocument("damaged-archive") from error


def _names(data: bytes) -> frozenset[str]:
    shift = struct.unpack_from("<H", data, 30)[0]
    if shift not in (9, 12):
        raise UnreadableDocument("damaged-archive")
    size = 1 << shift
    first_directory = struct.unpack_from("<I", data, 48)[0]
    table = _allocation(data, size)
    names: set[str] = set()
    for sector in _chain(table, first_directory):
        start = (sector + 1) * size
        block = data[start : start + size]
        for at in range(0, len(block) - _ENTRY_BYTES + 1, _ENTRY_BYTES):
            length, kind = struct.unpack_from("<HB", block, at + 64)
            if kind and 2 <= length <= 64:
                names.add(block[at : at + length - 2].decode("utf-16-le"))
    if not names:
        raise UnreadableDocument("damaged-archive")
    return frozenset(names)


def _allocation(data: bytes, size: int) -> list[int]:
    """The sector allocation table, from the sectors the header lists (109 at most: files up to 7 MB) and their extension."""
    listed = list(struct.unpack_from("<109I", data, 76))
    extension = struct.unpack_from("<I", data, 68)[0]
    per_sector = size // 4
    seen: set[int] = set()
    while extension < _END and extension not in seen and len(seen) < _MAX_SECTORS:
        seen.add(extension)
        more = struct.unpack_from(f"<{per_sector}I", data, (extension + 1) * size)
        listed += more[:-1]
        extension = more[-1]
    table: list[int] = []
    for sector in listed:
        if sector < _END:
            table += struct.unpack_from(f"<{per_sector}I", data, (sector + 1) * size)
        if len(table) > _MAX_SECTORS * 4:
            break
    return table


def _chain(table: list[int], start: int) -> list[int]:
    sectors: list[int] = []
    seen: set[int] = set()
    while start < _END and start not in seen:
        seen.add(start)
        sectors.append(start)
        start = table[start]
    return sectors
