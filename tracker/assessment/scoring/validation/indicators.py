"""The tree of indicators: keys, points that add up, weights, rules with their parameters."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from typing import cast

from tracker.assessment.scoring.book import Aggregate, Indicator
from tracker.assessment.scoring.numbers import exact_text
from tracker.assessment.scoring.part import Part
from tracker.assessment.scoring.problems import Problems
from tracker.assessment.scoring.rules import KINDS, AnyRule
from tracker.assessment.scoring.wording import N_

_AGGREGATES = ("sum", "mean", "geometric", "min")
_DEEPEST = 60
"""Levels of a tree: far beyond any scheme, and well within what recursion can hold."""


@dataclass(frozen=True, slots=True)
class LeafFacts:
    """What the facts of a leaf are checked against; `kind` is None where the rule could not be made out."""

    key: str
    kind: type[AnyRule] | None
    limit: Decimal | None
    rule: AnyRule | None = None


@dataclass(slots=True)
class Outline:
    """What facts and the rest of the scheme need to know of the tree, also of a faulty one."""

    leaves: dict[str, LeafFacts] = field(default_factory=dict)
    inner: set[str] = field(default_factory=set)
    places: dict[str, str] = field(default_factory=dict)
    """Where each key stands first."""
    award_kinds: dict[str, tuple[str, ...] | None] = field(default_factory=dict)
    """Names of the kinds of bonus and of penalty; None where they cannot be read."""
    is_there: bool = False
    """False: there is no tree to look anything up in, and nothing is to be blamed for not being in it."""

    def knows(self, key: str) -> bool:
        return key in self.leaves or key in self.inner


@dataclass(frozen=True, slots=True)
class _Sizes:
    """Points of a node: as stated (None where left out or faulty), and as they count in the parent's sum."""

    indicator: Indicator
    counted: Fraction | None


def read_indicators(raw: object, problems: Problems) -> tuple[Indicator, Outline]:
    """The tree and its outline; the tree is only of use where no problem was found."""
    outline = Outline()
    part = Part(raw, "scheme.indicators", problems)
    outline.is_there = part.is_object
    sizes = _read(part, outline, parent=None, depth=1)
    return sizes.indicator, outline


def _read(part: Part, outline: Outline, *, parent: str | None, depth: int) -> _Sizes:
    part.allow("key", "name", "points", "weight", "aggregate", "children", "rule")
    key = _read_key(part, outline)
    name = part.text("name", may_be_empty=True) or ""
    weight = _read_weight(part, parent)
    if part.has("children"):
        return _read_inner(part, outline, key, name, weight, parent, depth)
    return _read_leaf(part, outline, key, name, weight, parent)


def _read_key(part: Part, outline: Outline) -> str:
    key = part.text("key", required=True)
    if key is not None and outline.places.setdefault(key, part.at("key")) != part.at("key"):
        for path in (outline.places[key], part.at("key")):  # nobody knows which of the two was meant to be another
            part.problems.add(path, N_("指标代码 %(key)s 重复"), key=key)
    return key or ""


def _read_weight(part: Part, parent: str | None) -> Decimal | None:
    weight = part.number("weight", above=Decimal(0))
    if part.has("weight") and parent in {None, "sum"}:
        part.report("weight", N_("weight 只用于 mean、geometric、min 的下级指标"))
    return weight


def _read_leaf(part: Part, outline: Outline, key: str, name: str, weight: Decimal | None, parent: str | None) -> _Sizes:
    if part.has("aggregate"):
        part.report("aggregate", N_("aggregate 只用于有下级的指标"))
    points = part.number("points", above=Decimal(0))
    rule_part = part.part("rule")
    kind: type[AnyRule] | None = None
    rule: AnyRule | None = None
    if rule_part is None:
        part.is_missing("rule", required=True)
    else:
        chosen = rule_part.choice("kind", KINDS)
        kind = KINDS[chosen] if chosen is not None else None
        rule = kind.read(rule_part, points) if kind is not None else None
    if not part.has("points") and (parent == "sum" or (kind is not None and kind.needs_points)):
        part.is_missing("points", required=True)
    limit = kind.fact_limit(rule, points) if kind is not None else None
    if key:  # else no fact can be meant for it
        outline.leaves.setdefault(key, LeafFacts(key, kind, limit, rule))
    indicator = Indicator(key=key, name=name, points=points, weight=weight, rule=rule)
    return _Sizes(indicator, None if points is None else Fraction(points))


def _read_inner(
    part: Part, outline: Outline, key: str, name: str, weight: Decimal | None, parent: str | None, depth: int
) -> _Sizes:
    if key:
        outline.inner.add(key)
    if part.has("rule"):
        part.report("rule", N_("有下级的指标不能再有计分规则"))
    aggregate = part.choice("aggregate", _AGGREGATES, "sum")
    points = part.number("points", above=Decimal(0))
    below = _read_children(part, outline, aggregate, depth)
    counted = None if points is None else Fraction(points)
    if aggregate == "sum":
        counted = _check_sum(part, points, below)
    elif aggregate is not None and parent == "sum" and not part.has("points"):
        part.is_missing("points", required=True)
    indicator = Indicator(
        key=key,
        name=name,
        points=points,
        weight=weight,
        aggregate=cast("Aggregate", aggregate or "sum"),
        children=tuple(one.indicator for one in below),
    )
    return _Sizes(indicator, counted)


def _read_children(part: Part, outline: Outline, aggregate: str | None, depth: int) -> list[_Sizes]:
    raws = part.items("children")
    if raws is None:
        return []
    if not raws:
        part.report("children", N_("下级指标不能为空"))
    if depth >= _DEEPEST:
        part.report("children", N_("指标层级过深：最多 %(most)s 级"), most=str(_DEEPEST))
        return []
    parent = aggregate or "unknown"
    return [
        _read(Part(raw, f"{part.at('children')}[{index}]", part.problems), outline, parent=parent, depth=depth + 1)
        for index, raw in enumerate(raws)
    ]


def _check_sum(part: Part, points: Decimal | None, below: Sequence[_Sizes]) -> Fraction | None:
    """What the sum counts for in its own parent: its stated points, or what its children come to."""
    known = [one.counted for one in below if one.counted is not None]
    total = sum(known, Fraction(0)) if below and len(known) == len(below) else None
    if points is None:
        return None if part.has("points") else total
    if total is not None and total != Fraction(points):
        more = total > Fraction(points)
        said = (
            N_("分值 %(points)s 与下级指标分值之和 %(total)s 不等，下级多 %(by)s")
            if more
            else N_("分值 %(points)s 与下级指标分值之和 %(total)s 不等，下级少 %(by)s")
        )
        numbers = {"points": Fraction(points), "total": total, "by": abs(total - Fraction(points))}
        part.report("points", said, **{name: exact_text(number) for name, number in numbers.items()})
    return Fraction(points)
