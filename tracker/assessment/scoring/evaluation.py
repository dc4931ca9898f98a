"""One unit, exactly: the result of every node as a fraction, along the unit's plan. This is what the engine means."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from tracker.assessment.scoring.aggregation import NotPositive, mean_of
from tracker.assessment.scoring.applicability import Plan, plan_for
from tracker.assessment.scoring.book import Book
from tracker.assessment.scoring.numbers import rounded
from tracker.assessment.scoring.problems import BookProblem, FaultyBook
from tracker.assessment.scoring.rules import Peers
from tracker.assessment.scoring.tree import Node, Tree
from tracker.assessment.scoring.wording import N_, Sentence


@dataclass(frozen=True, slots=True)
class Reckoning:
    """Of one unit, by node number: `results` as they go up the tree, `before` their rounding; None without a result.

    `entries` are the facts of its leaves. `problems`: geometric means that met something not above zero; where there are
    any, the results above them mean nothing.
    """

    plan: Plan
    entries: Sequence[Any]
    results: Sequence[Fraction | None]
    before: Sequence[Fraction | None]
    problems: Sequence[BookProblem] = ()

    @property
    def base(self) -> Fraction | None:
        return self.results[0]


def raise_any(reckonings: Iterable[Reckoning]) -> None:
    """Raises FaultyBook with the problems of all of them, where there are any."""
    problems = [problem for reckoning in reckonings for problem in reckoning.problems]
    if problems:
        raise FaultyBook(problems)


class Reckoner:
    """Reckons the units of one book; keeps plans and group extremes, which many units share."""

    def __init__(self, book: Book) -> None:
        self.book = book
        self.tree = Tree(book.scheme.indicators)
        self._plans: dict[frozenset[int], Plan] = {}
        self._peers: dict[tuple[int, str], Peers] = {}

    def plan(self, absent: frozenset[int]) -> Plan:
        if absent not in self._plans:
            self._plans[absent] = plan_for(self.tree, absent, self.book.scheme.not_applicable)
        return self._plans[absent]

    def peers(self, leaf: Node, group: str) -> Peers | None:
        """The extremes of a leaf in a group; None for rules that do not look at the group."""
        if leaf.rule is None or not leaf.rule.in_group:
            return None
        if (leaf.at, group) not in self._peers:
            self._gather_peers(leaf)
        return self._peers.get((leaf.at, group))

    def _gather_peers(self, leaf: Node) -> None:
        assert leaf.rule is not None
        values: dict[str, list[Fraction]] = {}
        for unit, value in zip(self.book.units, self.book.evidence[leaf.key], strict=True):
            if value is not None:
                values.setdefault(unit.group, []).append(leaf.rule.standing(value))
        for group, there in values.items():
            self._peers[leaf.at, group] = Peers(min(there), max(there), tuple(there))

    def reckon(self, position: int) -> Reckoning:
        """The unit at a position of `book.units`."""
        nodes = self.tree.nodes
        entries: list[Any] = [None] * len(nodes)
        for leaf in self.tree.leaves:
            entries[leaf.at] = self.book.evidence[leaf.key][position]
        plan = self.plan(frozenset(leaf.at for leaf in self.tree.leaves if entries[leaf.at] is None))
        results: list[Fraction | None] = [None] * len(nodes)
        before: list[Fraction | None] = [None] * len(nodes)
        problems: list[BookProblem] = []
        group = self.book.units[position].group
        for node in reversed(nodes):
            if not plan.steps[node.at].live:
                continue
            try:
                value = self._result(node, plan, entries, results, group)
            except NotPositive as fault:
                children = plan.steps[node.at].children
                problems += [self._not_positive(node, children[which], position) for which in fault.which]
                value = Fraction(1)  # only to find what else is wrong further up
            before[node.at] = value
            results[node.at] = self._as_it_goes_up(node, value)
        return Reckoning(plan, entries, results, before, problems)

    def leaf_result(self, leaf: Node, plan: Plan, position: int) -> Fraction:
        """One leaf of one unit to which it applies, as it goes up the tree."""
        assert leaf.rule is not None
        unit = self.book.units[position]
        entry = self.book.evidence[leaf.key][position]
        value = leaf.rule.score(plan.steps[leaf.at].stake, entry, self.peers(leaf, unit.group))
        return self._as_it_goes_up(leaf, value)

    def _result(
        self, node: Node, plan: Plan, entries: Sequence[Any], results: Sequence[Fraction | None], group: str
    ) -> Fraction:
        step = plan.steps[node.at]
        if step.given is not None:
            return step.given
        if node.rule is not None:
            return node.rule.score(step.stake, entries[node.at], self.peers(node, group))
        below = [result for result in (results[child] for child in step.children) if result is not None]
        if node.is_sum:
            return sum(below, Fraction(0)) * step.factor
        weights = [self.tree.nodes[child].weight for child in step.children]
        return mean_of(node.aggregate, below, weights) * step.stake.stretch

    def _as_it_goes_up(self, node: Node, value: Fraction) -> Fraction:
        rounding = self.book.scheme.rounding
        if rounding.stage == "level" or (rounding.stage == "item" and node.rule is not None):
            return Fraction(rounded(value, rounding.places, rounding.mode), 10**rounding.places)
        return value

    def _not_positive(self, node: Node, child_at: int, position: int) -> BookProblem:
        child, unit = self.tree.nodes[child_at], self.book.units[position].key
        message = Sentence(
            N_("单位 %(unit)s：指标 %(node)s 用几何平均，下级 %(child)s 的得分须大于 0"),
            unit=unit,
            node=node.key,
            child=child.key,
        )
        return BookProblem(self.book.places.get((unit, child.key), child.path), message)
