"""JSON text to a book, or every problem of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from tracker.assessment.scoring.book import Book, Unit
from tracker.assessment.scoring.evidence import Numbers, Pairs
from tracker.assessment.scoring.json_text import parse
from tracker.assessment.scoring.part import Part
from tracker.assessment.scoring.problems import Problems
from tracker.assessment.scoring.rules import AnyRule, FiguresRule, RatioRule
from tracker.assessment.scoring.tree import Tree
from tracker.assessment.scoring.validation.facts import FactReader, Facts
from tracker.assessment.scoring.validation.indicators import Outline
from tracker.assessment.scoring.validation.scheme import read_scheme
from tracker.assessment.scoring.validation.units import read_units


def read_book(text: str) -> Book:
    """Raises FaultyBook with every problem found."""
    problems = Problems()
    whole = Part(parse(text), "", problems)
    whole.allow("scheme", "units", "facts")
    scheme, outline = None, Outline()
    if not whole.is_missing("scheme", required=True):
        scheme, outline = read_scheme(Part(whole.raw("scheme"), "scheme", problems))
    raw_units = whole.items("units", required=True)
    units = read_units(raw_units or [], problems)
    reader = FactReader(units if raw_units is not None else None, outline, problems)
    raw_facts = whole.items("facts", required=True)
    facts = reader.read(raw_facts or [])
    if raw_facts is not None:
        reader.report_missing()
    problems.raise_any()
    assert scheme is not None
    return Book(
        scheme=scheme,
        units=units,
        evidence={leaf.key: _column(leaf.key, leaf.rule, units, facts) for leaf in Tree(scheme.indicators).leaves},
        bonuses=facts.bonuses,
        penalties=facts.penalties,
        vetoes=facts.vetoes,
        places=facts.places,
    )


def _column(key: str, rule: AnyRule | None, units: Sequence[Unit], facts: Facts) -> Sequence[Any]:
    """One entry a unit: what was read, None where not applicable, an empty tuple where no fact is needed."""
    entries = [None if (unit.key, key) in facts.absent else facts.entries.get((unit.key, key), ()) for unit in units]
    return packed(rule, entries)


def packed(rule: AnyRule | None, entries: list[Any]) -> Sequence[Any]:
    """The entries of a leaf as whole columns of numbers, of a kind whose facts are one number or two and where these are
    short enough; else as they are."""
    if isinstance(rule, RatioRule):
        return Pairs.of(entries) or entries
    if rule is not None and rule.fact_fields == ("value",) and not isinstance(rule, FiguresRule):
        return Numbers.of(entries) or entries
    return entries
