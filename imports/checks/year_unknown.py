"""Deadlines without a year in a document whose year nothing tells."""

from __future__ import annotations

from collections.abc import Iterator

from imports.problems import Problem
from imports.recognise.reading import Reading


def check(reading: Reading) -> Iterator[Problem]:
    if reading.year is not None:
        return
    for task in reading.draft.tasks:
        if any(entry.date is None and entry.kind in {"date", "month_end", "year_end"} for entry in task.deadlines):
            yield Problem("year-unknown", (task.locator,), follows_from="date-impossible")
