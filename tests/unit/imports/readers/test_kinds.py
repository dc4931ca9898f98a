"""What a file is, by its content; what no document is, by name; packages that no office program would write."""

from __future__ import annotations

import io
import shutil
import struct
import warnings
import zipfile

import pytest

from imports.readers import limits
from tests.files.office import SHEET_PART, WORD_PART, grid_workbook, packed, parts_of, sheet_xml, word_body
from tests.unit.imports.readers.help import codes, read, refusal, table_of

TYPES = {"[Content_Types].xml": "<Types/>"}
BOOK = grid_workbook([["任务", "单位"]])
WORD = word_body("<w:p><w:r><w:t>任务</w:t></w:r></w:p>")
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def compound(*streams: str) -> bytes:
    """A compound file (512-byte sectors) whose directory lists these streams."""
    entries = b""
    for name in ("Root Entry", *streams):
        text = name.encode("utf-16-le") + b"\0\0"
        entries += text.ljust(64, b"\0") + struct.pack("<HB", len(text), 1).ljust(64, b"\0")
    head = OLE + b"\0" * 16 + struct.pack("<HHHHH6xIII", 0x3E, 3, 0xFFFE, 9, 6, 0, 1, 1)
    head = head.ljust(68, b"\0") + struct.pack("<II", 0xFFFFFFFE, 0) + struct.pack("<109I", 0, *[0xFFFFFFFF] * 108)
    table = struct.pack("<128I", 0xFFFFFFFD, 0xFFFFFFFE, *[0xFFFFFFFF] * 126)
    return head + table + entries.ljust(512, b"\0")


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "file-empty"),
        (b"\x89PNG\r\n\x1a\n", "kind-picture"),
        (b"\xff\xd8\xff\xe0", "kind-picture"),
        (b"RIFF\0\0\0\0WEBP", "kind-picture"),
        (b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>', "kind-picture"),
        (b"Rar!\x1a\x07\0", "kind-archive"),
        (b"7z\xbc\xaf\x27\x1c", "kind-archive"),
        (b"\x1f\x8b\x08", "kind-archive"),
        (packed({"a.xlsx": b"x"}), "kind-archive"),
        (b"PK\x05\x06" + b"\0" * 18, "kind-archive"),
        (packed({"OFD.xml": "<x/>"}), "kind-ofd"),
        (packed({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": "<x/>"}), "kind-open-document"),
        (packed(TYPES | {"ppt/presentation.xml": "<x/>"}), "kind-slides"),
        (packed(TYPES | {"xl/workbook.bin": "x"}), "kind-binary-workbook"),
        (b"MZ\x90\0\x03", "kind-program"),
        (b"\x7fELF\x02", "kind-program"),
        (b"{\\rtf1\\ansi", "kind-rtf"),
        (b"MIME-Version: 1.0\r\nContent-Type: multipart/related", "kind-web-archive"),
        (b'<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook/>', "kind-xml-workbook"),
        (b'<?xml version="1.0"?><?mso-application progid="Word.Document"?><x/>', "kind-xml-word"),
        (b'<?xml version="1.0"?><data/>', "kind-other-xml"),
        (compound("WordDocument"), "kind-old-word"),
        (compound("EncryptionInfo", "EncryptedPackage"), "encrypted"),
        (compound("PowerPoint Document"), "kind-slides"),
        (compound("x"), "unknown-format"),
        (compound("Workbook"), "damaged-archive"),
        (OLE + b"x" * 40, "damaged-archive"),
        (b"\0\1\2\3" * 40, "unknown-format"),
        (BOOK[: len(BOOK) // 2], "damaged-archive"),
    ],
)
def test_kinds_that_are_not_read_are_named(data: bytes, code: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("imports.readers.reading.program", lambda: None)
    assert refusal(data, "a.xlsx") == code


@pytest.mark.parametrize(
    ("data", "way"),
    [
        (compound("WordDocument"), ("doc", "docx")),
        (b"{\\rtf1\\ansi", ("rtf", "docx")),
        (packed({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": "<x/>"}), ("odt", "docx")),
        (
            packed({"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": "<x/>"}),
            ("ods", "xlsx"),
        ),
        (packed(TYPES | {"xl/workbook.bin": "x"}), ("xlsb", "xlsx")),
    ],
)
def test_kinds_that_another_program_reads_go_through_it(
    data: bytes, way: tuple[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[tuple[str, str]] = []

    def converted(_: bytes, suffix: str, target: str) -> bytes:
        asked.append((suffix, target))
        return WORD if target == "docx" else BOOK

    monkeypatch.setattr("imports.readers.reading.program", lambda: "/usr/bin/soffice")
    monkeypatch.setattr("imports.readers.reading.converted", converted)
    document = read(data, f"a.{way[0]}")
    assert asked == [way]
    assert codes(document) == ["file-converted"]


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_libreoffice_converts_a_document_and_says_where_it_cannot() -> None:
    body = "{\\rtf1\\ansi\\trowd\\cellx2000\\cellx4000 \\intbl left\\cell right\\cell\\row\\pard end\\par}"
    document = read(body, "a.rtf")
    assert table_of(document).grid == [["left", "right"]]
    assert codes(document) == ["file-converted"]


def test_a_word_document_of_pictures_is_a_scan() -> None:
    parts = parts_of(word_body("<w:p/>")) | {"word/media/image1.png": b"x"}
    assert refusal(packed(parts), "a.docx") == "scan-in-word"


@pytest.mark.parametrize(
    ("data", "name", "kind", "told"),
    [
        (BOOK, "a.csv", "xlsx", True),
        (BOOK, "a.XLSX", "xlsx", False),
        (BOOK, "", "xlsx", False),
        (WORD, "a.xlsx", "docx", True),
        (b"<html><table><tr><td>1<td>2</table>", "a.xls", "html", True),
        ("任务\n".encode(), "a.docx", "text", True),
        ("任务\n".encode(), "dir/a.b\\a.txt", "text", False),
    ],
)
def test_content_decides_and_the_name_is_only_remarked_on(data: bytes, name: str, kind: str, told: bool) -> None:
    document = read(data, name)
    assert document.kind == kind
    assert codes(document) == (["name-mismatch"] if told else [])


def test_a_text_that_speaks_of_tags_is_no_page() -> None:
    assert read("请在 <br> 处换行\n", "a.txt").kind == "text"


def doubled(data: bytes, name: str) -> bytes:
    out = io.BytesIO(data)
    with zipfile.ZipFile(out, "a") as archive, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        archive.writestr(name, "x")
    return out.getvalue()


def locked(data: bytes) -> bytes:
    """The package with the first part marked as encrypted in the directory."""
    at = data.index(b"PK\x01\x02") + 8
    return data[:at] + b"\x01" + data[at + 1 :]


def overlapping(data: bytes) -> bytes:
    """The directory's second entry points at the data of the first."""
    first = data.index(b"PK\x01\x02")
    second = data.index(b"PK\x01\x02", first + 1)
    return data[: second + 42] + data[first + 42 : first + 46] + data[second + 46 :]


DOCTYPE = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (doubled(BOOK, SHEET_PART), "duplicate-part"),
        (doubled(BOOK, SHEET_PART.upper()), "duplicate-part"),
        (locked(BOOK), "encrypted"),
        (overlapping(BOOK), "overlapping-parts"),
        (packed(parts_of(BOOK) | {SHEET_PART: DOCTYPE + "<worksheet/>"}), "xml-doctype"),
        (packed(parts_of(BOOK) | {SHEET_PART: (DOCTYPE + "<worksheet/>").encode("utf-16")}), "xml-doctype"),
        (packed(parts_of(WORD) | {WORD_PART: DOCTYPE + "<w/>"}), "xml-doctype"),
        (packed(parts_of(WORD) | {WORD_PART: (DOCTYPE + "<w/>").encode("utf-16")}), "xml-doctype"),
        (packed(parts_of(WORD) | {"word/_rels/document.xml.rels": DOCTYPE + "<x/>"}), "xml-doctype"),
        (packed(parts_of(BOOK) | {SHEET_PART: b'<?xml version="1.0" encoding="x-none"?><worksheet/>'}), "damaged"),
        (packed({name: part for name, part in parts_of(BOOK).items() if name != SHEET_PART}), "sheet-missing"),
        (packed({name: part for name, part in parts_of(BOOK).items() if name != "xl/workbook.xml"}), "damaged"),
        (packed(parts_of(BOOK) | {"xl/a.xml": b" " * (limits.RATIO_FLOOR_BYTES + 1)}), "expands-too-large"),
        (packed(parts_of(BOOK) | {f"x/{number}": b"" for number in range(limits.MAX_ENTRIES)}), "too-many-parts"),
    ],
)
def test_packages_that_are_refused(data: bytes, code: str) -> None:
    assert refusal(data, "a.xlsx") == code


def test_sizes_are_counted_while_reading(monkeypatch: pytest.MonkeyPatch) -> None:
    data = sheet_xml("<sheetData/>" + "<x/>" * 200)
    monkeypatch.setattr(limits, "MAX_UNZIPPED_BYTES", 100)
    assert refusal(data, "a.xlsx") == "expands-too-large"
    monkeypatch.setattr(limits, "MAX_FILE_BYTES", 100)
    assert refusal(data, "a.xlsx") == "file-too-large"
    monkeypatch.setattr(limits, "MAX_TREE_NODES", 3)
    monkeypatch.setattr(limits, "MAX_FILE_BYTES", 10_000)
    monkeypatch.setattr(limits, "MAX_UNZIPPED_BYTES", 10_000)
    assert refusal(data, "a.xlsx") == "tree-too-large"
