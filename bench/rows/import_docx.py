"""`import-docx`: a Word table of 2,000 rows to a finished draft, against unzip and expat over its document part."""

from __future__ import annotations

import random
import zipfile
from pathlib import Path
from xml.parsers import expat

from bench.harness import Measured, Row, Sample, compare, stopwatch
from bench.rows.import_10k import DEADLINES, DEPARTMENTS, WORK
from imports.draft import Draft
from imports.pipeline import understand
from imports.readers import read_document

ROWS = 2_000
HEADINGS = ("序号", "重点任务", "工作要求", "牵头单位", "责任单位", "完成时限")
DOCUMENT = "word/document.xml"

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_RELATED = "http://schemas.openxmlformats.org/package/2006/relationships"
_MAIN = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
_FONT = '<w:rPr><w:rFonts w:eastAsia="仿宋" w:hint="eastAsia"/><w:sz w:val="24"/><w:szCs w:val="24"/></w:rPr>'


def write_document(path: Path, rows: int) -> None:
    """A table as Word writes it: a width and a merge mark in every cell, fonts in every run, headings down four rows."""
    draw = random.Random(20260401)
    lines = [_row([(text, "") for text in HEADINGS])]
    for number in range(rows):
        work = draw.choice(WORK).format(n=draw.randint(2, 900), p=draw.randint(80, 99))
        heading = f"重点任务第{number // 4 + 1}项" if number % 4 == 0 else ""
        cells = (
            (str(number + 1), ""),
            (heading, '<w:vMerge w:val="restart"/>' if heading else "<w:vMerge/>"),
            (f"{work}（第{number + 1}项）。", ""),
            (draw.choice(DEPARTMENTS), ""),
            ("、".join(draw.sample(DEPARTMENTS, draw.randint(1, 4))), ""),
            (draw.choice(DEADLINES), ""),
        )
        lines.append(_row(cells))
    title = f"<w:p><w:r>{_FONT}<w:t>云岫市2026年重点工作任务分解表</w:t></w:r></w:p>"
    body = f"<w:body>{title}<w:tbl>{''.join(lines)}</w:tbl><w:sectPr/></w:body>"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr(
            "[Content_Types].xml", '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
        )
        package.writestr(
            "_rels/.rels",
            f'<Relationships xmlns="{_RELATED}"><Relationship Id="r1" Type="{_MAIN}" Target="{DOCUMENT}"/></Relationships>',
        )
        package.writestr(
            DOCUMENT, f'<?xml version="1.0" encoding="UTF-8"?><w:document xmlns:w="{_W}">{body}</w:document>'
        )


def _row(cells: list[tuple[str, str]] | tuple[tuple[str, str], ...]) -> str:
    return "<w:tr>" + "".join(_cell(text, merge) for text, merge in cells) + "</w:tr>"


def _cell(text: str, merge: str) -> str:
    run = f"<w:r>{_FONT}<w:t>{text}</w:t></w:r>" if text else ""
    width = f'<w:tcPr><w:tcW w:w="1420" w:type="dxa"/>{merge}<w:vAlign w:val="center"/></w:tcPr>'
    return f'<w:tc>{width}<w:p><w:pPr><w:spacing w:line="360" w:lineRule="auto"/></w:pPr>{run}</w:p></w:tc>'


def floor(folder: Path) -> Sample:
    return stopwatch(lambda: _parse(folder / "table.docx"), times=5)


def _parse(path: Path) -> None:
    with zipfile.ZipFile(path) as package:
        expat.ParserCreate().Parse(package.read(DOCUMENT), True)


def ours(folder: Path) -> Sample:
    drafts: list[Draft] = []

    def work() -> None:
        document = read_document((folder / "table.docx").read_bytes(), "任务分解表.docx")
        drafts.append(understand(document, year=2026))

    sample = stopwatch(work)
    assert len(drafts[0].tasks) == ROWS, f"{len(drafts[0].tasks)} tasks were read of {ROWS} rows"
    return sample


def measure(folder: Path) -> Measured:
    write_document(folder / "table.docx", ROWS)
    ratio, detail = compare(__name__, folder)
    return Measured(ratio, detail | {"rows": ROWS})


ROW = Row("import-docx", "unzip and expat over the document's XML", 30, measure)
