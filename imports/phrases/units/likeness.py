"""Does a text look like a list of units?"""

from __future__ import annotations

import re
from functools import lru_cache

from imports.draft import UnitExpression
from imports.phrases.chars import BLANKS, fold
from imports.phrases.units import vocabulary as words
from imports.phrases.units.grammar import parse_units
from imports.phrases.units.names import is_short

_AMOUNT = re.compile(r"\d[余多]?(?:[处所站队室园场院馆县镇乡]|个[\u4e00-\u9fff]{1,4})$")
"""How many of something, which ends as a body does: `整治隐患900处`, `覆盖12个社区`."""

_EVERY = re.compile(r"各(?:行政|自然)?村(?:组|居|\(社区\))?|各(?:中小学)?校")


@lru_cache(maxsize=32768)
def looks_like_units(text: str) -> bool:
    """Is this cell a list of units rather than a requirement, a heading or a person?"""
    folded = fold(text).strip(BLANKS)
    if not 2 <= len(folded) <= 600 or "。" in folded[:-1]:
        return False
    if words.LABEL.match(folded.lstrip("(")):
        return True
    if words.VERB_FIRST.match(folded):
        return False
    if len(folded) > 24 and not any(sign in folded for sign in "、,;\n "):
        return False
    reading = parse_units(text)
    if not reading.units:
        return False
    closed = reading.units[-1].open or folded.endswith(("部门", "单位"))
    named = sum(1 for unit in reading.units if unit.open or _is_named(unit) or (closed and _is_short_name(unit)))
    return named >= max(1, 0.7 * len(reading.units)) and all(len(unit.text) <= 40 for unit in reading.units)


def _is_named(unit: UnitExpression) -> bool:
    """Does this look like the name of a body? A weak ending (办, 部, 园) needs a level before it or a short name."""
    plain = fold(unit.text)
    if _EVERY.fullmatch(plain):
        return True
    if len(plain) > 24 or not words.ENDINGS.search(plain) or _AMOUNT.search(plain):
        return False
    if words.STRONG_END.search(plain) or unit.collective or len(plain) <= 4:
        return True
    return bool(words.LEVEL.match(plain) or words.PLACE.match(plain))


def _is_short_name(unit: UnitExpression) -> bool:
    """`县发改`, in a list that ends with the word for departments."""
    plain = fold(unit.text)
    return words.LEVEL.match(plain) is not None and is_short(plain)
