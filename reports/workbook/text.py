"""Text that stays text: what may stand in a cell, a tab's name and a printed width."""

from __future__ import annotations

import re
from collections.abc import Iterable
from math import ceil

CELL_LIMIT = 32_767
"""UTF-16 units that a cell holds in the office programs."""

_FORMULA_SIGNS = "=+\\-@＝＋－＠﹦﹢﹣﹫−"
_LEADING = "\\s\u200b-\u200f\u202a-\u202e\u2060\ufeff'\"%;"
_ODD = "\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff"

LOOKS_LIKE_FORMULA = re.compile(f"^[{_LEADING}]*[{_FORMULA_SIGNS}]|^[\t\r\n]")
"""ASVS 5.0 1.2.10, half-width and full-width, also behind blanks, quotes and invisible signs."""

NEEDS_CARE = re.compile(f"^[{_LEADING}]*[{_FORMULA_SIGNS}]|^[\t\r\n]|[{_ODD}]")
"""One search for all that a plain cell cannot take as it is."""

_UNPRINTABLE = re.compile(f"[{_ODD}]")
_FORBIDDEN_IN_TAB = re.compile(r"[\[\]:*?/\\\x00-\x1f\ud800-\udfff\ufffe\uffff]")
TAB_LIMIT = 31


def _shown(match: re.Match[str]) -> str:
    code = ord(match.group())
    if code == 0x0D:
        return "\r"
    return chr(0x2400 + code) if code < 0x20 else "\ufffd"


def fit(text: str, cut_mark: str) -> str:
    """`text` as a cell can hold it.

    Control characters, which XML has no room for, turn into their visible pictures (␀) and half characters into U+FFFD;
    a line break is one sign however it was typed; what is longer than a cell is cut and ends with `cut_mark`.
    """
    fitted = _UNPRINTABLE.sub(_shown, text.replace("\r\n", "\n"))
    if len(fitted) * 2 <= CELL_LIMIT or _units(fitted) <= CELL_LIMIT:
        return fitted
    return _cut(fitted, CELL_LIMIT - _units(cut_mark)) + cut_mark


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def _cut(text: str, units: int) -> str:
    return text.encode("utf-16-le")[: units * 2].decode("utf-16-le", errors="ignore")


def tab_names(titles: Iterable[str]) -> list[str]:
    """Names that the office programs accept for tabs, each once whatever the case of its letters, in order."""
    taken: set[str] = set()
    names = []
    for title in titles:
        plain = _cut(_FORBIDDEN_IN_TAB.sub(" ", title).strip(" '"), TAB_LIMIT).strip(" '") or "Sheet"
        name, number = plain, 2
        while name.casefold() in taken:
            ending = f" ({number})"
            name, number = _cut(plain, TAB_LIMIT - len(ending)) + ending, number + 1
        taken.add(name.casefold())
        names.append(name)
    return names


def printed_lines(text: str, width: float) -> int:
    """Lines that `text` takes in a cell `width` half-width characters wide."""
    if len(text) * 2 <= width and "\n" not in text:
        return 1
    return sum(max(1, ceil(printed_width(line) / width)) for line in text.split("\n"))


def printed_width(line: str) -> float:
    """Half-width characters that one line takes: reckoned from its bytes, of which a Chinese character has three where
    an ASCII one has one, because this stands in the innermost loop of long tables."""
    return (len(line) + len(line.encode("utf-8", "replace"))) / 2
