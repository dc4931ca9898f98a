"""A time cell that says something which is no deadline we know, or a further one beside those that are."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from imports.phrases.chars import fold, squeeze
from imports.phrases.deadlines import in_one_line, parse_time_cell, unread_times
from imports.phrases.units.vocabulary import NOBODY
from imports.problems import Problem
from imports.recognise.reading import Reading

_VAGUE = ("及时", "适时", "尽快", "抓紧", "加快", "即时", "随时", "实时", "立即", "立行", "即知即", "即行即", "马上")
_SHOWN = 20


def check(reading: Reading) -> Iterator[Problem]:
    for task in reading.draft.tasks:
        for place, raw in task.sources.get("deadlines", ()):
            known, left = _read(raw, reading.year)
            if known and not left:
                continue
            own = {deadline.text for deadline in task.deadlines if deadline.text not in task.requirement}
            if own:  # of its cell, or of a person; a time in the requirement says nothing of the cell
                yield from (Problem("time-unread", (place,), {"text": one[:_SHOWN]}) for one in left if own <= known)
                continue
            plain = squeeze(fold(raw))
            if not (known or plain in NOBODY or plain.startswith(_VAGUE) or plain.startswith("(")):
                yield Problem("time-unread", (place,), {"text": plain[:_SHOWN]})


@lru_cache(maxsize=4096)
def _read(raw: str, year: int | None) -> tuple[frozenset[str], tuple[str, ...]]:
    """What the deadlines of a cell are printed as, and the pieces that name a time and became none."""
    text = in_one_line(raw)
    found = parse_time_cell(text, year)
    return frozenset(one.text for one in found), unread_times(text, found)
