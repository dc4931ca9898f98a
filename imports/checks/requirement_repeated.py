"""The same requirement in two tasks."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator

from imports.phrases.chars import squeeze
from imports.problems import Problem
from imports.recognise.reading import Reading

_SHORTEST = 8
_SHOWN = 20


def check(reading: Reading) -> Iterator[Problem]:
    counted = Counter(task.requirement for task in reading.draft.tasks)
    repeated = {text for text, count in counted.items() if count > 1 and len(text) >= _SHORTEST}
    places: defaultdict[str, list[str]] = defaultdict(list)
    for task in reading.draft.tasks if repeated else ():
        if task.requirement in repeated:
            places[task.requirement].append(task.locator)
    for text, found in places.items():
        yield Problem("requirement-repeated", tuple(found), {"text": squeeze(text)[:_SHOWN]})
