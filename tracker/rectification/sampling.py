"""Drawing a spot check (抽样): at random by unit and risk, and the same again for whoever draws it again. Pure.

Each candidate gets as many lots as it weighs, SHA-256 of seed, id and lot; its smallest counts, and those with the smallest
are drawn, of one unit at most so many. That is weighted sampling without replacement (Efraimidis and Spirakis 2006: the
best of w even lots is as good as one lot to the power of 1/w), in whole numbers: no generator's state and no machine's
arithmetic is in it.
"""

from __future__ import annotations

import hashlib
from calendar import isleap
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import NamedTuple

RISKS = ("late", "low", "returned", "no_evidence", "recidivist")
"""逾期报送, 进度偏低, 多次退办, 无佐证材料, 单位有未销号问题."""

WEIGHTS: Mapping[str, int] = {"late": 3, "low": 2, "returned": 2, "no_evidence": 3, "recidivist": 2}
"""What each risk adds to the weight of 1 that everything has, unless the person who draws says otherwise."""

HEAVIEST = 20
BEHIND = 20
"""Percentage points behind the share of the year gone by, beyond which progress is low."""
OFTEN_RETURNED = 2
"""Versions sent back from which on a report counts as returned often."""


class Candidate(NamedTuple):
    """What may be drawn: a report of a unit, with what speaks for looking at it."""

    id: int
    unit_id: int
    risks: tuple[str, ...] = ()


def is_low(percent: int, due_on: date) -> bool:
    """Whether an accepted percent lags far behind the year: as of the date the report was due."""
    gone_by = 100 * due_on.timetuple().tm_yday // (366 if isleap(due_on.year) else 365)
    return percent + BEHIND < gone_by


def weight(risks: Collection[str], weights: Mapping[str, int]) -> int:
    return 1 + sum(weights.get(risk, 0) for risk in risks)


def draw(
    frame: Sequence[Candidate], *, seed: str, size: int, per_unit: int, weights: Mapping[str, int]
) -> list[Candidate]:
    """The sample, in the order in which it was drawn: the first ones of a larger sample are the smaller sample."""
    chosen: list[Candidate] = []
    taken: Counter[int] = Counter()
    for one in sorted(frame, key=lambda one: (_lot(seed, one, weights), one.id)):
        if len(chosen) == size:
            break
        if taken[one.unit_id] < per_unit:
            taken[one.unit_id] += 1
            chosen.append(one)
    return chosen


def _lot(seed: str, one: Candidate, weights: Mapping[str, int]) -> bytes:
    """The smallest of its lots."""
    lots = range(weight(one.risks, weights))
    return min(hashlib.sha256(f"{seed}|{one.id}|{lot}".encode()).digest() for lot in lots)
