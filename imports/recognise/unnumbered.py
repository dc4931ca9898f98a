"""Headings without a number among items with numbers: `队伍建设` between 2. and 3., `市商务局：` over who does what, `3月：` over
what is done then."""

from __future__ import annotations

import re
from collections.abc import Sequence

from imports.document import Paragraph
from imports.phrases.chars import BLANKS, fold
from imports.phrases.numbering import Label, read_label
from imports.recognise.columns import within_a_year
from imports.recognise.items import head_of_chapter
from imports.recognise.lines import is_note_line

_FORMS = frozenset({"digit", "cn-bracket", "digit-bracket", "circled"})
_LONGEST = 24
_LEAST = 2
_HEADING = re.compile(r"[\u4e00-\u9fff“”《》、·\-—()（）A-Za-z]{2,24}")
_RESPONSIBLE = re.compile(r"\s*(?:责任|承办|落实|实施)(?:单位|部门)\s*:\s*(?=\S)")
_SIGNED = re.compile(
    r"(?:政府|办公[厅室]|委员会|领导小组|指挥部|[局厅委部])$|^(?:附件|抄送|联系人|各[^:]*:$)|[年月]\d|印发|通知"
)
"""Lines that close a text or address it, whatever follows."""


def unnumbered_heads(paragraphs: Sequence[Paragraph]) -> dict[int, str]:
    """Positions of such lines and their titles. Each stands right over an item; the numbers run on below it, or begin anew.
    There are several, and one of them is the first of all."""
    labels = [read_label(paragraph.text) for paragraph in paragraphs]
    found: dict[int, str] = {}
    last: Label | None = None
    over = _labels_over_items(paragraphs, labels)
    for position, paragraph in enumerate(paragraphs):
        label = labels[position]
        if label is not None:
            if label.form not in _FORMS or (last is not None and label.form != last.form):
                return {}
            last = label
            continue
        below = labels[position + 1] if position + 1 < len(paragraphs) else None
        if below is None or below.form not in _FORMS:
            continue
        title = over.get(position) or _title(paragraph) or (_body(paragraph) if below.value == 1 else "")
        if title and below.value in {1, last.value + 1 if last else 1}:
            found[position] = title
        elif last is None:
            found.clear()
    first = next((at for at, label in enumerate(labels) if label is not None), 0)
    return found if len(found) >= _LEAST and first - 1 in found else {}


def _labels_over_items(paragraphs: Sequence[Paragraph], labels: Sequence[Label | None]) -> dict[int, str]:
    """Lines such as `责任单位:市农业农村局` that stand over the items they are for, and none behind the last of these: the
    bodies they name."""
    found: dict[int, str] = {}
    for position, paragraph in enumerate(paragraphs):
        said = _RESPONSIBLE.match(fold(paragraph.text))
        if said is None:
            continue
        if position + 1 >= len(labels) or labels[position + 1] is None:
            return {}
        found[position] = paragraph.text[said.end() :].strip(BLANKS)
    first = next((at for at, label in enumerate(labels) if label is not None), 0)
    return found if len(found) >= _LEAST and first - 1 in found and all(map(head_of_chapter, found.values())) else {}


def _body(paragraph: Paragraph) -> str:
    """A line that is the name of a body, over what is counted from 1 on below it (`区发改局`), is no signature."""
    plain = fold(paragraph.text).strip(BLANKS)
    return paragraph.text.strip(BLANKS) if len(plain) <= _LONGEST and head_of_chapter(plain) == plain else ""


def _title(paragraph: Paragraph) -> str:
    """What a line says as a heading; '' where it is none. A line that ends in a colon names bodies and nothing else, or a
    part of the year."""
    plain = fold(paragraph.text).strip(BLANKS)
    if within_a_year(plain.rstrip(":").rstrip(BLANKS)):
        return paragraph.text.strip(BLANKS + ":：")
    if plain.endswith(":"):
        bodies = plain[:-1].rstrip(BLANKS)
        return paragraph.text.strip(BLANKS)[:-1].rstrip(BLANKS) if head_of_chapter(bodies) else ""
    if len(plain) > _LONGEST or not _HEADING.fullmatch(plain) or is_note_line(plain) or _SIGNED.search(plain):
        return ""
    return paragraph.text.strip(BLANKS)
