"""Number formats (数字格式): what a workbook shows for a stored number. 0.95 under `0%` is `95%`, 46203 a date.

The grammar is the number format code of ECMA-376 part 1, 18.8.31, as far as office documents use it. What is not
understood is shown as General (常规), so a number is never lost.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from functools import cache

from imports.readers import serial

Show = Callable[[str], str]
"""From the stored number, as written in the file, to what is shown."""

_MAX_CODE_CHARS = 400
_EXACT_DIGITS = 15
"""A stored number is a double: 15 decimal digits are sure, the rest is noise (0.10000000000000001)."""

_TOKEN = re.compile(
    r"""
      "(?P<quoted>[^"]*)"? | \\(?P<escaped>.) | _(?P<skipped>.) | \*(?P<filled>.)
    | \[(?P<bracket>[^\]]*)\] | (?P<general>General|G/通用格式) | (?P<half>AM/PM|A/P|上午/下午)
    | (?P<exponent>[Ee][+-]) | (?P<date>[yY]+|[mM]+|[dD]+|[hH]+|[sS]+(?:\.0+)?|[eE]+|[aA]{3,4}|[gG]+|[bB]+)
    | (?P<digit>[0#?]) | (?P<point>\.) | (?P<comma>,) | (?P<percent>%) | (?P<slash>/) | (?P<text>@) | (?P<literal>.)
    """,
    re.VERBOSE | re.DOTALL,
)
_CONDITION = re.compile(r"(<=|>=|<>|<|>|=)\s*(-?\d+(?:\.\d+)?)$")
_ELAPSED = re.compile(r"(?:h+|m+|s+)$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Token:
    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Section:
    """One of the up to four sections of a code (`positive;negative;zero;text`)."""

    tokens: tuple[Token, ...]
    condition: tuple[str, Decimal] | None
    chinese_digits: int
    """1 for [DBNum1] 一二三, 2 for [DBNum2] 壹贰叁, 0 for neither."""

    @property
    def is_date(self) -> bool:
        return any(token.kind in ("date", "elapsed", "half") for token in self.tokens)


def general(raw: str) -> str:
    """A number as General shows it, all sure digits kept: `0.10000000000000001` is `0.1`; no exponent below 10^15."""
    if raw.isascii() and raw.isdigit() and len(raw) <= _EXACT_DIGITS:
        return raw
    value = _exact(raw)
    if value is None or not (value == 0 or Decimal("1e-9") <= abs(value) < Decimal("1e15")):
        return raw
    return _plain(value)


@cache
def compiled(code: str, base_1904: bool = False, all_digits: bool = False) -> Show:
    """The function that shows numbers under a format code; dates count from 1900, or from 1904. With `all_digits` numbers
    are not rounded: 0.8996 under `0%` is 89.96%, not 90%."""
    if len(code) > _MAX_CODE_CHARS or code in ("", "General", "G/通用格式", "@"):
        return general
    sections = tuple(_section(text) for text in _split(code))
    if len(sections) == 1 and not sections[0].tokens:
        return general

    def show(raw: str) -> str:
        value = _exact(raw)
        if value is None or abs(value) >= Decimal("1e15"):
            return raw
        section, rest = _chosen(sections, value)
        if section is None:
            return general(raw)
        text = _date(section, value, base_1904) if section.is_date else _number(section, rest, all_digits)
        return text if text is not None and text.strip() else general(raw)

    return show


def _exact(raw: str) -> Decimal | None:
    try:
        value = Decimal(f"{float(raw):.{_EXACT_DIGITS}g}")
    except (ValueError, InvalidOperation, OverflowError):
        return None
    return value if value.is_finite() else None


def _plain(value: Decimal) -> str:
    text = format(value, "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text


def _split(code: str) -> list[str]:
    parts, start, at = [], 0, 0
    while at < len(code):
        char = code[at]
        if char == '"':
            closing = code.find('"', at + 1)
            at = len(code) if closing < 0 else closing
        elif char == "[":
            closing = code.find("]", at + 1)
            at = at if closing < 0 else closing
        elif char in "\\_*":
            at += 1
        elif char == ";":
            parts.append(code[start:at])
            start = at + 1
        at += 1
    return [*parts, code[start:]][:4]


def _section(text: str) -> Section:
    tokens: list[Token] = []
    condition: tuple[str, Decimal] | None = None
    chinese = 0
    for match in _TOKEN.finditer(text):
        kind = match.lastgroup or "literal"
        body = match.group(kind)
        if kind == "bracket":
            found = _CONDITION.match(body)
            if found:
                condition = (found.group(1), Decimal(found.group(2)))
            elif _ELAPSED.match(body):
                tokens.append(Token("elapsed", body.lower()))
            elif body.upper().startswith("DBNUM"):
                chinese = int(body[5:]) if body[5:].isdigit() else 0
            elif body.startswith("$"):
                currency = body[1:].split("-")[0]
                if currency:
                    tokens.append(Token("literal", currency))
        elif kind in ("quoted", "escaped", "literal"):
            tokens.append(Token("literal", body))
        elif kind not in ("skipped", "filled"):
            tokens.append(Token(kind, body))
    return Section(tuple(tokens), condition, chinese if chinese in (1, 2) else 0)


def _chosen(sections: tuple[Section, ...], value: Decimal) -> tuple[Section | None, Decimal]:
    """The section for a value, and the value it shows: a section for negative numbers shows them without the sign."""
    if any(section.condition for section in sections[:2]):
        for section in sections[:3]:
            if section.condition is None or _holds(section.condition, value):
                return section, value
        return None, value
    numeric = sections[:3]
    if value < 0 and len(numeric) > 1:
        return numeric[1], abs(value)
    if value == 0 and len(numeric) > 2:
        return numeric[2], value
    return numeric[0], value


def _holds(condition: tuple[str, Decimal], value: Decimal) -> bool:
    operator, bound = condition
    return {
        "<": value < bound,
        "<=": value <= bound,
        ">": value > bound,
        ">=": value >= bound,
        "=": value == bound,
        "<>": value != bound,
    }[operator]


def _date(section: Section, value: Decimal, base_1904: bool) -> str | None:
    pieces = [(token.kind, token.text) for token in section.tokens]
    return serial.shown(pieces, value, base_1904, section.chinese_digits)


def _number(section: Section, value: Decimal, all_digits: bool) -> str | None:
    kinds = [token.kind for token in section.tokens]
    if "general" in kinds:
        shown = general(str(value))
        return "".join(shown if token.kind == "general" else token.text for token in section.tokens)
    if "slash" in kinds and "digit" in kinds:
        return None
    if "exponent" in kinds:
        return None if all_digits else _scientific(section, value)
    if "digit" not in kinds:
        return "".join(token.text for token in section.tokens if token.kind in ("literal", "percent"))
    return _unrounded(section, value) if all_digits else _placed(section, value)


def _scientific(section: Section, value: Decimal) -> str:
    kinds = [token.kind for token in section.tokens]
    mantissa = kinds[: kinds.index("exponent")]
    decimals = mantissa[mantissa.index("point") :].count("digit") if "point" in mantissa else 0
    return f"{value:.{decimals}E}"


def _unrounded(section: Section, value: Decimal) -> str | None:
    """As `_placed`, with a place for every decimal that the value has; None where its digits are not in one piece."""
    tokens = section.tokens
    point, whole, behind, scaled = _scaled(tokens, value)
    if any(token.kind == "literal" for token in tokens[min([*whole, behind]) : behind]):
        return None
    given = sum(token.kind == "digit" for token in tokens[point:])
    more = max(0, -int(scaled.normalize().as_tuple().exponent) - given)
    added = [*([Token("point", ".")] if more and point == len(tokens) else []), *([Token("digit", "#")] * more)]
    return _placed(replace(section, tokens=(*tokens[: behind + 1], *added, *tokens[behind + 1 :])), value)


def _scaled(tokens: Sequence[Token], value: Decimal) -> tuple[int, list[int], int, Decimal]:
    """Where the point, the digits before it and the last digit stand, and what the value is once percent signs and the commas
    for thousands are reckoned."""
    point = next((at for at, token in enumerate(tokens) if token.kind == "point"), len(tokens))
    whole = [at for at, token in enumerate(tokens[:point]) if token.kind == "digit"]
    last = whole[-1] if whole else -1
    behind = max((at for at, token in enumerate(tokens) if token.kind == "digit"), default=-1)
    scaling = [*tokens[last + 1 : point], *(tokens[behind + 1 :] if behind > point else [])]
    thousands = sum(token.kind == "comma" for token in scaling)
    return (
        point,
        whole,
        behind,
        value.scaleb(2 * sum(token.kind == "percent" for token in tokens)).scaleb(-3 * thousands),
    )


def _placed(section: Section, value: Decimal) -> str:
    """Digits laid into their places, literals left where they stand."""
    tokens = list(section.tokens)
    point, whole, _behind, value = _scaled(tokens, value)
    grouped = bool(whole) and any(token.kind == "comma" for token in tokens[whole[0] : whole[-1]])
    places = [token.text for token in tokens[point:] if token.kind == "digit"]
    integer, fraction = _rounded(abs(value), len(places))
    minimum = sum(tokens[at].text == "0" for at in whole)
    integer = integer.lstrip("0").rjust(minimum, "0") if minimum else integer.lstrip("0")
    shown = _whole_digits(tokens, whole, f"{int(integer):,}" if grouped and integer else integer)
    out: list[str] = []
    used = 0
    kept = _kept_decimals(fraction, places)
    for at, token in enumerate(tokens):
        if at in shown:
            out.append(shown[at])
        elif token.kind == "point" and at == point:
            out.append("." if kept or not places else "")
        elif token.kind == "digit" and at > point:
            out.append(kept[used] if used < len(kept) else "")
            used += 1
        elif token.kind in ("literal", "percent", "slash"):
            out.append(token.text)
    text = "".join(out)
    negative = value < 0 and any(char in "123456789" for char in integer + fraction)
    return f"-{text}" if negative else text


def _rounded(value: Decimal, decimals: int) -> tuple[str, str]:
    """Half away from zero, as spreadsheets show it."""
    scaled = (value.scaleb(decimals) + Decimal("0.5")).to_integral_value(rounding="ROUND_FLOOR")
    digits = str(int(scaled)).rjust(decimals + 1, "0")
    return (digits[:-decimals], digits[-decimals:]) if decimals else (digits, "")


def _kept_decimals(fraction: str, places: list[str]) -> str:
    """Decimals without the trailing zeros that `#` does not show."""
    keep = len(fraction)
    while keep and places[keep - 1] != "0" and fraction[keep - 1] == "0":
        keep -= 1
    return fraction[:keep]


def _whole_digits(tokens: list[Token], whole: list[int], integer: str) -> dict[int, str]:
    """The text at each integer place: the last ones take a digit each, the first takes all that are left."""
    if not whole:
        return {}
    split = any(tokens[at].kind == "literal" for at in range(whole[0], whole[-1]))
    if not split:
        return {whole[0]: integer} | dict.fromkeys(whole[1:], "")
    digits = integer.replace(",", "")
    shown: dict[int, str] = {}
    for at in reversed(whole[1:]):
        shown[at], digits = digits[-1:], digits[:-1]
    shown[whole[0]] = digits
    return shown
