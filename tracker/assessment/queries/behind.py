"""Why one unit of a run stands behind another: the lines in which the two differ."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from tracker.assessment.queries.explanation import Explained, Explanation, gap
from tracker.assessment.scoring.results import Line


@dataclass(frozen=True, slots=True)
class Difference:
    """A node in which two units differ; `gap` is the first's result less the second's."""

    name: str
    depth: int
    points: str
    mine: str | None
    theirs: str | None
    gap: Decimal | None
    my_lines: tuple[Line, ...]
    their_lines: tuple[Line, ...]


def differences(mine: Explanation, theirs: Explanation) -> list[Difference]:
    """Where two units of one run differ, in the order of the tree."""
    others = {node.key: node for node in theirs.nodes}
    return [
        Difference(
            node.name, depth, node.points, node.result, other.result, gap(node.result, other.result), node.lines,
            other.lines,
        )
        for node, depth in _with_depth(mine.root, 0)
        for other in (others[node.key],)
        if node.result != other.result
    ]  # fmt: skip


def _with_depth(node: Explained, depth: int) -> Iterator[tuple[Explained, int]]:
    yield node, depth
    for child in node.children:
        yield from _with_depth(child, depth + 1)


DECIDING = ("bonus", "penalty", "floor", "convert", "cap", "veto")
"""The closing steps that may be why one stands behind another; the others only round and say the total."""


@dataclass(frozen=True, slots=True)
class ClosingDifference:
    """A closing step that the two do not share; `gap` is what it adds for the first less what it adds for the second."""

    step: str
    mine: Line | None
    theirs: Line | None
    gap: Fraction | None


def closing_differences(mine: Explanation, theirs: Explanation) -> list[ClosingDifference]:
    """In the order of the steps. A veto without a fixed total adds nothing that could be compared: no gap."""
    found = []
    for step in DECIDING:
        ours, others = (next((line for line in one.closing if line.step == step), None) for one in (mine, theirs))
        if (ours and ours.text) != (others and others.text):
            found.append(ClosingDifference(step, ours, others, _apart(ours, others)))
    return found


def _apart(mine: Line | None, theirs: Line | None) -> Fraction | None:
    added, other = (Fraction(0) if line is None else line.amount for line in (mine, theirs))
    return None if added is None or other is None else added - other
