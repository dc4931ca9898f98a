"""Work that units share (牵头、配合): which of them leads a task, and what the leading one takes over from the others.

Pure.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal, NamedTuple

from tracker.plans.states import REPORTING_ROLES
from tracker.progress.milestones import Said

SHARES = frozenset({"%", "‰", "百分点", "个百分点", "倍", "番", "岁", "分"})
SPANS = frozenset({
    "日", "天", "周", "个月", "年", "工作日", "个工作日", "自然日", "个自然日", "小时", "个小时", "分钟",
})  # fmt: skip
RANKS = frozenset({"名", "位", "强"})
"""Measure words of shares, spans of time and ranks (前3名): ten units that reach 90% have not reached 900%."""

Why = Literal["share", "span", "rank", "unmeasured"]


def leading(roles: Mapping[int, str]) -> frozenset[int]:
    """Which of a task's assignments lead it; `roles` are those of all that are live.

    Those in the role 牵头; where there is none, the one responsible unit (责任单位) among others that support it (配合).
    """
    leads = frozenset(one for one, role in roles.items() if role == "lead")
    if leads:
        return leads
    responsible = frozenset(one for one, role in roles.items() if role == "responsible")
    return responsible if len(responsible) == 1 and "support" in roles.values() else frozenset()


def partners(roles: Mapping[int, str]) -> frozenset[int]:
    """The assignments that report to those that lead."""
    first = leading(roles)
    return frozenset(one for one, role in roles.items() if first and one not in first and role in REPORTING_ROLES)


def not_added(unit: str, op: str) -> Why | None:
    """Why figures of several units cannot be added up; None where they can."""
    if not unit:
        return "unmeasured"
    if unit in SHARES or "/" in unit:
        return "share"
    if unit in SPANS:
        return "span"
    return "rank" if unit in RANKS and op == "<=" else None


class Part(NamedTuple):
    """What one unit reported for a date."""

    unit: str
    texts: Mapping[str, str]
    """Field of the form → text."""
    figures: Mapping[int, Decimal]
    """Target id → figure."""


class Asked(NamedTuple):
    """A target, as far as adding up is concerned."""

    id: int
    unit: str
    op: str


@dataclass(frozen=True, slots=True)
class Sum:
    value: Decimal | None
    """None where figures of this kind are not added up."""
    why: Why | None
    units: tuple[str, ...]
    """Who reported a figure."""


@dataclass(frozen=True, slots=True)
class Gathered:
    """What the leading unit may take over (汇总), in the order of the units."""

    texts: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """Field of the form → paragraphs, each begun with its unit's name."""
    sums: dict[int, Sum] = field(default_factory=dict)
    """Target id → the sum of what was reported against it."""
    units: tuple[str, ...] = ()
    milestone: Said | None = None
    """What all of them together say of the milestone; None where it is none, or one has not said."""


def gathered(parts: Iterable[Part], targets: Iterable[Asked], milestone: Said | None = None) -> Gathered:
    """Texts with the unit's name before each, and figures added up where they can be."""
    parts = tuple(parts)
    texts: dict[str, tuple[str, ...]] = {}
    for part in parts:
        for name, words in part.texts.items():
            if words.strip():
                texts[name] = (*texts.get(name, ()), f"【{part.unit}】{words.strip()}")
    return Gathered(texts, {one.id: _sum(one, parts) for one in targets}, tuple(part.unit for part in parts), milestone)


def _sum(target: Asked, parts: tuple[Part, ...]) -> Sum:
    reported = [(part.unit, part.figures[target.id]) for part in parts if target.id in part.figures]
    why = not_added(target.unit, target.op)
    value = sum((figure for _unit, figure in reported), Decimal(0)) if reported and why is None else None
    return Sum(value, why, tuple(unit for unit, _figure in reported))
