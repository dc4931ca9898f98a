"""Makers of small documents for tests: each gives the bytes of a file."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterable, Mapping, Sequence

import docx
import openpyxl
from docx.document import Document as WordDocument
from openpyxl.worksheet.worksheet import Worksheet

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
SHEET_PART = "xl/worksheets/sheet1.xml"
WORD_PART = "word/document.xml"


def workbook(*fills: Callable[[Worksheet], object], titles: Sequence[str] = ()) -> bytes:
    """A workbook with one sheet for each fill (`Sheet1`, …), written by openpyxl."""
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for number, fill in enumerate(fills):
        fill(book.create_sheet(titles[number] if titles else f"Sheet{number + 1}"))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def grid_workbook(rows: Iterable[Sequence[str]]) -> bytes:
    """A workbook whose cells are all text, `=1+1` too."""

    def fill(sheet: Worksheet) -> None:
        for at, row in enumerate(rows, 1):
            for column, text in enumerate(row, 1):
                if text:
                    sheet.cell(at, column).value = text
                    sheet.cell(at, column).data_type = "s"

    return workbook(fill)


def word(fill: Callable[[WordDocument], object]) -> bytes:
    """A Word document, written by python-docx."""
    document = docx.Document()
    fill(document)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def word_body(xml: str, **more: str) -> bytes:
    """A Word document with this XML as its body; `more` are further parts of `word/` by name, related to the document.

    `numbering="<w:abstractNum …>"` becomes the content of `word/numbering.xml`.
    """
    roots = {
        "numbering": "numbering",
        "styles": "styles",
        "footnotes": "footnotes",
        "comments": "comments",
        "header": "hdr",
    }
    parts = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
        WORD_PART: f'<w:document xmlns:w="{W}"><w:body>{xml}</w:body></w:document>',
    }
    links = []
    for name, content in more.items():
        parts[f"word/{name}.xml"] = f'<w:{roots[name]} xmlns:w="{W}">{content}</w:{roots[name]}>'
        links.append(f'<Relationship Id="{name}" Type="http://x/{name}" Target="{name}.xml"/>')
    parts["word/_rels/document.xml.rels"] = (
        f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{"".join(links)}</Relationships>'
    )
    return packed(parts)


def sheet_xml(content: str, **more: str) -> bytes:
    """A workbook with one sheet `S1` of this XML (what stands in `<worksheet>`).

    `more` are parts related to the sheet: `drawing="<x/>"` becomes `xl/worksheets/drawing.xml`.
    """
    namespace = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    parts = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
        "xl/workbook.xml": f'<workbook xmlns="{namespace}" xmlns:r="{office}"><sheets><sheet name="S1" sheetId="1" r:id="r1"/>'
        "</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="r1" Type="{office}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
        SHEET_PART: f'<worksheet xmlns="{namespace}">{content}</worksheet>',
    }
    links = "".join(f'<Relationship Id="{name}" Type="{office}/{name}" Target="{name}.xml"/>' for name in more)
    parts["xl/worksheets/_rels/sheet1.xml.rels"] = (
        f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{links}</Relationships>'
    )
    return packed(parts | {f"xl/worksheets/{name}.xml": content for name, content in more.items()})


def packed(parts: Mapping[str, str | bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0)), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def parts_of(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}
