"""`rise` (同比增减、环比增减): points by how far a value has come since the last period, from a start that keeping still is worth."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import ClassVar

from tracker.assessment.scoring.part import Part
from tracker.assessment.scoring.rules.base import Peers, Stake, shown, stretched
from tracker.assessment.scoring.rules.figures import NOUGHT, Field, FiguresRule, Row
from tracker.assessment.scoring.wording import N_, Sentence


@dataclass(frozen=True, slots=True)
class RiseRule(FiguresRule):
    """Held in 0…P: `start` + `up` × steps for the better, or − `down` × steps for the worse, a step being `every` of the
    value. What does not fill a step counts in part, or not at all (`rest` none)."""

    start: Decimal
    up: Decimal
    down: Decimal
    every: Decimal
    rest: str
    better: str

    kind: ClassVar[str] = "rise"
    many_facts: ClassVar[bool] = False
    parameters: ClassVar[tuple[Field, ...]] = (
        Field("start", least=NOUGHT), Field("up", least=NOUGHT), Field("down", required=False, default=NOUGHT, least=NOUGHT),
        Field("every", required=False, default=Decimal(1), above=NOUGHT),
        Field("rest", "choice", required=False, default="part", choices=("part", "none")),
        Field("better", "choice", required=False, default="high", choices=("high", "low")),
    )  # fmt: skip
    figures: ClassVar[tuple[Field, ...]] = (Field("last"), Field("this"))

    def check(self, part: Part, points: Decimal | None) -> None:
        if points is not None and self.start > points:
            part.report("start", N_("起始分不能高于本项分值 %(points)s"), points=shown(points))

    def score(self, stake: Stake, entry: tuple[Row, ...], peers: Peers | None) -> Fraction:
        return min(stake.points, max(Fraction(0), self._plain(stake, entry)))

    def sentence(self, stake: Stake, entry: tuple[Row, ...], peers: Peers | None, result: str) -> Sentence:
        ((last, this),) = entry
        moved = Fraction(this) - Fraction(last)
        ends = {"last": shown(last), "this": shown(this)}
        if not moved and stake.stretch == 1:
            return Sentence(N_("由 %(last)s 到 %(this)s，没有变动，得 %(points)s"), **ends, points=shown(self.start))
        template = (
            N_("由 %(last)s 到 %(this)s，上升 %(size)s") if moved > 0 else N_("由 %(last)s 到 %(this)s，下降 %(size)s")
        )
        said = Sentence(template, **ends, size=shown(abs(moved)))
        if self.better == "low":
            said = Sentence(N_("%(said)s（越低越好）"), said=said)
        return stretched(self._reckoned(self._in_steps(said, entry), stake, entry, result), stake)

    def _in_steps(self, said: Sentence, entry: tuple[Row, ...]) -> Sentence:
        if self.rest == "none":
            steps = shown(abs(self._steps(entry)))
            return Sentence(N_("%(said)s，每 %(every)s 一档，满 %(n)s 档"), said=said, every=shown(self.every), n=steps)
        return (
            said if self.every == 1 else Sentence(N_("%(said)s，每 %(every)s 一档"), said=said, every=shown(self.every))
        )

    def _reckoned(self, said: Sentence, stake: Stake, entry: tuple[Row, ...], result: str) -> Sentence:
        formula, plain = self._formula(stake, entry), self._plain(stake, entry)
        if plain > stake.points:
            template, held = N_("%(said)s：%(formula)s = %(plain)s，最多 %(points)s"), shown(stake.points)
            return Sentence(template, said=said, formula=formula, plain=shown(plain), points=held)
        if plain < 0:
            return Sentence(
                N_("%(said)s：%(formula)s = %(plain)s，最低 0"), said=said, formula=formula, plain=shown(plain)
            )
        return Sentence(N_("%(said)s：%(formula)s %(result)s"), said=said, formula=formula, result=result)

    def _formula(self, stake: Stake, entry: tuple[Row, ...]) -> str:
        ((last, this),) = entry
        steps = self._steps(entry)
        sign, each = ("−", self.down) if steps < 0 else ("+", self.up)
        size = shown(abs(steps))
        if self.rest == "part" and self.every != 1:
            size = f"{shown(abs(Fraction(this) - Fraction(last)))} ÷ {shown(self.every)}"
        formula = f"{shown(self.start)} {sign} {shown(each)} × {size}"
        return formula if stake.stretch == 1 else f"({formula}) × {shown(stake.stretch)}"

    def _plain(self, stake: Stake, entry: tuple[Row, ...]) -> Fraction:
        steps = self._steps(entry)
        return (Fraction(self.start) + steps * Fraction(self.down if steps < 0 else self.up)) * stake.stretch

    def _steps(self, entry: tuple[Row, ...]) -> Fraction:
        """Below 0 for the worse."""
        ((last, this),) = entry
        steps = (Fraction(this) - Fraction(last)) / Fraction(self.every) * (-1 if self.better == "low" else 1)
        return Fraction(int(steps)) if self.rest == "none" else steps
