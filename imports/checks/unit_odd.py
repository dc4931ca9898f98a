"""A piece of a unit list that is too long to be the name of a unit."""

from __future__ import annotations

from collections.abc import Iterator

from imports.checks.unit_cells import odd_unit_cells
from imports.problems import Problem
from imports.recognise.reading import Reading

_SHOWN = 30


def check(reading: Reading) -> Iterator[Problem]:
    for place, found in odd_unit_cells(reading):
        for text in found.unnamed:
            yield Problem("unit-odd", (place,), {"text": text[:_SHOWN] + "…"}, "bracket-unclosed")
