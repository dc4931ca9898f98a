"""Items that stand one behind the other in a paragraph: `…以下实事:1.…(责任单位:A);2.…(责任单位:B)`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from imports.document import Paragraph
from imports.phrases.chars import BLANKS, fold
from imports.phrases.numbering import Label, read_label
from imports.phrases.units import take_notes
from imports.recognise.openly import named_openly

_LABEL = re.compile(r"(?:(?<=[:;。)])|^)\s*(?:\d{1,2}[.、](?!\d)|\(\d{1,2}\)|\([二三四五六七八九十]{1,2}\))|\(一\)")
_FORMS = frozenset({"digit", "digit-bracket", "cn-bracket"})
_CHAPTER = re.compile(r"(?:(?<=[:;。)])|^)\s*[一二三四五六七八九十]{1,3}、[^。:;]{2,30}$")
"""The heading of a chapter right before its first item: `…如下。一、推动产业发展(一)…`."""
_LEAST = 2


def apart(paragraphs: Sequence[Paragraph]) -> Iterator[Paragraph]:
    """The paragraphs, with every one that holds several items with units of their own parted into what introduces them and
    the items."""
    for paragraph in paragraphs:
        cuts = _cuts(paragraph.text) if _LABEL.search(fold(paragraph.text)) else []
        if not cuts:
            yield paragraph
            continue
        for start, end in pairwise([0, *cuts, len(paragraph.text)]):
            if paragraph.text[start:end].strip(BLANKS):
                yield replace(paragraph, text=paragraph.text[start:end])


def _cuts(text: str) -> list[int]:
    """Where the items begin: they are numbered from 1 on in one form, and each says who is to do it."""
    cuts: list[int] = []
    first: Label | None = None
    for found in _LABEL.finditer(fold(text)):
        label = read_label(text[found.start() :])
        if label is None or label.form not in _FORMS or (first is not None and label.form != first.form):
            continue
        if label.value == len(cuts) + 1:
            cuts.append(found.start())
            first = first or label
    items = [text[start:end] for start, end in pairwise([*cuts, len(text)])]
    if len(items) < _LEAST or not all(take_notes(item).notes or named_openly(item) for item in items):
        return []
    chapter = _CHAPTER.search(fold(text), 0, cuts[0])
    return [chapter.start(), *cuts] if chapter and chapter.start() < cuts[0] else cuts
