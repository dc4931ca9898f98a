"""Text that was cut to lines of one width: its paragraphs put together again, and what was read of them cited line by line."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from operator import itemgetter

from imports.document import Paragraph, Piece
from imports.draft import Draft
from imports.phrases.chars import BLANKS, fold
from imports.phrases.numbering import read_label
from imports.recognise.lines import TERMINAL, is_note_line

_ODD_SIGN = 3
"""Half widths that a full line may lack: a sign that must not begin the next one, a number that is not parted."""
_NARROWEST = 40
_LEAST_CUT = 3
_SHARE_CUT = 0.6
_INDENT = ("　　", "    ")
_POINT = "bullet"
_ENDS = frozenset("。)）")

Measure = Callable[[str], int]


class Wrapped:
    """`paragraphs` as they were before they were cut; the others as they are."""

    def __init__(self, lines: Sequence[tuple[int, Paragraph]]) -> None:
        """`lines` with their positions in the document: one that stands after a blank line or a table begins anew."""
        self.paragraphs: list[tuple[int, Paragraph]] = []
        self._lines: dict[str, list[Piece]] = {}
        """The lines of a paragraph, by the locator of its first."""
        self._measured = _measure_of([line.text.rstrip(BLANKS) for _, line in lines])
        self._indented = sum(line.text.startswith(_INDENT) for _, line in lines) * 4 > len(lines)
        self._numbers: dict[str, int] = {}
        """The last number of each form that a paragraph began with."""
        last, before = "", 0
        for position, line in lines:
            if position <= before + 1 and self._goes_on(last.rstrip(BLANKS), line.text):
                self._join(line)
            else:
                self._begin(position, line)
            last, before = line.text, position

    def _goes_on(self, last: str, text: str) -> bool:
        """Does a line go on with the one before? That one is full, and ends no sentence or this one begins no paragraph."""
        if self._measured is None or not text.strip(BLANKS) or not last:
            return False
        measure, least = self._measured
        if measure(last) < least or self._follows_on(last, text):
            return False
        if self._indented:
            return not text.startswith(_INDENT)
        return last[-1] not in TERMINAL or _stays_open(self.paragraphs[-1][1].text)

    def _follows_on(self, last: str, text: str) -> bool:
        """Does a line bear the number next to the last of its form? A heading behind what ends a paragraph (`二、强化监管`),
        any item or point behind a line that only says who or when, or an item right behind the one before it."""
        label = read_label(text)
        if label is None or (label.form != _POINT and label.value != self._numbers.get(label.form, 0) + 1):
            return False
        own = read_label(self.paragraphs[-1][1].text)
        if own is not None and label.form != _POINT and (own.form, own.value + 1) == (label.form, label.value):
            return True
        heads = last[-1] in _ENDS and "。" not in text
        return heads or is_note_line(fold(self.paragraphs[-1][1].text).strip(BLANKS))

    def _begin(self, position: int, line: Paragraph) -> None:
        self.paragraphs.append((position, line))
        label = read_label(line.text)
        if label is not None:
            self._numbers[label.form] = label.value

    def _join(self, line: Paragraph) -> None:
        position, begun = self.paragraphs[-1]
        lines = self._lines.setdefault(begun.locator, [(begun.locator, begun.text)])
        lines.append((line.locator, line.text))
        self.paragraphs[-1] = (position, replace(begun, text=begun.text.rstrip(BLANKS) + line.text.strip(BLANKS)))

    def cite_lines(self, draft: Draft) -> None:
        """Every source that is part of a paragraph becomes the lines that it stands on."""
        if not self._lines:
            return
        sources = [draft.document.sources, *(task.sources for task in draft.tasks)]
        for fields in sources:
            for name, pieces in fields.items():
                fields[name] = self._cited(pieces)
        draft.milestones = [replace(stage, sources=tuple(self._cited(stage.sources))) for stage in draft.milestones]
        draft.unread = [
            replace(piece, locator=locator, text=text)
            for piece in draft.unread
            for locator, text in self._cited([(piece.locator, piece.text)])
        ]

    def _cited(self, pieces: Iterable[Piece]) -> list[Piece]:
        found: list[Piece] = []
        for piece in pieces:
            found.extend(self._under(piece) if piece[0] in self._lines else [piece])
        return list(dict.fromkeys(found))

    def _under(self, piece: Piece) -> list[Piece]:
        lines = self._lines[piece[0]]
        text = "".join(raw.strip(BLANKS) for _, raw in lines)
        start = text.find(piece[1].strip(BLANKS))
        end = start + len(piece[1].strip(BLANKS))
        if start < 0:
            return [piece]
        under = []
        for line in lines:
            length = len(line[1].strip(BLANKS))
            if start < length and end > 0:
                under.append(line)
            start, end = start - length, end - length
        return under


def _measure_of(lines: Sequence[str]) -> tuple[Measure, int] | None:
    """How lines were counted (in half widths, in characters) and the least length of a full one: as more lines are cut at its
    edge. None in any other text."""
    found: list[tuple[int, Measure, int]] = []
    for measure, narrowest in ((_half_widths, _NARROWEST), (len, _NARROWEST // 2)):
        lengths = [measure(line) for line in lines]
        least = max(lengths, default=0) - _ODD_SIGN
        full = [line for line, length in zip(lines, lengths, strict=True) if length >= least]
        cut = sum(1 for line in full if line[-1:] not in TERMINAL)
        if least >= narrowest and cut >= max(_LEAST_CUT, _SHARE_CUT * len(full)):
            found.append((cut, measure, least))
    best = max(found, key=itemgetter(0), default=None)
    return best[1:] if best else None


def _half_widths(text: str) -> int:
    return sum(1 if char.isascii() else 2 for char in text)


def _stays_open(text: str) -> bool:
    folded = fold(text)
    return any(folded.count(a) > folded.count(b) for a, b in ("()", "[]", "【】", "“”", "《》"))
