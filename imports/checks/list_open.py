"""Unit lists that are not finished (等有关部门、单位): the lead office has to say who else."""

from __future__ import annotations

from collections.abc import Iterator

from imports.problems import Problem
from imports.recognise.reading import Reading


def check(reading: Reading) -> Iterator[Problem]:
    for task in reading.draft.tasks:
        if any(unit.open for unit in task.units):
            pieces = task.sources.get("units")
            yield Problem("list-open", (pieces[0][0] if pieces else task.locator,))
