"""Exact decimals: how they are read, rounded and printed.

Numbers are read as `Decimal` (never through a binary float) and reckoned with as `Fraction`. Decimal arithmetic is
avoided on purpose: its context would round silently.
"""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from typing import Literal

from tracker.assessment.scoring.json_text import BareNumber

Mode = Literal["half_up", "half_even", "down"]

_HALF_WIDTH = str.maketrans("０１２３４５６７８９．＋－", "0123456789.+-")
MOST_DIGITS = 40
"""So many before the point of a number in a string, and so many behind it."""
_WRITTEN = re.compile(rf"[+-]?[0-9]{{1,{MOST_DIGITS}}}(?:\.[0-9]{{1,{MOST_DIGITS}}})?")
_MOST_DIGITS = 4_000
"""A bare JSON number may be as long as it likes up to here, exponent included: a guard for memory, not a rule."""
_KEPT = 4096
"""A book says the same few numbers over and over: so many are read once only."""


def read_number(raw: object) -> Decimal | None:
    """The decimal that a JSON value stands for, or None where it is no number.

    A string is an optional sign, 1–40 digits and optionally a point and 1–40 more, full-width (全角) or half-width; a
    bare JSON number is the decimal it prints as, however long.
    """
    if isinstance(raw, BareNumber):
        return _bare(raw.text)
    return _written(raw) if isinstance(raw, str) else None


def half_width(text: str) -> str:
    """A number with its full-width digits, point and sign as half-width ones; any other text as it is."""
    return half_width_figures(text) if read_number(text) is not None else text


def half_width_figures(text: str) -> str:
    """Any text with its full-width digits, points and signs as half-width ones."""
    return text.translate(_HALF_WIDTH)


@lru_cache(maxsize=_KEPT)
def _written(raw: str) -> Decimal | None:
    text = raw.translate(_HALF_WIDTH)
    return _unsigned_zero(Decimal(text)) if _WRITTEN.fullmatch(text) else None


@lru_cache(maxsize=_KEPT)
def _bare(text: str) -> Decimal | None:
    mantissa, _, exponent = text.lower().partition("e")
    if len(mantissa) > _MOST_DIGITS or len(exponent) > 5 or abs(int(exponent or "0")) > _MOST_DIGITS:
        return None
    return _unsigned_zero(Decimal(text))


def _unsigned_zero(number: Decimal) -> Decimal:
    return number or Decimal(0)


def rounded(value: Fraction, places: int, mode: Mode) -> int:
    """`value` in whole units of 10 ** -places; halves go away from zero (half_up, 四舍五入) or to the even digit;
    `down` (截尾, 只舍不入) drops whatever is left."""
    scale: int = 10**places
    numerator = abs(value.numerator) * scale
    whole, rest = divmod(numerator, value.denominator)
    doubled = 2 * rest
    if mode != "down" and (
        doubled > value.denominator or (doubled == value.denominator and (mode == "half_up" or whole % 2))
    ):
        whole += 1
    return -whole if value.numerator < 0 else whole


_SHORT = 10**18


def printed(units: int, places: int) -> str:
    """Whole units of 10 ** -places as a decimal with that many places: `printed(8635, 2)` is `86.35`."""
    digits = (str(units) if 0 <= units < _SHORT else _digits(abs(units))).zfill(places + 1)
    sign = "-" if units < 0 else ""
    return f"{sign}{digits[:-places]}.{digits[-places:]}" if places else f"{sign}{digits}"


def _digits(whole: int) -> str:
    return str(whole) if whole.bit_length() < 10_000 else str(Decimal(whole))  # str(int) has a limit on length


def decimal_places(value: Fraction) -> int | None:
    """How many places the decimal of `value` needs; None where it never ends."""
    rest, twos, fives = value.denominator, 0, 0
    twos = (rest & -rest).bit_length() - 1
    rest >>= twos
    while rest % 5 == 0:
        rest //= 5
        fives += 1
    return max(twos, fives) if rest == 1 else None


def exact_text(value: Fraction) -> str:
    """`value` without any loss: a decimal where it ends, else a quotient such as `250/3`."""
    places = decimal_places(value)
    if places is None:
        return f"{'-' if value < 0 else ''}{_digits(abs(value.numerator))}/{_digits(value.denominator)}"
    return printed(value.numerator * 10**places // value.denominator, places)


def short_text(value: Fraction, places: int, mode: Mode = "half_up") -> tuple[str, bool]:
    """`value` for a reader, and whether nothing was lost: the whole decimal up to twelve places, else as many as
    `telling_places`."""
    needed = decimal_places(value)
    if needed is not None and needed <= 12:
        return exact_text(value).replace("-", "−"), True
    shown = telling_places(value, places, mode)
    return printed(rounded(value, shown, "half_up"), shown).replace("-", "−"), False


_MOST_TELLING = 60
"""Decimals that are shown at most, whatever they look like."""


def telling_places(value: Fraction, places: int, mode: Mode = "half_up") -> int:
    """So many decimals that whoever rounds what is shown to `places` gets what the value itself is rounded to: four more
    than these, and further ones where these look like a half, or with `down` like a whole, that the value is not."""
    shown = places + 4
    while shown < _MOST_TELLING:
        doubled = Fraction(rounded(value, shown, "half_up"), 10**shown) * 2 * 10**places
        if doubled.denominator != 1 or doubled.numerator % 2 == (mode == "down"):
            break
        shown += 4
    return shown
