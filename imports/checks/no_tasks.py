"""A document that yields no task at all, and what it seems to be instead."""

from __future__ import annotations

import re
from collections.abc import Iterator

from imports.phrases.chars import fold, squeeze
from imports.problems import Problem
from imports.recognise.barred import is_rule
from imports.recognise.reading import Reading

_SENTENCE = re.compile(r"[\u4e00-\u9fff“”《》、，,]{12,}")
_LEAST_BARS = 2
_TOLD = {"table-empty", "table-figures", "text-only", "list-apart"}


def check(reading: Reading) -> Iterator[Problem]:
    if reading.draft.tasks:
        return
    yield Problem("no-tasks")
    if any(problem.code in _TOLD for problem in reading.findings):
        return
    table = next(reading.document.tables(), None)
    others = [table.locator] if table is not None else reading.other_tables
    if others:
        yield Problem("table-other", tuple(others[:1]))
        return
    bars = tuple(
        paragraph.locator
        for paragraph in reading.document.paragraphs()
        if is_rule(paragraph.text) and fold(paragraph.text).count("|") >= _LEAST_BARS
    )
    if len(bars) >= _LEAST_BARS:
        yield Problem("table-empty", bars[:1])
        return
    texts = [piece for piece in reading.draft.unread if piece.kind not in {"noise", "hidden"}]
    if texts and not reading.labels:
        narrated = any(_SENTENCE.search(squeeze(piece.text)) for piece in texts)
        places = tuple(piece.locator for piece in texts if piece.kind == "text")
        yield Problem("text-only" if narrated else "text-broken", places)
