"""The unit cells and unit notes of a draft, each once, as parsed: what several checks look at."""

from __future__ import annotations

from collections.abc import Iterator

from imports.phrases.units import UnitReading, parse_units
from imports.recognise.reading import Reading


def unit_cells(reading: Reading) -> Iterator[tuple[str, UnitReading]]:
    """Locator and reading of every printed unit cell or note."""
    seen: set[tuple[str, str]] = set()
    for task in reading.draft.tasks:
        for piece in task.sources.get("units", ()):
            if piece not in seen:
                seen.add(piece)
                yield piece[0], parse_units(piece[1], "responsible", reading.year)
