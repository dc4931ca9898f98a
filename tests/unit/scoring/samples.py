"""Small books built in one line, for tests by example."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tracker.assessment.scoring import FaultyBook, read_book, result_json, score


def leaf(key: str, points: Any = None, kind: str = "value", **more: Any) -> dict[str, Any]:
    """A leaf; `weight` is its own, everything else a parameter of its rule."""
    node: dict[str, Any] = {"key": key, "name": key, "rule": {"kind": kind}}
    if points is not None:
        node["points"] = str(points)
    if "weight" in more:
        node["weight"] = more.pop("weight")
    node["rule"] |= more
    return node


def inner(key: str, *children: dict[str, Any], **fields: Any) -> dict[str, Any]:
    return {"key": key, "name": key, "children": list(children), **fields}


def fact(indicator: str, unit: str = "u", **fields: Any) -> dict[str, Any]:
    return {"unit": unit, "indicator": indicator, **fields}


def absent(indicator: str, unit: str = "u") -> dict[str, Any]:
    return {"unit": unit, "indicator": indicator, "not_applicable": True}


def book(indicators: Any, facts: list[Any], units: str = "u", **scheme: Any) -> dict[str, Any]:
    """`units`: their keys, all in one group, apart by blanks; `u@g` puts a unit into the group g."""
    rows = []
    for word in units.split():
        key, _, group = word.partition("@")
        rows.append({"key": key, "name": key, "group": group or "县区"})
    return {"scheme": {"name": "方案", "indicators": indicators, **scheme}, "units": rows, "facts": facts}


def rows(raw: Any) -> dict[str, dict[str, Any]]:
    """The scored rows by unit; the way without traces has to come to the same."""
    read = read_book(raw if isinstance(raw, str) else json.dumps(raw, ensure_ascii=False))
    with_trace, without = score(read), score(read, explain=False)
    explained = {row["key"]: row for row in result_json(with_trace)["units"]}
    plain = {row["key"]: row for row in result_json(without)["units"]}
    assert {key: {**row, "trace": []} for key, row in explained.items()} == plain
    for key in with_trace.units[0].nodes if with_trace.units else ():
        assert with_trace.node_units(key) == without.node_units(key)
    return explained


def row(raw: Any, unit: str = "u") -> dict[str, Any]:
    return rows(raw)[unit]


def alone(node: dict[str, Any], facts: list[Any], **scheme: Any) -> str | None:
    """The printed total of one unit scored by one leaf inside a sum."""
    total: str | None = row(book(inner("root", node), facts, **scheme))["total"]
    return total


def paths(raw: Any) -> list[str]:
    """The paths of all problems of a faulty book."""
    text = raw if isinstance(raw, str) else json.dumps(raw, ensure_ascii=False)
    with pytest.raises(FaultyBook) as caught:
        score(read_book(text))
    return [problem.path for problem in caught.value.problems]
