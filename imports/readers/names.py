"""Texts from a file that stand in a message: one line, short, nothing that could disturb a terminal or a page."""

from __future__ import annotations

_SHOWN_CHARS = 60


def shown(text: str, limit: int = _SHOWN_CHARS) -> str:
    """The text on one line, unprintable characters as `?`, cut to `limit` characters with `…`."""
    line = "".join(char if char.isprintable() else "?" for char in " ".join(text[: limit * 4].split()))
    return line if len(line) <= limit else line[: limit - 1] + "…"


def kept(text: str) -> str:
    """The whole text on one line, for problems that must not lose what they set aside."""
    return " ".join(text.split())


def column_letters(column: int) -> str:
    """`A` for column 0, `AA` for 26."""
    text = ""
    rest = column + 1
    while rest:
        rest, digit = divmod(rest - 1, 26)
        text = chr(65 + digit) + text
    return text


def column_index(letters: str) -> int | None:
    """0 for `A`; None for what is no column name. Far names give large numbers: the caller compares with its limit."""
    if not letters or len(letters) > 6 or not letters.isascii() or not letters.isalpha():
        return None
    number = 0
    for char in letters.upper():
        number = number * 26 + ord(char) - 64
    return number - 1
