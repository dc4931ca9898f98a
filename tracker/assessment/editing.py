"""The scheme editor's form and the scheme's tree, one into the other. Pure.

The tree is sent as a flat list in the order of the tree: each node with its depth, its fields named `name-3`, `points-3`.
What is typed is kept as it was typed, faults and all: it is `binding.scheme_problems` that says what is wrong.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Protocol

from tracker.assessment.scoring.numbers import half_width
from tracker.assessment.scoring.rules import FIGURES
from tracker.assessment.sources import ENTERED

PARAMETERS: Mapping[str, tuple[str, ...]] = {
    "value": (), "ratio": ("cap",), "deduction": (), "all_or_nothing": (), "bands": (), "linear": ("floor", "goal"),
    "efficacy": ("base", "better"), "marks": ("combine", "trim_from", "scale", "listed"),
    **{kind: tuple(one.name for one in rule.parameters) for kind, rule in FIGURES.items()},
}  # fmt: skip
"""Rule kinds with their plain parameters; `bands` has a table of its own."""


USUAL: Mapping[str, str] = {"listed": "yes"}
"""What a rule says nothing of: a scheme from before there was a choice comes back as it was."""


class Typed(Protocol):
    """A form as it was sent: werkzeug's MultiDict fits."""

    def getlist(self, key: str) -> list[str]: ...
    def get(self, key: str, default: str = "") -> str: ...


@dataclass(frozen=True, slots=True)
class Row:
    """One node as it stands in the form; `kind` and what follows count for leaves only."""

    key: str
    depth: int
    name: str = ""
    points: str = ""
    weight: str = ""
    aggregate: str = "sum"
    kind: str = ""
    parameters: dict[str, str] = field(default_factory=dict)
    bands: tuple[tuple[str, str], ...] = ()
    """(min, points) of each band."""
    source: str = ""
    each: str = ""
    criteria: str = ""
    """The printed standard (评分标准) by which people score it; it is read, not reckoned with."""
    self_scored: bool = False
    """Whether units score themselves first (自评), of an indicator that people enter facts for."""


@dataclass(frozen=True, slots=True)
class Branch:
    """A row in its place: what the page draws. `path` is the one that problems of the scheme name."""

    index: int
    row: Row
    path: str
    in_sum: bool
    children: tuple[Branch, ...]
    siblings: tuple[bool, bool]
    """Whether there is one before and one after it."""


def typed_rows(form: Typed) -> list[Row]:
    """The rows that were sent, in their order. The first is the root; no row is deeper than one below the one before."""
    rows: list[Row] = []
    for number in form.getlist("node"):
        deepest = rows[-1].depth + 1 if rows else 0
        depth = _whole(form.get(f"depth-{number}", "0"))
        rows.append(_typed_row(form, number, min(max(depth, 1 if rows else 0), deepest)))
    return rows


def _whole(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() else 0


def _typed_row(form: Typed, number: str, depth: int) -> Row:
    def get(name: str) -> str:
        return (form.get(f"{name}-{number}", "") or "").strip()

    def figure(name: str) -> str:
        return half_width(get(name))

    mins, points = form.getlist(f"band-min-{number}"), form.getlist(f"band-points-{number}")
    bands = tuple(
        (half_width(least.strip()), half_width(worth.strip())) for least, worth in zip(mins, points, strict=False)
    )
    kind = get("kind")
    return Row(
        key=get("key"),
        depth=depth,
        name=get("name"),
        points=figure("points"),
        weight=figure("weight"),
        aggregate=get("aggregate") or "sum",
        kind=kind,
        parameters={name: figure(name) for name in PARAMETERS.get(kind, ()) if get(name) not in {"", USUAL.get(name)}},
        bands=tuple(band for band in bands if any(band)),
        source=get("source"),
        each=figure("each"),
        criteria=get("criteria"),
        self_scored=bool(get("self")),
    )


def scheme_rows(indicators: Mapping[str, Any], sources: Mapping[str, Any]) -> list[Row]:
    """The rows of a stored tree."""
    return list(_rows(indicators, sources, 0))


def _rows(node: Mapping[str, Any], sources: Mapping[str, Any], depth: int) -> Iterator[Row]:
    rule, source = node.get("rule") or {}, sources.get(node["key"], {})
    kind = str(rule.get("kind", ""))
    yield Row(
        key=str(node["key"]),
        depth=depth,
        name=str(node.get("name", "")),
        points=str(node.get("points", "")),
        weight=str(node.get("weight", "")),
        aggregate=str(node.get("aggregate", "sum")),
        kind=kind,
        parameters={name: str(rule[name]) for name in PARAMETERS.get(kind, ()) if name in rule},
        bands=tuple((str(band.get("min", "")), str(band.get("points", ""))) for band in rule.get("bands", ())),
        source=str(source.get("from", "")),
        each=str(source.get("each", "")),
        criteria=str(source.get("criteria", "")),
        self_scored=bool(source.get("self")),
    )
    for child in node.get("children") or ():
        yield from _rows(child, sources, depth + 1)


def branches(rows: Sequence[Row], at: int = 0, path: str = "scheme.indicators", *, in_sum: bool = True) -> Branch:
    """The rows as a tree. Raises IndexError where there are none."""
    below = _children(rows, at)
    row = rows[at]
    made = tuple(
        branches(rows, child, f"{path}.children[{place}]", in_sum=row.aggregate == "sum")
        for place, child in enumerate(below)
    )
    placed = tuple(replace(branch, siblings=(place > 0, place < len(made) - 1)) for place, branch in enumerate(made))
    return Branch(at, row, path, in_sum, placed, (False, False))


def _children(rows: Sequence[Row], at: int) -> list[int]:
    return [place for place in range(at + 1, _end(rows, at)) if rows[place].depth == rows[at].depth + 1]


def _end(rows: Sequence[Row], at: int) -> int:
    """Where the subtree of a row ends."""
    end = at + 1
    while end < len(rows) and rows[end].depth > rows[at].depth:
        end += 1
    return end


def tree_of(rows: Sequence[Row]) -> tuple[dict[str, Any], dict[str, Any]]:
    """(indicators, sources) as they are stored: numbers as they were typed, empty fields left out."""
    sources: dict[str, Any] = {}
    return (_node(branches(rows), sources) if rows else {"key": "total", "children": []}), sources


def _node(branch: Branch, sources: dict[str, Any]) -> dict[str, Any]:
    row = branch.row
    node: dict[str, Any] = {"key": row.key, "name": row.name}
    if row.points:
        node["points"] = row.points
    if row.weight and not branch.in_sum:
        node["weight"] = row.weight
    if branch.children:
        node["aggregate"] = row.aggregate
        node["children"] = [_node(child, sources) for child in branch.children]
        return node
    if row.kind:
        node["rule"] = _rule(row)
    entered = row.source == ENTERED
    source = {
        "from": row.source, "each": "" if entered else row.each, "criteria": row.criteria,
        "self": "1" if entered and row.self_scored else "",
    }  # fmt: skip
    if row.source or row.criteria:
        sources[row.key] = {name: text for name, text in source.items() if text}
    return node


def _rule(row: Row) -> dict[str, Any]:
    rule: dict[str, Any] = {"kind": row.kind, **row.parameters}
    if row.kind == "bands":
        rule["bands"] = [
            {name: text for name, text in (("min", least), ("points", worth)) if text} for least, worth in row.bands
        ]
    return rule


def next_key(taken: set[str]) -> str:
    """A key that no indicator has or had: facts that people entered name it."""
    number = 1
    while f"n{number}" in taken:
        number += 1
    return f"n{number}"


def changed(rows: Sequence[Row], act: str, used: set[str]) -> tuple[list[Row], int]:
    """The rows after an act of the editor (`child:0`, `after:3`, `remove:3`, `up:3` …), and the row it was about.

    Acts that there are not, or that cannot be done there, change nothing.
    """
    kept = list(rows)
    verb, _, place = act.partition(":")
    at = _whole(place)
    if at >= len(kept):
        return kept, 0
    new = Row(next_key(used | {row.key for row in kept}), kept[at].depth, source=ENTERED)
    if verb == "child":
        end = _end(kept, at)
        return [*kept[:end], replace(new, depth=new.depth + 1), *kept[end:]], end
    if at == 0:
        return kept, 0
    if verb == "after":
        end = _end(kept, at)
        return [*kept[:end], new, *kept[end:]], end
    if verb == "remove":
        return [*kept[:at], *kept[_end(kept, at) :]], at - 1
    return _moved(kept, verb, at)


def _moved(rows: list[Row], verb: str, at: int) -> tuple[list[Row], int]:
    end = _end(rows, at)
    block, depth = rows[at:end], rows[at].depth
    before = [place for place in range(at) if rows[place].depth <= depth]
    previous = before[-1] if before and rows[before[-1]].depth == depth else None
    if verb == "up" and previous is not None:
        return [*rows[:previous], *block, *rows[previous:at], *rows[end:]], previous
    if verb == "down" and end < len(rows) and rows[end].depth == depth:
        after = _end(rows, end)
        return [*rows[:at], *rows[end:after], *block, *rows[after:]], at + after - end
    if verb == "in" and previous is not None:
        return [*rows[:at], *(replace(row, depth=row.depth + 1) for row in block), *rows[end:]], at
    if verb == "out" and depth > 1:
        parent = max(place for place in range(at) if rows[place].depth == depth - 1)
        after = _end(rows, parent)
        lifted = [replace(row, depth=row.depth - 1) for row in block]
        return [*rows[:at], *rows[end:after], *lifted, *rows[after:]], after - len(block)
    return rows, at


def typed_grades(form: Typed) -> list[dict[str, str]]:
    """The grades that were sent, best first; rows without anything in them are dropped."""
    columns = [form.getlist(name) for name in ("grade-name", "grade-min", "grade-quota")]
    grades = []
    for name, least, quota in zip(*columns, strict=False):
        typed = {
            "name": name.strip(), "min": half_width(least.strip()), "quota_percent": half_width(quota.strip()),
        }  # fmt: skip
        if any(typed.values()):
            grades.append({key: text for key, text in typed.items() if text})
    return grades


def typed_ties(form: Typed) -> list[str]:
    """Keys of the indicators that break ties, in their order; empty choices are dropped."""
    return [key for key in form.getlist("tie-break") if key]
