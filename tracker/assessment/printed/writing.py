"""A scheme as the rows of its printed table: what `reading` takes in again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from tracker.assessment.binding import nodes
from tracker.assessment.printed.rules import ENTERED_TEXT, SELF_TEXT, parameters_text
from tracker.assessment.sources import ENTERED, SOURCES
from tracker.assessment.words import KINDS


def depth_of(body: Mapping[str, Any]) -> int:
    """How many levels stand above the deepest leaf, the root apart."""
    return max(0, *(depth - 1 for node, depth in nodes(body["indicators"]) if not node.get("children")))


def printed_rows(body: Mapping[str, Any], sources: Mapping[str, Any]) -> Iterator[tuple[str, ...]]:
    """One row a leaf: its levels (as many as `depth_of`), name, points, standard, rule, parameters, source."""
    levels = depth_of(body)
    above: list[str] = []
    for node, depth in nodes(body["indicators"]):
        del above[max(depth - 1, 0) :]
        if node.get("children"):
            if depth:
                above.append(str(node.get("name", "")))
            continue
        rule, source = node.get("rule") or {}, sources.get(node["key"]) or {}
        yield (
            *(above + [""] * levels)[:levels], str(node.get("name", "")), str(node.get("points", "")),
            str(source.get("criteria", "")), KINDS.get(str(rule.get("kind")), ""), parameters_text(rule), _source_text(source),
        )  # fmt: skip


def _source_text(source: Mapping[str, Any]) -> str:
    key = source.get("from")
    if key not in SOURCES:
        return ENTERED_TEXT + (SELF_TEXT if source.get("self") else "") if key == ENTERED else ""
    return SOURCES[key].name + (f"，每次 {source['each']} 分" if source.get("each") else "")
