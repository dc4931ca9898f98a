"""`account` (起始分增减): begins with a start score (100, 80, 0) and goes up and down with every matter, by role."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import ClassVar

from tracker.assessment.scoring.part import Part
from tracker.assessment.scoring.rules.base import Peers, Stake, shown, stretched
from tracker.assessment.scoring.rules.costs import product
from tracker.assessment.scoring.rules.figures import CO, NOUGHT, ROLE, TIMES, Field, FiguresRule, Row
from tracker.assessment.scoring.rules.once import Cost, highest
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
        formula = "".join([shown(self.start), *(f" + {one}" for _, one in gains), *(f" − {one}" for _, one in losses)])
        by = shown(stake.stretch)
        if stake.stretch != 1:
            formula = f"({formula}) × {by}"
        plain = self._plain(stake, entry)
        if not gains and not losses and stake.stretch == 1:
            said = Sentence(N_("起始分 %(start)s，没有加减"), start=shown(self.start))
        elif plain > stake.points:
            said = Sentence(N_("起始分 %(formula)s，最高 %(points)s"), formula=formula, points=shown(stake.points))
        elif plain < 0:
            said = Sentence(N_("起始分 %(formula)s，扣完为止，得 0"), formula=formula)
        else:
            said = Sentence(N_("起始分 %(formula)s %(result)s"), formula=formula, result=result)
        if len(gains) + len(losses) < sum(bool(change and times) for change, times, _, _ in entry):
            said = Sentence(N_("%(said)s（同一事项只计最高一次）"), said=said)
        return stretched(said, stake)

    def taken(self, stake: Stake, entry: tuple[Row, ...], count: int) -> Fraction:
        """What the losses among the first `count` facts took from all that was gained, as far as it showed in the score."""
        gained = Fraction(self.start) + _sum(self._changes(entry)[0])
        lost = _sum(self._changes(entry[:count])[1])
        whole, left = (min(stake.points, max(Fraction(0), one * stake.stretch)) for one in (gained, gained - lost))
        return whole - left

    def _plain(self, stake: Stake, entry: tuple[Row, ...]) -> Fraction:
        gains, losses = self._changes(entry)
        return (Fraction(self.start) + _sum(gains) - _sum(losses)) * stake.stretch

    def _changes(self, entry: tuple[Row, ...]) -> tuple[list[Cost], list[Cost]]:
        """Gains and losses as they count, both above zero, each with its term."""
        found: tuple[list[tuple[str, Cost]], list[tuple[str, Cost]]] = ([], [])
        for at, (change, times, role, matter) in enumerate(entry):
            share = self.co if role == CO else Decimal(1)
            size = abs(Fraction(change)) * times * Fraction(share)
            if size:
                term = product(abs(change), times, share)
                found[change < 0].append((matter.strip() or f"\x00{at}", (size, term)))
        return highest(found[0]), highest(found[1])


def _sum(changes: Sequence[Cost]) -> Fraction:
    return sum((size for size, _ in changes), Fraction(0))
