"""Deleted paragraph marks (段落标记): where a tracked change takes away the end of a paragraph, it is one with the next."""

from __future__ import annotations

from itertools import islice

from lxml import etree

from imports.readers.docx.tags import PARAGRAPH, PROPERTIES, RUN_PROPERTIES, W


def join_deleted_marks(root: etree._Element) -> None:
    """Puts each such paragraph at the head of the one behind it, whose style and number the whole then has."""
    for paragraph in reversed([found for mark in root.iter(f"{W}del", f"{W}moveFrom") for found in _ended_by(mark)]):
        following = paragraph.getnext()
        parent = paragraph.getparent()
        if following is None or following.tag != PARAGRAPH or parent is None:
            continue
        first = len(following) and following[0].tag == PROPERTIES
        moved = [child for child in paragraph if child.tag != PROPERTIES]
        following[first:first] = [*moved, following.makeelement(f"{W}del")]  # the change stays to be told
        parent.remove(paragraph)


def _ended_by(change: etree._Element) -> list[etree._Element]:
    """The paragraph whose mark this change takes away; none where it takes away text."""
    run, properties, paragraph = [*islice(change.iterancestors(), 3), None, None, None][:3]
    if run is None or properties is None or paragraph is None:
        return []
    is_mark = run.tag == RUN_PROPERTIES and properties.tag == PROPERTIES and paragraph.tag == PARAGRAPH
    return [paragraph] if is_mark else []
