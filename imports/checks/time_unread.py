"""A time cell that says something which is no deadline we know."""

from __future__ import annotations

from collections.abc import Iterator

from imports.phrases.chars import fold, squeeze
from imports.phrases.deadlines import parse_time_cell
from imports.phrases.units.vocabulary import NOBODY
from imports.problems import Problem
from imports.recognise.reading import Reading

_VAGUE = ("及时", "适时", "尽快", "抓紧", "加快", "即时", "随时", "实时", "立即", "立行", "即知即", "即行即", "马上")
_SHOWN = 20


def check(reading: Reading) -> Iterator[Problem]:
    for task in reading.draft.tasks:
        if any(deadline.text not in task.requirement for deadline in task.deadlines):
            continue  # one of its cell, or of a person; a time in the requirement says nothing of the cell
        for place, raw in task.sources.get("deadlines", ()):
            plain = squeeze(fold(raw))
            if plain in NOBODY or plain.startswith(_VAGUE) or plain.startswith("("):
                continue
            if not parse_time_cell(raw, reading.year):
                yield Problem("time-unread", (place,), {"text": plain[:_SHOWN]})
