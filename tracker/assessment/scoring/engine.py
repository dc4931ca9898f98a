"""The scoring engine: a book in, results out. No clock, no database, no locale, no binary floats in what it prints."""

from __future__ import annotations

from typing import Any

import numpy as np

from tracker.assessment.scoring.batches import Batches
from tracker.assessment.scoring.book import Book
from tracker.assessment.scoring.evaluation import Reckoner, Reckoning, raise_any
from tracker.assessment.scoring.grading import grades
from tracker.assessment.scoring.numbers import printed, rounded
from tracker.assessment.scoring.ranking import ranks
from tracker.assessment.scoring.reading import read_book
from tracker.assessment.scoring.results import Line, Result, UnitResult, result_json
from tracker.assessment.scoring.totals import Closing, close, extras_of, in_larger
from tracker.assessment.scoring.trace import Explainer

ENGINE_VERSION = "1"
"""Changes with every change of what any book comes to; a stored run names the version that made it."""


def score(book: Book, *, explain: bool = True) -> Result:
    """Totals, ranks, grades, node results, and with `explain` each unit's trace.

    Without traces a large book is reckoned column by column, with the very same results. Raises FaultyBook where a
    geometric mean meets a result that is not above zero.
    """
    if explain:
        return _explained(book)
    with np.errstate(all="ignore"):  # what overflows is in doubt, and reckoned again by fractions
        return Batches(book).result(ENGINE_VERSION)


def explain_unit(book: Book, unit: str) -> tuple[Line, ...]:
    """The trace of one unit alone. Raises KeyError for a unit that is not in the book, FaultyBook as `score` does."""
    reckoner = Reckoner(book)
    position = book.position[unit]
    reckoning = reckoner.reckon(position)
    raise_any([reckoning])
    closing = close(book.scheme, reckoning.base, extras_of(book, unit))
    return Explainer(reckoner).lines(position, reckoning, closing)


def trial(text: str) -> dict[str, Any]:
    """Scores a book given as JSON; the result in the form of the trial command. Raises FaultyBook."""
    return result_json(score(read_book(text)))


def _explained(book: Book) -> Result:
    scheme = book.scheme
    reckoner = Reckoner(book)
    reckonings = [reckoner.reckon(position) for position in range(len(book.units))]
    raise_any(reckonings)
    closings = [
        close(scheme, reckoning.base, extras_of(book, unit.key))
        for unit, reckoning in zip(book.units, reckonings, strict=True)
    ]
    totals = [closing.total for closing in closings]
    groups = [unit.group for unit in book.units]
    vetoed = [bool(book.vetoes.get(unit.key)) for unit in book.units]
    breakers = [reckoner.tree.by_key[key].at for key in scheme.tie_break]
    found_ranks = ranks(
        totals, groups, scheme.ties, lambda position: [reckonings[position].results[at] for at in breakers]
    )
    found_grades = grades(scheme, totals, groups, vetoed)
    explainer = Explainer(reckoner)
    rows = [
        row(
            reckoner,
            position,
            reckonings[position],
            closings[position],
            rank=found_ranks[position],
            grade=found_grades[position],
            trace=explainer.lines(position, reckonings[position], closings[position]),
        )
        for position in range(len(book.units))
    ]
    rounding = scheme.rounding

    def node_units(key: str) -> list[int | None]:
        results = [reckoning.results[reckoner.tree.by_key[key].at] for reckoning in reckonings]
        return [None if result is None else rounded(result, rounding.places, rounding.mode) for result in results]

    return Result(tuple(rows), ENGINE_VERSION, node_units)


def row(
    reckoner: Reckoner,
    position: int,
    reckoning: Reckoning,
    closing: Closing,
    *,
    rank: int | None = None,
    grade: str | None = None,
    trace: tuple[Line, ...] = (),
) -> UnitResult:
    """The row of a unit that was reckoned by itself."""
    book = reckoner.book
    rounding, unit = book.scheme.rounding, book.units[position]
    places = rounding.places
    base, bonus, penalty = (
        None if value is None else printed(rounded(value, places, rounding.mode), places)
        for value in (closing.base, closing.bonus, closing.penalty)
    )
    results = zip(reckoner.tree.nodes, reckoning.results, strict=True)
    return UnitResult(
        key=unit.key,
        group=unit.group,
        base=base,
        bonus=bonus,
        penalty=penalty,
        total=None if closing.total is None else printed(closing.total, places),
        veto=bool(book.vetoes.get(unit.key)),
        rank=rank,
        grade=grade,
        nodes={
            node.key: None if result is None else printed(rounded(result, places, rounding.mode), places)
            for node, result in results
        },
        trace=trace,
        larger=in_larger(book.scheme, closing.total),
    )
