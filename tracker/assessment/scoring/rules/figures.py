"""Rules whose parameters and facts are plain fields: they are declared once, and read, typed and explained from that."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any, ClassVar, Literal, Self

from tracker.assessment.scoring.part import Part
from tracker.assessment.scoring.rules.base import Rule
from tracker.assessment.scoring.wording import N_

NOUGHT = Decimal(0)
MOST_TIMES = 100
"""Occurrences that one fact may state, as for deductions."""

NO_TARGET = N_("必须大于 %(limit)s：没有任务的单位，请把这个指标标为不适用")
"""What is said of a target of nothing: nothing can be divided by it."""

LEAD, CO = "lead", "co"

Row = tuple[Any, ...]
"""One fact: its values in the order of the rule's `figures`."""


@dataclass(frozen=True, slots=True)
class Field:
    """A parameter or a fact field. `default` counts where it may be left out and is."""

    name: str
    type: Literal["number", "whole", "choice", "text"] = "number"
    required: bool = True
    default: Any = None
    least: Decimal | None = None
    above: Decimal | None = None
    most: Decimal | None = None
    choices: tuple[str, ...] = ()
    too_low: str | None = None

    def read(self, part: Part) -> Any:
        """The value, or None with the fault reported."""
        if not self.required and not part.has(self.name):
            return self.default
        if self.type == "number":
            return part.number(
                self.name, required=True, least=self.least, above=self.above, most=self.most, too_low=self.too_low
            )
        if self.type == "whole":
            most = None if self.most is None else int(self.most)
            return part.whole(self.name, required=True, least=int(self.least or 0), most=most)
        if self.type == "choice":
            return part.choice(self.name, self.choices)
        return part.text(self.name, required=True)


TIMES = Field("count", "whole", required=False, default=1, least=NOUGHT, most=Decimal(MOST_TIMES))
EACH = Field("each", least=NOUGHT)
ROLE = Field("role", "choice", required=False, default=LEAD, choices=(LEAD, CO))


class FiguresRule(Rule[tuple[Row, ...]]):
    """A rule of which any number of facts may stand for a unit, each with the same fields."""

    parameters: ClassVar[tuple[Field, ...]] = ()
    figures: ClassVar[tuple[Field, ...]] = ()
    many_facts: ClassVar[bool] = True

    def __init_subclass__(cls) -> None:
        cls.fact_fields = tuple(one.name for one in cls.figures)

    @classmethod
    def read(cls, part: Part, points: Decimal | None) -> Self | None:
        part.allow("kind", *(one.name for one in cls.parameters))
        values = {one.name: one.read(part) for one in cls.parameters}
        if not part.sound:
            return None
        rule = cls(**values)
        rule.check(part, points)
        faulty = not part.sound
        return None if faulty else rule

    def check(self, part: Part, points: Decimal | None) -> None:
        """Reports what is wrong with the parameters taken together, or with the points of the leaf."""

    @classmethod
    def read_fact(cls, part: Part, limit: Decimal | None) -> tuple[Row, ...] | None:
        row = tuple(one.read(part) for one in cls.figures)
        return (row,) if part.sound else None
