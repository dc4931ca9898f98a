"""`once` (同一事项只计一次): a matter that was found in several ways costs once, at its highest."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar

from tracker.assessment.scoring.rules.base import Peers, Stake, shown
from tracker.assessment.scoring.rules.figures import EACH, TIMES, Field, FiguresRule, Row, left_of, less, untouched
from tracker.assessment.scoring.wording import N_, Sentence


@dataclass(frozen=True, slots=True)
class OnceRule(FiguresRule):
    """max(0, P − Σ over the matters of the greatest each × count)."""

    kind: ClassVar[str] = "once"
    needs_facts: ClassVar[bool] = False
    figures: ClassVar[tuple[Field, ...]] = (EACH, TIMES, Field("matter", "text"))

    def score(self, stake: Stake, entry: tuple[Row, ...], peers: Peers | None) -> Fraction:
        return left_of(stake.points, sum(_counted(entry), Fraction(0)))

    def sentence(self, stake: Stake, entry: tuple[Row, ...], peers: Peers | None, result: str) -> Sentence:
        if not entry:
            return untouched(stake.points)
        counted = _counted(entry)
        plain = less(stake.points, map(shown, counted), sum(counted, Fraction(0)), result)
        if len(counted) == len(entry):
            return plain
        return Sentence(N_("%(facts)s 次扣分涉及 %(matters)s 件事，每件只计最高一次：%(formula)s"),
                        facts=str(len(entry)), matters=str(len(counted)), formula=plain)  # fmt: skip


def highest(costs: Iterable[tuple[str, Fraction]]) -> list[Fraction]:
    """The greatest of each matter, in the order in which the matters first come up."""
    by_matter: dict[str, Fraction] = {}
    for matter, cost in costs:
        by_matter[matter] = max(cost, by_matter.get(matter, cost))
    return list(by_matter.values())


def _counted(entry: tuple[Row, ...]) -> list[Fraction]:
    return highest((matter.strip(), Fraction(each) * times) for each, times, matter in entry)
