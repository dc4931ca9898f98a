"""A printed scheme without a column of points: they stand behind its names (组织领导（20分）). Pure."""

from __future__ import annotations

from dataclasses import replace

from tracker.assessment.printed.heads import LOOKED_AT, head_of, roles_of, squeezed
from tracker.assessment.printed.tables import Printed
from tracker.assessment.printed.tree import OWN_POINTS

_NAMED = {"level", "indicator", "content"}
_FEWEST = 2
"""So many names with points make a scheme."""


def with_points_column(table: Printed) -> Printed:
    """The table with an empty column of points, where it has a head that names what is scored by which standard and names
    with points below; any other as it is."""
    if head_of(table.grid) is not None:
        return table
    for row, cells in enumerate(table.grid[:LOOKED_AT]):
        roles = roles_of(cells)
        named = [column for column, role in roles.items() if role in _NAMED]
        if "criteria" in roles.values() and named and _with_points(table, row, named) >= _FEWEST:
            grid = [[*cells, "分值" if at == row else ""] for at, cells in enumerate(table.grid)]
            last = max(named)
            return replace(table, grid=grid, places=[[*places, places[last]] for places in table.places])
    return table


def _with_points(table: Printed, head: int, columns: list[int]) -> int:
    return sum(
        bool(OWN_POINTS.search(squeezed(cells[column]))) for cells in table.grid[head + 1 :] for column in columns
    )
