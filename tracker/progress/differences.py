"""What changed between two versions of a text: for marking (留痕比对). Standard library only."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from typing import Literal, NamedTuple

Kind = Literal["same", "added", "removed"]

_TOKENS = re.compile(r"\d+(?:\.\d+)?%?|[A-Za-z]+|\s+|.", re.DOTALL)
_LINES = re.compile(r"[^\n]*\n|[^\n]+")
FINE = 3000
"""Up to so many tokens on both sides are compared one by one; longer texts by lines."""


class Piece(NamedTuple):
    kind: Kind
    text: str


def differences(old: str, new: str) -> list[Piece]:
    """Pieces in reading order: the kept and added ones make `new`, the kept and removed ones `old`.

    Chinese is compared character by character, numbers and Latin words as wholes; how a line ends (a form sends \\r\\n) is
    no difference.
    """
    old, new = (text.replace("\r\n", "\n") for text in (old, new))
    if old == new:
        return [Piece("same", new)] if new else []
    before, after = _TOKENS.findall(old), _TOKENS.findall(new)
    if len(before) > FINE or len(after) > FINE:
        before, after = _LINES.findall(old), _LINES.findall(new)
    pieces: list[Piece] = []
    for tag, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            pieces.append(Piece("same", "".join(after[c:d])))
            continue
        if b > a:
            pieces.append(Piece("removed", "".join(before[a:b])))
        if d > c:
            pieces.append(Piece("added", "".join(after[c:d])))
    return pieces
