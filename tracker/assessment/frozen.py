"""What a run rests on, frozen as text, and the book that is scored from it. Pure.

The same frozen text gives the book twice: in the form of the trial-score contract, which anybody can score with
`flask assess trial`, and ready made for the engine, which a large run needs. Tests hold the two equal.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from tracker.assessment.binding import ScoredUnit, book_of, counted_leaves, leaves
from tracker.assessment.scoring.book import Book, Unit
from tracker.assessment.scoring.json_text import parse
from tracker.assessment.scoring.part import Part
from tracker.assessment.scoring.problems import Problems
from tracker.assessment.scoring.reading import packed
from tracker.assessment.scoring.rules import KINDS, AnyRule
from tracker.assessment.scoring.tree import Tree
from tracker.assessment.scoring.validation.facts import FactReader, Facts
from tracker.assessment.scoring.validation.indicators import Outline
from tracker.assessment.scoring.validation.scheme import read_scheme
from tracker.assessment.sources import Fact, Tally, counted


@dataclass(frozen=True, slots=True)
class Frozen:
    """`facts` are those that people entered, each with who, when and why: see `queries.facts`. `recusals` name the
    evaluators who do not mark a unit (回避), and why: `unit`, `by`, `by_name`, `reason`."""

    scheme: dict[str, Any]
    sources: dict[str, Any]
    units: tuple[ScoredUnit, ...]
    facts: tuple[dict[str, Any], ...]
    recusals: tuple[dict[str, Any], ...] = ()

    @property
    def entered(self) -> list[Fact]:
        """The entered facts in the contract's form."""
        return [contract_fact(fact) for fact in self.facts]

    @property
    def idle(self) -> frozenset[int]:
        """Units of which nothing was asked by the day of the run (无应办事项)."""
        return frozenset(int(unit.key) for unit in self.units if unit.tally.due == 0)

    @property
    def missing(self) -> list[tuple[str, str]]:
        """(unit, leaf) where an entered fact is needed and there is none, in the order of units and tree."""
        counting = counted_leaves(self.scheme, self.sources)
        spoken = {(fact["unit"], fact["indicator"]) for fact in self.facts}
        wanted = [
            leaf["key"]
            for leaf in leaves(self.scheme["indicators"])
            if leaf["key"] not in counting and KINDS[leaf["rule"]["kind"]].needs_facts
        ]
        return [(unit.key, key) for unit in self.units for key in wanted if (unit.key, key) not in spoken]


def supposed(frozen: Frozen) -> Frozen:
    """The same where what is still to be entered does not apply meanwhile: for what only informs, never for a run."""
    waived = [
        {"unit": unit, "indicator": leaf, "kind": "not_applicable", "amount": None, "reason": ""}
        for unit, leaf in frozen.missing
    ]
    return replace(frozen, facts=(*frozen.facts, *waived))


def freeze(frozen: Frozen) -> str:
    """The text that is stored and hashed: always the same for the same inputs."""
    units = [
        [
            unit.key,
            unit.name,
            unit.group,
            tally.due,
            tally.accepted,
            tally.on_time,
            tally.sent_back,
            tally.sent_again,
            tally.overdue_days,
            tally.findings,
            tally.rectified,
            tally.to_do_again,
        ]
        for unit in frozen.units
        for tally in (unit.tally,)
    ]
    body = {"scheme": frozen.scheme, "sources": frozen.sources, "units": units, "facts": list(frozen.facts)}
    if frozen.recusals:  # left out where there are none, as in runs from before there were any
        body["recusals"] = list(frozen.recusals)
    return _canonical(body)


def thaw(text: str) -> Frozen:
    """Raises ValueError, KeyError or TypeError for a text that `freeze` did not write."""
    body = json.loads(text)
    units = tuple(ScoredUnit(key, name, group, Tally(*counts)) for key, name, group, *counts in body["units"])
    return Frozen(body["scheme"], body["sources"], units, tuple(body["facts"]), tuple(body.get("recusals", ())))


def contract_fact(fact: Mapping[str, Any]) -> Fact:
    """An entered fact as the trial-score contract writes it."""
    made: Fact = {"unit": fact["unit"]}
    if fact["indicator"] is not None:
        made["indicator"] = fact["indicator"]
    kind, amount = fact["kind"], fact["amount"] if fact["amount"] is not None else "0"
    match kind:
        case "deduction":
            made |= {"each": amount, "count": fact["times"] or 1}
        case "mark":
            made |= {"mark": amount, "evaluator": str(fact["by"])}
        case "value" | "bonus" | "penalty":
            made |= {kind: amount, **(fact.get("figures") or {})}
        case "met":
            made["met"] = bool(fact["met"])
        case "figures":
            made |= fact["figures"]
        case _:
            made[kind] = True
    if fact["reason"]:
        made["reason"] = fact["reason"]
    return made


def contract_book(frozen: Frozen) -> str:
    """The book as JSON in the form of the trial-score contract."""
    return _canonical(book_of(frozen.scheme, frozen.sources, frozen.units, frozen.entered))


def ready_book(frozen: Frozen) -> Book:
    """The book for the engine, without the way through JSON. Raises FaultyBook with every problem of what was entered:
    paths `facts[n]` count `frozen.facts`."""
    problems = Problems()
    scheme, outline = read_scheme(Part(parse(_canonical(frozen.scheme)), "scheme", problems))
    units = tuple(Unit(unit.key, unit.name, unit.group) for unit in frozen.units)
    counting = counted_leaves(frozen.scheme, frozen.sources)
    facts = _read_entered(frozen, units, outline, counting, problems)
    problems.raise_any()
    assert scheme is not None
    counts = _Counts(frozen.units)
    evidence = {
        leaf.key: packed(leaf.rule, list(_entries(leaf.key, leaf.rule, counts, facts, counting.get(leaf.key))))
        for leaf in Tree(scheme.indicators).leaves
        if leaf.rule is not None
    }
    return Book(scheme, units, evidence, facts.bonuses, facts.penalties, facts.vetoes, facts.places)


def _read_entered(
    frozen: Frozen,
    units: Sequence[Unit],
    outline: Outline,
    counting: Mapping[str, Mapping[str, Any]],
    problems: Problems,
) -> Facts:
    reader = FactReader(units, outline, problems)
    facts = reader.read(_as_read(frozen.entered))
    facts.spoken_for.update((unit.key, key) for key in counting for unit in units)
    reader.report_missing()
    return facts


def _as_read(facts: list[Fact]) -> list[object]:
    read = parse(_canonical(facts))
    return read if isinstance(read, list) else []


class _Counts:
    """The units, and which of their `tallies`, of which many units share one, is whose."""

    def __init__(self, units: Sequence[ScoredUnit]) -> None:
        numbers: dict[Tally, int] = {}
        self.units = [(unit.key, numbers.setdefault(unit.tally, len(numbers))) for unit in units]
        self.tallies = list(numbers)


def _entries(
    key: str, rule: AnyRule, counts: _Counts, facts: Facts, settings: Mapping[str, Any] | None
) -> Iterator[Any]:
    """One entry a unit, as the engine reads them. Units with the same tally have the same entry: it is made once."""
    absent = {unit for unit, leaf in facts.absent if leaf == key}
    if settings is None:
        return (None if unit in absent else facts.entries.get((unit, key), ()) for unit, _tally in counts.units)
    made = [_entry(rule, counted(settings, tally)) for tally in counts.tallies]
    return (None if unit in absent else made[tally] for unit, tally in counts.units)


def _entry(rule: AnyRule, facts: list[Fact]) -> Any:
    if any(fact.get("not_applicable") for fact in facts):
        return None
    problems = Problems()
    read = [rule.read_fact(Part(raw, "", problems), None) for raw in _as_read(facts)]
    problems.raise_any()
    if rule.many_facts:
        return tuple(part for one in read for part in one or ())
    return read[0]


def counted_entries(
    rules: Mapping[str, AnyRule], counting: Mapping[str, Mapping[str, Any]], tally: Tally
) -> dict[str, Any]:
    """What a unit with this tally has at leaves that are counted from the work, by leaf, as their `rules` read it."""
    return {key: _entry(rule, counted(counting[key], tally)) for key, rule in rules.items()}


def _canonical(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
