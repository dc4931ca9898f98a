"""Marks that a cell holds instead of words (√, ★, 牵头), and the word of a row of sums (合计)."""

from __future__ import annotations

import re

from imports.phrases.chars import fold, squeeze

_MARK = re.compile(
    r"[√✓✔☑∨Vv●○◎▲△★☆◆◇■□※*＊]|(?:牵头|主办|主责|责任|负责|承办|落实|配合|协办|协同|参与|督办)(?:单位|部门)?"
)

_TOTAL = re.compile(r"\s*(?:合\s*计|总\s*计|小\s*计|共\s*计)\s*[:]?")


def is_total(first: str) -> bool:
    """The first text of a row of sums (合计)."""
    return bool(_TOTAL.match(fold(first)))


def is_mark(text: str) -> bool:
    """A cell that says no more than that its column has a part in the row, and perhaps which."""
    return len(text) < 8 and _MARK.fullmatch(squeeze(text)) is not None
