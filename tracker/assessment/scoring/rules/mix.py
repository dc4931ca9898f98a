"""`mix` (多来源加权): scores from several sources (第三方、互评、日常 …), each with its weight in percent."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import ClassVar, NamedTuple

from tracker.assessment.scoring.numbers import read_number
from tracker.assessment.scoring.part import Part
from tracker.assessment.scoring.rules.base import Peers, Stake, averaged, shown
from tracker.assessment.scoring.rules.figures import NOUGHT, Field, FiguresRule, Row
from tracker.assessment.scoring.wording import N_, Sentence, listed


class Weighted(NamedTuple):
    name: str
    weight: Fraction


_BETWEEN = re.compile(r"[、，,；;\n]+")
_ONE = re.compile(r"^(.*?)[\s:：=＝]*([\d０-９][\d０-９.．]*)\s*[%％]?$")

PARTS = Field("parts", "text")
SCALE = Field("scale", required=False, default=Decimal(100), above=NOUGHT)
FIGURES = (Field("part", "text"), Field("score", least=NOUGHT))


def parts_of(text: str) -> list[Weighted] | None:
    """`第三方 40、互评 30、日常 30` read; None where a piece has no name or no weight above 0, or a name comes twice."""
    found: list[Weighted] = []
    for piece in filter(None, (one.strip() for one in _BETWEEN.split(text))):
        one = _ONE.match(piece)
        weight = read_number(one[2]) if one else None
        if one is None or weight is None or weight <= 0 or not one[1].strip():
            return None
        found.append(Weighted(one[1].strip(), Fraction(weight)))
    return found if found and len({one.name for one in found}) == len(found) else None


class WeightedRule(FiguresRule):
    """Scores of named parts, averaged within a part, then by the weights of the parts that have any."""

    parts: str
    scale: Decimal

    parameters: ClassVar[tuple[Field, ...]] = (PARTS, SCALE)
    figures: ClassVar[tuple[Field, ...]] = FIGURES

    def check(self, part: Part, points: Decimal | None) -> None:
        if parts_of(self.parts) is None:
            part.report("parts", N_("请按“名称 权重”逐项填写，用顿号隔开，例如：第三方 40、互评 30、日常 30"))

    def check_fact(self, part: Part, entry: tuple[Row, ...]) -> None:
        names = [one.name for one in self.weighted]
        for name, score in entry:
            if name.strip() not in names:
                part.report("part", N_("只能是 %(options)s 之一"), options=listed(names))
            if score > self.scale:
                part.report("score", N_("不能大于 %(limit)s"), limit=shown(self.scale))

    @property
    def weighted(self) -> list[Weighted]:
        return parts_of(self.parts) or []

    def score(self, stake: Stake, entry: tuple[Row, ...], peers: Peers | None) -> Fraction:
        used = self._used(entry)
        whole = sum((one.weight for one, _ in used), Fraction(0))
        return stake.points * sum((one.weight * mean for one, mean in used), Fraction(0)) / whole / Fraction(self.scale)

    def _used(self, entry: tuple[Row, ...]) -> list[tuple[Weighted, Fraction]]:
        """The parts that have scores, each with their mean."""
        by_part: dict[str, list[Fraction]] = {}
        for name, score in entry:
            by_part.setdefault(name.strip(), []).append(Fraction(score))
        return [
            (one, sum(by_part[one.name], Fraction(0)) / len(by_part[one.name]))
            for one in self.weighted
            if one.name in by_part
        ]

    def sentence(self, stake: Stake, entry: tuple[Row, ...], peers: Peers | None, result: str) -> Sentence:
        used = self._used(entry)
        whole = sum((one.weight for one, _ in used), Fraction(0))
        terms = " + ".join(f"{_averaged(entry, one)} × {shown(one.weight)}" for one, _ in used)
        by = "" if stake.points == self.scale else f" × {shown(stake.points)} ÷ {shown(self.scale)}"
        formula = Sentence(
            "(%(terms)s) ÷ %(whole)s%(by)s %(result)s", terms=terms, whole=shown(whole), by=by, result=result
        )
        return self._said(used, formula)

    def _said(self, used: Sequence[tuple[Weighted, Fraction]], formula: Sentence) -> Sentence:
        there = listed([one.name for one, _ in used])
        if len(used) == len(self.weighted):
            return Sentence(N_("%(parts)s 加权：%(formula)s"), parts=there, formula=formula)
        return Sentence(N_("只有 %(parts)s 有得分，权重在它们之间折算：%(formula)s"), parts=there, formula=formula)


def _averaged(entry: tuple[Row, ...], part: Weighted) -> str:
    """The score of a part, or the mean of its scores: `(90 + 111) ÷ 2`."""
    return averaged([score for name, score in entry if name.strip() == part.name])


@dataclass(frozen=True, slots=True)
class MixRule(WeightedRule):
    """P × Σ weight × score ÷ 100 ÷ scale; the weights must come to 100. A source that was not used drops out."""

    parts: str
    scale: Decimal

    kind: ClassVar[str] = "mix"

    def check(self, part: Part, points: Decimal | None) -> None:
        WeightedRule.check(self, part, points)
        weights = sum((one.weight for one in self.weighted), Fraction(0))
        if part.sound and weights != 100:
            read = {"sum": shown(weights), "read": listed([_read(one) for one in self.weighted])}
            if any(" " in one.name for one in self.weighted):
                part.report(
                    "parts", N_("各来源权重合计应为 100，现为 %(sum)s（%(read)s）：请用顿号把各来源隔开"), **read
                )
            else:
                part.report("parts", N_("各来源权重合计应为 100，现为 %(sum)s（%(read)s）"), **read)


def _read(one: Weighted) -> str:
    """A source as it was read; a name with blanks may well be two of them."""
    return f"“{one.name}” {shown(one.weight)}" if " " in one.name else f"{one.name} {shown(one.weight)}"
