"""What a single line tells of itself: a note, a title with or without a text, a line that was cut and goes on in the next."""

from __future__ import annotations

import re

from imports.phrases.chars import BLANKS, fold, one_line
from imports.phrases.numbering import read_label
from imports.phrases.units import Note, looks_like_units, take_notes
from imports.phrases.units.labels import unspaced
from imports.phrases.units.notes import is_dash_note, is_note, is_units_sentence, spans_of_notes
from imports.phrases.units.roles import tail_of
from imports.phrases.units.vocabulary import ENDINGS, LABEL

_LONGEST_TITLE = 45
_LONGEST_LIST = 60
_SHORTEST_LINE = 8
_OWN_LABEL = re.compile(r"[\u4e00-\u9fff]{2,6}:")
"""Of another line: `抄送:…`."""
_SENTENCE_SIGNS = re.compile(r"[\d。]")
LONGEST_NOTE = 600
TERMINAL = "。！？；;!?:：）)】]〕”》…"
_COLON_TITLE = re.compile(r"\s*((?:[\u4e00-\u9fff“”《》、]|\([^():]{1,8}\)){4,25})[:](?=\s*\S)")


def is_note_line(plain: str) -> bool:
    """A line of its own that says who or when."""
    plain = unspaced(plain)
    if LABEL.match(plain) and len(plain) < LONGEST_NOTE:
        return True
    if (is_units_sentence(plain) and not _is_item(plain)) or is_dash_note(plain):
        return True
    inside = plain.rstrip("。.;")
    return plain[0] in "([【" and inside[-1:] in (")", "]", "】") and _is_one(inside) and is_note(inside[1:-1])


def _is_item(plain: str) -> bool:
    """`4.请市发改委牵头制定方案,各县区配合。`: a number of its own, and something that is to be led."""
    return _LEADS_TO.search(plain) is not None and read_label(plain) is not None


def _is_one(inside: str) -> bool:
    """Is a line all within one bracket, and not begun and ended by two (`(一)推进共享(市数据局牵头)`)?"""
    depth = 0
    for position, char in enumerate(inside):
        depth += char in "([【〔"
        depth -= char in ")]】〕"
        if depth <= 0:
            return position == len(inside) - 1 or inside[position + 1] in "([【"
    return True


def is_list_line(note: str, plain: str) -> bool:
    """Does a line go on with the units or the time of the note above, which ends in its label or in the middle of a list?"""
    before = fold(note).rstrip(BLANKS)
    label = LABEL.match(before if before.endswith((":", "】")) else before + ":")
    if label is not None and label.end() >= len(before):
        return len(plain) <= _LONGEST_LIST
    if (
        before[-1] in "。;)〕"
        or _OWN_LABEL.match(plain)
        or (before[-1] not in "、," and tail_of(before)[0] is not None)
    ):
        return False
    if len(plain) > _LONGEST_LIST or not looks_like_units(plain):
        return False
    return before[-1] in "、," or not ENDINGS.search(before) or not _SENTENCE_SIGNS.search(plain)


_LEADS_TO = re.compile(r"牵头(?:制定|编制|推进|研究|开展|起草|组织(?!实施|落实))[\u4e00-\u9fff]{2}")
_CUT_NOTE = re.compile(r"\([^()]{0,8}$")


def ends_in_bracket(text: str) -> bool:
    """Does the line end behind an opening bracket: `…。(牵头` / `单位:市财政局)`?"""
    return _CUT_NOTE.search(fold(text).rstrip(BLANKS)) is not None


def _breaks_off(plain: str) -> bool:
    """Does a line end at a comma or within a quotation or title? What it says then goes on in the next one."""
    return (
        plain[-1:] in ",、" or plain[-1:].isdecimal() or any(plain.count(a) > plain.count(b) for a, b in ("“”", "《》"))
    )


_HANGING = re.compile(r"(?:[的和与及或为至到在对将把被由向从于]|达到|不少|不低|不超|以及)$")


def is_cut(title: str, following: str) -> bool:
    """Was the line of a title cut by a hard break? The next one begins with a sign, or ends the sentence in a few characters."""
    plain, rest = fold(title).rstrip(BLANKS), fold(take_notes(following).body).strip(BLANKS)
    if rest[:1] in {",", "、", "。", ";", ")"}:
        return True
    return not rest.endswith(":") and (
        "," in plain and len(rest) < len(plain) and (_HANGING.search(plain) is not None or len(rest) < _SHORTEST_LINE)
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


def goes_on(text: str, note_end: int) -> bool:
    """Does a sentence go on behind a note within it: `新增企业30家(责任单位:A),产值…`?"""
    return text[note_end:].lstrip(BLANKS)[:1] in {",", "，", "、"}


def split_title(text: str) -> tuple[str, int]:
    """Title sentence of an item and where its text begins. An item of one long sentence has no title."""
    folded = fold(text)
    stop = _first_stop(folded)
    if "(" in folded and any(goes_on(text, end) for _, end in spans_of_notes(text)):
        return "", 0
    colon = _COLON_TITLE.match(folded)
    if colon and (stop is None or colon.end() <= stop):
        return one_line(text[: colon.end(1)]), colon.end()
    if stop is None:
        return _unstopped(text)
    title = text[:stop].strip(BLANKS)
    if len(title) > _LONGEST_TITLE or not title:
        return "", 0
    if folded[stop + 1 :].strip(BLANKS):
        return one_line(title), stop + 1
    taken = take_notes(text)
    if taken.notes:
        return one_line(taken.body).rstrip("。"), len(taken.body)
    return one_line(title), len(text)


def notes_behind_title(text: str, body_start: int) -> tuple[Note, ...]:
    """Notes that are all that follows a title, and are told only by the title before them (`…公布名录。市住建局`)."""
    taken = take_notes(text)
    return taken.notes if len(taken.body) <= body_start and not take_notes(text[body_start:]).notes else ()


def _unstopped(text: str) -> tuple[str, int]:
    """A line without a full stop is a title where it is short and complete; the notes at its end are none of it."""
    taken = take_notes(text)
    body = taken.body if taken.notes else text
    if len(body.strip(BLANKS)) > _LONGEST_TITLE or _breaks_off(fold(body).strip(BLANKS)):
        return "", 0
    return (one_line(body), len(body)) if taken.notes else (one_line(text).rstrip(":：;；"), len(text))


_HALF_STOP = re.compile(r"[\u4e00-\u9fff”)》]\.(?=\s)")
"""A full stop typed as a point, which stands behind a character and before a blank."""


def _first_stop(folded: str) -> int | None:
    """The first full stop outside quotes and brackets."""
    depth = 0
    for position, char in enumerate(folded[: _LONGEST_TITLE + 30]):
        if char in "(《“〔[":
            depth += 1
        elif char in ")》”〕]":
            depth = max(0, depth - 1)
        elif depth == 0 and (
            char == "。" or (char == "." and _HALF_STOP.match(folded, position - 1 if position else 0))
        ):
            return position
    return None
