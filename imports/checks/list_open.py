"""Unit lists that are not finished (等有关部门、单位): the lead office has to say who else."""

from __future__ import annotations

from collections.abc import Iterator

from imports.checks.places import place_of
from imports.problems import Problem
from imports.recognise.reading import Reading


def check(reading: Reading) -> Iterator[Problem]:
    places = []
    for task in reading.draft.tasks:
        for unit in task.units:
            if unit.open:
                places.append(place_of(task, "units", unit.text))
                break
    if places:
        yield Problem("list-open", tuple(places))
