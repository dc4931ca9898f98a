"""Whose table it is: a line over its header (`责任单位：市教育局`) that names who is to do all of it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from imports.document import Block, Paragraph, Piece, Table
from imports.phrases.chars import BLANKS, fold
from imports.phrases.numbering import read_label
from imports.phrases.units import looks_like_units, parse_units, take_notes
from imports.phrases.units.vocabulary import LABEL, LEVEL, PLACE, STRONG_END
from imports.recognise.columns import Column
from imports.recognise.headers import Header

_OFFICE_OF_A_BODY = re.compile(r"[科处股]室")
"""A column of a body's own offices leaves open whose they are."""
_TITLED = re.compile(
    r"(?:20\d{2}年度?)?(?P<body>[\u4e00-\u9fff]{3,20}?(?:局|委|委员会|办|办公室|中心|街道|管委会|院|[^乡]镇))(?:20\d{2}年度?)?"
    r"[\u4e00-\u9fff“”]{0,10}(?:任务|工作|目标|清单|项目|计划|要点|台账|事项|分解表|责任书|承诺书?)(?:表|清单|分解表?|书)?"
)
_MOST = 3
_BRACKETS = BLANKS + "()（）【】[]"


def whose_tables(blocks: Sequence[Block], headers: Mapping[int, Header]) -> dict[int, Piece]:
    """For each table (by its position) the line over it that names its bodies, within it or in the text right before it; none
    for one with a column of bodies, other than their offices. Several sheets may bear the names of bodies instead."""
    found: dict[int, Piece] = {}
    bare: dict[int, Piece] = {}
    sheets: dict[int, Piece] = {}
    titles: dict[int, Piece] = {}
    for position, header in headers.items():
        table = blocks[position]
        if not isinstance(table, Table) or not _leaves_open(header):
            continue
        lines = [piece for row in range(max(header.top, 0)) for piece in table.pieces(row).values()]
        if table.column_labels is not None and _is_body(table.locator):
            sheets[position] = (table.locator, table.locator)
        titled = next((piece for piece in map(_body_of_title, lines) if piece), None)
        if titled is not None:
            titles[position] = titled
        before = next((block for block in reversed(blocks[:position]) if not _is_blank(block)), None)
        if isinstance(before, Paragraph):
            lines.append((before.locator, before.text))
            if _is_body(before.text):
                label = read_label(before.text)
                bare[position] = (before.locator, before.text[label.length if label else 0 :])
        named = next((note for note in map(_note, lines) if _names_bodies(note[1])), None)
        if named is not None:
            found[position] = named
    if not found and len(bare) == len(headers) == len({text for _, text in bare.values()}) > 1:
        return bare
    if not found and len(titles) == len(headers) == len({text for _, text in titles.values()}) > 1:
        return titles
    return found or (sheets if len({name for _, name in sheets.values()}) > 1 else {})


def _note(piece: Piece) -> Piece:
    """A line without its brackets, or what a title says in brackets at its end (`…任务分工(牵头单位:市水利局)`)."""
    notes = take_notes(piece[1]).notes
    return (piece[0], notes[-1].text.strip(_BRACKETS)) if notes else piece


def _body_of_title(piece: Piece) -> Piece | None:
    """Whose table it is by its title (`县教育局2026年目标任务`), as several tables have one each."""
    found = _TITLED.fullmatch(fold(piece[1]).strip(BLANKS))
    return (piece[0], found["body"]) if found and _is_body(found["body"]) else None


def _is_body(text: str) -> bool:
    """A line that is the name of one body (or set of bodies) and nothing else, perhaps numbered, as it stands over each of
    several tables."""
    plain = _bare(text)
    named = LEVEL.match(plain) is not None or PLACE.match(plain) is not None or plain.startswith("各")
    return named and STRONG_END.search(plain) is not None and looks_like_units(plain)


def _bare(text: str) -> str:
    label = read_label(text)
    return fold(text[label.length if label else 0 :]).strip(BLANKS)


def _leaves_open(header: Header) -> bool:
    """No column says who is to do it; at most whose office, or who helps and watches."""
    return Column.MARK not in header.columns and all(
        column not in {Column.LEAD, Column.RESPONSIBLE} or _OFFICE_OF_A_BODY.search(name)
        for column, name in zip(header.columns, header.names, strict=True)
    )


def _is_blank(block: Block) -> bool:
    return isinstance(block, Paragraph) and not block.text.strip()


def _names_bodies(text: str) -> bool:
    label = LABEL.match(fold(text))
    if label is None or label["time"] or label["person"]:
        return False
    units = parse_units(text).units
    return (
        0 < len(units) <= _MOST
        and looks_like_units(text[label.end() :])
        and all(
            not (unit.collective or unit.open) and (LEVEL.match(unit.text) or PLACE.match(unit.text)) for unit in units
        )
    )
