"""Two runs beside each other: which of their indicators may be compared, and in plain words why others may not. Pure.

Points mean the same only where they were given by the same rule, from the same source, out of the same number. Within one
scheme an indicator is the same by its key, whatever it is called in a version; in two schemes by its place and name.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from tracker.assessment.differences import SETTINGS
from tracker.assessment.frozen import Frozen
from tracker.assessment.scoring.numbers import read_number
from tracker.assessment.scoring.rules import KINDS
from tracker.assessment.scoring.wording import N_, Sentence
from tracker.assessment.words import ONLY_SAID, SETTING_WORDS, aggregate_words, rule_words, source_words

_COUNTING = ("rounding", "not_applicable", "bonus", "penalty", "total", "veto")
"""Settings that totals depend on, besides the indicators."""

IN_GROUP = N_("按组内相对位置计分，得分只说明当次在组内的位置")
BELOW_IN_GROUP = N_("下级有按组内相对位置计分的指标")

Node = Mapping[str, Any]
Path = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Pair:
    """An indicator of the newer run and what stands for it in the older one. `why_not`: what keeps their results from
    being compared; nothing where they may be."""

    key: str
    name: str
    depth: int
    points: str
    old_key: str | None
    old_points: str
    why_not: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """`pairs` in the order of the newer tree, its root first; `gone` names what only the older one had."""

    pairs: tuple[Pair, ...]
    gone: tuple[str, ...]
    why_not: tuple[str, ...]
    """What keeps the totals from being compared."""


def compared(new: Frozen, old: Frozen, *, same_scheme: bool) -> Comparison:
    """`same_scheme`: both are versions of one scheme."""
    walk = _Walk(new, old, same_scheme=same_scheme)
    pairs = tuple(walk.pairs(new.scheme["indicators"], (), 0))
    met = {pair.old_key for pair in pairs}
    gone = [str(node.get("name", "")) for node, _ in _nodes(old.scheme["indicators"], ()) if node["key"] not in met]
    settings = [
        _changed(SETTINGS[name], SETTING_WORDS[name](old.scheme.get(name)), SETTING_WORDS[name](new.scheme.get(name)))
        for name in _COUNTING
        if SETTING_WORDS[name](old.scheme.get(name)) != SETTING_WORDS[name](new.scheme.get(name))
    ]
    return Comparison(pairs, tuple(gone), (*pairs[0].why_not, *settings))


def _nodes(node: Node, path: Path) -> Iterator[tuple[Node, Path]]:
    """Every node with the names that lead to it; the root's own does not count."""
    yield node, path
    for child in node.get("children") or ():
        yield from _nodes(child, (*path, str(child.get("name", "")).strip()))


def _changed(what: str, old: str, new: str) -> Sentence:
    return Sentence(N_("%(what)s由“%(old)s”改为“%(new)s”"), what=Sentence(what), old=old, new=new)


def _counting(rule: Mapping[str, Any]) -> dict[str, Any]:
    """A rule without what only says how it is explained."""
    return {name: value for name, value in rule.items() if name not in ONLY_SAID}


def _number(text: Any) -> Decimal | None:
    return None if text is None else read_number(str(text))


class _Walk:
    def __init__(self, new: Frozen, old: Frozen, *, same_scheme: bool) -> None:
        self._new, self._old, self._same_scheme = new, old, same_scheme
        listed = list(_nodes(old.scheme["indicators"], ()))
        self._by_key = {node["key"]: node for node, _ in listed}
        self._by_path = {path: node for node, path in listed}

    def pairs(self, node: Node, path: Path, depth: int) -> Iterator[Pair]:
        old = self._found(node, path)
        yield Pair(
            node["key"], str(node.get("name", "")), depth, str(node.get("points", "")), old["key"] if old else None,
            str(old.get("points", "")) if old else "", tuple(self._why_not(node, path)),
        )  # fmt: skip
        for child in node.get("children") or ():
            yield from self.pairs(child, (*path, str(child.get("name", "")).strip()), depth + 1)

    def _found(self, node: Node, path: Path) -> Node | None:
        if not path:
            return self._by_path[()]
        return self._by_key.get(node["key"]) if self._same_scheme else self._by_path.get(path)

    def _why_not(self, node: Node, path: Path) -> Iterator[str]:
        old = self._found(node, path)
        if old is None:
            yield Sentence(N_("上次没有这一指标"))
            return
        for name, label in (("points", N_("分值")), ("weight", N_("权重"))):
            if _number(old.get(name)) != _number(node.get(name)):
                yield _changed(label, str(old.get(name, "—")), str(node.get(name, "—")))
        if bool(node.get("children")) != bool(old.get("children")):
            yield Sentence(N_("上次有下级指标") if old.get("children") else N_("上次没有下级指标"))
        elif node.get("children"):
            yield from self._why_not_below(node, old, path)
        else:
            yield from self._why_not_scored(node, old)

    def _why_not_below(self, node: Node, old: Node, path: Path) -> Iterator[str]:
        if aggregate_words(old.get("aggregate")) != aggregate_words(node.get("aggregate")):
            yield _changed(
                N_("汇总方式"), aggregate_words(old.get("aggregate")), aggregate_words(node.get("aggregate"))
            )
        below = [(child, (*path, str(child.get("name", "")).strip())) for child in node["children"]]
        found = [self._found(child, there) for child, there in below]
        here = {one["key"] for one in found if one is not None}
        moved = here != {one["key"] for one in old["children"]}
        reasons = {str(reason) for child, there in below for reason in self._why_not(child, there)}
        if moved or reasons - {IN_GROUP, BELOW_IN_GROUP}:
            yield Sentence(N_("下级指标有变化"))
        elif reasons:
            yield Sentence(BELOW_IN_GROUP)

    def _why_not_scored(self, node: Node, old: Node) -> Iterator[str]:
        was_rule, rule = _counting(old["rule"]), _counting(node["rule"])
        if was_rule != rule:
            yield _changed(N_("计分方式"), rule_words(was_rule), rule_words(rule))
        sources = [frozen.sources.get(one["key"]) for frozen, one in ((self._old, old), (self._new, node))]
        was, now = map(source_words, sources)
        if was != now:
            yield _changed(N_("评分来源"), was, now)
        if KINDS[node["rule"]["kind"]].in_group:
            yield Sentence(IN_GROUP)
