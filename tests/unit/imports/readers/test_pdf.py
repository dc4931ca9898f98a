"""PDF files: text and ruled tables where a library reads them; a scan and a missing library said in words."""

from __future__ import annotations

import zlib

import pytest

from imports.document import Area
from imports.readers.pdf import library
from tests.unit.imports.readers.help import read, refusal, table_of, texts

WIDTH, HEIGHT = 400, 300


def pdf(*pages: str, picture: bool = False) -> bytes:
    """A PDF of one stream of drawing a page, in Helvetica; with `picture` each page shows one."""
    objects = ["<</Type/Catalog/Pages 2 0 R>>", "", "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"]
    kids = []
    for page in pages:
        content = page + ("q 300 0 0 200 50 50 cm BI /W 1 /H 1 /CS /G /BPC 8 ID x EI Q" if picture else "")
        objects.append(f"<</Length {len(content)}>>stream\n{content}\nendstream")
        resources = "" if picture else "/Resources<</Font<</F 3 0 R>>>>"
        objects.append(
            f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 {WIDTH} {HEIGHT}]{resources}/Contents {len(objects)} 0 R>>"
        )
        kids.append(f"{len(objects)} 0 R")
    objects[1] = f"<</Type/Pages/Kids[{' '.join(kids)}]/Count {len(kids)}>>"
    if picture:
        objects[2] = "<</Subtype/Image>>"
    out = b"%PDF-1.4\n"
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n{body}\nendobj\n".encode()
    start = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    out += b"".join(f"{place:010} 00000 n \n".encode() for place in places)
    return out + f"trailer<</Root 1 0 R/Size {len(objects) + 1}>>\nstartxref\n{start}\n%%EOF".encode()


def written(text: str, left: int, top: int) -> str:
    return f"BT /F 10 Tf {left} {HEIGHT - top - 10} Td ({text}) Tj ET "


def boxed(left: int, top: int, right: int, bottom: int) -> str:
    return f"{left} {HEIGHT - bottom} {right - left} {bottom - top} re S "


def test_without_the_library_the_message_says_what_to_upload(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("imports.readers.pdf.library", lambda: None)
    assert refusal(pdf(written("text", 50, 50)), "a.pdf") == "kind-pdf"


@pytest.mark.parametrize("packed", [False, True])
def test_a_scan_is_known_without_the_library(packed: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("imports.readers.pdf.library", lambda: None)
    objects = b"1 0 <</Type/XObject /Subtype /Image>>"
    stream = b"<</Type/ObjStm/Filter/FlateDecode>>stream\n" + zlib.compress(objects) + b"\nendstream"
    assert refusal(b"%PDF-1.5\n" + (stream if packed else objects), "a.pdf") == "scan-in-pdf"


needs_library = pytest.mark.skipif(library() is None, reason="pdfplumber is not installed")


@needs_library
def test_lines_that_fill_the_page_are_one_paragraph() -> None:
    long = "x" * 60
    document = read(pdf(written(long, 50, 50) + written("goes on.", 50, 64) + written("next", 70, 78)), "a.pdf")
    assert texts(document) == [f"{long}goes on.", "next"]


@needs_library
def test_a_ruled_table_keeps_its_merged_areas_and_goes_on_over_the_page() -> None:
    first = boxed(50, 50, 250, 70) + boxed(50, 70, 150, 90) + boxed(150, 70, 250, 90)
    first += written("title", 60, 54) + written("a", 60, 74) + written("b", 160, 74) + written("- 1 -", 180, 285)
    second = boxed(50, 20, 150, 40) + boxed(150, 20, 250, 40) + boxed(50, 40, 150, 60) + boxed(150, 40, 250, 60)
    second += written("rest", 160, 24) + written("c", 60, 44) + written("d", 160, 44)
    document = read(pdf(first, second), "a.pdf")
    table = table_of(document)
    assert table.grid == [["title", ""], ["a", "b\nrest"], ["c", "d"]]
    assert table.merges == [Area(0, 0, 0, 1)]
    assert [(paragraph.text, paragraph.noise) for paragraph in document.paragraphs()] == [("- 1 -", True)]


@needs_library
def test_columns_without_any_rule_are_a_table() -> None:
    lines = [["no", "task", "unit"], ["1", "open the", "a"], ["", "data", ""], ["2", "train", "b"]]
    page = "".join(
        written(text, left, 40 + 14 * row)
        for row, cells in enumerate(lines)
        for left, text in zip((50, 100, 250), cells, strict=True)
    )
    assert table_of(read(pdf(page), "a.pdf")).grid == [
        ["no", "task", "unit"],
        ["1", "open the\ndata", "a"],
        ["2", "train", "b"],
    ]


@needs_library
def test_a_scan_is_known_with_the_library_too() -> None:
    assert refusal(pdf("", picture=True), "a.pdf") == "scan-in-pdf"


@needs_library
def test_a_damaged_file_is_refused() -> None:
    assert refusal(b"%PDF-1.4\ntrailer<</Root 9 0 R>>", "a.pdf") in {"damaged-pdf", "empty-pdf"}
