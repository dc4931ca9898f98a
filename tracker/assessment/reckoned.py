"""How a unit's numbers follow from one another, for the score sheet that reckons them live. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

from reports.scoresheet.reckoning import Reckoned, Weighed, Working
from tracker.assessment.scoring.applicability import Step
from tracker.assessment.scoring.evaluation import Reckoner, Reckoning
from tracker.assessment.scoring.rules.mix import WeightedRule
from tracker.assessment.scoring.totals import close, extras_of
from tracker.assessment.scoring.tree import Node, Tree


def reckoned(reckoner: Reckoner, unit: str, rows: Mapping[str, Sequence[tuple[str, int]]]) -> Reckoned | None:
    """`rows`: for leaves that are put together of scores, the source or level of each score and its row in the table of
    facts. None for a unit to which nothing applies."""
    position = reckoner.book.position[unit]
    scheme, found = reckoner.book.scheme, reckoner.reckon(position)
    closing = close(scheme, found.base, extras_of(reckoner.book, unit))
    if closing.base is None or closing.bonus is None or closing.penalty is None:
        return None
    return Reckoned(
        {node.key: value for node, value in zip(reckoner.tree.nodes, found.before, strict=True) if value is not None},
        _workings(reckoner.tree, found),
        _weighed(reckoner.tree, found, rows),
        closing.base,
        closing.bonus,
        closing.penalty,
        None if scheme.total_full is None else (Fraction(scheme.total_as), Fraction(scheme.total_full)),
        None if scheme.total_cap is None else Fraction(scheme.total_cap),
    )


def _workings(tree: Tree, found: Reckoning) -> dict[str, Working]:
    made = {}
    for node, step in zip(tree.nodes, found.plan.steps, strict=True):
        if node.rule is None and step.live and step.given is None:
            below = [tree.nodes[child] for child in step.children]
            weights = tuple((child.key, child.weight) for child in below)
            made[node.key] = Working(node.aggregate, weights, *_stretch(node, step))
    return made


def _stretch(node: Node, step: Step) -> tuple[Fraction, Fraction]:
    """What a node is multiplied and divided by: a sum rescaled, a mean in a sum raised with its points."""
    if node.is_sum:
        return step.whole, step.counted
    return (step.stake.points, step.stake.printed) if step.stake.stretch != 1 else (Fraction(1), Fraction(1))


def _weighed(tree: Tree, found: Reckoning, rows: Mapping[str, Sequence[tuple[str, int]]]) -> dict[str, Weighed]:
    made = {}
    for leaf in tree.leaves:
        step = found.plan.steps[leaf.at]
        if isinstance(leaf.rule, WeightedRule) and step.live and step.given is None:
            by_part: dict[str, list[int]] = {}
            for part, row in rows[leaf.key]:
                by_part.setdefault(part.strip(), []).append(row)
            parts = tuple((one.weight, tuple(by_part[one.name])) for one in leaf.rule.weighted if one.name in by_part)
            made[leaf.key] = Weighed(step.stake.points, Fraction(leaf.rule.scale), parts)
    return made
