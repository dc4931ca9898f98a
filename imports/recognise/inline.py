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
from imports.phrases.units.notes import spans_of_notes
from imports.recognise.openly import named_openly

_LABEL = re.compile(r"(?:(?<=[:;。)])|^)\s*(?:\d{1,2}[.、](?!\d)|\(\d{1,2}\)|\([二三四五六七八九十]{1,2}\))|\(一\)")
_COUNTED_OUT = re.compile(r"(?:(?<=[:;。)])|^)\s*([一二三四五六七八九十])是(?=[\u4e00-\u9fff“])")
_IN_ORDER = "一二三四五六七八九十"
_FORMS = frozenset({"digit", "digit-bracket", "cn-bracket"})
_CHAPTER = re.compile(r"(?:(?<=[:;。)])|^)\s*[一二三四五六七八九十]{1,3}、[^。:;]{2,30}$")
"""The heading of a chapter right before its first item: `…如下。一、推动产业发展(一)…`."""
_LEAST = 2


def apart(paragraphs: Sequence[Paragraph]) -> Iterator[Paragraph]:
    """The paragraphs, with every one that holds several items with units of their own parted into what introduces them and
    the items."""
    for paragraph in paragraphs:
        cuts = _cuts(paragraph.text) if _LABEL.search(fold(paragraph.text)) else []
        cuts = cuts or (_counted_out(paragraph.text) if "二是" in paragraph.text else [])
        if not cuts:
            yield paragraph
            continue
        for start, end in pairwise([0, *cuts, len(paragraph.text)]):
            if paragraph.text[start:end].strip(BLANKS):
                yield replace(paragraph, text=paragraph.text[start:end])


def _counted_out(text: str) -> list[int]:
    """Where 一是, 二是, … begin, each closed by a note of its own: `一是发放资金…(市人社局);二是开发岗位…(市教育局)`."""
    folded = fold(text)
    cuts = [found.start(1) for found in _COUNTED_OUT.finditer(folded)]
    if len(cuts) < _LEAST or "".join(folded[at] for at in cuts) != _IN_ORDER[: len(cuts)]:
        return []
    items = [text[start:end] for start, end in pairwise([*cuts, len(text)])]
    return cuts if all(spans_of_notes(item) and take_notes(item).notes for item in items) else []


def _cuts(text: str) -> list[int]:
    """Where the items begin: they are numbered from 1 on in one form, and each says who is to do it."""
    folded = fold(text)
    cuts: list[int] = []
    chapters: list[int] = []
    last: Label | None = None
    for found in _LABEL.finditer(folded):
        label = read_label(text[found.start() :])
        if label is None or label.form not in _FORMS:
            continue
        if last is not None and label.form != last.form:
            if len(cuts) > 1 or label.value != 1:
                continue
            cuts, last = [], None  # `(一)加强引导。1.…2.…`: what was taken for the first item heads them
        chapter = _CHAPTER.search(folded, cuts[-1] if cuts else 0, found.start()) if label.value == 1 else None
        if label.value == (last.value + 1 if last else 1) or (chapter and last):
            chapters += [chapter.start()] if chapter else []
            cuts.append(found.start())
            last = label
    edges = sorted({*cuts, *chapters, len(text)})
    items = [text[start:end] for start, end in pairwise(edges) if start in cuts]
    if len(items) < _LEAST or not all(take_notes(item).notes or named_openly(item) for item in items):
        return []
    return edges[:-1]
