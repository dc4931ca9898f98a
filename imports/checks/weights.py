"""Weights (分值权重): a printed floor (`不低于4%`) that a weight breaks, and a column that does not add up to 100."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from imports.draft import DraftTask
from imports.phrases.chars import fold
from imports.problems import Problem
from imports.recognise.columns import Column, column_of
from imports.recognise.reading import Reading

_FLOOR = re.compile(r"权重[^。;]{0,8}?不(?:得|能|应)?(?:低于|少于|小于)\s*(\d+(?:\.\d+)?)\s*(%|分|个百分点)")
_NUMBER = re.compile(r"(\d+(?:\.\d+)?)\s*(?:%|分)?")
_HUNDRED = Decimal(100)


def check(reading: Reading) -> Iterator[Problem]:
    labels = {extra.label for task in reading.draft.tasks for extra in task.extras}
    of_weights = {label for label in labels if column_of(label) is Column.WEIGHT}
    weights = [found for task in reading.draft.tasks for found in _weights(task, of_weights)] if of_weights else []
    yield from _floors(reading, weights)
    if len(weights) >= 2 and len(weights) == len(reading.draft.tasks):
        total = sum((value for _, value in weights), Decimal(0))
        if total not in {_HUNDRED, Decimal(1)}:
            yield Problem("weights-total", (weights[0][0], weights[-1][0]), {"total": str(total)})


def _weights(task: DraftTask, labels: set[str]) -> Iterator[tuple[str, Decimal]]:
    for extra in task.extras:
        if extra.label in labels:
            found = _NUMBER.fullmatch(fold(extra.text).strip())
            if found:
                yield extra.locator, Decimal(found.group(1))


def _floors(reading: Reading, weights: list[tuple[str, Decimal]]) -> Iterator[Problem]:
    texts = [(task.locator, task.requirement) for task in reading.draft.tasks if "权重" in task.requirement]
    texts += [(piece.locator, piece.text) for piece in reading.draft.unread if "权重" in piece.text]
    for place, text in texts:
        for found in _FLOOR.finditer(fold(text)):
            floor = f"{found.group(1)}{found.group(2)}"
            yield Problem("weight-rule", (place,), {"floor": floor})
            for where, value in weights:
                if value < Decimal(found.group(1)):
                    yield Problem("weight-too-small", (where,), {"weight": str(value), "floor": floor})
