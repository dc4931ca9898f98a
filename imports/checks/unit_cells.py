"""The unit cells and unit notes of a draft that parsing has something to say of: looked up once, asked by several checks."""

from __future__ import annotations

from collections.abc import Sequence

from imports.phrases.units import UnitReading, parse_units
from imports.recognise.reading import Reading


def odd_unit_cells(reading: Reading) -> Sequence[tuple[str, UnitReading]]:
    """Locator and reading of every printed unit cell or note with a repeated role, an open bracket or an odd name."""
    if reading.odd_unit_cells is None:
        reading.odd_unit_cells = _look(reading)
    return reading.odd_unit_cells


def _look(reading: Reading) -> list[tuple[str, UnitReading]]:
    odd: dict[str, UnitReading | None] = {}
    found: dict[tuple[str, str], UnitReading] = {}
    for task in reading.draft.tasks:
        for piece in task.sources.get("units", ()):
            raw = piece[1]
            if raw not in odd:
                read = parse_units(raw, "responsible", reading.year)
                odd[raw] = read if read.role_repeated or read.unclosed or read.unnamed else None
            known = odd[raw]
            if known is not None:
                found[piece] = known
    return [(locator, read) for (locator, _), read in found.items()]
