"""The indicators as a flat list, parents before children, with what scoring asks of each node ready at hand."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from tracker.assessment.scoring.book import Aggregate, Indicator
from tracker.assessment.scoring.rules import AnyRule


@dataclass(frozen=True, slots=True)
class Node:
    """`points`: those of the scheme; of a sum without any, its children's sum; else None.

    `in_sum`: the node stands directly in a sum. `path` leads to it in the book.
    """

    at: int
    key: str
    name: str
    path: str
    parent: int | None
    children: tuple[int, ...]
    aggregate: Aggregate
    rule: AnyRule | None
    points: Fraction | None
    weight: Fraction
    in_sum: bool

    @property
    def is_sum(self) -> bool:
        return self.rule is None and self.aggregate == "sum"

    @property
    def worth(self) -> Fraction:
        """Points of a node that has them; 0 for one that needs none."""
        return self.points if self.points is not None else Fraction(0)

    @property
    def is_item(self) -> bool:
        """One thing in a sum: a leaf, or a mean with all below it."""
        return self.in_sum and not self.is_sum


class Tree:
    """`nodes` in the order of the tree; reversed, every node comes after its children."""

    def __init__(self, root: Indicator) -> None:
        self.nodes: tuple[Node, ...] = tuple(_flattened(root))
        self.leaves: tuple[Node, ...] = tuple(node for node in self.nodes if node.rule is not None)
        self.by_key: dict[str, Node] = {node.key: node for node in self.nodes}

    @property
    def root(self) -> Node:
        return self.nodes[0]

    def items_below(self, top: Node) -> list[Node]:
        """Leaves and means of the sum that starts at `top`, its inner sums included."""
        found: list[Node] = []
        waiting = list(reversed(top.children))
        while waiting:
            node = self.nodes[waiting.pop()]
            if node.is_sum:
                waiting.extend(reversed(node.children))
            else:
                found.append(node)
        return found


def _flattened(root: Indicator) -> list[Node]:
    nodes: list[Node | None] = []

    def lay(one: Indicator, path: str, parent: int | None, *, in_sum: bool) -> Node:
        at = len(nodes)
        nodes.append(None)
        is_sum = one.rule is None and one.aggregate == "sum"
        below = [lay(child, f"{path}.children[{index}]", at, in_sum=is_sum) for index, child in enumerate(one.children)]
        points = None if one.points is None else Fraction(one.points)
        if points is None and is_sum:
            points = sum((child.worth for child in below), Fraction(0))
        node = Node(
            at=at,
            key=one.key,
            name=one.name,
            path=path,
            parent=parent,
            children=tuple(child.at for child in below),
            aggregate=one.aggregate,
            rule=one.rule,
            points=points,
            weight=Fraction(1) if one.weight is None else Fraction(one.weight),
            in_sum=in_sum,
        )
        nodes[at] = node
        return node

    lay(root, "scheme.indicators", None, in_sum=False)
    return [node for node in nodes if node is not None]
