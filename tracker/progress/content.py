"""What a return says (报送内容), as plain values: what a person typed, and what of it could be read."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal, InvalidOperation

from tracker.progress.measures import conversion
from tracker.progress.milestones import Said

LONGEST_TEXT = 20_000
"""Characters of one text."""
LONGEST_WORDS = 2_000
"""Characters of what people say to each other beside a report: a reason, a question, what is asked of a unit below."""
MOST_DIGITS = 18
"""Of a figure."""
_MEASURED = re.compile(r"([-+]?[\d.,]+)\s*([^\d\s%.,].*)")
_PERCENTS = frozenset({"", "%", "百分点", "个百分点"})
"""Measure words beside which a trailing % says nothing more."""
_DAY = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?: 0?0:00(?::00)?)?")
"""A sheet may give a day the time of its midnight."""


def plain_number(words: str) -> str:
    """A number as people type or paste it, without what is no part of it: full-width digits, a trailing %."""
    return unicodedata.normalize("NFKC", words).strip().rstrip("%").rstrip()


def percent_of(words: str) -> int | None:
    """A whole percent as people type or paste it: of 45.0%, as a sheet shows it, the noughts say nothing. None for what is no
    whole number; it may lie outside of 0 to 100."""
    whole, _point, rest = plain_number(words).partition(".")
    return int(whole) if whole.isascii() and whole.isdigit() and len(whole) < 4 and not rest.strip("0") else None


def figure_of(words: str, unit: str = "") -> Decimal | None:
    """A figure as people type it in a form or in the cell of a workbook, thousands separators, its whole unit and a
    trailing % understood; None for nothing. With another multiple of the unit it is converted: 1.2万元 is 12000 元, and
    15000户 is 1.5 of 万户. What measures something else, or a word beside it, is none of it, nor is a multiple of nobody knows
    what: 1.2万 is not 1.2. Raises ValueError."""
    number, times, of = _measured(words, unit)
    plain = number.replace(",", "")
    if not plain and times == of == 1:
        return None
    try:
        figure = Decimal(plain) * times / of
    except InvalidOperation as error:
        raise ValueError(words) from error
    if not figure.is_finite() or len(figure.as_tuple().digits) > MOST_DIGITS or abs(figure.adjusted()) > MOST_DIGITS:
        raise ValueError(words)
    return figure


def _measured(words: str, unit: str) -> tuple[str, Decimal, Decimal]:
    """What stands before the unit, and what it is multiplied with and divided by to count in that unit."""
    plain, measure = (unicodedata.normalize("NFKC", text).strip() for text in (words, unit))
    one = Decimal(1)
    if measure and plain.endswith(measure) and not _MEASURED.fullmatch(plain.removesuffix(measure).rstrip()):
        return plain.removesuffix(measure).rstrip(), one, one
    found = _MEASURED.fullmatch(plain) if measure else None
    factors = conversion("".join(found[2].split()), measure) if found else None
    if found and factors:
        return found[1], *factors
    return plain_number(plain) if measure in _PERCENTS else plain, one, one


def plain_figure(value: Decimal | None) -> str:
    """A figure as it stands in a field, without zeros that say nothing; empty where there is none."""
    if value is None:
        return ""
    return f"{value.normalize():f}" if value else "0"


def day_of(words: str) -> date | None:
    """A day as people type or paste it: 2026-08-15, 2026/8/15, 2026年8月15日; None for nothing. Raises ValueError."""
    plain = unicodedata.normalize("NFKC", words).strip()
    if not plain:
        return None
    found = _DAY.fullmatch(plain)
    if found is None:
        raise ValueError(words)
    return date(*map(int, found.groups()))


def figure_words(value: Decimal | None, unit: str, shown: Callable[[Decimal], str] = "{:f}".format) -> str:
    """A figure with its unit, as it is read: 32%, 4200万人次; – where there is none. `shown` writes the number."""
    return "–" if value is None else f"{shown(value)}{unit}"


@dataclass(frozen=True, slots=True)
class Content:
    done: str = ""
    problems: str = ""
    next_step: str = ""
    percent: int | None = None
    """0–100; None keeps what a draft has."""
    figures: Mapping[int, Decimal | None] = field(default_factory=dict)
    """Target id → figure; None takes it away. Targets not named keep theirs."""
    milestones: Mapping[int, Said | None] = field(default_factory=dict)
    """Obligation id of a milestone → what is said of it; None takes it away. Those not named keep what was said."""
    setback: str = ""
    """Why the percent is lower than last time, or a milestone not reached any more."""
    opened: datetime | None = None
    """When the page that it was typed on was opened."""
    unchanged: bool = False
    """Whether it is what was accepted last, said to be the same by one click."""
