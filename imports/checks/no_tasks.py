"""A document that yields no task at all."""

from __future__ import annotations

from collections.abc import Iterator

from imports.problems import Problem
from imports.recognise.reading import Reading


def check(reading: Reading) -> Iterator[Problem]:
    if not reading.draft.tasks:
        yield Problem("no-tasks")
