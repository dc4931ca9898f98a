"""What scoring yields: one row a unit, printed numbers, and on demand the explanation of each node."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from tracker.assessment.scoring.numbers import exact_text
from tracker.assessment.scoring.wording import Sentence


@dataclass(frozen=True, slots=True)
class Line:
    """One step of an explanation, as data. `amount` is what the step adds; all that stand under a node make its result.

    `step`: `rule`, `aggregate`, `full`, `absent`, `rescale`, `raise`, `spread`, `rounding` belong to a node; `bonus`,
    `penalty`, `floor`, `convert`, `cap`, `total_rounding`, `veto`, `total`, `larger` follow the root's own lines, and with them all of the
    root's lines add up to the printed total exactly (`total` and `larger` add nothing: they only say what it is).
    `points` and `weight` are those of the scheme, `result` is where the steps under the node have come to, `rounded` the
    same as it is printed.
    """

    node: str
    step: str
    text: Sentence
    amount: Fraction | None = None
    result: Fraction | None = None
    rounded: str | None = None
    points: Fraction | None = None
    weight: Fraction | None = None

    def as_json(self) -> dict[str, str | None]:
        """Exact numbers as text: a decimal where it ends, else a quotient such as `250/3`."""
        return {
            "node": self.node,
            "step": self.step,
            "text": str(self.text),
            "points": _exact(self.points),
            "weight": _exact(self.weight),
            "amount": _exact(self.amount),
            "result": _exact(self.result),
            "rounded": self.rounded,
        }


def _exact(value: Fraction | None) -> str | None:
    return None if value is None else exact_text(value)


@dataclass(frozen=True, slots=True)
class UnitResult:
    """The row of a unit. Numbers as they are printed, None where absent; `nodes` by key, in the order of the tree."""

    key: str
    group: str
    base: str | None
    bonus: str | None
    penalty: str | None
    total: str | None
    veto: bool
    rank: int | None
    grade: str | None
    nodes: Mapping[str, str | None]
    trace: tuple[Line, ...] = ()
    larger: str | None = None
    """What the total counts for in a larger assessment; None where the scheme names none."""


@dataclass(frozen=True, slots=True)
class Result:
    """Rows in the book's order; `engine` names the rules of reckoning that made them.

    `node_units(key)` gives one node's printed results for all units as whole numbers of the last printed place (None
    where there is none): what a large run stores, without a text a cell. Raises KeyError for a key not in the tree.
    """

    units: tuple[UnitResult, ...]
    engine: str
    node_units: Callable[[str], list[int | None]] = field(compare=False)


def result_json(result: Result) -> dict[str, Any]:
    """The result in the form of the trial command."""
    return {"units": [_unit_json(unit) for unit in result.units]}


def _unit_json(unit: UnitResult) -> dict[str, Any]:
    return {
        "key": unit.key,
        "group": unit.group,
        "base": unit.base,
        "bonus": unit.bonus,
        "penalty": unit.penalty,
        "total": unit.total,
        "veto": unit.veto,
        "rank": unit.rank,
        "grade": unit.grade,
        "nodes": dict(unit.nodes),
        "trace": trace_json(unit.trace),
        **({"larger": unit.larger} if unit.larger is not None else {}),
    }


def trace_json(trace: tuple[Line, ...]) -> list[dict[str, str]]:
    """One sentence a node, in the order of the tree: the steps of a node joined."""
    texts: dict[str, list[str]] = {}
    for line in trace:
        texts.setdefault(line.node, []).append(str(line.text))
    return [{"node": node, "text": "；".join(parts)} for node, parts in texts.items()]
