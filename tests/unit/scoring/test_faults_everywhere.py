"""Every place of a random book spoilt in turn: the fault is found at that very place."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from contextlib import suppress
from random import Random
from typing import Any

import pytest

from tests.unit.scoring.books import Books
from tests.unit.scoring.samples import book, fact, inner, leaf, paths
from tracker.assessment.scoring import FaultyBook, read_book, score

NUMBERS = {
    "points", "weight", "cap", "gate", "score", "min", "places", "quota_percent", "trim_from", "scale", "base", "floor",
    "goal", "value", "actual", "target", "each", "count", "mark", "bonus", "penalty",
    "full", "as",
}  # fmt: skip
NO_NUMBER: list[Any] = [
    "x", "", " 1", "1 ", "1e3", "1,000", ".5", "5.", "--1", "１.２.３", "٣", True, False, None, [], {}, "1" * 41,
    "0." + "1" * 41, "½", "0x1", "NaN", "−1",
]  # fmt: skip
NO_FLAG: list[Any] = ["true", 1, 0, None, [], {}]
NO_TEXT: list[Any] = [None, 5, 1.5, True, [], {}]
NO_OBJECT: list[Any] = [None, 5, "x", [], True]
NO_LIST: list[Any] = [None, 5, "x", {}, True]

Place = tuple[Any, Any, str]
"""What holds a value, under which name or number, and the path that leads there."""


def places(raw: Any, path: str = "") -> Iterator[Place]:
    inside = raw.items() if isinstance(raw, dict) else enumerate(raw) if isinstance(raw, list) else ()
    for step, value in list(inside):
        here = f"{path}[{step}]" if isinstance(step, int) else f"{path}.{step}" if path else step
        yield raw, step, here
        yield from places(value, here)


def wrong_for(step: Any, value: Any, pick: Random) -> Any:
    if isinstance(value, dict):
        return pick.choice(NO_OBJECT)
    if isinstance(value, list):
        return pick.choice(NO_LIST)
    if isinstance(value, bool):
        return pick.choice(NO_FLAG)
    return pick.choice(NO_NUMBER if step in NUMBERS else NO_TEXT)


def sound_book(seed: int) -> Any:
    """A random book without faults, and not one whose geometric mean meets a zero."""
    while True:
        raw = Books(seed, units=3).book()
        with suppress(FaultyBook):
            score(read_book(json.dumps(raw)))
            return raw
        seed += 1_000_000


@pytest.mark.parametrize("seed", range(8))
def test_a_wrong_type_and_an_unknown_field_at_every_place(seed: int) -> None:
    raw = sound_book(seed)
    pick = Random(seed)  # noqa: S311 - invented data wants a seed, not secrecy
    for at in range(len(list(places(raw)))):
        spoilt = copy.deepcopy(raw)
        holder, step, path = list(places(spoilt))[at]
        value, wrong = holder[step], wrong_for(step, holder[step], pick)
        holder[step] = wrong
        assert path in paths(spoilt), (path, wrong)
        if isinstance(value, dict):
            holder[step] = {**value, "surplus": 1}
            assert paths(spoilt) == [f"{path}.surplus"]


def test_a_leaf_without_a_key_is_not_said_to_lack_facts() -> None:
    tree = inner("root", leaf("a", 10), leaf("b", 5))
    del tree["children"][1]["key"]
    assert paths(book(tree, [fact("a", value=1)])) == ["scheme.indicators.children[1].key"]
