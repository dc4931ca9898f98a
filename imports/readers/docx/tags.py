"""Names of WordprocessingML, and the two readings of an attribute that recur everywhere."""

from __future__ import annotations

from typing import Final

from lxml import etree

NAMESPACE: Final = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STRICT_NAMESPACE: Final = "http://purl.oclc.org/ooxml/wordprocessingml/main"
"""The same names in the strict variant of the format."""

W: Final = f"{{{NAMESPACE}}}"
PARAGRAPH: Final = f"{W}p"
PROPERTIES: Final = f"{W}pPr"
RUN: Final = f"{W}r"
RUN_PROPERTIES: Final = f"{W}rPr"
TEXT: Final = f"{W}t"
TABLE: Final = f"{W}tbl"
ROW: Final = f"{W}tr"
CELL: Final = f"{W}tc"
CONTROL: Final = f"{W}sdt"
VALUE: Final = f"{W}val"

WRAPPERS: Final = frozenset(
    W + name
    for name in ("sdt", "sdtContent", "customXml", "smartTag", "ins", "moveTo", "hyperlink", "fldSimple", "dir", "bdo")
)
"""Elements whose content stands in the text as if they were not there."""
DROPPED: Final = frozenset(W + name for name in ("del", "moveFrom"))
"""Tracked deletions."""


def child_of(element: etree._Element, tag: str) -> etree._Element | None:
    """The first child of that name. A bare loop: properties stand first, and paths and filters cost ten times as much."""
    for child in element:
        if child.tag == tag:
            return child
    return None


def is_on(element: etree._Element | None) -> bool:
    """An on/off property: present without value, or with a value that is not off."""
    return element is not None and element.get(VALUE) not in ("0", "false", "off")


def number_of(element: etree._Element | None, name: str = VALUE) -> int | None:
    """The whole number in an attribute; None where there is none (huge ones are cut to nine digits' worth)."""
    text = element.get(name) if element is not None else None
    if text is None or not text.isascii() or not text.isdigit():
        return None
    return int(text[:9])
