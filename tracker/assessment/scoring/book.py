"""A book: a scheme (考核方案) and the facts of the units it scores. Everything a score depends on, and nothing else."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from typing import Any, Literal

from tracker.assessment.scoring.numbers import Mode
from tracker.assessment.scoring.rules import AnyRule

Stage = Literal["total", "item", "level"]
Ties = Literal["competition", "dense"]
NotApplicable = Literal["rescale", "rescale_siblings", "spread", "full"]
Aggregate = Literal["sum", "mean", "geometric", "min"]


@dataclass(frozen=True, slots=True)
class Rounding:
    """`places` decimals (0–12); `mode` for ties; `stage`: once on the total, on each leaf (item) or on every node."""

    places: int = 2
    mode: Mode = "half_up"
    stage: Stage = "total"


@dataclass(frozen=True, slots=True)
class Grade:
    """A grade (等次) from `least` rounded points up; `quota_percent` of the group at most (None: no quota)."""

    name: str
    least: Decimal
    quota_percent: int | None = None


@dataclass(frozen=True, slots=True)
class AwardKind:
    """A kind of bonus or penalty (加分、减分的一类) whose awards together count for `cap` points at most."""

    name: str
    cap: Fraction


@dataclass(frozen=True, slots=True)
class Indicator:
    """A node of the tree: a leaf with its `rule`, or an inner node with `children` and how they aggregate.

    `points` is None where the scheme leaves them out; `weight` counts under mean and geometric only.
    """

    key: str
    name: str = ""
    points: Decimal | None = None
    weight: Decimal | None = None
    aggregate: Aggregate = "sum"
    children: tuple[Indicator, ...] = ()
    rule: AnyRule | None = None


@dataclass(frozen=True, slots=True)
class Scheme:
    """`bonus_gate`: bonus counts only above it; `veto_score`: None fails a vetoed unit, a number is its fixed total."""

    indicators: Indicator
    name: str = ""
    rounding: Rounding = Rounding()
    not_applicable: NotApplicable = "rescale"
    bonus_cap: Decimal | None = None
    bonus_gate: Decimal | None = None
    bonus_kinds: tuple[AwardKind, ...] = ()
    penalty_cap: Decimal | None = None
    penalty_kinds: tuple[AwardKind, ...] = ()
    total_full: Decimal | None = None
    """Full marks of the whole total before it is converted (折算): total × `total_as` ÷ this; None: it is not."""
    total_as: Decimal = Decimal(100)
    total_cap: Decimal | None = None
    """The most that a total, converted, can come to; None: no limit."""
    veto_score: Decimal | None = None
    veto_bars: bool = False
    """A vetoed unit keeps its total and its rank, and cannot have the best grade (取消评优)."""
    grades: tuple[Grade, ...] = ()
    quota_ties: Literal["exclude", "include"] = "exclude"
    quota_pool: int | None = None
    """Groups of fewer units than this share one quota among them all; None: each group has its own."""
    ties: Ties = "competition"
    tie_break: tuple[str, ...] = ()
    larger: Decimal | None = None
    """Percent that the total counts for in a larger assessment (综合考核); None: it stands by itself."""


@dataclass(frozen=True, slots=True)
class Unit:
    key: str
    name: str = ""
    group: str = ""


@dataclass(frozen=True, slots=True)
class Award:
    """A bonus or a penalty, in points; `kind` names the one that holds it to a cap of its own, if any."""

    amount: Decimal
    reason: str = ""
    kind: str = ""


@dataclass(frozen=True)
class Book:
    """`evidence`: by leaf, one entry a unit in the order of `units` (see the rule kinds; None: not applicable).

    `bonuses`, `penalties`, `vetoes` (with their reasons) go by unit key. `places` leads from (unit, leaf) to the path
    of the fact that was read, for faults that only scoring brings to light; it may be empty.

    A book made by hand must be as valid as one that was read: scoring does not check it again.
    """

    scheme: Scheme
    units: tuple[Unit, ...]
    evidence: Mapping[str, Sequence[Any]]
    bonuses: Mapping[str, Sequence[Award]] = field(default_factory=dict)
    penalties: Mapping[str, Sequence[Award]] = field(default_factory=dict)
    vetoes: Mapping[str, Sequence[str]] = field(default_factory=dict)
    places: Mapping[tuple[str, str], str] = field(default_factory=dict)

    @cached_property
    def position(self) -> Mapping[str, int]:
        """Where each unit stands in `units`."""
        return {unit.key: at for at, unit in enumerate(self.units)}
