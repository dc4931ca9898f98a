"""What a decision on an objection would do (处理异议的影响), before it is made. Nothing is stored."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from flask_babel import gettext as _
from sqlalchemy import select

from tracker.assessment.binding import nodes
from tracker.assessment.engines import CURRENT
from tracker.assessment.frozen import Frozen, supposed
from tracker.assessment.models import Scheme, ScoredFact
from tracker.assessment.queries.explanation import gap
from tracker.assessment.queries.inputs import gathered
from tracker.assessment.queries.schemes import scheme_row
from tracker.assessment.queries.tallies import AT_ONCE, obligations_due
from tracker.assessment.scoring.problems import FaultyBook
from tracker.assessment.scoring.results import Line, UnitResult
from tracker.assessment.scoring.wording import translated
from tracker.db import session
from tracker.errors import DomainError


@dataclass(frozen=True, slots=True)
class Row:
    """An indicator of the unit whose result depends on the decision, with how it comes about either way."""

    name: str
    depth: int
    upheld: str | None
    cancelled: str | None
    lines_upheld: tuple[Line, ...]
    lines_cancelled: tuple[Line, ...]

    @property
    def gap(self) -> Decimal | None:
        return gap(self.cancelled, self.upheld)


@dataclass(frozen=True, slots=True)
class Moved:
    """Another unit that would stand elsewhere."""

    name: str
    upheld: UnitResult
    cancelled: UnitResult


@dataclass(frozen=True, slots=True)
class Effect:
    """Both ways for the unit itself. `missing`: facts that are still to be entered; the indicators are taken as not
    applicable meanwhile. Where it cannot be reckoned, `refusal` says why and the rest is empty."""

    upheld: UnitResult | None = None
    cancelled: UnitResult | None = None
    rows: tuple[Row, ...] = ()
    others: tuple[Moved, ...] = ()
    missing: int = 0
    refusal: str = ""

    @property
    def gap(self) -> Decimal | None:
        """What the total gains where the deduction is cancelled."""
        return gap(self.cancelled.total, self.upheld.total) if self.cancelled and self.upheld else None


def effect_of(fact_id: int, today: date) -> Effect:
    """By the scheme in use, on what stands today."""
    fact = session.get_one(ScoredFact, fact_id)
    in_use = session.scalar(select(Scheme.id).where(Scheme.series_id == fact.series_id, Scheme.state == "in_use"))
    if in_use is None:
        return Effect(refusal=_("方案已停用，不再评分。"))
    if obligations_due(fact.plan_id, today) > AT_ONCE:
        return Effect(refusal=_("报送义务较多，处理后请重新评分查看变化。"))
    try:
        frozen, _count = gathered(scheme_row(in_use), fact.plan_id, today, today, supposed=fact_id)
        return _reckoned(supposed(frozen), fact, len(frozen.missing))
    except DomainError as error:
        return Effect(refusal=error.message)
    except FaultyBook as faulty:
        return Effect(refusal=translated(faulty.problems[0].message, _))


def _reckoned(frozen: Frozen, fact: ScoredFact, missing: int) -> Effect:
    without = replace(frozen, facts=tuple(one for one in frozen.facts if one.get("id") != fact.id))
    unit = next((str(one["unit"]) for one in frozen.facts if one.get("id") == fact.id), "")
    if not unit:
        return Effect(refusal=_("现行方案里没有接受这条扣分的指标，怎样处理都不影响得分。"))
    upheld, cancelled = CURRENT.quick(frozen).units, CURRENT.quick(without).units
    names = {one.key: one.name for one in frozen.units}
    pairs = list(zip(upheld, cancelled, strict=True))
    mine = next(pair for pair in pairs if pair[0].key == unit)
    others = tuple(Moved(names[one.key], one, other) for one, other in pairs if one.key != unit and _moves(one, other))
    return Effect(*mine, _rows(frozen, without, *mine), others, missing)


def _moves(one: UnitResult, other: UnitResult) -> bool:
    return (one.total, one.rank, one.grade) != (other.total, other.rank, other.grade)


def _rows(frozen: Frozen, without: Frozen, upheld: UnitResult, cancelled: UnitResult) -> tuple[Row, ...]:
    with_it, without_it = (_lines(CURRENT.explain(inputs, upheld.key)) for inputs in (frozen, without))
    return tuple(
        Row(
            str(node.get("name", "")), depth, upheld.nodes[key], cancelled.nodes[key], with_it.get(key, ()),
            without_it.get(key, ()),
        )
        for node, depth in nodes(frozen.scheme["indicators"])
        for key in (node["key"],)
        if [line.text for line in with_it.get(key, ())] != [line.text for line in without_it.get(key, ())]
    )  # fmt: skip


def _lines(lines: tuple[Line, ...]) -> Mapping[str, tuple[Line, ...]]:
    found: dict[str, tuple[Line, ...]] = {}
    for line in lines:
        found[line.node] = (*found.get(line.node, ()), line)
    return found
