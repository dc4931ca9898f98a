"""The way through: document → tables and outlines recognised → draft checked. Also the draft as JSON and back."""

from __future__ import annotations

from bisect import bisect
from dataclasses import replace

from imports.checks import run_checks
from imports.checks.unit_cells import odd_unit_cells
from imports.document import Block, Document, Paragraph, Piece, Table
from imports.draft import Draft
from imports.draft_json import draft_from_json, draft_json
from imports.recognise.barred import is_rule
from imports.recognise.copies import without_copies
from imports.recognise.counted import with_numbers_apart
from imports.recognise.counties import with_counties_on_top
from imports.recognise.figures import is_about_the_others, is_figures, is_no_assignment, is_other_data
from imports.recognise.flattened import rebuild
from imports.recognise.front import is_page_number, read_front
from imports.recognise.halves import with_halves
from imports.recognise.headers import Header, find_header, guess_header, is_header_alone
from imports.recognise.joined import joined
from imports.recognise.leading import let_first_unit_lead
from imports.recognise.prose import read_prose
from imports.recognise.reading import Reading
from imports.recognise.register import read_register
from imports.recognise.results import with_results
from imports.recognise.sweep import sweep
from imports.recognise.tables import read_table
from imports.recognise.tables.above import headings_over_tables, unsigned
from imports.recognise.tables.over import whose_tables
from imports.recognise.title import is_annex
from imports.recognise.wrapped import Wrapped
from imports.rest import collector_at_rest
from imports.template import without_helpers

__all__ = ["draft_from_json", "draft_json", "understand"]


def understand(document: Document, *, year: int | None = None) -> Draft:
    """Reads a neutral document into the draft that a person reviews.

    `year` overrides the document's own year, which stands in where a date prints none. Never raises for what a document
    says: what is not understood stands under `unread` or in a problem.
    """
    with collector_at_rest():
        plain, helpers = without_helpers(document)
        reading = Reading(plain)
        for piece in helpers:
            reading.set_aside([piece], "template")
        return _understand(reading, year)


def _understand(reading: Reading, year: int | None) -> Draft:
    reading.draft.document.year = year
    blocks = with_counties_on_top(
        rebuild(with_results(with_numbers_apart(with_halves(joined(_without_page_numbers(reading))))))
    )
    headers: dict[int, Header] = {}
    paragraphs: list[tuple[int, Paragraph]] = []
    captions: list[Piece] = []
    for position, block in enumerate(blocks):
        if isinstance(block, Paragraph):
            if block.hidden:
                reading.set_aside([(block.locator, block.text)], "hidden")
            elif block.text.strip() and not is_rule(block.text):
                paragraphs.extend((position, line) for line in _lines(block))
        elif block.hidden or is_about_the_others(block, blocks):
            reading.set_aside(_pieces(block), "hidden" if block.hidden else "note")
        else:
            header = find_header(block) or guess_header(block)
            if header is not None and is_no_assignment(block, header):
                reading.set_aside(_pieces(block))
                reading.other_tables.append(block.locator)
            elif header is not None and (header.says_who_or_when or not is_figures(block)):
                headers[position] = header
                captions.extend(_captions(block, header))
            else:
                paragraphs.extend((position, paragraph) for paragraph in _without_header(reading, block))
    wrapped = Wrapped(paragraphs)
    paragraphs = wrapped.paragraphs
    taken = read_front(reading, [paragraph for _, paragraph in paragraphs], captions)
    above, whose = headings_over_tables(blocks, headers), whose_tables(blocks, headers)
    titles = reading.draft.document.sources.get("title", [])
    tasks = 0
    for position, header in headers.items():
        table = blocks[position]
        if isinstance(table, Table):
            around, before = _captions(table, header), len(reading.draft.unread)
            reading.set_aside([piece for piece in around if piece not in titles], "caption")
            count = read_table(reading, table, header, position, above.get(position), whose.get(position))
            places = [*(place for place, _ in around), *(piece.locator for piece in reading.draft.unread[before:])]
            reading.counted.update(dict.fromkeys(places, count))
            tasks += count
    over = {*above.values(), *whose.values()}
    rest = [
        index
        for index, (_, paragraph) in enumerate(paragraphs)
        if index not in taken and (paragraph.locator, paragraph.text) not in over
    ]
    annexes = [index for index, (_, paragraph) in enumerate(paragraphs) if is_annex(paragraph.text)]
    parts = {paragraphs[rest[at]][1].locator for annex in annexes if (at := bisect(rest, annex)) < len(rest)}
    read_prose(reading, [paragraphs[index] for index in rest], has_table=tasks > 0, parts=parts)
    let_first_unit_lead(reading)
    odd_unit_cells(reading)  # of whole notes, before they are cited line by line
    wrapped.cite_lines(reading.draft)
    sweep(reading)
    reading.draft.tasks.sort(key=lambda task: reading.order.get(id(task), 0))
    reading.draft.problems = run_checks(reading)
    return reading.draft


def _without_page_numbers(reading: Reading) -> list[Block]:
    kept: list[Block] = []
    blocks, copies = without_copies(reading.document.blocks)
    reading.set_aside([(copy.locator, copy.text) for copy in copies], "hidden")
    for block in blocks:
        if isinstance(block, Paragraph) and is_page_number(block.text):
            reading.set_aside([(block.locator, block.text)], "noise")
        else:
            kept.append(block)
    return kept


def _captions(table: Table, header: Header) -> list[Piece]:
    """What stands over a table's header: its title, perhaps a line with unit of measure or date."""
    found = [(table.locator, table.caption)] if table.caption.strip() else []
    for row in range(max(header.top, 0)):
        found.extend(table.pieces(row).values())
    return found


def _without_header(reading: Reading, table: Table) -> list[Paragraph]:
    """A header without rows, a table of figures and a register entry are dealt with; any other is running text."""
    if is_header_alone(table):
        reading.find("table-empty", table.locator)
        reading.draft.document.columns.extend(_pieces(table))
        return []
    if is_figures(table):
        reading.find("table-figures", table.locator)
        reading.set_aside(_pieces(table))
        return []
    entries = read_register(reading.draft.document, table)
    if entries is not None:
        reading.set_aside(entries, "noise")
        return []
    if is_other_data(table):
        reading.set_aside(_pieces(table))
        return []
    return _as_paragraphs(table)


def _as_paragraphs(table: Table) -> list[Paragraph]:
    """A table that holds no tasks (layout, register of the document) is running text, cell by cell."""
    found = [Paragraph(table.locator, table.caption)] if table.caption.strip() else []
    for row in range(len(table.grid)):
        for place, cell in table.pieces(row).values():
            found.extend(_lines(Paragraph(place, cell)))
    return found


def _lines(paragraph: Paragraph) -> list[Paragraph]:
    """A paragraph with line breaks inside as so many paragraphs; what was only broken is joined again by the outline.
    Markdown's sign of a heading is no text."""
    paragraph = replace(paragraph, text=unsigned(paragraph))
    if "\n" not in paragraph.text:
        return [paragraph]
    return [replace(paragraph, text=line) for line in paragraph.text.split("\n") if line.strip()]


def _pieces(table: Table) -> list[Piece]:
    found = [(table.locator, table.caption)] if table.caption.strip() else []
    for row in range(len(table.grid)):
        found.extend(table.pieces(row).values())
    return found
