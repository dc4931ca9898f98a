"""Tasks without units: single ones in a document that names units, or a document that leaves them to be claimed (认领)."""

from __future__ import annotations

from collections.abc import Iterator

from imports.problems import Problem
from imports.recognise.reading import Reading


def check(reading: Reading) -> Iterator[Problem]:
    tasks = reading.draft.tasks
    without = [task for task in tasks if not task.units]
    if tasks and len(without) == len(tasks):
        yield Problem("units-unclaimed")
        return
    for task in without:
        yield Problem("units-missing", (task.locator,))
