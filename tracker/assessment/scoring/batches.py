"""Many units at once: the same plans as for one unit, followed by whole columns.

Units to which the same leaves do not apply share a plan and are reckoned together. Where a column is only approximate
and its bound leaves a printed digit in doubt, that unit is reckoned again exactly: results never differ from those of
`evaluation`, only the time does.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from functools import partial

import numpy as np
from numpy.typing import NDArray

from tracker.assessment.scoring.applicability import Plan
from tracker.assessment.scoring.batch import Batch
from tracker.assessment.scoring.book import Book
from tracker.assessment.scoring.columns import Column
from tracker.assessment.scoring.evaluation import Reckoner, Reckoning, raise_any
from tracker.assessment.scoring.evidence import Positions, absent_in
from tracker.assessment.scoring.grading import grades
from tracker.assessment.scoring.numbers import printed, rounded
from tracker.assessment.scoring.ranking import Near, ranks
from tracker.assessment.scoring.results import Result, UnitResult
from tracker.assessment.scoring.totals import (
    Closing,
    close,
    conversion,
    counted_bonus,
    counted_penalty,
    extras_of,
    in_larger,
    vetoed_total,
)
from tracker.assessment.scoring.tree import Node

_FEW = 24
"""Up to so many units of a kind are reckoned one by one: columns pay only for more."""


class Batches:
    """All units of a book, each in a batch or, where few are of its kind, reckoned by itself."""

    def __init__(self, book: Book) -> None:
        self.book = book
        self.reckoner = Reckoner(book)
        self._alone: dict[int, Reckoning] = {}
        self._node_units: dict[str, list[int | None]] = {}
        self._batches: list[Batch] = []
        self._where: list[tuple[Batch, int] | None] = [None] * len(book.units)
        for positions, absent in self._kinds():
            plan = self.reckoner.plan(absent)
            if len(positions) <= _FEW or not plan.applies:
                for position in positions.tolist():
                    self._alone[position] = self.reckoner.reckon(position)
                continue
            batch = Batch(self.reckoner, positions, plan)
            self._batches.append(batch)
            for index, position in enumerate(positions.tolist()):
                self._where[position] = (batch, index)

    def reckoned(self, position: int) -> Reckoning:
        """The unit by itself, exactly."""
        if position not in self._alone:
            self._alone[position] = self.reckoner.reckon(position)
        return self._alone[position]

    def result(self, engine: str) -> Result:
        """Raises FaultyBook where a geometric mean meets a result that is not above zero."""
        book, scheme = self.book, self.book.scheme
        bases: list[str | None] = [None] * len(book.units)
        totals: list[int | None] = [None] * len(book.units)
        extras: dict[int, tuple[str | None, str | None]] = {}
        for batch in self._batches:
            self._close_batch(batch, bases, totals, extras)
        raise_any(self._alone[position] for position in sorted(self._alone))
        for position, reckoning in self._alone.items():
            closing = close(scheme, reckoning.base, extras_of(book, book.units[position].key))
            bases[position], totals[position] = self._printed(closing.base), closing.total
            extras[position] = self._printed_extras(closing)
        groups = [unit.group for unit in book.units]
        vetoed = [unit.key in book.vetoes and bool(book.vetoes[unit.key]) for unit in book.units]
        found_ranks = ranks(totals, groups, scheme.ties, self._tie_break if scheme.tie_break else None)
        found_grades = grades(scheme, totals, groups, vetoed)
        nought = printed(0, scheme.rounding.places)
        rows = []
        for position, unit in enumerate(book.units):
            bonus, penalty = extras.get(position, (nought, nought))
            total = totals[position]
            rows.append(
                UnitResult(
                    unit.key,
                    unit.group,
                    bases[position],
                    bonus,
                    penalty,
                    None if total is None else printed(total, scheme.rounding.places),
                    vetoed[position],
                    found_ranks[position],
                    found_grades[position],
                    _Nodes(self, position),
                    larger=in_larger(scheme, total),
                )
            )
        return Result(tuple(rows), engine, self.node_units)

    def node_texts(self, position: int) -> dict[str, str | None]:
        """The printed results of all nodes of one unit."""
        places, texts = self.book.scheme.rounding.places, {}
        for node in self.reckoner.tree.nodes:
            units = self.node_units(node.key)[position]
            texts[node.key] = None if units is None else printed(units, places)
        return texts

    def node_units(self, key: str) -> list[int | None]:
        """Rounded results of one node for all units, in whole units of the last printed place; worked out once."""
        if key not in self._node_units:
            self._node_units[key] = self._rounded_column(self.reckoner.tree.by_key[key])
        return self._node_units[key]

    def plans(self) -> Iterator[tuple[Positions, Plan]]:
        """Units that share a plan, and the plan."""
        for batch in self._batches:
            yield batch.positions, batch.plan
        for position, where in enumerate(self._where):
            if where is None:
                yield np.array([position]), self._alone[position].plan

    def floats(self, node: Node) -> NDArray[np.float64]:
        """A node's results for all units as they go up the tree, nearly; 0 where there is none. For what only informs."""
        found = np.zeros(len(self.book.units))
        for batch in self._batches:
            column = batch.columns[node.at]
            if column is not None:
                found[batch.positions] = column.as_floats()
        for position, reckoning in self._alone.items():
            found[position] = float(reckoning.results[node.at] or 0)
        return found

    def _rounded_column(self, node: Node) -> list[int | None]:
        places, mode = self.book.scheme.rounding.places, self.book.scheme.rounding.mode
        found: list[int | None] = [None] * len(self.book.units)
        for batch in self._batches:
            column = batch.columns[node.at]
            if column is None:
                continue
            whole, doubt = column.rounded(places, mode)
            for position, units in zip(batch.positions.tolist(), whole.tolist(), strict=True):
                found[position] = units
            for position in batch.positions[doubt].tolist():
                found[position] = rounded(self._settled(node, batch.plan, position), places, mode)
        for position, reckoning in self._alone.items():
            result = reckoning.results[node.at]
            found[position] = None if result is None else rounded(result, places, mode)
        return found

    def _settled(self, node: Node, plan: Plan, position: int) -> Fraction:
        """The exact result behind a doubtful one: a leaf by itself, anything else with the whole unit."""
        if node.rule is not None and plan.steps[node.at].given is None and position not in self._alone:
            return self.reckoner.leaf_result(node, plan, position)
        return self._exact_result(position, node)

    def _kinds(self) -> Iterator[tuple[Positions, frozenset[int]]]:
        """Units by the leaves that do not apply to them, and by group where a rule looks at the group."""
        leaves = [(leaf, absent_in(self.book.evidence[leaf.key])) for leaf in self.reckoner.tree.leaves]
        partly = [(leaf.at, absent) for leaf, absent in leaves if absent is not None]
        marks = [absent for _, absent in partly]
        if any(leaf.rule is not None and leaf.rule.in_group for leaf, _ in leaves):
            _, group = np.unique([unit.group for unit in self.book.units], return_inverse=True)
            # the number of the group, written as flags: one more thing that units of a kind have in common
            marks += [(group >> bit) & 1 == 1 for bit in range(int(group.max(initial=0)).bit_length())]
        if not marks:
            yield np.arange(len(self.book.units)), frozenset()
            return
        packed = np.packbits(np.stack(marks, axis=1), axis=1)
        _, first, which = np.unique(packed, axis=0, return_index=True, return_inverse=True)
        order = np.argsort(which.ravel(), kind="stable")
        for positions in np.split(order, np.searchsorted(which.ravel()[order], np.arange(1, len(first)))):
            if len(positions):
                one = int(positions[0])
                yield positions, frozenset(at for at, absent in partly if absent[one])

    def _close_batch(
        self,
        batch: Batch,
        bases: list[str | None],
        totals: list[int | None],
        extras: dict[int, tuple[str | None, str | None]],
    ) -> None:
        """Fills in what the columns settle; units in doubt go to those that are reckoned by themselves."""
        scheme, size = self.book.scheme, len(batch.positions)
        places, mode = scheme.rounding.places, scheme.rounding.mode
        base = batch.column(0)
        base_whole, base_doubt = base.rounded(places, mode)
        bonuses: dict[int, Fraction] = {}
        penalties: dict[int, Fraction] = {}
        vetoed: list[int] = []
        for index in self._touched(batch):
            position = int(batch.positions[index])
            given = extras_of(self.book, self.book.units[position].key)
            bonuses[index] = counted_bonus(scheme, given.bonus, int(base_whole[index]))
            penalties[index] = counted_penalty(scheme, given.penalty)
            extras[position] = (self._printed(bonuses[index]), self._printed(penalties[index]))
            if given.vetoed:
                vetoed.append(position)
        total = base.plus(Column.sparse(bonuses, size)).minus(Column.sparse(penalties, size))
        total = total.greater(Column.constant(Fraction(0), size)).times(conversion(scheme))
        if scheme.total_cap is not None:
            total = total.lesser(Column.constant(Fraction(scheme.total_cap), size))
        total_whole, total_doubt = total.rounded(places, mode)
        positions = batch.positions.tolist()
        for position, base_units, total_units in zip(positions, base_whole.tolist(), total_whole.tolist(), strict=True):
            bases[position] = printed(base_units, places)
            totals[position] = total_units
        for position in vetoed:
            totals[position] = vetoed_total(scheme)
        for position in batch.positions[batch.doubt | base_doubt | total_doubt].tolist():
            self.reckoned(position)

    def _touched(self, batch: Batch) -> list[int]:
        """Which units of the batch have a bonus, a penalty or a veto."""
        keys = self.book.bonuses.keys() | self.book.penalties.keys() | self.book.vetoes.keys()
        found = []
        for key in keys:
            where = self._where[self.book.position[key]]
            if where is not None and where[0] is batch:
                found.append(where[1])
        return sorted(found)

    def _tie_break(self, position: int) -> list[Fraction | Near | None]:
        nodes = [self.reckoner.tree.by_key[key] for key in self.book.scheme.tie_break]
        where = self._where[position]
        if where is None or position in self._alone:
            return [self.reckoned(position).results[node.at] for node in nodes]
        batch, index = where
        found: list[Fraction | Near | None] = []
        for node in nodes:
            column = batch.columns[node.at]
            if column is None:
                found.append(None)
            elif column.whole is not None:
                found.append(Fraction(int(column.whole[index]), column.per))
            else:
                value = float(column.as_floats()[index])
                found.append(Near(value, column.error, partial(self._settled, node, batch.plan, position)))
        return found

    def _exact_result(self, position: int, node: Node) -> Fraction:
        result = self.reckoned(position).results[node.at]
        assert result is not None
        return result

    def _printed(self, value: Fraction | None) -> str | None:
        rounding = self.book.scheme.rounding
        return None if value is None else printed(rounded(value, rounding.places, rounding.mode), rounding.places)

    def _printed_extras(self, closing: Closing) -> tuple[str | None, str | None]:
        return self._printed(closing.bonus), self._printed(closing.penalty)


class _Nodes(Mapping[str, str | None]):
    """Printed node results of one unit, worked out when somebody looks."""

    __slots__ = ("_batches", "_position", "_texts")

    def __init__(self, batches: Batches, position: int) -> None:
        self._batches = batches
        self._position = position
        self._texts: dict[str, str | None] | None = None

    def _all(self) -> dict[str, str | None]:
        if self._texts is None:
            self._texts = self._batches.node_texts(self._position)
        return self._texts

    def __getitem__(self, key: str) -> str | None:
        return self._all()[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._all())

    def __len__(self) -> int:
        return len(self._batches.reckoner.tree.nodes)
