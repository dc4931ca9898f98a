"""Units in footnotes: `新改建农村公路30公里[1]`, and below the items `[1]责任单位：县交通运输局`, or all of them in one remark
(`注：①由县交通运输局牵头；②…`)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from imports.document import Paragraph
from imports.phrases.chars import BLANKS, fold
from imports.phrases.units.notes import is_units_sentence
from imports.phrases.units.vocabulary import LABEL

_MARK = r"(?:\[\d{1,2}\]|〔\d{1,2}〕|[①-⑳])"
_REFERS = re.compile(rf"(?P<mark>{_MARK})[。;.]?\s*$")
_EXPLAINED = re.compile(rf"\s*(?P<mark>{_MARK})\s*(?=\S)")
_REMARK = re.compile(rf"\s*(?:注|备注|说明)\s*:\s*(?={_MARK})")
_POINT = re.compile(rf"(?P<mark>{_MARK})(?P<said>(?:(?!{_MARK}).)+)")
_LEAST = 2


def with_footnotes(lines: Sequence[Paragraph]) -> Iterator[Paragraph]:
    """The lines, each that ends in a mark followed by what the mark stands for, where that names units. Nothing is changed where
    a mark is not explained, or explains nothing."""
    refers = {at: found for at, line in enumerate(lines) if (found := _REFERS.search(fold(line.text)))}
    said: dict[str, str] = {}
    explained: set[int] = set()
    for at, line in enumerate(lines) if len(refers) >= _LEAST else ():
        points = _points(line.text) if at not in refers else {}
        if points and not _REMARK.match(fold(line.text)):
            explained.add(at)
        said.update(points)
    if {found["mark"] for found in refers.values()} != said.keys():
        yield from lines
        return
    for at, line in enumerate(lines):
        if at in refers:
            mark = refers[at]
            yield replace(line, text=line.text[: mark.start()] + line.text[mark.end("mark") :])
            yield replace(line, text=said[mark["mark"]])
        elif at not in explained:
            yield line


def _points(text: str) -> dict[str, str]:
    """What a line says of each mark, the mark with it; nothing where any of them names no units."""
    folded = fold(text)
    remark = _REMARK.match(folded)
    if remark is None and not _EXPLAINED.match(folded):
        return {}
    found = [*_POINT.finditer(folded, remark.end() if remark else 0)]
    if not all(LABEL.match(one["said"].lstrip(BLANKS)) or is_units_sentence(one["said"]) for one in found):
        return {}
    return {one["mark"]: text[one.start() : one.end()].strip(BLANKS) for one in found}
