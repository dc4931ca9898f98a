"""What is done with files that came back in a process apart, with its bounds. JSON out."""

from __future__ import annotations

import base64
import re
import zipfile
from collections.abc import Iterator, Sequence, Set
from io import BytesIO
from itertools import zip_longest
from typing import Any

from imports.document import Table
from imports.problems import UnreadableDocument
from imports.readers import limits, read_document
from imports.readers.names import shown
from imports.readers.package import Package
from imports.readers.sniff import sniffed
from reports.markup import SEAL
from tracker.progress.kits.cells import NO_RESULT

Json = dict[str, Any]

NOTES = ("cell-comment", "shape-text")
"""What a reader says of texts that stand in no cell."""
MOST_FILES = 2_000
"""Kits in one archive: a province has some hundred units."""
LARGEST_FILE = 8 << 20
"""Bytes of one kit. One of a thousand reports has half a megabyte."""
LARGEST_ALL = 128 << 20
"""Bytes of all files of an archive together."""
_UTF8 = 0x800
"""Flag of an entry whose name is in UTF-8; others come from programs that use the language of the computer."""
_LITTER = re.compile(
    r"(^|/)(__MACOSX/|\._[^/]*$|\.DS_Store$|Thumbs\.db$|desktop\.ini$|~\$[^/]*$|\.~lock\.[^/]*#$)", re.IGNORECASE
)
"""What macOS, Windows and office programs that are open leave beside the files."""
_OUTSIDE = re.compile(r"^/|:|\0|(^|/)\.\.(/|$)")
"""Names that lead out of the folder into which an archive is unpacked."""


def look_into(data: bytes, *, file_name: str) -> Json:
    """`workbook`: whether it can be one; `seal`: lines of the hidden sheet, None where there is none; `tables`: the others, by
    their names; `notes`: comments and texts in shapes, kind and place and text each. A figure is what was typed, however
    many digits of it its cell shows."""
    document = read_document(data, file_name, all_digits=True)
    tables = {table.locator: table for table in document.tables()}
    seal = tables.pop(SEAL, None)
    empty = {one for problem in document.problems if problem.code == "formula-no-value" for one in problem.locators}
    return {
        "workbook": sniffed(data) in ("zip", "ole"),
        "seal": None if seal is None else [list(row) for row in seal.grid],
        "tables": {
            name: {
                "columns": list(table.column_labels or ()),
                "rows": [[label, list(row)] for label, row in _rows(table, empty)],
            }
            for name, table in tables.items()
            if seal is not None and table.column_labels
        },
        "notes": [
            [problem.code, problem.locators[0], problem.params["text"]]
            for problem in document.problems
            if problem.code in NOTES
        ],
    }


def _rows(table: Table, empty: Set[str]) -> Iterator[tuple[str, Sequence[str]]]:
    """Its rows, formulas without a result (`empty`, their addresses) marked as such: they are not cells that were emptied."""
    for label, row in zip(table.row_labels, table.grid, strict=True):
        sheet, _sign, number = label.rpartition("!")
        places = [f"{sheet}!{letter}{number}" for letter in table.column_labels or ()] if empty else ()
        yield label, [NO_RESULT if place in empty else text for place, text in zip_longest(places, row, fillvalue="")]


def unpack(data: bytes) -> list[Json] | None:
    """The files of an archive: {"name", "file" in base64} each, or {"name", "refused": cause}; None where it is none but an
    office document. Raises UnreadableDocument for an archive that is damaged, locked or unfolds without end."""
    package = Package(data)
    if "[content_types].xml" in package.names or "mimetype" in package.names:
        return None
    package.check()
    with zipfile.ZipFile(BytesIO(data)) as archive:
        entries = [one for one in archive.infolist() if not (one.is_dir() or _LITTER.search(_name(one)))]
    if len(entries) > MOST_FILES:
        raise UnreadableDocument("too-many-parts", limit=str(MOST_FILES))
    if sum(one.file_size for one in entries) > LARGEST_ALL:
        largest = max(entries, key=lambda entry: entry.file_size)
        raise UnreadableDocument(
            "expands-too-large", part=shown(_name(largest)), limit=str(LARGEST_ALL // limits.MEBIBYTE)
        )
    return [_file(package, entry) for entry in entries]


def _file(package: Package, entry: zipfile.ZipInfo) -> Json:
    path = _name(entry)
    if _OUTSIDE.search(path) or "\0" in entry.orig_filename:
        return {"name": path, "refused": "path"}
    name = path.rpartition("/")[2]
    if entry.file_size > LARGEST_FILE:
        return {"name": name, "refused": "too-large"}
    try:
        content = package.read(entry.filename, LARGEST_FILE)
    except UnreadableDocument:
        return {"name": name, "refused": "unreadable"}
    return {"name": name, "file": base64.b64encode(content).decode()}


def _name(entry: zipfile.ZipInfo) -> str:
    """The name with its folders as it was given. Archives of many programs do not say in which letters: those of macOS are
    in UTF-8, those of Windows in the letters of the computer. Some write folders as Windows does."""
    return _decoded(entry).replace("\\", "/")


def _decoded(entry: zipfile.ZipInfo) -> str:
    if entry.flag_bits & _UTF8:
        return entry.filename
    for letters in ("utf-8", "gb18030"):
        try:
            return entry.filename.encode("cp437").decode(letters)
        except UnicodeError:
            continue
    return entry.filename
