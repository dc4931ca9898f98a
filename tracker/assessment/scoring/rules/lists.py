"""`lists` (红黑榜): the best who met the target stand on the red list, the last who missed it on the black one."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import ClassVar

from tracker.assessment.scoring.part import Part
from tracker.assessment.scoring.rules.base import Peers, Stake, shown, stretched
from tracker.assessment.scoring.rules.figures import NOUGHT, Field, FiguresRule, Row
from tracker.assessment.scoring.wording import N_, Sentence

_MANY = Decimal(1000)
RED, PLAIN, BLACK = "red", "plain", "black"


@dataclass(frozen=True, slots=True)
class ListsRule(FiguresRule):
    """`red` points for a value that reaches `target` and is among the `top` best of the group, `black` for one that does
    not reach it, is among the `bottom` last and is not exempt (不可抗力), `plain` for everybody else."""

    target: Decimal
    top: int
    bottom: int
    red: Decimal
    plain: Decimal
    black: Decimal

    kind: ClassVar[str] = "lists"
    many_facts: ClassVar[bool] = False
    in_group: ClassVar[bool] = True
    parameters: ClassVar[tuple[Field, ...]] = (
        Field("target"), Field("top", "whole", least=NOUGHT, most=_MANY), Field("bottom", "whole", least=NOUGHT, most=_MANY),
        Field("red", least=NOUGHT), Field("plain", least=NOUGHT), Field("black", least=NOUGHT),
    )  # fmt: skip
    figures: ClassVar[tuple[Field, ...]] = (
        Field("value"), Field("exempt", "choice", required=False, default="no", choices=("no", "yes")),
    )  # fmt: skip

    def check(self, part: Part, points: Decimal | None) -> None:
        if not self.black <= self.plain <= self.red:
            part.report("plain", N_("红榜、一般、黑榜的得分应由高到低"))
        if points is not None and self.red > points:
            part.report("red", N_("不能大于 %(limit)s"), limit=shown(points))

    @classmethod
    def standing(cls, entry: tuple[Row, ...]) -> Fraction:
        ((value, _),) = entry
        return Fraction(value)

    def score(self, stake: Stake, entry: tuple[Row, ...], peers: Peers | None) -> Fraction:
        return self._worth(self._list(entry, peers)) * stake.stretch

    def sentence(self, stake: Stake, entry: tuple[Row, ...], peers: Peers | None, result: str) -> Sentence:
        ((value, exempt),) = entry
        on = self._list(entry, peers)
        better, worse = self._places(entry, peers)
        template = {
            RED: N_("%(value)s 达到 %(target)s，组内第 %(better)s，列入红榜，得 %(points)s"),
            BLACK: N_("%(value)s 未达到 %(target)s，组内倒数第 %(worse)s，列入黑榜，得 %(points)s"),
            PLAIN: N_("%(value)s（目标 %(target)s），组内第 %(better)s，不上榜，得 %(points)s"),
        }[on]
        if on == PLAIN and exempt == "yes":
            template = N_("%(value)s（目标 %(target)s），组内第 %(better)s，有免责情形，不列黑榜，得 %(points)s")
        said = Sentence(
            template, value=shown(value), target=shown(self.target), better=str(better), worse=str(worse),
            points=shown(self._worth(on)),
        )  # fmt: skip
        if stake.stretch != 1:
            said = Sentence("%(said)s × %(by)s %(result)s", said=said, by=shown(stake.stretch), result=result)
        return stretched(said, stake)

    def _worth(self, on: str) -> Fraction:
        return Fraction({RED: self.red, PLAIN: self.plain, BLACK: self.black}[on])

    def _places(self, entry: tuple[Row, ...], peers: Peers | None) -> tuple[int, int]:
        """The place from the best and from the last; equal values share the better one of each."""
        mine, others = self.standing(entry), peers.values if peers is not None else ()
        return 1 + sum(one > mine for one in others), 1 + sum(one < mine for one in others)

    def _list(self, entry: tuple[Row, ...], peers: Peers | None) -> str:
        ((value, exempt),) = entry
        better, worse = self._places(entry, peers)
        if value >= self.target:
            return RED if better <= self.top else PLAIN
        return BLACK if worse <= self.bottom and exempt != "yes" else PLAIN
