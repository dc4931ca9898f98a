"""`account` (起始分增减): begins with a start score (100, 80, 0) and goes up and down with every matter, by role."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import ClassVar

from tracker.assessment.scoring.part import Part
from tracker.assessment.scoring.rules.base import Peers, Stake, shown, stretched
from tracker.assessment.scoring.rules.figures import CO, NOUGHT, ROLE, TIMES, Field, FiguresRule, Row
from tracker.assessment.scoring.rules.once import highest
from tracker.assessment.scoring.wording import N_, Sentence


@dataclass(frozen=True, slots=True)
class AccountRule(FiguresRule):
    """Held in 0…P: `start` + Σ gains − Σ losses, each × count × 1 for 主办 or × `co` for 协办. Of what names the same
    matter (事项) only the greatest gain and the greatest loss count; what names none counts by itself."""

    start: Decimal
    co: Decimal

    kind: ClassVar[str] = "account"
    needs_facts: ClassVar[bool] = False
    parameters: ClassVar[tuple[Field, ...]] = (
        Field("start", least=NOUGHT),
        Field("co", required=False, default=Decimal("0.5"), least=NOUGHT, most=Decimal(1)),
    )
    figures: ClassVar[tuple[Field, ...]] = (
        Field("change"), TIMES, ROLE, Field("matter", "text", required=False, default=""),
    )  # fmt: skip

    def check(self, part: Part, points: Decimal | None) -> None:
        if points is not None and self.start > points:
            part.report("start", N_("起始分不能高于本项分值 %(points)s"), points=shown(points))

    def score(self, stake: Stake, entry: tuple[Row, ...], peers: Peers | None) -> Fraction:
        return min(stake.points, max(Fraction(0), self._plain(stake, entry)))

    def sentence(self, stake: Stake, entry: tuple[Row, ...], peers: Peers | None, result: str) -> Sentence:
        gains, losses = self._changes(entry)
        if not gains and not losses:
            return stretched(Sentence(N_("起始分 %(start)s，没有加减"), start=shown(self.start)), stake)
        terms = "".join([*(f" + {shown(one)}" for one in gains), *(f" − {shown(one)}" for one in losses)])
        parts = {"start": shown(self.start), "terms": terms}
        plain = self._plain(stake, entry)
        if plain > stake.points:
            return Sentence(N_("起始分 %(start)s%(terms)s，最高 %(points)s"), points=shown(stake.points), **parts)
        if plain < 0:
            return Sentence(N_("起始分 %(start)s%(terms)s，扣完为止，得 0"), **parts)
        if stake.stretch == 1:
            return Sentence(N_("起始分 %(start)s%(terms)s %(result)s"), result=result, **parts)
        said = Sentence(
            N_("（起始分 %(start)s%(terms)s）× %(by)s %(result)s"), by=shown(stake.stretch), result=result, **parts
        )
        return stretched(said, stake)

    def taken(self, stake: Stake, entry: tuple[Row, ...], count: int) -> Fraction:
        """What the losses among the first `count` facts took from all that was gained, as far as it showed in the score."""
        gained = Fraction(self.start) + sum(self._changes(entry)[0], Fraction(0))
        lost = sum(self._changes(entry[:count])[1], Fraction(0))
        whole, left = (min(stake.points, max(Fraction(0), one * stake.stretch)) for one in (gained, gained - lost))
        return whole - left

    def _plain(self, stake: Stake, entry: tuple[Row, ...]) -> Fraction:
        gains, losses = self._changes(entry)
        return (Fraction(self.start) + sum(gains, Fraction(0)) - sum(losses, Fraction(0))) * stake.stretch

    def _changes(self, entry: tuple[Row, ...]) -> tuple[list[Fraction], list[Fraction]]:
        """Gains and losses as they count, both above zero."""
        weighed = [
            (matter.strip() or f"\x00{at}", Fraction(change) * times * (Fraction(self.co) if role == CO else 1))
            for at, (change, times, role, matter) in enumerate(entry)
        ]
        gains = highest((matter, change) for matter, change in weighed if change > 0)
        losses = highest((matter, -change) for matter, change in weighed if change < 0)
        return gains, losses
