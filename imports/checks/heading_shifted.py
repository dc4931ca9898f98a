"""Headings that stand one row too low (标题错位): seen from a heading that repeats the group before and from the texts.

Two witnesses. The running text of the same document gives a row's text under another title; or, without it, the headings of
a group fit the texts better when each is moved up by one row. Nothing is mended: a person decides.

Headings are taken as printed, so that the block is the same however much of it has been corrected; what is reported are
those of its rows that still stand as printed. A row is corrected by its heading, or by its name where the heading gave it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from imports.checks.likeness import likeness, share
from imports.draft import DraftTask
from imports.phrases.chars import one_line, squeeze
from imports.phrases.numbering import without_label
from imports.problems import Problem
from imports.recognise.reading import BodyItem, Reading
from imports.recognise.tasks import short_title

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
    def stands(self) -> bool:
        """Is there a row of it that nobody has corrected?"""
        return not all(_corrected(task, self.heading) for task in self.tasks)

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
        elif group[0].stands and before[-1].stands:
            yield Problem("heading-repeated", (group[0].place,), {"heading": group[0].heading}, "heading-shifted")
    for group in groups:
        found = [run for run in group if run in told]
        standing = [run for run in found if run.stands]
        if standing:
            places = tuple(place for run in standing for place in (run.place, *(task.locator for task in run.tasks)))
            yield Problem("heading-shifted", places, {"headings": "".join(f"“{run.heading}”" for run in found)})


def _groups(tasks: Sequence[DraftTask]) -> list[list[_Run]]:
    """Runs of rows, grouped by the headings above their innermost one."""
    runs: list[_Run] = []
    for (parents, heading, place), members in groupby((task for task in tasks if _depth(task) >= 2), key=_heading):
        runs.append(_Run(parents, heading, place, tuple(members)))
    return [list(group) for _, group in groupby(runs, key=lambda run: run.parents)]


def _depth(task: DraftTask) -> int:
    return len(task.sources.get("path", ())) or len(task.path)


def _heading(task: DraftTask) -> tuple[tuple[str, ...], str, str]:
    """Outer headings, innermost heading and its place, as printed."""
    pieces = task.sources.get("path", [])
    if not pieces:
        return tuple(task.path[:-1]), task.path[-1], task.locator
    place, raw = pieces[-1]
    heading = task.path[-1] if task.path and squeeze(task.path[-1]) in squeeze(raw) else one_line(without_label(raw))
    return tuple(squeeze(text) for _, text in pieces[:-1]), heading, place


def _corrected(task: DraftTask, heading: str) -> bool:
    printed = squeeze(heading)
    if not task.path or squeeze(task.path[-1]) != printed:
        return True
    own = "name" not in task.sources
    return own and squeeze(task.name) != printed and task.name != short_title(task.requirement)


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
