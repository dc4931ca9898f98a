"""The text around the table of a printed scheme, cut into sentences that keep their places."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import count

from tracker.assessment.scoring.numbers import half_width_figures

_END = re.compile(r"[。；;\n]+")
_QUOTES = str.maketrans("", "", '“”"「」『』*＊')
_LONGEST = 60
MOST_TEXT = 100_000
"""Characters; a printed scheme has a tenth of them."""
_RAGGED = 4
"""Characters by which full lines differ in length: marks that may not begin a line, and figures, are narrower."""
_SHORTEST = 20
"""Characters of a line that may go on in the next one."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph, a note below the table, or a row of another table."""

    place: str
    text: str
    is_note: bool = False
    """Whether it belongs to the table: what is not taken in of it is named, whatever it is about."""


@dataclass(frozen=True, slots=True)
class Said:
    """One sentence: as it stands there, and as it is compared (half-width figures, no blanks, no quotation marks)."""

    number: int
    place: str
    text: str
    plain: str
    is_note: bool

    def excerpt(self) -> str:
        """So much of it as a message can hold."""
        return self.text if len(self.text) <= _LONGEST else self.text[:_LONGEST] + "…"


def unwrapped(lines: Sequence[Passage]) -> list[Passage]:
    """Lines of a page as paragraphs: one that is nearly as long as the longest, and ends no sentence, goes on in the next.
    A paragraph has the place of its first line."""
    full = max((len(line.text.strip()) for line in lines), default=0) - _RAGGED
    made: list[Passage] = []
    goes_on = False
    for line in lines:
        text = line.text.strip()
        if goes_on:
            made[-1] = Passage(made[-1].place, made[-1].text + text)
        else:
            made.append(Passage(line.place, text))
        goes_on = len(text) >= max(full, _SHORTEST) and not _END.search(text[-1:])
    return made


def sentences(passages: Iterable[Passage]) -> Iterator[Said]:
    """Numbered in their order; what stands beyond `MOST_TEXT` is not looked at."""
    numbers, left = count(), MOST_TEXT
    for passage in passages:
        left -= len(passage.text)
        if left < 0:
            return
        for text in _END.split(passage.text):
            plain = re.sub(r"\s+", "", half_width_figures(text)).translate(_QUOTES)
            if plain:
                yield Said(next(numbers), passage.place, " ".join(text.split()), plain, passage.is_note)
