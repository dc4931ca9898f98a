"""Rows and sheets that the source hides: set aside, and said so, since a filter may have hidden real tasks."""

from __future__ import annotations

from collections.abc import Iterator

from imports.problems import Problem
from imports.recognise.reading import Reading


def check(reading: Reading) -> Iterator[Problem]:
    for piece in reading.draft.unread:
        if piece.kind == "hidden":
            yield Problem("hidden-content", (piece.locator,))
