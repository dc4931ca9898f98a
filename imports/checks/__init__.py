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
    time_undated,
    time_unread,
    unit_in_two_roles,
    unit_odd,
    units_missing,
    weights,
    year_unknown,
)
from imports.checks.folding import fold_problems
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
    time_undated.check,
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


def run_checks(reading: Reading) -> list[Problem]:
    """All problems of a reading: the reader's own, what recognition found, then every check; folded, follow-ons hidden."""
    problems = [*reading.document.problems, *reading.findings]
    for check in CHECKS:
        problems.extend(check(reading))
    return fold_problems(problems)
