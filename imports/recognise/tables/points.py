"""A cell that holds several points, each closed by its own units (`1.甲。(市财政局)2.乙。(市审计局牵头)`): a row for each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from imports.phrases.chars import BLANKS, fold, one_line
from imports.phrases.numbering import read_label
from imports.phrases.units import parse_units
from imports.phrases.units.notes import spans_of_notes
from imports.recognise.tables.layout import Layout
from imports.recognise.tables.rows import Row

_STOPS = "。.;；" + BLANKS + "\n"


def with_points_apart(rows: Sequence[Row], layout: Layout) -> Sequence[Row]:
    """The rows of a table that has no column of units, one for each point that names its own."""
    if layout.units or layout.marked:
        return rows
    return [part for row in rows for part in _parts(row)]


def _parts(row: Row) -> list[Row]:
    texts = _points(row.pieces[0][1]) if len(row.pieces) == 1 and not row.units else []
    if len(texts) < 2:
        return [row]
    place = row.pieces[0][0]
    parts = [
        replace(row, pieces=[(place, text)], text=one_line(text), units=[], extras=[*row.extras]) for text in texts
    ]
    for part in parts:
        part.point = read_label(part.text) if row.number is None or not row.number[-1:].isdecimal() else None
    return parts


def _points(raw: str) -> list[str]:
    """The points of a text, cut behind the units of each; none where a text has not several or does not end with units."""
    ends = [_past(raw, stop) for start, stop in spans_of_notes(raw) if parse_units(raw[start:stop]).units]
    if len(ends) < 2 or ends[-1] < len(raw) or any(not _begins(raw, end) for end in ends[:-1]):
        return []
    return [raw[start:end] for start, end in zip([0, *ends[:-1]], ends, strict=True)]


def _past(raw: str, end: int) -> int:
    while end < len(raw) and raw[end] in _STOPS:
        end += 1
    return end


def _begins(raw: str, at: int) -> bool:
    """Does a point begin here: on a line of its own, or with a number?"""
    return "\n" in raw[at - 1 : at] or read_label(fold(raw[at : at + 12])) is not None
