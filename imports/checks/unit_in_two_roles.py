"""One unit both in the lead and in another role of the same task."""

from __future__ import annotations

from collections.abc import Iterator

from imports.problems import Problem
from imports.recognise.reading import Reading


def check(reading: Reading) -> Iterator[Problem]:
    for task in reading.draft.tasks:
        if len(task.units) < 2:
            continue
        if len({unit.text for unit in task.units}) == len(task.units):
            continue
        lead = {unit.text for unit in task.units if unit.role == "lead"}
        for unit in task.units:
            if unit.role != "lead" and unit.text in lead:
                yield Problem("unit-in-two-roles", (task.locator,), {"unit": unit.text})
