"""Conservation: every character of the source stands in a field of the draft, in a problem or under `unread`."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator

from imports.document import Document, Paragraph
from imports.draft import Draft
from imports.phrases.chars import squeeze

_BORDERS = re.compile(r"^#{1,6}|——|[|｜\-─━═│┃┌┐└┘├┤┬┴┼╋+]")


def source_pieces(document: Document) -> Iterator[tuple[str, str]]:
    for block in document.blocks:
        if isinstance(block, Paragraph):
            yield block.locator, block.text
            continue
        if block.caption:
            yield block.locator, block.caption
        for row, cells in enumerate(block.grid):
            for column, cell in enumerate(cells):
                yield block.cite(row, column), cell


def draft_pieces(draft: Draft) -> Iterator[tuple[str, str]]:
    header = draft.document
    for pieces in header.sources.values():
        yield from pieces
    yield from header.columns
    for task in draft.tasks:
        for pieces in task.sources.values():
            yield from pieces
        yield from ((extra.locator, extra.text) for extra in task.extras)
    for stage in draft.milestones:
        yield from stage.sources
    for piece in draft.unread:
        yield piece.locator, piece.text


def lost(document: Document, draft: Draft) -> list[tuple[str, str]]:
    """Pieces of the source of which a character is found nowhere."""
    kept: defaultdict[str, Counter[str]] = defaultdict(Counter)
    everything: list[str] = []
    seen: set[tuple[str, str]] = set()
    for locator, text in draft_pieces(draft):
        if (locator, text) not in seen:
            seen.add((locator, text))
            kept[locator].update(squeeze(text))
            everything.append(squeeze(text))
    joined = "\n".join(everything)
    missing = []
    for locator, text in source_pieces(document):
        plain = _BORDERS.sub("", squeeze(text))
        if Counter(plain) - kept[locator] and plain not in joined:
            missing.append((locator, text))
    return missing
