"""What "not applicable" (不适用) does to the tree: one plan for all units to which the same leaves do not apply.

The plan turns the scheme's rule into plain numbers per node, so that reckoning a unit, or twenty thousand, only follows
it. Exact throughout.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from tracker.assessment.scoring.book import NotApplicable
from tracker.assessment.scoring.rules import Stake
from tracker.assessment.scoring.tree import Node, Tree

_ONE = Fraction(1)


@dataclass(frozen=True, slots=True)
class Step:
    """How one node comes to its result.

    `live`: it has one. `given`: it is simply this (full marks for what does not apply). `stake`: what a leaf is worth,
    or, of a mean inside a sum, what its result grows by. `children`: those that count. `factor`: what the sum of the
    children is multiplied by; it stands for `whole` ÷ `counted` points.
    """

    live: bool
    given: Fraction | None
    stake: Stake
    children: tuple[int, ...]
    factor: Fraction
    whole: Fraction
    counted: Fraction


@dataclass(frozen=True, slots=True)
class Plan:
    """`steps` by node; `applies`: False where nothing applies to the unit at all."""

    applies: bool
    steps: tuple[Step, ...]


def plan_for(tree: Tree, absent: frozenset[int], mode: NotApplicable) -> Plan:
    """The plan for units to which the leaves `absent` (node numbers) do not apply."""
    live = _live(tree, absent, mode)
    applies = any(leaf.at not in absent for leaf in tree.leaves)
    if not applies:
        live = [False] * len(tree.nodes)
    extra = _spread(tree, live) if applies and mode == "spread" else {}
    steps = [_step(tree, node, live, absent, mode, extra.get(node.at, Fraction(0))) for node in tree.nodes]
    return Plan(applies, tuple(steps))


def _live(tree: Tree, absent: frozenset[int], mode: NotApplicable) -> list[bool]:
    """Which nodes have a result. Under `full`, whatever stands in a sum has one."""
    live = [False] * len(tree.nodes)
    for node in reversed(tree.nodes):
        own = node.at not in absent if node.rule is not None else any(live[child] for child in node.children)
        live[node.at] = own or (mode == "full" and node.in_sum)
    return live


def _spread(tree: Tree, live: list[bool]) -> dict[int, Fraction]:
    """What each node receives: points of siblings that do not apply, and its part of what its parent received."""
    extra: dict[int, Fraction] = {}
    for node in tree.nodes:
        if not node.is_sum or not live[node.at]:
            continue
        children = [tree.nodes[child] for child in node.children]
        there = [child for child in children if live[child.at]]
        free = extra.get(node.at, Fraction(0)) + sum(
            (child.worth for child in children if not live[child.at]), Fraction(0)
        )
        if free:
            for child in there:
                extra[child.at] = free / len(there)
    return extra


def _step(
    tree: Tree, node: Node, live: list[bool], absent: frozenset[int], mode: NotApplicable, extra: Fraction
) -> Step:
    children = tuple(child for child in node.children if live[child])
    given = None
    if live[node.at] and (node.at in absent or (node.rule is None and not children)):
        given = node.worth  # only `full` leaves a node live that has nothing of its own
    points = node.worth + extra
    stake = Stake(points, points / node.worth if extra else _ONE)
    whole = counted = node.worth
    if node.is_sum and children:
        if mode == "rescale" and not node.in_sum:
            counted = sum((item.worth for item in tree.items_below(node) if live[item.at]), Fraction(0))
        elif mode == "rescale_siblings":
            counted = sum((tree.nodes[child].worth for child in children), Fraction(0))
    factor = whole / counted if counted != whole else _ONE
    return Step(live[node.at], given, stake, children, factor, whole, counted)
