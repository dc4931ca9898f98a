"""Sentences that became neither task nor milestone: aims, introduction, closing words, and whatever was not understood."""

from __future__ import annotations

from collections.abc import Iterator

from imports.problems import Problem
from imports.recognise.reading import Reading

_SHORTEST = 15


def check(reading: Reading) -> Iterator[Problem]:
    for piece in reading.draft.unread:
        if piece.kind == "text" and len(piece.text.strip()) >= _SHORTEST:
            yield Problem("text-unread", (piece.locator,), follows_from="no-tasks")
