"""The last look: whatever piece of the source stands nowhere in the draft is put under `unread`, so that nothing disappears."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator

from imports.document import Document, Paragraph
from imports.draft import Draft
from imports.phrases.chars import squeeze
from imports.recognise.reading import Piece, Reading

_BORDERS = re.compile(r"[|｜\-─━═│┃┌┐└┘├┤┬┴┼╋+]")
_MOST_SEARCHED = 500


def sweep(reading: Reading) -> None:
    """Compares the source with the draft piece by piece; costs next to nothing where every piece was kept whole."""
    kept = dict.fromkeys(_kept(reading.draft))
    loose = [piece for piece in _source(reading.document) if piece not in kept and _BORDERS.sub("", squeeze(piece[1]))]
    if not loose:
        return
    places = {locator for locator, _ in loose}
    counted: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for locator, text in kept:
        if locator in places:
            counted[locator].update(squeeze(text))
    joined = "\n".join(squeeze(text) for _, text in kept) if len(loose) <= _MOST_SEARCHED else ""
    for locator, text in loose:
        plain = _BORDERS.sub("", squeeze(text))
        if Counter(plain) - counted[locator] and plain not in joined:
            reading.set_aside([(locator, text)])


def _source(document: Document) -> Iterator[Piece]:
    for block in document.blocks:
        if isinstance(block, Paragraph):
            yield block.locator, block.text
            continue
        if block.caption:
            yield block.locator, block.caption
        for row, cells in enumerate(block.grid):
            for piece in zip(block.places(row), cells, strict=False):
                if piece[1]:
                    yield piece


def _kept(draft: Draft) -> Iterator[Piece]:
    for pieces in draft.document.sources.values():
        yield from pieces
    yield from draft.document.columns
    for task in draft.tasks:
        for pieces in task.sources.values():
            yield from pieces
        for extra in task.extras:
            yield extra.locator, extra.text
    for stage in draft.milestones:
        yield from stage.sources
    for piece in draft.unread:
        yield piece.locator, piece.text
