"""How the evaluators of a run marked, indicator by indicator, from what was frozen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from tracker.assessment.agreement import Agreement, agreement
from tracker.assessment.binding import leaves
from tracker.assessment.frozen import Frozen


@dataclass(frozen=True, slots=True)
class Marked:
    """One indicator that evaluators mark; `names` by the keys of its evaluators."""

    key: str
    name: str
    full: str
    """The full mark."""
    found: Agreement
    names: Mapping[str, str]


def marked_indicators(frozen: Frozen) -> list[Marked]:
    """Those for which there are marks, in the order of the tree."""
    found = []
    for leaf in leaves(frozen.scheme["indicators"]):
        marks: dict[str, dict[str, Fraction]] = {}
        names: dict[str, str] = {}
        for fact in frozen.facts:
            if fact["kind"] == "mark" and fact["indicator"] == leaf["key"]:
                marks.setdefault(fact["unit"], {})[str(fact["by"])] = Fraction(fact["amount"])
                names[str(fact["by"])] = fact["by_name"]
        if marks:
            full = str(leaf["rule"].get("scale") or leaf.get("points") or "")
            found.append(Marked(leaf["key"], str(leaf.get("name", "")), full, agreement(marks), names))
    return found
