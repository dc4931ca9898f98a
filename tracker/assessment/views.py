"""A scheme as pages draw it: its tree with each rule in words, and every problem at its place. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from tracker.assessment.binding import scheme_problems
from tracker.assessment.editing import Branch, Row, branches, scheme_rows
from tracker.assessment.scoring.numbers import read_number
from tracker.assessment.scoring.problems import BookProblem
from tracker.assessment.sources import SOURCES
from tracker.assessment.worked import worked_number

_AT_NODE = "scheme.indicators"


@dataclass(frozen=True, slots=True)
class NodeView:
    """`sums` is true where the points of what stands below are to come to its own."""

    branch: Branch
    leaf: Mapping[str, Any]
    """The node as the scheme stores it."""
    problems: tuple[tuple[str, str], ...]
    """(field, message): the field as the scheme writes it, `rule.cap`; empty for the node itself."""
    worked: str | None
    children: tuple[NodeView, ...]
    below: Decimal | None
    """What its children come to, where it is a sum: what its own points are to be."""

    @property
    def row(self) -> Row:
        return self.branch.row

    @property
    def index(self) -> int:
        return self.branch.index

    @property
    def is_leaf(self) -> bool:
        return not self.children

    @property
    def is_begun(self) -> bool:
        """Whether anything was filled in yet: what nobody has begun with is asked for, and is no fault. Of the whole scheme
        the name and the points stand there from the start."""
        row = self.row
        return not self.is_leaf or bool(row.kind or (self.index and (row.name.strip() or row.points.strip())))

    @property
    def is_item(self) -> bool:
        """Whether its own points are what counts in the sum above: a leaf, or a mean with all below it."""
        return self.branch.in_sum and (self.is_leaf or self.row.aggregate != "sum")

    def walk(self) -> Iterator[NodeView]:
        yield self
        for child in self.children:
            yield from child.walk()


@dataclass(frozen=True, slots=True)
class SchemeView:
    root: NodeView
    problems: tuple[tuple[str, str], ...]
    """(path, message) of what is wrong with the settings."""
    count: int
    """How many problems there are in all."""

    @property
    def nodes(self) -> list[NodeView]:
        return list(self.root.walk())

    @property
    def wrong(self) -> int:
        """How many problems there are of what somebody has begun to fill in."""
        return self.count - sum(len(node.problems) for node in self.nodes if not node.is_begun)

    @property
    def leaves(self) -> list[NodeView]:
        return [node for node in self.nodes if node.is_leaf]


def scheme_view(body: Mapping[str, Any], sources: Mapping[str, Any]) -> SchemeView:
    found = scheme_problems(body, sources)
    rows = scheme_rows(body["indicators"], sources)
    tree = branches(rows)
    held = _by_node(found, tree)
    settings = tuple((one.path.removeprefix("scheme."), one.message) for one in found if not _is_of_node(one.path))
    return SchemeView(_node_view(tree, body["indicators"], held), settings, len(found))


def _is_of_node(path: str) -> bool:
    return path.startswith((f"{_AT_NODE}.", f"{_AT_NODE}[", "sources.")) or path == _AT_NODE


def _by_node(problems: Sequence[BookProblem], tree: Branch) -> dict[int, list[tuple[str, str]]]:
    """The problems of each node by its index: a path belongs to the deepest node that it runs through."""
    places = [(branch.path, branch.row.key, branch.index) for branch in _walk(tree)]
    held: dict[int, list[tuple[str, str]]] = {}
    for problem in problems:
        if not _is_of_node(problem.path):
            continue
        at, name = 0, ""
        for path, key, index in places:
            if f"{problem.path}.".startswith(f"{path}."):
                at, name = index, problem.path[len(path) + 1 :]
            elif problem.path == f"sources.{key}":
                at, name = index, "source"
        said = (name, problem.message)
        if said not in held.setdefault(at, []):
            held[at].append(said)
    return held


def _walk(branch: Branch) -> Iterator[Branch]:
    yield branch
    for child in branch.children:
        yield from _walk(child)


def _node_view(branch: Branch, node: Mapping[str, Any], held: Mapping[int, list[tuple[str, str]]]) -> NodeView:
    children = tuple(
        _node_view(below, one, held) for below, one in zip(branch.children, node.get("children") or (), strict=True)
    )
    worked = None if children else worked_number(node, branch.row.each)
    below = _children_sum(branch) if children and branch.row.aggregate == "sum" else None
    return NodeView(branch, node, tuple(held.get(branch.index, ())), worked, children, below)


def _children_sum(branch: Branch) -> Decimal | None:
    """What the children of a sum count for, as a scheme is checked: the points that each states; a sum that states none
    counts for what its own children come to. None where one of them cannot be read."""
    total = Decimal(0)
    for child in branch.children:
        inner = child.children and child.row.aggregate == "sum" and not child.row.points.strip()
        worth = _children_sum(child) if inner else read_number(child.row.points)
        if worth is None:
            return None
        total += worth
    return total


def wants_amount(source: str) -> bool:
    """Whether a source has a setting for points each."""
    return source in SOURCES and bool(SOURCES[source].parameters)
