"""What a score sheet is made from: read models that a room fills."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Literal

from reports.scoresheet.reckoning import Reckoned
from reports.source import Source


@dataclass(frozen=True, slots=True)
class Run:
    """A run as it was frozen. `stage`, `mode`, `not_applicable` and `ties` by the keys of a scheme's book."""

    scheme: str
    version: str
    plan: str
    as_of: date
    ran_at: datetime
    """UTC; shown in China Standard Time."""
    engine: str
    inputs_hash: str
    groups: tuple[tuple[str, int], ...]
    """Groups in the order they are printed, with the number of their units."""
    places: int = 2
    mode: str = "half_up"
    stage: str = "total"
    not_applicable: str = "rescale"
    ties: str = "competition"
    state: str = ""
    """In words, e.g. 试算: a sheet of a trial is not to be taken for the published one."""
    published: Published | None = None


@dataclass(frozen=True, slots=True)
class Published:
    """That a run was published (公示), and the head of the audit record at that moment: whoever holds the sheet can tell
    whether the record was rewritten since."""

    at: datetime
    """UTC; shown in China Standard Time."""
    until: date | None
    """The last day of its publicity."""
    head: str
    instead: str = ""
    """Of one that stands in place of another: which, and why."""


@dataclass(frozen=True, slots=True)
class Node:
    """An indicator, inner or leaf, in the order of the tree. The root has depth 0."""

    key: str
    name: str
    points: Decimal | None
    depth: int
    made_of: Literal["", "nodes", "scores"] = ""
    """What its number follows from within the workbook: nodes below it, or scores among the facts."""


@dataclass(frozen=True, slots=True)
class UnitScore:
    """One unit's results; None where there is none (not applicable, vetoed)."""

    unit: str
    group: str
    rank: int | None
    base: Decimal | None
    bonus: Decimal | None
    penalty: Decimal | None
    total: Decimal | None
    grade: str | None
    veto: bool
    nodes: Mapping[str, Decimal | None]
    """By the key of the node."""
    lines: int
    """How many of the `lines` are this unit's."""
    reckoned: Reckoned | None = None
    """How its numbers follow from one another, where they have a base."""


@dataclass(frozen=True, slots=True)
class Line:
    """One step of the explanation."""

    unit: str
    node: str
    """Name of the indicator, or what else is explained: bonus, veto, rounding."""
    depth: int
    text: str
    exact: str | None
    """The exact value with all its digits, or a fraction."""
    rounded: Decimal | None
    facts: int = 0
    """How many of the `facts` are this line's."""


@dataclass(frozen=True, slots=True)
class Fact:
    unit: str
    indicator: str
    value: str
    reason: str = ""
    reference: str = ""
    """The return or the piece of evidence: 2026年第3期报送（第2版）."""
    reference_url: str | None = None
    source: Source | None = None
    score: Decimal | None = None
    """The mark, value, score or award that it states, where it is one number; below 0 what is taken off."""


@dataclass(frozen=True, slots=True)
class ScoreSheet:
    """`units` by group and rank, as they are to be printed; `lines` in the order of the units, `facts` in that of the
    lines. Both may be generators: they are walked once, in this order."""

    run: Run
    nodes: Sequence[Node]
    units: Sequence[UnitScore]
    lines: Iterable[Line]
    facts: Iterable[Fact]
    line_count: int | None = None
    fact_count: int | None = None
    placing: Sequence[tuple[str, str]] = ()
    """Of one unit: what led to its rank and its grade, each sentence with which of the two it is about."""
