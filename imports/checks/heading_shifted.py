"""Headings that stand one row too low (标题错位): seen from a heading that repeats the group before and from the texts.

Two witnesses. The running text of the same document gives a row's text under another title; or, without it, the headings of
a group fit the texts better when each is moved up by one row. Nothing is mended: a person decides.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from imports.checks.likeness import likeness, share
from imports.draft import DraftTask
from imports.phrases.chars import squeeze
from imports.problems import Problem
from imports.recognise.reading import BodyItem, Reading

_ALIKE = 0.3
_CLEARLY = 0.1
_MOST_COMPARED = 200_000


@dataclass(frozen=True, slots=True)
class _Run:
    """Consecutive rows under one innermost heading."""

    parents: tuple[str, ...]
    heading: str
    place: str
    tasks: tuple[DraftTask, ...]

    @property
    def text(self) -> str:
        return "".join(task.requirement for task in self.tasks)


def check(reading: Reading) -> Iterator[Problem]:
    groups = _groups(reading.draft.tasks)
    told = _by_body(groups, reading.body)
    for before, group in zip([None, *groups], groups, strict=False):
        if before is None or squeeze(before[-1].heading) != squeeze(group[0].heading):
            continue
        shifted = _fits_better_moved(group) or any(run in told for run in group)
        if shifted:
            told.extend(run for run in group if run not in told)
        else:
            yield Problem("heading-repeated", (group[0].place,), {"heading": group[0].heading}, "heading-shifted")
    for group in groups:
        found = [run for run in group if run in told]
        if found:
            places = tuple(place for run in found for place in (run.place, *(task.locator for task in run.tasks)))
            yield Problem("heading-shifted", places, {"headings": "".join(f"“{run.heading}”" for run in found)})


def _groups(tasks: Sequence[DraftTask]) -> list[list[_Run]]:
    """Runs of rows, grouped by the headings above their innermost one."""
    runs: list[_Run] = []
    for (parents, heading, place), members in groupby((task for task in tasks if len(task.path) >= 2), key=_heading):
        runs.append(_Run(parents, heading, place, tuple(members)))
    return [list(group) for _, group in groupby(runs, key=lambda run: run.parents)]


def _heading(task: DraftTask) -> tuple[tuple[str, ...], str, str]:
    pieces = task.sources.get("path", [])
    return tuple(task.path[:-1]), task.path[-1], pieces[-1][0] if pieces else task.locator


def _by_body(groups: Sequence[Sequence[_Run]], body: Sequence[BodyItem]) -> list[_Run]:
    """Runs whose text the running text gives under another title, while their own heading is the title of a third text."""
    titles = {squeeze(item.title): item for item in body}
    runs = [run for group in groups for run in group if squeeze(run.heading) in titles]
    if not runs or len(runs) * len(body) > _MOST_COMPARED:
        return []
    found: list[_Run] = []
    for run in runs:
        own = likeness(run.text, titles[squeeze(run.heading)].text)
        best = max(body, key=lambda item: likeness(run.text, item.text))
        if squeeze(best.title) != squeeze(run.heading) and likeness(run.text, best.text) >= max(_ALIKE, own + _CLEARLY):
            found.append(run)
    return found


def _fits_better_moved(group: Sequence[_Run]) -> bool:
    """Do the headings fit the texts better one row further up? The last text has no heading left and does not count."""
    if len(group) < 2:
        return False
    printed = sum(share(run.heading, run.text) for run in group[:-1])
    moved = sum(share(below.heading, run.text) for run, below in pairwise(group))
    return moved > printed + _CLEARLY
