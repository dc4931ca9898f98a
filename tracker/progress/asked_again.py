"""Whether a question asks again what was already answered (重复询问). Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from rapidfuzz import fuzz

from tracker.plans.editions.item import plain

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
