"""Serial day numbers (日期序列值) of workbooks, and how a date format shows them in Chinese."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from decimal import Decimal

_LAST_DAY = 2_958_465
"""31 December 9999."""
_FALSE_DAY = 60
_FROM_1900 = datetime(1899, 12, 30)
_FROM_1900_EARLY = datetime(1899, 12, 31)
_FROM_1904 = datetime(1904, 1, 1)
_WEEKDAYS = "一二三四五六日"
_ENGLISH_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_ENGLISH_MONTHS = "January February March April May June July August September October November December".split()
_DIGITS = {1: "〇一二三四五六七八九", 2: "零壹贰叁肆伍陆柒捌玖"}
_TEN = {1: "十", 2: "拾"}

Piece = tuple[str, str]
"""(kind, text) of one token of a format section."""


def moment(value: Decimal, base_1904: bool = False) -> datetime | None:
    """The moment of a serial number, to the second; None where no date has that number.

    Counting from 1900 the number 60 is 29 February 1900, a day that never was: numbers below it are a day off.
    """
    if not 0 <= value <= _LAST_DAY:
        return None
    seconds = int((value * 86_400 + Decimal("0.5")) // 1)
    from_1900 = _FROM_1900 if value >= _FALSE_DAY else _FROM_1900_EARLY
    try:
        return (_FROM_1904 if base_1904 else from_1900) + timedelta(seconds=seconds)
    except OverflowError:
        return None


def shown(pieces: Sequence[Piece], value: Decimal, base_1904: bool, chinese_digits: int) -> str | None:
    """The date or time under a format's tokens; None where the number is no date."""
    when = moment(value, base_1904)
    if when is None:
        return None
    twelve = any(kind == "half" for kind, _ in pieces)
    out = []
    for at, (kind, text) in enumerate(pieces):
        if kind == "date":
            field = _field(pieces, at)
            out.append(_piece(field, len(text), when, twelve, chinese_digits))
        elif kind == "elapsed":
            out.append(_elapsed(text, value))
        elif kind == "half":
            out.append(_half_day(text, when))
        elif kind in ("literal", "slash", "point", "comma", "digit", "percent"):
            out.append(text)
    return "".join(out)


def _field(pieces: Sequence[Piece], at: int) -> str:
    """The field a run of letters stands for; `m` beside hours or seconds is minutes."""
    letter = pieces[at][1][0].lower()
    if letter != "m":
        return letter
    before = next((text for kind, text in reversed(pieces[:at]) if kind in ("date", "elapsed")), "")
    after = next((text for kind, text in pieces[at + 1 :] if kind in ("date", "elapsed")), "")
    return "minute" if before[:1].lower() == "h" or after[:1].lower() == "s" else "m"


def _piece(field: str, width: int, when: datetime, twelve: bool, chinese: int) -> str:
    if field in ("y", "e"):
        return _year(when.year, width if field == "y" else 4, chinese)
    if field == "m" and width >= 3:
        name = _ENGLISH_MONTHS[when.month - 1]
        return {3: name[:3], 5: name[:1]}.get(width, name)
    if field == "d" and width >= 3:
        name = _ENGLISH_DAYS[when.weekday()]
        return name[:3] if width == 3 else name
    if field == "a":
        return ("周" if width == 3 else "星期") + _WEEKDAYS[when.weekday()]
    numbers = {
        "m": when.month,
        "d": when.day,
        "h": (when.hour % 12 or 12) if twelve else when.hour,
        "minute": when.minute,
        "s": when.second,
    }
    number = numbers.get(field)
    if number is None:
        return ""
    return _chinese_number(number, chinese) if chinese else str(number).rjust(min(width, 2), "0")


def _year(year: int, width: int, chinese: int) -> str:
    text = f"{year:04d}" if width > 2 else f"{year % 100:02d}"
    return "".join(_DIGITS[chinese][int(digit)] for digit in text) if chinese else text


def _chinese_number(number: int, style: int) -> str:
    """0–59 in Chinese numerals: 二十三; 壹拾 in the formal style."""
    digits, ten = _DIGITS[style], _TEN[style]
    tens, ones = divmod(number, 10)
    if not tens:
        return digits[ones]
    lead = "" if tens == 1 and style == 1 else digits[tens]
    return lead + ten + (digits[ones] if ones else "")


def _elapsed(text: str, value: Decimal) -> str:
    units = {"h": 24, "m": 1_440, "s": 86_400}[text[0]]
    return str(int(value * units + Decimal("0.000001"))).rjust(len(text), "0")


def _half_day(text: str, when: datetime) -> str:
    morning, afternoon = text.split("/")
    return morning if when.hour < 12 else afternoon
