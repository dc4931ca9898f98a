"""Lists of nothing but names, as most are: each name is looked at once, however many lists it stands in."""

from __future__ import annotations

import re
from functools import lru_cache

from imports.draft import Role, UnitExpression
from imports.phrases.chars import fold, squeeze
from imports.phrases.deadlines import time_clause
from imports.phrases.units import vocabulary as words
from imports.phrases.units.contacts import is_contact
from imports.phrases.units.names import expressions, prefix_of
from imports.phrases.units.split import ends_name, holds_phrase, pieces

_BARE = re.compile(r"[\u4e00-\u9fff]{2,20}")
_NAMES = re.compile(r"[\u4e00-\u9fff、,; \n]+")
_SIGN = re.compile(r"[、,; \n]")


def may_be_names(folded: str) -> bool:
    """Are there nothing but Chinese characters and the signs between names?"""
    return _NAMES.fullmatch(folded) is not None


def whole_names(printed: str, folded: str, role: Role) -> tuple[UnitExpression, ...] | None:
    """The units of a list of different names, each with its level (`市财政局、市教育局`): none lends its level to the next.
    None for any other list."""
    names = _SIGN.split(folded)
    if folded != printed:
        names = _as_printed(names, printed)
    found = [_whole(name, role) for name in names]
    if None in found or len(set(names)) < len(names) or holds_phrase(folded):
        return None
    return tuple(unit for unit in found if unit is not None)


def _as_printed(names: list[str], printed: str) -> list[str]:
    at, found = 0, []
    for name in names:
        found.append(printed[at : at + len(name)])
        at += len(name) + 1
    return found


@lru_cache(maxsize=16384)
def _whole(name: str, role: Role) -> UnitExpression | None:
    """The unit of a name that is the same in every list; None where what stands before decides."""
    folded = fold(name)
    if (
        not (prefix_of(folded) and is_name(name) and ends_name(folded))
        or names_nobody(name)
        or len(pieces(folded)) != 1
    ):
        return None
    units = expressions(name, role)
    return units[0] if len(units) == 1 else None


def names_alone(printed: str, folded: str) -> list[tuple[str, str]] | None:
    """Each name of a list, with the separator before it, where nothing but names stands in it, as in most; None in any other."""
    names = [(printed[start:end], separator) for start, end, separator in pieces(folded)]
    return names if all(is_name(name) for name, _ in names) else None


@lru_cache(maxsize=16384)
def is_name(text: str) -> bool:
    plain = fold(text)
    return is_bare(text) and not (words.REMARK.match(plain) or is_contact(plain) or time_clause(text, None) is not None)


@lru_cache(maxsize=16384)
def is_bare(text: str) -> bool:
    """A name and nothing else: no role phrase, no word that joins, no bracket, no blank."""
    if not _BARE.fullmatch(text):
        return False
    plain = fold(text)
    return not (words.TAIL_HINT.search(plain) or words.HEAD.match(plain) or words.JOIN_SUPPORT.search(plain, 1))


@lru_cache(maxsize=16384)
def names_nobody(text: str) -> bool:
    return squeeze(fold(text)) in words.NOBODY
