"""Breakdown tables of the invented city: as text, workbook and Word file; and reading a form back as a browser would."""

from __future__ import annotations

import io
from typing import Any

import docx
import html5lib
import openpyxl

TITLE = "云岫市2026年重点工作任务分解表"
HEAD = ("工作任务", "工作要求", "牵头单位", "责任单位", "完成时限")
ROWS = (
    ("优化营商环境", "推行开办企业一次办理,办结率达到95%以上。", "市财政局", "市交通运输局", "6月底前"),
    ("", "每月通报一次办理情况。", "市财政局", "各县区政府", "每月5日前"),
    ("畅通农村公路", "新改建农村公路120公里。", "市交通运输局", "望川县、临溪县", "年底前"),
    ("", "健全日常养护机制。", "市交通运输局", "市水务局", "持续推进"),
)
"""The first two and the last two share a heading; 市水务局 is in no directory."""


def workbook(rows: Any = ROWS) -> bytes:
    """An .xlsx with a merged title and merged headings."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "任务"
    sheet.append([TITLE])
    sheet.merge_cells("A1:E1")
    sheet.append(list(HEAD))
    start = 3
    for number, row in enumerate(rows, 3):
        sheet.append([cell or None for cell in row])
        if row[0]:
            start = number
        elif number == len(rows) + 2 or rows[number - 2][0]:
            sheet.merge_cells(start_row=start, end_row=number, start_column=1, end_column=1)
    return _saved(book)


def two_levels(rows: Any) -> bytes:
    """An .xlsx whose 工作任务 spans two columns: rows of outer heading, inner heading, requirement, unit."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["工作任务", None, "工作要求", "责任单位"])
    sheet.merge_cells("A1:B1")
    for row in rows:
        sheet.append([cell or None for cell in row])
    return _saved(book)


def word(rows: Any = ROWS) -> bytes:
    """A .docx with the title as a paragraph and the table below it."""
    document = docx.Document()
    document.add_paragraph(TITLE)
    table = document.add_table(rows=1, cols=len(HEAD))
    for cell, text in zip(table.rows[0].cells, HEAD, strict=True):
        cell.text = text
    above = None
    for row in rows:
        cells = table.add_row().cells
        for cell, text in zip(cells[1:], row[1:], strict=True):
            cell.text = text
        if row[0]:
            above = cells[0]
            above.text = row[0]
        elif above is not None:
            above.merge(cells[0])
    return _saved(document)


def text(rows: Any = ROWS) -> bytes:
    """The same table flattened to one cell a line, as copied web pages have it."""
    lines = [TITLE, *(f"{cell} |" for cell in HEAD)]
    for row in rows:
        lines += [f"{cell} |" for cell in row if cell]
    return "\n".join(lines).encode()


def _saved(document: Any) -> bytes:
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def upload(data: bytes, name: str, **fields: str) -> dict[str, Any]:
    """The fields of the import form with a file chosen."""
    return {"file": (io.BytesIO(data), name), **fields}


def fields_of(html: str, action: str = "") -> dict[str, Any]:
    """What a browser would send of the (first) form whose action ends so."""
    root = html5lib.parse(html, namespaceHTMLElements=False)
    forms = [form for form in root.iter("form") if (form.get("action") or "").endswith(action)]
    assert forms, f"no form to {action!r}"
    found: dict[str, Any] = {}
    for field in forms[0].iter():
        name = field.get("name") if isinstance(field.tag, str) else None
        if not name or field.get("disabled") is not None:
            continue
        if field.tag == "textarea":
            found[name] = "".join(field.itertext()).lstrip("\n")
        elif field.tag == "select":
            options = list(field.iter("option"))
            chosen = [option for option in options if option.get("selected") is not None] or options[:1]
            found[name] = chosen[0].get("value", "") if chosen else ""
        elif field.tag == "input" and field.get("type") in {"checkbox", "radio"}:
            if field.get("checked") is not None:
                value, before = field.get("value", "on"), found.get(name)
                found[name] = (
                    value if before is None else [*before, value] if isinstance(before, list) else [before, value]
                )
        elif field.tag == "input" and field.get("type") != "file":
            found[name] = field.get("value", "")
    return found
