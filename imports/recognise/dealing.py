"""Dealing a sequence of cells out to the columns of a header: the way with the least misfit (dynamic programming)."""

from __future__ import annotations

from collections.abc import Sequence

from imports.recognise.columns import UNIT_ROLES, Column
from imports.recognise.kinds import misfit

_SKIP = {
    Column.NUMBER: 0.6, Column.REQUIREMENT: 4.0, Column.DEADLINE: 0.8, Column.PERSON: 0.8, Column.PHONE: 0.6,
    Column.LEAD: 1.2, Column.RESPONSIBLE: 1.2, Column.SUPPORT: 0.6, Column.SUPERVISE: 0.6, Column.GOAL: 0.8,
    Column.WEIGHT: 0.8, Column.PROGRESS: 0.1, Column.REMARK: 0.1, Column.NAME: 1.0, Column.STAGE: 0.3,
    Column.SCORING: 0.3,
}  # fmt: skip
"""What it costs that a row does not print a cell of this column."""

_MERGED = 0.3
"""What it costs that a row does not print the headings that it shares with the row above."""
_AGAIN = 0.3
"""What it costs that a column of units is printed on several lines."""


def with_requirement(columns: Sequence[Column]) -> list[Column]:
    """The columns with one that is the requirement: where no word says so, the innermost heading, else the last name. A name
    to the left of the numbers of what is asked for heads it."""
    at = columns.index(Column.NUMBER) if Column.NUMBER in columns else 0
    if {Column.REQUIREMENT, Column.LEVEL, Column.NAME} & set(columns[at:]):
        columns = [Column.LEVEL if column is Column.NAME else column for column in columns[:at]] + list(columns[at:])
    if Column.REQUIREMENT in columns:
        return list(columns)
    last = {column: place for place, column in enumerate(columns)}
    several = columns.count(Column.LEVEL) > 1
    chosen = last.get(Column.LEVEL) if several or Column.NAME not in last else last[Column.NAME]
    return [Column.REQUIREMENT if place == chosen else column for place, column in enumerate(columns)]


def deal(texts: Sequence[str], columns: Sequence[Column], *, several: bool = False) -> tuple[float, list[int]]:
    """The cheapest column for every cell: rows run left to right, and a step back to the left begins a new row. `several`:
    the units of a row may be several cells in a row."""
    width = len(columns)
    within, across = _steps(columns)
    for column in range(width) if several else ():
        if columns[column] in UNIT_ROLES:
            across[column][column] = _AGAIN
    costs = [misfit(columns[column], texts[0]) + _lead_in(columns, column) for column in range(width)]
    trail: list[list[int]] = []
    for text in texts[1:]:
        fits = [misfit(column, text) for column in columns]
        steps: list[int] = []
        next_costs: list[float] = []
        for column in range(width):
            best, choice = min(
                (
                    costs[previous] + (within[previous][column] if previous < column else across[previous][column]),
                    previous,
                )
                for previous in range(width)
            )
            next_costs.append(best + fits[column])
            steps.append(choice)
        costs = next_costs
        trail.append(steps)
    total, column = min((cost + _lead_out(columns, index), index) for index, cost in enumerate(costs))
    path = [column]
    for steps in reversed(trail):
        column = steps[column]
        path.append(column)
    return total, path[::-1]


def place(texts: Sequence[str], columns: Sequence[Column]) -> list[int]:
    """The cheapest columns for the cells of one row that lacks some: they run left to right. Not more cells than columns."""
    width = len(columns)
    ways = {
        column: (misfit(columns[column], texts[0]) + _lead_in(columns, column), [column]) for column in range(width)
    }
    for text in texts[1:]:
        following: dict[int, tuple[float, list[int]]] = {}
        for column in range(width):
            before = [
                (cost + _between(columns, last, column), path) for last, (cost, path) in ways.items() if last < column
            ]
            if before:
                cost, path = min(before)
                following[column] = (cost + misfit(columns[column], text), [*path, column])
        ways = following
    return min((cost + _lead_out(columns, last), path) for last, (cost, path) in ways.items())[1]


def _steps(columns: Sequence[Column]) -> tuple[list[list[float]], list[list[float]]]:
    width = len(columns)
    within = [[_between(columns, a, b) for b in range(width)] for a in range(width)]
    across = [[_lead_out(columns, a) + _lead_in(columns, b) for b in range(width)] for a in range(width)]
    for a in range(width):
        for b in range(a + 1, width):
            within[a][b] = min(within[a][b], 1e9)
    return within, across


def _between(columns: Sequence[Column], a: int, b: int) -> float:
    skipped = columns[a + 1 : b]
    if Column.LEVEL in columns[: a + 1]:
        return sum(_SKIP.get(column, 1.0) for column in skipped)
    return _first_skipped(skipped)


def _lead_in(columns: Sequence[Column], b: int) -> float:
    """Cells that a row does not print before column `b`."""
    return _first_skipped(columns[:b])


def _first_skipped(columns: Sequence[Column]) -> float:
    """The outer levels of a row are merged with those above: they cost once, whatever their number."""
    merged = _MERGED if Column.LEVEL in columns else 0.0
    return merged + sum(_SKIP[column] for column in columns if column is not Column.LEVEL)


def _lead_out(columns: Sequence[Column], a: int) -> float:
    return sum(_SKIP.get(column, 1.0) for column in columns[a + 1 :])
