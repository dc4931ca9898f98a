"""One unit under two roles of one task (牵头 and 责任): who answers for it has to be said."""

from __future__ import annotations

from collections.abc import Iterator

from imports.checks.places import place_of
from imports.problems import Problem
from imports.recognise.reading import Reading


def check(reading: Reading) -> Iterator[Problem]:
    for task in reading.draft.tasks:
        if len({unit.text for unit in task.units}) == len(task.units):
            continue
        roles: dict[str, str] = {}
        for unit in task.units:
            if not unit.open and roles.setdefault(unit.text, unit.role) != unit.role:
                yield Problem("unit-in-two-roles", (place_of(task, "units", unit.text),), {"unit": unit.text})
