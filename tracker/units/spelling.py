"""The dictionary of pinyin; imported by nobody at the start: see `tracker.units.pinyin`."""

from __future__ import annotations

from pypinyin import Style, lazy_pinyin


def spelled(name: str) -> str:
    return "".join(lazy_pinyin(name, errors="ignore"))


def initials(name: str) -> str:
    return "".join(lazy_pinyin(name, style=Style.FIRST_LETTER, errors="ignore"))
