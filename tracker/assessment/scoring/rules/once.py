"""`once` (同一事项只计一次): a matter that was found in several ways costs once, at its highest."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar

from tracker.assessment.scoring.rules.base import Peers, Stake, shown
from tracker.assessment.scoring.rules.costs import CostsRule
from tracker.assessment.scoring.rules.figures import EACH, TIMES, Field, Row
from tracker.assessment.scoring.wording import N_, Sentence


@dataclass(frozen=True, slots=True)
class OnceRule(CostsRule):
    """max(0, P − Σ over the matters of the greatest each × count)."""

    kind: ClassVar[str] = "once"
    figures: ClassVar[tuple[Field, ...]] = (EACH, TIMES, Field("matter", "text"))

    def cost(self, entry: tuple[Row, ...]) -> Fraction:
        return sum(_counted(entry), Fraction(0))

    def terms(self, entry: tuple[Row, ...]) -> list[str]:
        return list(map(shown, _counted(entry)))

    def sentence(self, stake: Stake, entry: tuple[Row, ...], peers: Peers | None, result: str) -> Sentence:
        plain = CostsRule.sentence(self, stake, entry, peers, result)
        matters = len(_counted(entry))
        if matters == len(entry):
            return plain
        return Sentence(N_("%(facts)s 次扣分涉及 %(matters)s 件事，每件只计最高一次：%(formula)s"),
                        facts=str(len(entry)), matters=str(matters), formula=plain)  # fmt: skip


def highest(costs: Iterable[tuple[str, Fraction]]) -> list[Fraction]:
    """The greatest of each matter, in the order in which the matters first come up."""
    by_matter: dict[str, Fraction] = {}
    for matter, cost in costs:
        by_matter[matter] = max(cost, by_matter.get(matter, cost))
    return list(by_matter.values())


def _counted(entry: tuple[Row, ...]) -> list[Fraction]:
    return highest((matter.strip(), Fraction(each) * times) for each, times, matter in entry)
