"""The last look: whatever piece of the source stands nowhere in the draft is put under `unread`, so that nothing disappears."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from itertools import chain

from imports.document import Paragraph, Piece
from imports.draft import Draft
from imports.phrases.chars import squeeze
from imports.recognise.reading import Reading

_BORDERS = re.compile(r"^#{1,6}|——|[|｜\-─━═│┃┌┐└┘├┤┬┴┼╋+]")
_MOST_SEARCHED = 500


def sweep(reading: Reading) -> None:
    """Compares the source with the draft piece by piece; costs next to nothing where every piece was kept whole."""
    beside = _beside_tasks(reading.draft)
    others = [piece for piece in chain.from_iterable(_source(reading)) if piece not in beside]
    kept = _kept(reading.draft, beside) if others else beside
    loose = [piece for piece in others if piece not in kept and _BORDERS.sub("", squeeze(piece[1]))]
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


def _source(reading: Reading) -> Iterator[Iterable[Piece]]:
    """All pieces of the source, row by row, but rows that tasks were seen to cite whole."""
    for block in reading.document.blocks:
        if isinstance(block, Paragraph):
            yield ((block.locator, block.text),)
            continue
        if block.caption:
            yield ((block.locator, block.caption),)
        whole = reading.whole_rows.get(id(block), ())
        for row in range(len(block.grid)):
            if row not in whole:
                yield block.pieces(row).values()


def _beside_tasks(draft: Draft) -> set[Piece]:
    kept = {*draft.document.columns, *((piece.locator, piece.text) for piece in draft.unread)}
    for pieces in draft.document.sources.values():
        kept.update(pieces)
    for stage in draft.milestones:
        kept.update(stage.sources)
    return kept


def _kept(draft: Draft, beside: set[Piece]) -> set[Piece]:
    return beside.union(chain.from_iterable(pieces for task in draft.tasks for pieces in task.sources.values()))
