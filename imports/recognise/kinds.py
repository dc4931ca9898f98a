"""What a cell looks like by itself, and how well it fits a column."""

from __future__ import annotations

import re
from enum import Enum
from functools import lru_cache
from typing import Final

from imports.phrases.chars import fold, squeeze
from imports.phrases.deadlines import parse_time_cell, patterns
from imports.phrases.units import looks_like_units
from imports.phrases.units.vocabulary import NOBODY
from imports.recognise.columns import UNIT_ROLES, Column
from imports.recognise.signs import is_mark

_INTEGER = re.compile(
    r"\(?\d{1,4}\)?[.、]?|[①-⑳]|[一二三四五六七八九十]{1,3}、?|\d{1,2}(?:\.\d{1,2}){1,2}|\([一二三四五六七八九十]{1,3}\)"
)
_NUMERIC = re.compile(r"\d{1,3}(?:\.\d+)?[%分]?")
_PHONE = re.compile(r"[\d\-()、/;, ]{7,40}")
_PERSON = re.compile(r"[\u4e00-\u9fff]{2,4}(?:[、,/; ]+[\u4e00-\u9fff]{2,4})*|[\u4e00-\u9fff] {1,2}[\u4e00-\u9fff]")


class Kind(Enum):
    """What a cell looks like by itself."""

    BLANK = 0
    INTEGER = 1
    UNITS = 2
    TIME = 3
    SENTENCE = 4
    SHORT = 5


@lru_cache(maxsize=32768)
def kind_of(text: str) -> Kind:
    plain = fold(text).strip()
    if not plain or plain == "|":
        return Kind.BLANK
    if _INTEGER.fullmatch(plain):
        return Kind.INTEGER
    if (
        len(plain) <= 40
        and parse_time_cell(text, 2000)
        and not re.match(r"推进|做好|开展", plain)
        and _mostly_time(plain)
    ):
        return Kind.TIME
    if "。" in plain[:-1] or (plain.endswith("。") and len(plain) > 8 and not looks_like_units(text)):
        return Kind.SENTENCE
    if looks_like_units(text):
        return Kind.UNITS
    return Kind.SENTENCE if len(plain) > 45 or plain.endswith(("。", ";")) else Kind.SHORT


_DONE = re.compile(rf"(?:{patterns.DONE})[。.]?")


def _mostly_time(plain: str) -> bool:
    found = parse_time_cell(plain, 2000)
    if len(found) == 1 and _DONE.fullmatch(plain.removeprefix(found[0].text)):
        return True  # 9月投入使用
    return sum(len(deadline.text) for deadline in found) >= 0.5 * len(plain)


_MISFIT: Final[dict[Column, dict[Kind, float]]] = {
    Column.NUMBER: {Kind.INTEGER: 0, Kind.SHORT: 6, Kind.TIME: 7, Kind.UNITS: 8, Kind.SENTENCE: 8},
    Column.LEVEL: {Kind.SHORT: 0, Kind.UNITS: 3, Kind.SENTENCE: 5, Kind.INTEGER: 3, Kind.TIME: 4},
    Column.NAME: {Kind.SHORT: 0, Kind.UNITS: 3, Kind.SENTENCE: 3, Kind.INTEGER: 4, Kind.TIME: 4},
    Column.REQUIREMENT: {Kind.SENTENCE: 0, Kind.SHORT: 2, Kind.UNITS: 4, Kind.INTEGER: 6, Kind.TIME: 5},
    Column.GOAL: {Kind.SENTENCE: 0.5, Kind.SHORT: 1, Kind.UNITS: 4, Kind.INTEGER: 4, Kind.TIME: 4},
    Column.DEADLINE: {Kind.TIME: 0, Kind.SHORT: 4, Kind.INTEGER: 5, Kind.UNITS: 6, Kind.SENTENCE: 6},
    Column.WEIGHT: {Kind.INTEGER: 0, Kind.SHORT: 5, Kind.UNITS: 7, Kind.TIME: 6, Kind.SENTENCE: 7},
    Column.PROGRESS: {Kind.SHORT: 1, Kind.SENTENCE: 1, Kind.UNITS: 3, Kind.TIME: 2, Kind.INTEGER: 3},
    Column.SCORING: {Kind.SENTENCE: 0, Kind.SHORT: 1, Kind.UNITS: 5, Kind.TIME: 3, Kind.INTEGER: 2},
    Column.STAGE: {Kind.SHORT: 0.5, Kind.SENTENCE: 0.5, Kind.UNITS: 3, Kind.TIME: 3, Kind.INTEGER: 2},
    Column.MEASURE: {Kind.SHORT: 0, Kind.SENTENCE: 5, Kind.UNITS: 4, Kind.TIME: 3, Kind.INTEGER: 3},
    Column.REMARK: {Kind.SHORT: 1, Kind.SENTENCE: 2, Kind.UNITS: 3, Kind.TIME: 1.5, Kind.INTEGER: 3},
}
_UNITS_MISFIT: Final = {Kind.UNITS: 0.0, Kind.SHORT: 4.0, Kind.INTEGER: 7.0, Kind.TIME: 6.0, Kind.SENTENCE: 8.0}


@lru_cache(maxsize=65536)
def misfit(column: Column, text: str) -> float:
    """How badly a cell fits a column: 0 fits, 4 and more does not."""
    kind = kind_of(text)
    if kind is Kind.BLANK:
        return 0.2
    if column is Column.MARK:
        return 0.0 if is_mark(text) else 5.0
    if column in UNIT_ROLES:
        return 0.0 if squeeze(fold(text)) in NOBODY else _UNITS_MISFIT[kind]
    if column is Column.PHONE:
        return 0.0 if _PHONE.fullmatch(fold(text).strip()) else 5.0
    if column is Column.PERSON:
        return 0.0 if _PERSON.fullmatch(fold(text).strip()) and kind is not Kind.UNITS else 4.0
    if column is Column.WEIGHT and _NUMERIC.fullmatch(fold(text).strip()):
        return 0.0
    return _MISFIT[column][kind]
