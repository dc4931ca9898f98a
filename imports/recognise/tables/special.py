"""Rows that are no tasks: totals, notes, signatures, captions printed again, section rows over the whole width."""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import Enum

from imports.phrases.chars import chinese_number, fold, squeeze
from imports.phrases.numbering import read_label
from imports.recognise.kinds import Kind, kind_of
from imports.recognise.pages import is_page_counter, unmarked

_NOTE = re.compile(
    r"\s*(?:注|备\s*注|说\s*明|填表说明|附注|填报单位|填\s*表\s*人|审\s*核\s*人|填\s*报\s*人|制\s*表|填报日期|填报时间|单位\(盖章\)|负责人签字|联系人|联系电话|"
    r"(?:主要|单位|部门|分管)?负责人|分管领导|报送时间)\s*(?:\([^()]*\))?\s*[:]"
)
_CAPTION = re.compile(r"附件\d*[:.]?|续表|\(续(?:表)?\)|\(续上表\)|接上表")
_SIGNED = re.compile(r"\(?[\d年月日\-/.]{6,}(?:印发)?\)?")
_ORGAN = re.compile(r"(?:人民政府|办公室|办公厅|委员会|领导小组)$")
_LONGEST_SECTION = 120
_BEGINS_SPECIAL = "合总小共注备说填审制附单负联主分报一二三四五六七八九十(（"


class Single(Enum):
    """What the only filled cell of a row is."""

    TASK = "task"
    SECTION = "section"
    CAPTION = "caption"
    NOTE = "note"
    NUMBER = "number"


def may_be_special(first: str, filled: int) -> bool:
    """Cheap look at a row's first text: rows with many cells are tasks unless they begin like a total, a note or a section."""
    return filled <= 3 or first.lstrip()[0] in _BEGINS_SPECIAL


def total_of(texts: Sequence[str]) -> int | None:
    """`合计 39项` → 39."""
    found = re.search(r"(\d+)\s*(?:项|条|件|个)", fold(" ".join(texts)))
    return int(found.group(1)) if found else None


def is_note(first: str) -> bool:
    return bool(_NOTE.match(fold(first)))


def is_chinese_number(text: str) -> bool:
    """`一` or `(二)` in a number column: the number of a section, not of a task."""
    plain = squeeze(fold(text)).strip("()、.")
    return not plain.isdecimal() and chinese_number(plain) is not None


def classify_single(
    text: str,
    *,
    in_requirement: bool,
    in_first: bool,
    full: bool,
    spans_requirement: bool,
    last_rows: bool,
    captions: frozenset[str],
) -> Single:
    """What a row with one filled cell is. `full`: the cell spans the table; `captions`: texts over the header."""
    label = read_label(text)
    plain = squeeze(fold(text))
    if squeeze(unmarked(text)) in captions or _CAPTION.fullmatch(plain) or is_page_counter(text):
        return Single.CAPTION
    if in_requirement and not full:
        short = kind_of(text) in {Kind.SHORT, Kind.UNITS}  # （二）建设法治政府 ends as a body does
        heading_like = label is not None and label.rank < 3 and short and in_first
        if not heading_like:
            return Single.TASK
    if spans_requirement and not full:
        return Single.TASK
    if not full and kind_of(text) is Kind.SENTENCE and (label is None or len(text) > 80):
        return Single.NOTE if last_rows and in_first and not in_requirement else Single.TASK
    if kind_of(text) is Kind.INTEGER:
        return Single.NUMBER
    if _SIGNED.fullmatch(plain) or (last_rows and label is None and _ORGAN.search(plain)):
        return Single.NOTE
    return Single.NOTE if full and len(text) > _LONGEST_SECTION else Single.SECTION
