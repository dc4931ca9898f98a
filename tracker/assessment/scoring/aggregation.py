"""How the results of children become the result of their parent: weighted mean, geometric mean, least."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from tracker.assessment.scoring.book import Aggregate
from tracker.assessment.scoring.roots import geometric_mean


class NotPositive(ValueError):
    """A geometric mean met results that are not above zero; `which` counts among the given results."""

    def __init__(self, which: Sequence[int]) -> None:
        super().__init__(which)
        self.which = which


def mean_of(aggregate: Aggregate, results: Sequence[Fraction], weights: Sequence[Fraction]) -> Fraction:
    """Raises NotPositive for a geometric mean over anything that is not above zero. Weights are relative."""
    if aggregate == "min":
        return min(results)
    if aggregate == "geometric":
        faulty = [which for which, result in enumerate(results) if result <= 0]
        if faulty:
            raise NotPositive(faulty)
        return geometric_mean(results, weights)
    weighted = sum((result * weight for result, weight in zip(results, weights, strict=True)), Fraction(0))
    return weighted / sum(weights, Fraction(0))
