"""The facts of a book: each on its own, then together: given twice, given and not applicable, missing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from tracker.assessment.scoring.book import Award, Unit
from tracker.assessment.scoring.part import Part
from tracker.assessment.scoring.problems import Problems
from tracker.assessment.scoring.rules import KINDS, Mark
from tracker.assessment.scoring.validation.indicators import LeafFacts, Outline
from tracker.assessment.scoring.wording import N_, listed

_SUBJECTS = ("indicator", "bonus", "penalty", "veto")
_COMMON = ("unit", "reason", "not_applicable", *_SUBJECTS)
_ANY = (*_COMMON, "kind", *{name for kind in KINDS.values() for name in kind.fact_fields})
"""What may stand on a fact of which nobody knows what it is about."""

Cell = tuple[str, str]
"""Keys of unit and leaf."""


@dataclass(slots=True)
class Facts:
    """What was read, by unit and leaf. `spoken_for`: cells with any fact, also a faulty one or "not applicable"."""

    entries: dict[Cell, Any] = field(default_factory=dict)
    places: dict[Cell, str] = field(default_factory=dict)
    absent: set[Cell] = field(default_factory=set)
    spoken_for: set[Cell] = field(default_factory=set)
    bonuses: dict[str, list[Award]] = field(default_factory=dict)
    penalties: dict[str, list[Award]] = field(default_factory=dict)
    vetoes: dict[str, list[str]] = field(default_factory=dict)


class FactReader:
    """Reads the facts one by one, in the book's order."""

    def __init__(self, units: Sequence[Unit] | None, outline: Outline, problems: Problems) -> None:
        """`units` is None where the book has no list of them: then no fact is blamed for naming one."""
        self._units = {unit.key: unit for unit in units or ()}
        self._units_are_there = units is not None
        self._outline = outline
        self._problems = problems
        self._evaluators: dict[tuple[str, str, str], str] = {}
        self.facts = Facts()

    def read(self, raws: Sequence[object]) -> Facts:
        for index, raw in enumerate(raws):
            self._read_fact(Part(raw, f"facts[{index}]", self._problems))
        return self.facts

    def report_missing(self) -> None:
        """A leaf without a fact for a unit is a problem, never a zero."""
        for leaf in self._outline.leaves.values():
            if leaf.kind is None or not leaf.kind.needs_facts:
                continue
            for unit in self._units.values():
                if (unit.key, leaf.key) not in self.facts.spoken_for:
                    self._problems.add(
                        "facts",
                        N_("单位 %(unit)s 缺少指标 %(leaf)s 的数据：请补上，没有这项工作的标为不适用"),
                        unit=unit.key,
                        leaf=leaf.key,
                    )

    def _read_fact(self, part: Part) -> None:
        unit = part.text("unit", required=True)
        if unit is not None and unit not in self._units:
            if self._units_are_there:
                part.report("unit", N_("没有代码为 %(unit)s 的单位"), unit=unit)
            unit = None
        reason = part.text("reason", may_be_empty=True) or ""
        subjects = [name for name in _SUBJECTS if part.has(name)]
        if not subjects:
            if part.is_object:
                part.allow(*_ANY)
                part.report("", N_("须写明 indicator、bonus、penalty、veto 之一"))
            return
        for extra in subjects[1:]:
            part.report(extra, N_("一条数据只能写一件事：已有 %(first)s"), first=subjects[0])
        if subjects[0] == "indicator":
            self._read_indicator_fact(part, unit)
            return
        part.allow("unit", "reason", *subjects, *(("kind",) if subjects[0] != "veto" else ()))
        if subjects[0] == "veto":
            vetoed = part.flag("veto")
            if vetoed and unit is not None:
                self.facts.vetoes.setdefault(unit, []).append(reason)
            return
        self._read_award(part, unit, subjects[0], reason)

    def _read_award(self, part: Part, unit: str | None, subject: str, reason: str) -> None:
        """A penalty is 0 or more; a bonus may be negative (it takes back another one)."""
        if subject == "bonus":
            amount, awards = part.number("bonus"), self.facts.bonuses
        else:
            amount, awards = part.number("penalty", least=Decimal(0)), self.facts.penalties
        kind = self._read_kind(part, subject)
        if amount is not None and unit is not None:
            awards.setdefault(unit, []).append(Award(amount, reason, kind))

    def _read_kind(self, part: Part, subject: str) -> str:
        """The kind whose cap holds the award; empty for one that no such cap holds."""
        kind = (part.text("kind") or "").strip() if part.has("kind") else ""
        known = self._outline.award_kinds.get(subject, ())
        if kind and known is not None and kind not in known:
            template = N_("只能是 %(options)s 之一") if known else N_("方案没有规定分类上限")
            part.report("kind", template, **({"options": listed(known)} if known else {}))
        return kind

    def _read_indicator_fact(self, part: Part, unit: str | None) -> None:
        key = part.text("indicator", required=True)
        if key is None:
            return
        leaf = self._outline.leaves.get(key)
        if leaf is None:
            part.allow(*_ANY)
            if key in self._outline.inner:
                part.report("indicator", N_("指标 %(key)s 有下级，不能直接录入数据"), key=key)
            elif self._outline.is_there:
                part.report("indicator", N_("没有代码为 %(key)s 的指标"), key=key)
            return
        if leaf.kind is None:
            self._speak_for(unit, leaf)
            return
        part.allow(*_COMMON, *leaf.kind.fact_fields)
        stated = [name for name in leaf.kind.fact_fields if part.has(name)]
        not_applicable = part.flag("not_applicable")
        if not_applicable and stated:
            part.report("not_applicable", N_("已给出 %(fields)s，不能同时为不适用"), fields=listed(stated))
            entry = None
        elif not_applicable or (part.has("not_applicable") and not_applicable is None):
            entry = None
        else:
            entry = _read_entry(part, leaf)
        if unit is None:
            return
        if not_applicable and not stated:
            self._note_absent(part, unit, leaf)
        else:
            self._note_entry(part, unit, leaf, entry)

    def _speak_for(self, unit: str | None, leaf: LeafFacts) -> None:
        if unit is not None:
            self.facts.spoken_for.add((unit, leaf.key))

    def _note_absent(self, part: Part, unit: str, leaf: LeafFacts) -> None:
        cell = (unit, leaf.key)
        if cell in self.facts.absent:
            part.report("indicator", N_("单位 %(unit)s 的指标 %(leaf)s 已标为不适用"), unit=unit, leaf=leaf.key)
        elif cell in self.facts.spoken_for:
            part.report("not_applicable", N_("单位 %(unit)s 的指标 %(leaf)s 已有数据"), unit=unit, leaf=leaf.key)
        self.facts.absent.add(cell)
        self.facts.spoken_for.add(cell)

    def _note_entry(self, part: Part, unit: str, leaf: LeafFacts, entry: Any) -> None:
        assert leaf.kind is not None
        cell = (unit, leaf.key)
        if cell in self.facts.absent:
            part.report("indicator", N_("单位 %(unit)s 的指标 %(leaf)s 已标为不适用"), unit=unit, leaf=leaf.key)
        elif cell in self.facts.spoken_for and not leaf.kind.many_facts:
            part.report("indicator", N_("单位 %(unit)s 的指标 %(leaf)s 已有数据"), unit=unit, leaf=leaf.key)
        self.facts.spoken_for.add(cell)
        if entry is None:
            return
        self.facts.places.setdefault(cell, part.at(leaf.kind.fact_fields[0]))
        if not leaf.kind.many_facts:
            self.facts.entries[cell] = entry
            return
        for one in entry:
            if isinstance(one, Mark):
                self._note_evaluator(part, cell, one.evaluator)
        self.facts.entries[cell] = (*self.facts.entries.get(cell, ()), *entry)

    def _note_evaluator(self, part: Part, cell: Cell, evaluator: str) -> None:
        place = part.at("evaluator")
        first = self._evaluators.setdefault((*cell, evaluator), place)
        if first != place:
            for path in (first, place):
                self._problems.add(path, N_("评委 %(evaluator)s 对该单位重复打分"), evaluator=evaluator)


def _read_entry(part: Part, leaf: LeafFacts) -> Any:
    if leaf.kind is None:
        return None
    entry = leaf.kind.read_fact(part, leaf.limit)
    if entry is not None and leaf.rule is not None:
        leaf.rule.check_fact(part, entry)
    return entry
