"""Ranks and grades of many draws at once. Totals are whole numbers, so that equal totals are equal."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tracker.assessment.scoring.book import Scheme, Ties
from tracker.assessment.scoring.grading import first_at

Whole = NDArray[Any]

_ROOM = 16
"""Counting pays as long as there are not so many more possible totals than units; else each draw is sorted."""


def ranks_of(totals: Whole, ties: Ties) -> Whole:
    """Ranks within a group: a row a draw, a column a unit; what is equal shares a rank."""
    draws, units = totals.shape
    best = int(totals.max())
    width = best - int(totals.min()) + 1
    if width > _ROOM * units:
        return np.stack([_ranks_of_one(row, ties) for row in totals])
    places = np.arange(best, best + draws * width, width)[:, np.newaxis] - totals
    counts = np.bincount(places.ravel(), minlength=draws * width).reshape(draws, width)
    if ties == "dense":
        counts = (counts > 0).astype(np.int64)
    ranks = np.cumsum(counts, axis=1) - counts + 1
    found: Whole = ranks.ravel()[places]
    return found


def _ranks_of_one(totals: Whole, ties: Ties) -> Whole:
    distinct, which, counts = np.unique(totals, return_inverse=True, return_counts=True)
    if ties == "dense":
        dense: Whole = len(distinct) - which
        return dense
    ranks: Whole = len(totals) - np.cumsum(counts)[which] + 1
    return ranks


def grade_cuts(scheme: Scheme, totals: Whole, size: int) -> list[Whole]:
    """For each grade the least total that gets it or a better one, a number a draw.

    `totals`: those of the units that share the quotas, without vetoed ones; `size`: how many units the quotas are shares of.
    A unit has the first grade whose cut its total reaches.
    """
    held = any(grade.quota_percent is not None for grade in scheme.grades)
    best_last = np.sort(totals, axis=1) if held else totals
    taken = np.zeros(len(totals), np.int64)
    cuts = []
    for grade in scheme.grades:
        edge = first_at(Fraction(grade.least), scheme.rounding.places)
        cut = np.full(len(totals), edge, np.int64)
        if grade.quota_percent is not None:
            cut = _held(scheme, best_last, cut, taken, size * grade.quota_percent // 100)
        if held:
            taken = _reaching(best_last, cut)
        cuts.append(cut)
    return cuts


def _held(scheme: Scheme, best_last: Whole, edge: Whole, taken: Whole, quota: int) -> Whole:
    """The cut of a grade that so many may have, beside those that have a better one."""
    over = _reaching(best_last, edge) - taken > quota
    first_out, last_in = _at(best_last, taken + quota), _at(best_last, taken + quota - 1)
    stay = scheme.quota_ties == "include" and quota > 0
    held: Whole = np.where(over, first_out + np.where(stay & (last_in == first_out), 0, 1), edge)
    return held


def _reaching(best_last: Whole, cuts: Whole) -> Whole:
    """How many units of each draw have a total that reaches its cut."""
    below = (row.searchsorted(cut) for row, cut in zip(best_last, cuts.tolist(), strict=True))
    reaching: Whole = best_last.shape[1] - np.fromiter(below, np.int64, len(cuts))
    return reaching


def _at(best_last: Whole, places: Whole) -> Whole:
    """The totals at these places from the best, which has place 0; at the last one for places beyond."""
    columns = best_last.shape[1] - 1 - np.clip(places, 0, best_last.shape[1] - 1)
    found: Whole = np.take_along_axis(best_last, columns[:, np.newaxis], axis=1)[:, 0]
    return found
