"""What the source hides and was set aside, since a filter may have hidden real tasks. Of a whole sheet the reader says so."""

from __future__ import annotations

from collections.abc import Iterator

from imports.problems import Problem
from imports.recognise.reading import Reading


def check(reading: Reading) -> Iterator[Problem]:
    sheets = {place for one in reading.document.problems if one.code == "hidden-sheet" for place in one.locators}
    for piece in reading.draft.unread:
        if piece.kind == "hidden" and piece.locator.rpartition("!")[0] not in sheets:
            yield Problem("hidden-content", (piece.locator,))
