"""Units of one kind at once: the same plan as for one unit, followed by whole columns."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from functools import reduce

import numpy as np

from tracker.assessment.scoring.applicability import Plan, Step
from tracker.assessment.scoring.columns import Column, Flags
from tracker.assessment.scoring.evaluation import Reckoner
from tracker.assessment.scoring.evidence import Positions, taken
from tracker.assessment.scoring.tree import Node


class Batch:
    """Units of one plan (and one group, where a rule looks at the group), with a column a node."""

    def __init__(self, reckoner: Reckoner, positions: Positions, plan: Plan) -> None:
        self.positions = positions
        self.plan = plan
        self._reckoner = reckoner
        self.doubt: Flags = np.zeros(len(positions), np.bool_)
        self.columns: list[Column | None] = [None] * len(reckoner.tree.nodes)
        for node in reversed(reckoner.tree.nodes):
            if plan.steps[node.at].live:
                self.columns[node.at] = self._as_it_goes_up(node, self._column(node, plan.steps[node.at]))

    def column(self, at: int) -> Column:
        column = self.columns[at]
        assert column is not None
        return column

    def _column(self, node: Node, step: Step) -> Column:
        if step.given is not None:
            return Column.constant(step.given, len(self.positions))
        if node.rule is not None:
            book = self._reckoner.book
            peers = self._reckoner.peers(node, book.units[int(self.positions[0])].group)
            return node.rule.column(step.stake, taken(book.evidence[node.key], self.positions), peers)
        below = [self.column(child) for child in step.children]
        if node.is_sum:
            return reduce(Column.plus, below).times(step.factor)
        return self._mean(node, step, below).times(step.stake.stretch)

    def _mean(self, node: Node, step: Step, below: Sequence[Column]) -> Column:
        if node.aggregate == "min":
            return reduce(Column.lesser, below)
        weights = [self._reckoner.tree.nodes[child].weight for child in step.children]
        shares = [weight / sum(weights, Fraction(0)) for weight in weights]
        if node.aggregate == "geometric":
            mean, not_positive = Column.geometric(below, shares)
            self.doubt |= not_positive
            return mean
        return reduce(Column.plus, [column.times(share) for column, share in zip(below, shares, strict=True)])

    def _as_it_goes_up(self, node: Node, column: Column) -> Column:
        rounding = self._reckoner.book.scheme.rounding
        if rounding.stage == "level" or (rounding.stage == "item" and node.rule is not None):
            whole, doubt = column.rounded(rounding.places, rounding.mode)
            self.doubt |= doubt
            return Column.exact(whole, 10**rounding.places)
        return column
