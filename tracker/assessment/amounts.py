"""Exact amounts as a reader takes them in: a decimal first, the fraction behind it as a note. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from tracker.assessment.scoring.numbers import decimal_places, exact_text, printed, rounded, telling_places

_WHOLE = 8
"""Decimals with so many places or fewer are shown whole."""
_LONGEST = 40
"""A fraction with more characters than these helps nobody; the stored run keeps it."""


@dataclass(frozen=True, slots=True)
class Amount:
    """`shown` is the decimal, begun with ≈ where digits were left out; `note` the exact fraction then."""

    shown: str
    note: str = ""


def amount_of(value: Fraction, places: int, *, signed: bool = False) -> Amount:
    """A value with four decimals more than results are printed with, or as many as tell how it is rounded, so that what is
    shown adds up to the last printed digit as the exact values do. `signed`: with a plus too."""
    sign = "−" if value < 0 else "+" if signed and value > 0 else ""
    size = abs(value)
    needed = decimal_places(size)
    if needed is not None and needed <= _WHOLE:
        return Amount(f"{sign}{exact_text(size)}")
    places = telling_places(size, places)
    exact = exact_text(size)
    shown = f"≈ {sign}{printed(rounded(size, places, 'half_up'), places)}"
    return Amount(shown, f"{sign}{exact}" if len(exact) <= _LONGEST else "")
