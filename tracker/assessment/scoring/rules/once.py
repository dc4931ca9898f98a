"""`once` (同一事项只计一次): a matter that was found in several ways costs once, at its highest."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar

from tracker.assessment.scoring.rules.base import Peers, Stake
from tracker.assessment.scoring.rules.costs import CostsRule, product
from tracker.assessment.scoring.rules.figures import EACH, TIMES, Field, Row
from tracker.assessment.scoring.wording import N_, Sentence


@dataclass(frozen=True, slots=True)
class OnceRule(CostsRule):
    """max(0, P − Σ over the matters of the greatest each × count)."""

    kind: ClassVar[str] = "once"
    figures: ClassVar[tuple[Field, ...]] = (EACH, TIMES, Field("matter", "text"))

    def cost(self, entry: tuple[Row, ...]) -> Fraction:
        return sum((cost for cost, _ in _counted(entry)), Fraction(0))

    def terms(self, entry: tuple[Row, ...]) -> list[str]:
        return [term for _, term in _counted(entry)]

    def sentence(self, stake: Stake, entry: tuple[Row, ...], peers: Peers | None, result: str) -> Sentence:
        plain = CostsRule.sentence(self, stake, entry, peers, result)
        matters = len(_counted(entry))
        if matters == len(entry):
            return plain
        return Sentence(N_("%(facts)s 次扣分涉及 %(matters)s 件事，每件只计最高一次：%(formula)s"),
                        facts=str(len(entry)), matters=str(matters), formula=plain)  # fmt: skip


Cost = tuple[Fraction, str]
"""What something costs, and as which term it stands in a formula."""


def highest(costs: Iterable[tuple[str, Cost]]) -> list[Cost]:
    """The greatest of each matter, in the order in which the matters first come up."""
    by_matter: dict[str, Cost] = {}
    for matter, cost in costs:
        if matter not in by_matter or cost[0] > by_matter[matter][0]:
            by_matter[matter] = cost
    return list(by_matter.values())


def _counted(entry: tuple[Row, ...]) -> list[Cost]:
    return highest((matter.strip(), (Fraction(each) * times, product(each, times))) for each, times, matter in entry)
