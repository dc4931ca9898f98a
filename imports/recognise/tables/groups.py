"""Cells that are printed once for a group, told by where a column is blank: in every row of a group but its first."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import groupby

from imports.recognise.merges import Merges
from imports.recognise.tables.layout import Layout
from imports.recognise.tables.rows import Row

_LEAST_FILLED = 2
_MOST_DEPTH = 6
_SHARE = 0.6

Key = Callable[[Row], object]


def fill_groups(rows: Sequence[Row], layout: Layout, merges: Merges) -> tuple[list[str], list[str]]:
    """Fills units and times down within their group, where the source does not tell that column's merged cells.

    Returns the places of the rows whose units, and of those whose times were filled down.
    """
    with_units: list[str] = []
    with_times: list[str] = []
    order = {role: place for place, role in enumerate(layout.roles)}
    for column, role in layout.units:
        for row, first in _to_fill(rows, column, merges):
            said = [unit for unit in first.units if unit[1] == role]
            if any(named == role for _, named in row.units) or not said:
                continue
            row.units = sorted([*row.units, *said], key=lambda unit: order[unit[1]])
            with_units.append(row.pieces[0][0])
    for column in layout.times:
        for row, first in _to_fill(rows, column, merges):
            if not row.times and first.times:
                row.times = list(first.times)
                with_times.append(row.pieces[0][0])
    return with_units, with_times


def _to_fill(rows: Sequence[Row], column: int, merges: Merges) -> list[tuple[Row, Row]]:
    """The rows that a column is blank in, each with the first row of its group; none where the column is not one that is
    printed once for a group."""
    if column in merges.columns or all(column in row.cells for row in rows):
        return []
    for key in _groupings(rows):
        groups = _groups_printed_once(rows, key, column)
        if groups and _is_custom(groups, column):
            return [(row, group[0]) for group in groups if group[0].prints(column) for row in group[1:]]
    return []


def _groups_printed_once(rows: Sequence[Row], key: Key, column: int) -> list[list[Row]]:
    """The groups, where none prints the column in any row but its first; else none."""
    groups: list[list[Row]] = []
    for _, members in groupby(rows, key):
        group = list(members)
        if any(column in row.cells for row in group[1:]):
            return []
        groups.append(group)
    return groups


def _is_custom(groups: Sequence[Sequence[Row]], column: int) -> bool:
    """Is it so often that the first row speaks for the others?"""
    printed = [group for group in groups if group[0].prints(column)]
    several = [group for group in printed if len(group) > 1]
    if len(printed) == len(groups):
        return sum(len(group) - 1 for group in several) >= _LEAST_FILLED and len(groups) > 1
    return len(several) >= _LEAST_FILLED and len(printed) >= _SHARE * len(groups)


def _groupings(rows: Sequence[Row]) -> Iterator[Key]:
    """By the outermost heading first, by the number last."""
    for depth in range(min(_MOST_DEPTH, max((len(row.headings) for row in rows), default=0))):
        yield _by_heading(depth + 1)
    yield lambda row: id(row.names)
    if len({row.number_piece for row in rows}) < len(rows):  # else each row is a group, and there is nothing to fill
        yield lambda row: row.number_piece


def _by_heading(depth: int) -> Key:
    return lambda row: tuple(map(id, row.headings[:depth]))
