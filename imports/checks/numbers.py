"""Printed numbers that are missing or stand twice. Numbers may restart under every heading or run on through all of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from itertools import groupby

from imports.problems import Problem
from imports.recognise.reading import PrintedLabel, Reading


def check(reading: Reading) -> Iterator[Problem]:
    ordered = sorted(reading.labels, key=lambda label: label.running)
    series = [list(labels) for _, labels in groupby(ordered, key=lambda label: label.running)]
    ends = {labels[-1].value for labels in series}
    for labels in series:
        yield from _series(labels, ends)


def _series(labels: Sequence[PrintedLabel], ends: Set[int]) -> Iterator[Problem]:
    """`ends`: the last numbers of all series; one that begins behind such a number goes on from another table."""
    values = sorted(label.value for label in labels)
    if values == list(range(1, len(values) + 1)):
        return  # complete, in whatever order: tables side by side are counted row by row
    last_in: dict[str, PrintedLabel] = {}
    last: PrintedLabel | None = None
    for label in labels:
        before = last_in.get(label.group)
        if before is None:
            if label.value != 1 and last is not None and label.value != last.value + 1:
                if label.value > last.value:
                    yield _gap(last, label)
            elif label.value > 1 and last is None and label.value - 1 not in ends:
                yield Problem("number-start", (label.locator,), {"number": label.cite})
        elif label.value == before.value:
            yield Problem(
                "number-twice", (before.locator, label.locator), {"number": label.cite}, "requirement-repeated"
            )
        elif label.value > before.value + 1 or 1 < label.value < before.value:
            yield _gap(before, label)
        last_in[label.group] = last = label


def _gap(before: PrintedLabel, after: PrintedLabel) -> Problem:
    return Problem("number-missing", (after.locator,), {"before": before.cite, "after": after.cite})
