"""The unit's own review in steps (经办 → 科室 → 分管): who may take which. Pure; people are ids."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

MOST_STEPS = 3


@dataclass(frozen=True, slots=True)
class Chain:
    """The steps of one unit. Where nobody is named there is one step, and any of the unit's reviewers takes it."""

    named: Mapping[int, frozenset[int]] = field(default_factory=dict)
    """Step, from 1 → who takes it: any one of them."""

    @property
    def steps(self) -> int:
        return max(self.named, default=1)

    def may(self, step: int, reviewers: Collection[int], hands: Collection[int]) -> frozenset[int]:
        """Who may take a step now: named for it, a reviewer of the unit still, and without a hand in it so far."""
        those = frozenset(reviewers) - frozenset(hands)
        named = self.named.get(step)
        return those & named if named else those

    def gap(self, reviewers: Collection[int], author: int) -> int | None:
        """The first step that nobody could take of what the author hands in; None where each has somebody."""
        steps = range(1, self.steps + 1)
        return next((step for step in steps if not self.may(step, reviewers, {author})), None)
