"""The same requirement in two tasks."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from imports.phrases.chars import squeeze
from imports.problems import Problem
from imports.recognise.reading import Reading

_SHORTEST = 8
_SHOWN = 20


def check(reading: Reading) -> Iterator[Problem]:
    places: defaultdict[str, list[str]] = defaultdict(list)
    for task in reading.draft.tasks:
        if len(task.requirement) >= _SHORTEST:
            places[task.requirement].append(task.locator)
    for text, found in places.items():
        if len(found) > 1:
            yield Problem("requirement-repeated", tuple(found), {"text": squeeze(text)[:_SHOWN]})
