"""Faults that lie between the parts of a book, planted into random books: each is found where it was planted."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import suppress
from random import Random
from typing import Any

import pytest

from tests.unit.scoring.books import Books
from tests.unit.scoring.samples import paths
from tracker.assessment.scoring import FaultyBook, read_book, score

Nodes = list[tuple[Any, str, Any]]
"""Each node of a tree, the path to it, and its parent."""


FAULTS: list[Callable[[Planted], set[str]]] = []


def fault(plant: Callable[[Planted], set[str]]) -> Callable[[Planted], set[str]]:
    FAULTS.append(plant)
    return plant


class Planted:
    """A random book and what may be spoilt in it. Each fault spoils one thing and says where that has to be found, or
    nothing where the book has no such thing."""

    def __init__(self, seed: int) -> None:
        self.pick = Random(seed)  # noqa: S311 - invented data wants a seed, not secrecy
        self.book = Books(seed, units=4).book()
        self.facts = self.book["facts"]
        self.nodes = list(self._nodes(self.book["scheme"]["indicators"], "scheme.indicators", None))
        self.leaves = {node["key"]: node for node, _, _ in self.nodes if "rule" in node}

    def _nodes(self, node: Any, path: str, parent: Any) -> Nodes:
        below = [
            self._nodes(child, f"{path}.children[{at}]", node) for at, child in enumerate(node.get("children", []))
        ]
        return [(node, path, parent), *(one for nodes in below for one in nodes)]

    def node(self, fits: Callable[[Any, Any], bool]) -> tuple[Any, str]:
        """One node (with its path) that fits, asked with its parent; ends the planting where there is none."""
        found = [(node, path) for node, path, parent in self.nodes if fits(node, parent)]
        if not found:
            raise LookupError
        return self.pick.choice(found)

    def fact(self, fits: Callable[[Any, str], bool]) -> int:
        """The number of one fact that is given and fits, asked with the kind of its rule."""
        found = [
            at for at, fact in enumerate(self.facts)
            if "indicator" in fact and "not_applicable" not in fact
            and fits(fact, self.leaves[fact["indicator"]]["rule"]["kind"])
        ]  # fmt: skip
        if not found:
            raise LookupError
        return self.pick.choice(found)

    def more(self, fact: Any) -> int:
        self.facts.append(fact)
        return len(self.facts) - 1

    @fault
    def points_that_do_not_add_up(self) -> set[str]:
        node, path = self.node(lambda node, _: is_sum(node) and "points" in node)
        node["points"] = "1" + str(node["points"])
        return {f"{path}.points"}

    @fault
    def points_left_out_in_a_sum(self) -> set[str]:
        node, path = self.node(lambda node, parent: parent is not None and is_sum(parent) and not is_sum(node))
        del node["points"]
        return {f"{path}.points"}

    @fault
    def points_left_out_of_a_rule_that_needs_them(self) -> set[str]:
        node, path = self.node(lambda node, _: "rule" in node and node["rule"]["kind"] not in {"value", "bands"})
        del node["points"]
        return {f"{path}.points"}

    @fault
    def a_weight_in_a_sum(self) -> set[str]:
        node, path = self.node(lambda _, parent: parent is None or is_sum(parent))
        node["weight"] = "1"
        return {f"{path}.weight"}

    @fault
    def one_key_for_two_indicators(self) -> set[str]:
        if len(self.nodes) < 2:
            raise LookupError
        (one, here, _), (other, there, _) = self.pick.sample(self.nodes, 2)
        one["key"] = other["key"]
        return {f"{here}.key", f"{there}.key"}

    @fault
    def children_and_a_rule(self) -> set[str]:
        node, path = self.node(lambda node, _: "children" in node)
        node["rule"] = {"kind": "value"}
        return {f"{path}.rule"}

    @fault
    def bands_with_a_gap(self) -> set[str]:
        node, path = self.node(lambda node, _: rule_of(node) == "bands")
        bands = node["rule"]["bands"]
        bands[-1]["min"] = "-100"
        return {f"{path}.rule.bands[{len(bands) - 1}].min"}

    @fault
    def bands_in_disorder(self) -> set[str]:
        node, path = self.node(lambda node, _: rule_of(node) == "bands" and len(node["rule"]["bands"]) > 2)
        node["rule"]["bands"][1]["min"] = node["rule"]["bands"][0]["min"]
        return {f"{path}.rule.bands[1].min"}

    @fault
    def a_linear_way_of_no_length(self) -> set[str]:
        node, path = self.node(lambda node, _: rule_of(node) == "linear")
        node["rule"] |= {"floor": "5", "goal": "５.0"}
        return {f"{path}.rule.goal"}

    @fault
    def a_fact_that_is_missing(self) -> set[str]:
        del self.facts[self.fact(lambda _, kind: kind not in {"deduction", "marks"})]
        return {"facts"}

    @fault
    def a_fact_given_twice(self) -> set[str]:
        first = self.fact(lambda _, kind: kind not in {"deduction", "marks"})
        return {f"facts[{self.more(dict(self.facts[first]))}].indicator"}

    @fault
    def a_fact_given_and_not_applicable(self) -> set[str]:
        given = self.facts[self.fact(lambda *_: True)]
        again = self.more({"unit": given["unit"], "indicator": given["indicator"], "not_applicable": True})
        return {f"facts[{again}].not_applicable"}

    @fault
    def a_fact_for_an_inner_node(self) -> set[str]:
        node, _ = self.node(lambda node, _: "children" in node)
        return {f"facts[{self.more({'unit': 'u0', 'indicator': node['key'], 'value': '1'})}].indicator"}

    @fault
    def an_evaluator_twice(self) -> set[str]:
        first = self.fact(lambda _, kind: kind == "marks")
        return {f"facts[{first}].evaluator", f"facts[{self.more(dict(self.facts[first]))}].evaluator"}

    @fault
    def a_mark_above_its_scale(self) -> set[str]:
        at = self.fact(lambda _, kind: kind == "marks")
        self.facts[at]["mark"] = "100.5"
        return {f"facts[{at}].mark"}

    @fault
    def a_field_of_another_kind(self) -> set[str]:
        at = self.fact(lambda _, kind: kind != "ratio")
        self.facts[at]["target"] = "1"
        return {f"facts[{at}].target"}


def is_sum(node: Any) -> bool:
    return "rule" not in node and node.get("aggregate", "sum") == "sum"


def rule_of(node: Any) -> str:
    return str(node.get("rule", {}).get("kind", ""))


def is_sound(book: Any) -> bool:
    try:
        score(read_book(json.dumps(book)))
    except FaultyBook:
        return False
    return True


@pytest.mark.parametrize("plant", FAULTS, ids=lambda plant: plant.__name__)
def test_each_is_found_where_it_was_planted(plant: Callable[[Planted], set[str]]) -> None:
    planted = 0
    for seed in range(60):
        spoilt = Planted(seed)
        if not is_sound(spoilt.book):  # a geometric mean that meets a zero
            continue
        with suppress(LookupError):
            expected = plant(spoilt)
            planted += 1
            assert expected <= set(paths(spoilt.book)), seed
        if planted == 8:
            break
    assert planted
