"""`bands` (分档计分): the points of the highest band whose lower edge the value reaches."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import ClassVar, NamedTuple, Self

import numpy as np

from tracker.assessment.scoring.columns import Column
from tracker.assessment.scoring.evidence import Numbers
from tracker.assessment.scoring.part import Part
from tracker.assessment.scoring.rules.base import Peers, Rule, Stake, shown, stretched
from tracker.assessment.scoring.wording import N_, Sentence


class Band(NamedTuple):
    """`least` is the lower edge, inclusive; None for the last band, which takes all the rest."""

    least: Decimal | None
    points: Decimal


@dataclass(frozen=True, slots=True)
class BandsRule(Rule[Decimal]):
    bands: tuple[Band, ...]

    kind: ClassVar[str] = "bands"
    fact_fields: ClassVar[tuple[str, ...]] = ("value",)
    needs_points: ClassVar[bool] = False

    @classmethod
    def read(cls, part: Part, points: Decimal | None) -> Self | None:
        part.allow("kind", "bands")
        raws = part.items("bands", required=True)
        if raws is None:
            return None
        if not raws:
            part.report("bands", N_("分档表不能为空"))
            return None
        bands: list[Band | None] = []
        above: Decimal | None = None
        for index, raw in enumerate(raws):
            one = Part(raw, f"{part.at('bands')}[{index}]", part.problems)
            band = _read_band(one, points, above, is_last=index == len(raws) - 1)
            bands.append(band if one.sound else None)
            above = band.least if band is not None and band.least is not None else above
        whole = tuple(band for band in bands if band is not None)
        return cls(whole) if part.sound and len(whole) == len(raws) else None

    @classmethod
    def read_fact(cls, part: Part, limit: Decimal | None) -> Decimal | None:
        return part.number("value", required=True)

    def band_of(self, value: Decimal) -> Band:
        return next(band for band in self.bands if band.least is None or band.least <= value)

    def score(self, stake: Stake, entry: Decimal, peers: Peers | None) -> Fraction:
        return Fraction(self.band_of(entry).points) * stake.stretch

    def column(self, stake: Stake, entries: Sequence[Decimal], peers: Peers | None) -> Column:
        numbers = Numbers.of(entries)
        if numbers is None:
            return super(BandsRule, self).column(stake, entries, peers)
        # the edges as whole numbers of the column's own size: a value reaches an edge where it reaches the next whole
        edges = [
            _next_whole(Fraction(band.least) * 10**numbers.places) for band in self.bands if band.least is not None
        ]
        if any(abs(edge) >= 2**62 for edge in edges):
            return super(BandsRule, self).column(stake, entries, peers)
        reached = np.searchsorted(np.array(edges[::-1], np.int64), numbers.whole, side="right")
        per_band = Column.of([Fraction(band.points) * stake.stretch for band in reversed(self.bands)])
        if per_band.whole is None:
            return super(BandsRule, self).column(stake, entries, peers)
        return Column(per_band.whole[reached], per_band.per, per_band.bound)

    def sentence(self, stake: Stake, entry: Decimal, peers: Peers | None, result: str) -> Sentence:
        at = self.bands.index(self.band_of(entry))
        band, above = self.bands[at], self.bands[at - 1].least if at else None
        if band.least is None:  # not always the worst: of ranks, the rest is the first place
            template = N_("%(value)s 归入其余一档，得 %(points)s")
            if above is not None:
                template = N_("%(value)s 不到 %(above)s，归入其余一档，得 %(points)s")
        elif above is None:
            template = N_("%(value)s 达到 %(least)s，得 %(points)s")
        else:
            template = N_("%(value)s 达到 %(least)s、不到 %(above)s，得 %(points)s")
        parts = {"value": entry, "points": band.points, "least": band.least, "above": above}
        plain = Sentence(template, **{name: shown(number) for name, number in parts.items() if number is not None})
        if stake.stretch != 1:
            plain = Sentence("%(plain)s × %(by)s %(result)s", plain=plain, by=shown(stake.stretch), result=result)
        return stretched(plain, stake)


def _next_whole(value: Fraction) -> int:
    return -(-value.numerator // value.denominator)


def _read_band(part: Part, points: Decimal | None, above: Decimal | None, *, is_last: bool) -> Band | None:
    """The band as far as it can be read; `above` is the lower edge of the band before."""
    part.allow("min", "points")
    least = part.number("min")
    if is_last and part.has("min"):
        part.report("min", N_("最末一档不写“不低于”（min）：它收下其余所有数值，否则分档有空档"))
    elif not is_last and not part.has("min"):
        part.is_missing("min", required=True)
    elif least is not None and above is not None and least >= above:
        part.report("min", N_("应小于上一档的 %(above)s：分档由高到低排列"), above=format(above, "f"))
    least_points = None if points is None else Decimal(0)
    worth = part.number("points", required=True, least=least_points, most=points)
    return Band(least, Decimal(0) if worth is None else worth)
