"""Hidden text of a page that says again what the page shows: the copy that a site keeps for printing or for a narrow screen."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from imports.document import Block, Paragraph
from imports.phrases.chars import squeeze

_MOSTLY = 0.9


def without_copies(blocks: Sequence[Block]) -> tuple[list[Block], list[Paragraph]]:
    """The blocks without the runs of hidden paragraphs that stand in sight as well, and these paragraphs. A run that says
    anything else (a sheet of a page with several) stays whole."""
    if not any(isinstance(block, Paragraph) and block.hidden for block in blocks):
        return list(blocks), []
    seen = {squeeze(text) for text in _in_sight(blocks)}
    kept: list[Block] = []
    copies: list[Paragraph] = []
    for hidden, run in groupby(blocks, lambda block: isinstance(block, Paragraph) and block.hidden):
        found = list(run)
        texts = [block for block in found if isinstance(block, Paragraph)]
        if hidden and sum(squeeze(one.text) in seen for one in texts) >= _MOSTLY * len(texts):
            copies += texts
        else:
            kept += found
    return kept, copies


def _in_sight(blocks: Sequence[Block]) -> Iterator[str]:
    for block in blocks:
        if isinstance(block, Paragraph):
            if not block.hidden:
                yield block.text
        elif not block.hidden:
            for row in block.grid:
                for cell in row:
                    yield cell
                    yield from cell.split("\n")
