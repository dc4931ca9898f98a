"""One note with the same role label twice (`责任单位:…;责任单位:…`): one of the two is probably a slip."""

from __future__ import annotations

from collections.abc import Iterator

from imports.checks.unit_cells import odd_unit_cells
from imports.problems import Problem
from imports.recognise.reading import Reading


def check(reading: Reading) -> Iterator[Problem]:
    for place, found in odd_unit_cells(reading):
        if found.role_repeated:
            yield Problem("role-repeated", (place,), {"label": found.role_repeated})
