"""`placing` (名次赋分): full points for the first of the group, less by so much for each place further down."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import ClassVar

from tracker.assessment.scoring.part import Part
from tracker.assessment.scoring.rules.base import Peers, Stake, shown, stretched
from tracker.assessment.scoring.rules.best import BETTER
from tracker.assessment.scoring.rules.figures import NOUGHT, Field, FiguresRule, Row
from tracker.assessment.scoring.wording import N_, Sentence


@dataclass(frozen=True, slots=True)
class PlacingRule(FiguresRule):
    """P − drop × (place − 1), not below `lowest`; equal values share the better place. What was spread raises the result in
    proportion: the steps stay those of the printed points."""

    drop: Decimal
    lowest: Decimal
    better: str

    kind: ClassVar[str] = "placing"
    many_facts: ClassVar[bool] = False
    in_group: ClassVar[bool] = True
    parameters: ClassVar[tuple[Field, ...]] = (
        Field("drop", above=NOUGHT), Field("lowest", required=False, default=NOUGHT, least=NOUGHT), BETTER,
    )  # fmt: skip
    figures: ClassVar[tuple[Field, ...]] = (Field("value"),)

    def check(self, part: Part, points: Decimal | None) -> None:
        if points is not None and self.lowest > points:
            part.report("lowest", N_("不能大于 %(limit)s"), limit=shown(points))

    @classmethod
    def standing(cls, entry: tuple[Row, ...]) -> Fraction:
        ((value,),) = entry
        return Fraction(value)

    def score(self, stake: Stake, entry: tuple[Row, ...], peers: Peers | None) -> Fraction:
        return max(Fraction(self.lowest), self._plain(stake, entry, peers)) * stake.stretch

    def sentence(self, stake: Stake, entry: tuple[Row, ...], peers: Peers | None, result: str) -> Sentence:
        place, plain = self._place(entry, peers), self._plain(stake, entry, peers)
        value, whole = shown(self.standing(entry)), shown(stake.printed)
        if place == 1:
            said = Sentence(N_("%(value)s 居组内第 1，得满分 %(points)s"), value=value, points=whole)
        else:
            formula = f"{whole} − {shown(self.drop)} × ({place} − 1) = {shown(plain)}"
            said = Sentence(
                N_("%(value)s 居组内第 %(place)s：%(formula)s"), value=value, place=str(place), formula=formula
            )
        if plain < self.lowest:
            said = Sentence(N_("%(said)s，最低得 %(lowest)s"), said=said, lowest=shown(self.lowest))
        if stake.stretch != 1:
            by = f"{shown(max(Fraction(self.lowest), plain))} × {shown(stake.stretch)} {result}"
            said = Sentence(N_("%(said)s；%(by)s"), said=said, by=by)
        return stretched(said, stake)

    def _plain(self, stake: Stake, entry: tuple[Row, ...], peers: Peers | None) -> Fraction:
        return stake.printed - Fraction(self.drop) * (self._place(entry, peers) - 1)

    def _place(self, entry: tuple[Row, ...], peers: Peers | None) -> int:
        assert peers is not None
        mine = self.standing(entry)
        return 1 + sum(one < mine if self.better == "low" else one > mine for one in peers.values)
