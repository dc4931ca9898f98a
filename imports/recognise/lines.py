"""What a single line tells of itself: a note, a title with or without a text, a line that was cut and goes on in the next."""

from __future__ import annotations

import re

from imports.phrases.chars import BLANKS, fold, one_line
from imports.phrases.units import take_notes
from imports.phrases.units.notes import is_note, is_units_sentence
from imports.phrases.units.vocabulary import LABEL

_LONGEST_TITLE = 45
LONGEST_NOTE = 600
TERMINAL = "。！？；;!?:：）)】]”》…"
_COLON_TITLE = re.compile(r"\s*((?:[\u4e00-\u9fff“”《》、]|\([^():]{1,8}\)){4,25})[:](?=\s*\S)")


def is_note_line(plain: str) -> bool:
    """A line of its own that says who or when."""
    if LABEL.match(plain) and len(plain) < LONGEST_NOTE:
        return True
    if is_units_sentence(plain):
        return True
    if plain[0] in "([【" and plain.rstrip("。.;")[-1:] in (")", "]", "】"):
        return is_note(plain.rstrip("。.;")[1:-1])
    return False


_CUT_NOTE = re.compile(r"\([^()]{0,8}$")


def ends_in_bracket(text: str) -> bool:
    """Does the line end behind an opening bracket: `…。(牵头` / `单位:市财政局)`?"""
    return _CUT_NOTE.search(fold(text).rstrip(BLANKS)) is not None


def _breaks_off(plain: str) -> bool:
    """Does a line end at a comma or within a quotation or title? What it says then goes on in the next one."""
    return (
        plain[-1:] in ",、" or plain[-1:].isdecimal() or any(plain.count(a) > plain.count(b) for a, b in ("“”", "《》"))
    )


def is_broken(text: str, *, inline: bool) -> bool:
    """Was this paragraph cut by a hard line break? A short line without any stop is a heading or a sentence of its own,
    unless it runs on from its title (`inline`)."""
    plain = text.rstrip(BLANKS)
    if not plain or plain[-1] in TERMINAL:
        return False
    if inline or plain[-1] in ",，、" or "。" in plain or len(plain) > 60:
        return True
    return len(plain) >= 20 and ("，" in plain or "," in plain)


def split_title(text: str) -> tuple[str, int]:
    """Title sentence of an item and where its text begins. An item of one long sentence has no title."""
    folded = fold(text)
    stop = _first_stop(folded)
    stripped = folded.strip(BLANKS)
    colon = _COLON_TITLE.match(folded)
    if colon and (stop is None or colon.end() <= stop):
        return one_line(text[: colon.end(1)]), colon.end()
    if stop is None:
        if len(stripped) <= _LONGEST_TITLE and not _breaks_off(stripped):
            taken = take_notes(text)
            if not taken.notes:
                return one_line(text).rstrip(":：;；"), len(text)
            return one_line(taken.body), len(taken.body)
        return "", 0
    rest = folded[stop + 1 :].strip(BLANKS)
    title = text[:stop].strip(BLANKS)
    if len(title) > _LONGEST_TITLE or not title:
        return "", 0
    if not rest:
        taken = take_notes(text)
        if taken.notes:
            return one_line(taken.body).rstrip("。"), len(taken.body)
        return one_line(title), len(text)
    return one_line(title), stop + 1


def _first_stop(folded: str) -> int | None:
    """The first full stop outside quotes and brackets."""
    depth = 0
    for position, char in enumerate(folded[: _LONGEST_TITLE + 30]):
        if char in "(《“〔[":
            depth += 1
        elif char in ")》”〕]":
            depth = max(0, depth - 1)
        elif depth == 0 and char == "。":
            return position
    return None
