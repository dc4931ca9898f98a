"""The last look: whatever piece of the source stands nowhere in the draft is put under `unread`, so that nothing disappears."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from itertools import chain, filterfalse

from imports.document import Document, Paragraph, Piece
from imports.draft import Draft
from imports.phrases.chars import squeeze
from imports.recognise.reading import Reading

_BORDERS = re.compile(r"^#{1,6}|——|[|｜\-─━═│┃┌┐└┘├┤┬┴┼╋+]")
_MOST_SEARCHED = 500


def sweep(reading: Reading) -> None:
    """Compares the source with the draft piece by piece; costs next to nothing where every piece was kept whole."""
    kept = _kept(reading.draft)
    missing = filterfalse(kept.__contains__, chain.from_iterable(_source(reading.document)))
    loose = [piece for piece in missing if _BORDERS.sub("", squeeze(piece[1]))]
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


def _source(document: Document) -> Iterator[Iterable[Piece]]:
    """All pieces of the source, row by row."""
    for block in document.blocks:
        if isinstance(block, Paragraph):
            yield ((block.locator, block.text),)
            continue
        if block.caption:
            yield ((block.locator, block.caption),)
        for row in range(len(block.grid)):
            yield block.pieces(row).values()


def _kept(draft: Draft) -> set[Piece]:
    kept = set(draft.document.columns)
    for pieces in draft.document.sources.values():
        kept.update(pieces)
    kept.update(chain.from_iterable(pieces for task in draft.tasks for pieces in task.sources.values()))
    for stage in draft.milestones:
        kept.update(stage.sources)
    kept.update([(piece.locator, piece.text) for piece in draft.unread])
    return kept
