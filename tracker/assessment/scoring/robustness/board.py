"""What each item of a scheme gave to each unit, and could have given: all that changed weights need to know of a book.

The results themselves are the engine's. An item (指标) is a leaf, or a geometric mean or minimum with all below it, whose
inner weights are no plain shares. What does not apply to a unit is worth nothing to it, as the scheme's rule has it:
spread points and rescaling stand in the worth of what is left.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from tracker.assessment.scoring.applicability import Plan
from tracker.assessment.scoring.batches import Batches
from tracker.assessment.scoring.book import Book, Scheme
from tracker.assessment.scoring.results import UnitResult
from tracker.assessment.scoring.totals import counted_penalty, extras_of
from tracker.assessment.scoring.tree import Node, Tree

Floats = NDArray[np.float64]
Whole = NDArray[np.int64]

_ONE = Fraction(1)


@dataclass(frozen=True)
class Board:
    """Units with a total, group by group, each group by rank; all arrays in that order of units.

    `given` and `worth` have a row an item and a column a unit, in points of the base. `rest`: what roundings on the way
    added. `bonus` is held to its cap, and counts where the base is above the gate; `counted` is what of it counted in the
    official result. `penalty` is held to its cap. `totals` and `ranks` are the official ones, totals in units of the last
    printed place. `fixed`: whose total a veto has set; `barred`: whom one keeps from the best grade.
    """

    scheme: Scheme
    keys: tuple[str, ...]
    groups: tuple[tuple[str, slice], ...]
    sizes: Mapping[str, int]
    """How many units a group has in all, those without a total too: its quotas are shares of that."""
    items: tuple[str, ...]
    given: Floats
    worth: Floats
    rest: Floats
    bonus: Floats
    counted: Floats
    penalty: Floats
    totals: Whole
    ranks: Whole
    fixed: NDArray[np.bool_]
    barred: NDArray[np.bool_]


def board_of(book: Book) -> Board:
    """Raises FaultyBook as scoring does."""
    with np.errstate(all="ignore"):
        batches = Batches(book)
        units = batches.result("").units
        given, worth, items = _shares(batches)
        base = batches.floats(batches.reckoner.tree.root)
    order = _order(units)
    groups = [units[place].group for place in order]
    scale = 10**book.scheme.rounding.places
    totals = [round(Fraction(units[place].total or "0") * scale) for place in order]
    extras = [_extras(book, units[place].key) for place in order]
    vetoed = np.array([units[place].veto for place in order], np.bool_)
    return Board(
        scheme=book.scheme,
        keys=tuple(units[place].key for place in order),
        groups=tuple(_runs(groups)),
        sizes={group: sum(unit.group == group for unit in units) for group in dict.fromkeys(groups)},
        items=items,
        given=np.ascontiguousarray(given[:, order]),
        worth=np.ascontiguousarray(worth[:, order]),
        rest=base[order] - given[:, order].sum(axis=0),
        bonus=np.array([bonus for bonus, _ in extras], np.float64),
        counted=np.array([float(units[place].bonus or 0) for place in order], np.float64),
        penalty=np.array([penalty for _, penalty in extras], np.float64),
        totals=np.array(totals, np.int64),
        ranks=np.array([units[place].rank for place in order], np.int64),
        fixed=vetoed & (not book.scheme.veto_bars),
        barred=vetoed & book.scheme.veto_bars,
    )


def _order(units: Sequence[UnitResult]) -> list[int]:
    """Units with a total by group, as the groups first come up, then by rank, then as they stand in the book."""
    groups = {group: place for place, group in enumerate(dict.fromkeys(unit.group for unit in units))}
    with_total = [place for place, unit in enumerate(units) if unit.total is not None]
    return sorted(with_total, key=lambda place: (groups[units[place].group], units[place].rank or 0))


def _runs(groups: Sequence[str]) -> Iterator[tuple[str, slice]]:
    begin = 0
    for place in range(1, len(groups) + 1):
        if place == len(groups) or groups[place] != groups[begin]:
            yield groups[begin], slice(begin, place)
            begin = place


def _extras(book: Book, unit: str) -> tuple[float, float]:
    scheme, extras = book.scheme, extras_of(book, unit)
    bonus = extras.bonus if scheme.bonus_cap is None else min(extras.bonus, Fraction(scheme.bonus_cap))
    return float(bonus), float(counted_penalty(scheme, extras.penalty))


def _shares(batches: Batches) -> tuple[Floats, Floats, tuple[str, ...]]:
    """What every item gave and was worth, by item and unit in the order of the book."""
    tree, size = batches.reckoner.tree, len(batches.book.units)
    plans = [(positions, list(_items(tree, plan))) for positions, plan in batches.plans() if plan.applies]
    found = sorted({item.at for _, items in plans for item in items})
    rows = {at: row for row, at in enumerate(found)}
    given, worth = np.zeros((len(found), size)), np.zeros((len(found), size))
    results = {at: batches.floats(tree.nodes[at]) for at in found}
    for positions, items in plans:
        for item in items:
            row = rows[item.at]
            given[row, positions] = float(item.factor) * results[item.at][positions]
            worth[row, positions] = float(item.factor * item.full)
    return given, worth, tuple(tree.nodes[at].key for at in found)


@dataclass(frozen=True, slots=True)
class _Item:
    """`factor`: what a point of its result adds to the base; `full`: its full marks."""

    at: int
    factor: Fraction
    full: Fraction


def _items(tree: Tree, plan: Plan) -> Iterator[_Item]:
    """The items that count under a plan, from the root down."""
    waiting: list[tuple[Node, Fraction, Fraction]] = [(tree.root, _ONE, _ONE)]
    while waiting:
        node, factor, scale = waiting.pop()
        step = plan.steps[node.at]
        if step.given is not None or node.rule is not None or node.aggregate in {"geometric", "min"}:
            yield _Item(node.at, factor, step.stake.points or scale)
        elif node.is_sum:
            waiting += [(tree.nodes[child], factor * step.factor, scale) for child in step.children]
        else:
            weights = [tree.nodes[child].weight for child in step.children]
            whole = sum(weights, Fraction(0)) / step.stake.stretch
            inside = node.worth or scale  # results below a mean are on the scale of its own printed points
            waiting += [
                (tree.nodes[child], factor * weight / whole, inside)
                for child, weight in zip(step.children, weights, strict=True)
            ]
