"""A date of its own that takes the place of one of a rhythm's (每月25日前，12月为20日前). Pure; no clock."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from imports.phrases.chars import chinese_number, fold
from imports.phrases.deadlines.patterns import INSTEAD
from tracker.progress.printed import Phrase


def instead_of(phrase: Phrase, dues: Collection[tuple[date, str]]) -> set[date]:
    """Which of these due dates, each with its period, the phrase takes the place of: those in its month, or else those that
    report on the period that it names."""
    found = INSTEAD.match(fold(phrase.text)) if phrase.date else None
    if found is None or phrase.date is None:
        return set()
    year = phrase.date.year
    name = (
        f"{year}-Q{chinese_number(found['quarter'])}"
        if found["quarter"]
        else f"{year}-{chinese_number(found['of']):02d}"
    )
    month = {due for due, _ in dues if (due.year, due.month) == (year, phrase.date.month)}
    return month or {due for due, period in dues if period == name}
