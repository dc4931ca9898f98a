"""Results that are kept while facts change are those of the engine on the facts as they are now."""

from __future__ import annotations

import json
from dataclasses import replace
from random import Random

from hypothesis import given, settings, strategies as st

from tests.unit.scoring.books import Books
from tracker.assessment.scoring.engine import score
from tracker.assessment.scoring.interim import Interim
from tracker.assessment.scoring.reading import read_book
from tracker.assessment.scoring.tree import Tree


@settings(max_examples=30)
@given(seed=st.integers(0, 10**6))
def test_a_unit_with_other_facts_is_scored_as_the_whole_book_would_score_it(seed: int) -> None:
    """Each step gives a unit what another one has at some leaves, so that totals come to be equal and places change hands."""
    pick = Random(seed)  # noqa: S311 invented data
    book = read_book(json.dumps(Books(seed, geometric=False, units=14).book()))
    free = [leaf.key for leaf in Tree(book.scheme.indicators).leaves if leaf.rule and not leaf.rule.in_group]
    kept = Interim(book)
    for _ in range(3):
        one, other = pick.randrange(len(book.units)), pick.randrange(len(book.units))
        entries = {key: book.evidence[key][other] for key in free if pick.random() < 0.7}
        kept.change(book.units[one].key, entries)
        columns = {key: [*book.evidence[key]] for key in book.evidence}
        for key, entry in entries.items():
            columns[key][one] = entry
        book = replace(book, evidence=columns)
        expected = score(book, explain=False).units
        assert [(unit, dict(unit.nodes)) for unit in kept] == [(unit, dict(unit.nodes)) for unit in expected]
