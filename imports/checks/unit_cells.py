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
    printed = {raw for task in reading.draft.tasks for _, raw in task.sources.get("units", ())}
    odd: dict[str, UnitReading] = {}
    for raw in printed:
        read = parse_units(raw, "responsible", reading.year)
        if read.role_repeated or read.unclosed or read.unnamed:
            odd[raw] = read
    if not odd:
        return []
    pieces = (piece for task in reading.draft.tasks for piece in task.sources.get("units", ()) if piece[1] in odd)
    return [(piece[0], odd[piece[1]]) for piece in dict.fromkeys(pieces)]
