"""The tree of a scheme from its indicators in their order. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from tracker.assessment.printed.found import Leaf, summed
from tracker.assessment.printed.points import shown

OWN_POINTS = re.compile(r"[（(]\s*(\d+(?:\.\d+)?)\s*分\s*[）)]$")
"""Points in brackets after a name: 机关党建（20分）."""


def tree_of(leaves: Sequence[Leaf]) -> dict[str, Any]:
    """All of them below a root of its own."""
    root: dict[str, Any] = {"key": "total", "name": "总分", "points": "100", "aggregate": "sum", "children": []}
    total = summed(leaves)
    if total is not None:
        root["points"] = shown(total)
    groups: dict[tuple[str, ...], dict[str, Any]] = {(): root}
    for number, leaf in enumerate(leaves, 1):
        group = _group(leaf.path, groups, leaves)
        group["children"].append({"key": f"n{number}", "name": leaf.name, "points": leaf.points, "rule": leaf.rule})
    return {"indicators": root}


def _group(
    path: tuple[str, ...], groups: dict[tuple[str, ...], dict[str, Any]], leaves: Sequence[Leaf]
) -> dict[str, Any]:
    if path not in groups:
        above = _group(path[:-1], groups, leaves)
        held = summed(below(leaves, path))
        made: dict[str, Any] = {
            "key": f"g{len(groups)}", "name": OWN_POINTS.sub("", path[-1]).strip() or path[-1],
            "points": "" if held is None else shown(held), "aggregate": "sum", "children": [],
        }  # fmt: skip
        if held is None:
            del made["points"]
        above["children"].append(made)
        groups[path] = made
    return groups[path]


def below(leaves: Sequence[Leaf], path: tuple[str, ...]) -> list[Leaf]:
    return [leaf for leaf in leaves if leaf.path[: len(path)] == path]


def sources_of(leaves: Sequence[Leaf]) -> dict[str, Any]:
    """Where the facts of each come from, with its printed standard."""
    return {
        f"n{number}": leaf.source | ({"criteria": leaf.criteria} if leaf.criteria else {})
        for number, leaf in enumerate(leaves, 1)
    }
