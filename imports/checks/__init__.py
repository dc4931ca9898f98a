"""Checks of a draft against its document: one rule one file, run in the order of the list below."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from imports.checks import (
    body_not_imported,
    bracket_unclosed,
    count_mismatch,
    date_before_document,
    date_impossible,
    heading_shifted,
    heading_spaced,
    hidden_content,
    list_open,
    no_tasks,
    numbers,
    requirement_repeated,
    role_repeated,
    text_unread,
    time_unread,
    unit_in_two_roles,
    unit_odd,
    units_missing,
    weights,
    year_unknown,
)
from imports.checks.folding import fold_problems
from imports.document import Document
from imports.draft import Draft
from imports.problems import Problem
from imports.recognise.reading import Reading

Check = Callable[[Reading], Iterable[Problem]]

CHECKS: tuple[Check, ...] = (
    no_tasks.check,
    heading_shifted.check,
    date_impossible.check,
    year_unknown.check,
    date_before_document.check,
    time_unread.check,
    bracket_unclosed.check,
    role_repeated.check,
    unit_odd.check,
    unit_in_two_roles.check,
    units_missing.check,
    list_open.check,
    count_mismatch.check,
    numbers.check,
    requirement_repeated.check,
    weights.check,
    body_not_imported.check,
    hidden_content.check,
    heading_spaced.check,
    text_unread.check,
)


OF_THE_DRAFT: tuple[Check, ...] = (
    no_tasks.check_draft,
    heading_shifted.check,
    date_impossible.check,
    year_unknown.check,
    date_before_document.check,
    unit_in_two_roles.check,
    units_missing.check,
    list_open.check,
    requirement_repeated.check,
    weights.check,
    heading_spaced.check,
)
"""Checks that need nothing but the draft, so that they can run again when a person has edited it."""

_RECHECKED = frozenset(
    "no-tasks heading-shifted heading-repeated date-impossible year-unknown date-before-document unit-in-two-roles "
    "units-missing units-unclaimed list-open requirement-repeated weights-total weight-too-small weight-rule "
    "heading-spaced".split()
)


def recheck(draft: Draft) -> list[Problem]:
    """The problems of a draft that a person has edited: what the draft alone tells is asked anew, the rest is kept.

    The draft is not changed. An error that the editing has mended is gone; one that is still there stays.
    """
    reading = Reading(Document("text", []), draft)
    problems = [problem for problem in draft.problems if problem.code not in _RECHECKED]
    for check in OF_THE_DRAFT:
        problems.extend(check(reading))
    return fold_problems(problems)


def run_checks(reading: Reading) -> list[Problem]:
    """All problems of a reading: the reader's own, what recognition found, then every check; folded, follow-ons hidden."""
    problems = [*reading.document.problems, *reading.findings]
    for check in CHECKS:
        problems.extend(check(reading))
    return fold_problems(problems)
