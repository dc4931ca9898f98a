"""Whether a question asks again what was already answered (重复询问), a task what another asks for. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from rapidfuzz import fuzz

from tracker.plans.editions.item import Item, plain
from tracker.plans.editions.likeness import stands_in, words_alike
from tracker.plans.editions.pairing import candidates

ALIKE = 60
"""Percent of the words, signs apart, from which on two questions ask the same."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question about one task of one unit."""

    id: int
    obligation_id: int
    text: str
    at: datetime
    answered_at: datetime | None
    answer: str = ""
    """What was said to it last."""


def already_answered(text: str, earlier: Iterable[Asked], at: datetime) -> list[Asked]:
    """Those of the earlier questions that asked the same and were answered before, the most alike first."""
    words = plain(text)
    found = [
        (fuzz.ratio(words, plain(one.text)), one)
        for one in earlier
        if one.answered_at is not None and one.answered_at <= at
    ]
    return [one for score, one in sorted(found, key=lambda pair: (-pair[0], pair[1].id)) if score >= ALIKE]


def tasks_alike(running: Sequence[Item], planned: Sequence[Item]) -> dict[int, list[int]]:
    """Key of a planned task → keys of the running ones that ask for the same, the most alike first."""
    there, new = {one.key: one for one in running}, {one.key: one for one in planned}
    found: defaultdict[int, list[tuple[float, int]]] = defaultdict(list)
    for asked, held in candidates(new, there):
        alike = words_alike(there[held], new[asked])
        if alike * 100 >= ALIKE or stands_in(new[asked], there[held]):
            found[asked].append((-alike, held))
    return {asked: [held for _alike, held in sorted(those)] for asked, those in found.items()}
