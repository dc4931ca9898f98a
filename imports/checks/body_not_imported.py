"""Running text that restates the task table is set aside; an item of it that no row restates is pointed out."""

from __future__ import annotations

from collections.abc import Iterator

from imports.checks.likeness import likeness, pairs, share
from imports.phrases.chars import squeeze
from imports.problems import Problem
from imports.recognise.reading import BodyItem, Reading

_ALIKE = 0.35
_MOST_COMPARED = 50_000


def check(reading: Reading) -> Iterator[Problem]:
    if not reading.body:
        return
    yield Problem("body-not-imported", tuple(item.locator for item in reading.body))
    if len(reading.body) * len(reading.draft.tasks) > _MOST_COMPARED:
        return
    headings = {squeeze(heading) for task in reading.draft.tasks for heading in (*task.path, task.name)}
    for item in reading.body:
        if squeeze(item.title) not in headings and not _restated(reading, item):
            yield Problem("body-item-without-row", (item.locator,), {"title": item.title})


def _restated(reading: Reading, item: BodyItem) -> bool:
    """Does a row say the same, wholly or in part?"""
    for task in reading.draft.tasks:
        if likeness(task.requirement, item.text) >= _ALIKE and len(pairs(task.requirement) & pairs(item.text)) >= 5:
            return True
        if share(item.title, task.requirement) >= 0.8:
            return True
    return False
