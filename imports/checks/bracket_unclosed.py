"""A unit note whose bracket is never closed, or never opened."""

from __future__ import annotations

from collections.abc import Iterator

from imports.checks.unit_cells import odd_unit_cells
from imports.problems import Problem
from imports.recognise.reading import Reading


def check(reading: Reading) -> Iterator[Problem]:
    for place, found in odd_unit_cells(reading):
        if found.unclosed:
            yield Problem("bracket-unclosed", (place,))
