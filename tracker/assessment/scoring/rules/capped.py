"""`capped` (限额扣分): deductions that stop before the points are gone (最多扣10分)."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import ClassVar

from tracker.assessment.scoring.part import Part
from tracker.assessment.scoring.rules.base import Peers, Stake, shown
from tracker.assessment.scoring.rules.costs import CostsRule, less, product
from tracker.assessment.scoring.rules.figures import EACH, NOUGHT, TIMES, Field, Row
from tracker.assessment.scoring.wording import N_, Sentence


@dataclass(frozen=True, slots=True)
class CappedRule(CostsRule):
    """max(0, P − min(`limit`, Σ each × count)). The limit stays as printed where points are spread."""

    limit: Decimal

    kind: ClassVar[str] = "capped"
    parameters: ClassVar[tuple[Field, ...]] = (Field("limit", above=NOUGHT),)
    figures: ClassVar[tuple[Field, ...]] = (EACH, TIMES)

    def check(self, part: Part, points: Decimal | None) -> None:
        if points is not None and self.limit > points:
            part.report("limit", N_("最多扣的分不能超过本项分值 %(points)s"), points=format(points, "f"))

    def cost(self, entry: tuple[Row, ...]) -> Fraction:
        return min(Fraction(self.limit), _found(entry))

    def terms(self, entry: tuple[Row, ...]) -> list[str]:
        return [product(each, times) for each, times in entry]

    def sentence(self, stake: Stake, entry: tuple[Row, ...], peers: Peers | None, result: str) -> Sentence:
        found, terms = _found(entry), self.terms(entry)
        if found <= self.limit:
            return less(stake.points, terms, found, result)
        template = N_("应扣 %(terms)s，最多扣 %(limit)s：%(points)s − %(limit)s %(result)s")
        return Sentence(
            template, terms=" + ".join(terms), limit=shown(self.limit), points=shown(stake.points), result=result
        )


def _found(entry: tuple[Row, ...]) -> Fraction:
    return sum((Fraction(each) * times for each, times in entry), Fraction(0))
