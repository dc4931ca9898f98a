"""Binding a scheme to its facts: the book that is scored, and what is wrong with a scheme. Pure."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from tracker.assessment.scoring.award_kinds import award_kinds
from tracker.assessment.scoring.json_text import parse
from tracker.assessment.scoring.numbers import read_number
from tracker.assessment.scoring.part import Part
from tracker.assessment.scoring.problems import BookProblem, FaultyBook, Problems
from tracker.assessment.scoring.rules import FIGURES
from tracker.assessment.scoring.validation.scheme import read_scheme
from tracker.assessment.sources import ENTERED, N_, SOURCES, Fact, Tally, counted
from tracker.assessment.states import AWARDS, ROOT_KINDS

ENTERED_KINDS = {
    "marks": "mark", "deduction": "deduction", "value": "value", "bands": "value", "linear": "value",
    "efficacy": "value", "all_or_nothing": "met", **dict.fromkeys(FIGURES, "figures"),
    "capped": "deduction",
}  # fmt: skip
"""Which kind of entered fact feeds a rule kind; a ratio is counted, never entered."""


@dataclass(frozen=True, slots=True)
class ScoredUnit:
    """A unit to be scored, as it was: its key in the book, its name and its group."""

    key: str
    name: str
    group: str
    tally: Tally


def leaves(node: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """The leaves of an indicator tree (as the contract writes it), in its order."""
    children = node.get("children")
    if not children:
        yield node
        return
    for child in children:
        yield from leaves(child)


def nodes(node: Mapping[str, Any], depth: int = 0) -> Iterator[tuple[Mapping[str, Any], int]]:
    """Every node with its depth (the root has 0), in the order of the tree."""
    yield node, depth
    for child in node.get("children") or ():
        yield from nodes(child, depth + 1)


def book_of(
    scheme: Mapping[str, Any], sources: Mapping[str, Any], units: Sequence[ScoredUnit], entered: Sequence[Fact]
) -> dict[str, Any]:
    """The book in the form of the trial-score contract: counted facts first, unit by unit, then the entered ones."""
    facts: list[Fact] = []
    automatic = list(counted_leaves(scheme, sources).items())
    waived = {(fact["unit"], fact.get("indicator")) for fact in entered if fact.get("not_applicable")}
    for unit in units:
        for key, settings in automatic:
            if (unit.key, key) not in waived:
                facts += [{"unit": unit.key, "indicator": key, **fact} for fact in counted(settings, unit.tally)]
    facts += entered
    listed = [{"key": unit.key, "name": unit.name, "group": unit.group} for unit in units]
    return {"scheme": dict(scheme), "units": listed, "facts": facts}


def counted_leaves(scheme: Mapping[str, Any], sources: Mapping[str, Any]) -> dict[str, Mapping[str, Any]]:
    """Leaf key → settings of its source, for leaves whose facts are counted from the work."""
    bound = {leaf["key"]: sources[leaf["key"]] for leaf in leaves(scheme["indicators"])}
    return {key: settings for key, settings in bound.items() if settings["from"] != ENTERED}


def takes(scheme: Mapping[str, Any], sources: Mapping[str, Any], indicator: str | None, kind: str) -> bool:
    """Whether a fact of that kind has a place in this scheme: an indicator may be gone, or be counted now."""
    if indicator is None:
        return kind in ROOT_KINDS
    for leaf in leaves(scheme["indicators"]):
        if leaf["key"] == indicator:
            entered = sources.get(indicator, {}).get("from") == ENTERED
            return kind == "not_applicable" or (entered and ENTERED_KINDS.get(leaf["rule"]["kind"]) == kind)
    return False


def kind_names(scheme: Mapping[str, Any], award: str) -> list[str]:
    """The kinds of `bonus` or `penalty` that a scheme holds to caps of their own; none of any other kind of fact."""
    if award not in AWARDS:
        return []
    return [kind.name for kind in award_kinds(str((scheme.get(award) or {}).get("kinds", ""))) or ()]


def entry_faults(leaf: Mapping[str, Any], figures: Mapping[str, str]) -> dict[str, str]:
    """What is wrong with the fields of a fact for a leaf of a kind that declares them, by field: the first of each."""
    problems = Problems()
    kind = FIGURES[leaf["rule"]["kind"]]
    rule = kind.read(_part(leaf["rule"], problems), read_number(str(leaf.get("points", ""))))
    part = _part(figures, problems)
    part.allow(*kind.fact_fields)
    entry = kind.read_fact(part, None)
    if entry is not None and rule is not None:
        rule.check_fact(part, entry)
    found: dict[str, str] = {}
    try:
        problems.raise_any()
    except FaultyBook as faulty:
        for problem in faulty.problems:
            found.setdefault(problem.path, problem.message)
    return found


def _part(raw: Mapping[str, Any], problems: Problems) -> Part:
    return Part(parse(json.dumps(raw, ensure_ascii=False)), "", problems)


def scheme_problems(scheme: Mapping[str, Any], sources: Mapping[str, Any]) -> list[BookProblem]:
    """What keeps a scheme from being adopted: the contract's own faults, indicators that have no name, then leaves without
    a fitting source."""
    problems = Problems()
    read_scheme(Part(parse(json.dumps(scheme, ensure_ascii=False)), "scheme", problems))
    for path in _unnamed(scheme.get("indicators") or {}, "scheme.indicators"):
        problems.add(f"{path}.name", N_("缺少此项"))
    for leaf in leaves(scheme.get("indicators") or {}):
        fault = _source_fault(leaf, sources.get(leaf.get("key", "")))
        if fault:
            problems.add(f"sources.{leaf.get('key', '')}", fault)
    try:
        problems.raise_any()
    except FaultyBook as faulty:
        return list(faulty.problems)
    return []


def _unnamed(node: Mapping[str, Any], path: str) -> Iterator[str]:
    if not str(node.get("name") or "").strip():
        yield path
    for place, child in enumerate(node.get("children") or ()):
        yield from _unnamed(child, f"{path}.children[{place}]")


def _source_fault(leaf: Mapping[str, Any], settings: Mapping[str, Any] | None) -> str | None:
    kind = (leaf.get("rule") or {}).get("kind", "")
    if not kind:
        return None  # that a rule is missing is said already; what may feed it comes after
    if settings is None or settings.get("from") not in {ENTERED, *SOURCES}:
        return N_("请为该指标选择评分来源。")
    if settings["from"] == ENTERED:
        return None if kind in ENTERED_KINDS else N_("该计分方式需要自动统计的来源，不能由人工录入。")
    source = SOURCES[settings["from"]]
    if kind not in source.rules:
        return N_("所选评分来源不适用于该计分方式。")
    for name, _label in source.parameters:
        if not _is_amount(settings.get(name)):
            return N_("请填写每次扣分的分值，须大于 0。")
    return None


def _is_amount(value: Any) -> bool:
    try:
        return value is not None and Decimal(str(value)) > 0
    except InvalidOperation:
        return False
