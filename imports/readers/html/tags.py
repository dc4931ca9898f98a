"""What the names of HTML mean to a reader: what is no content, what begins a new line, what is a page's furniture."""

from __future__ import annotations

import re
from typing import Final

from lxml import etree

NO_CONTENT: Final = frozenset(
    {"script", "style", "template", "head", "title", "object", "embed", "iframe", "svg", "canvas"}
)
FURNITURE: Final = frozenset({"nav", "footer", "aside", "button", "select", "textarea", "noscript"})
BLOCKS: Final = frozenset(
    "address article aside blockquote body caption center dd details dialog dir div dl dt fieldset figcaption figure footer form "
    "h1 h2 h3 h4 h5 h6 header hr html legend li main menu nav ol option p pre section select summary table tbody td textarea "
    "tfoot th thead tr ul".split()
)
HEADINGS: Final = {f"h{level}": level for level in range(1, 7)}
ROW_GROUPS: Final = frozenset({"thead", "tbody", "tfoot"})
CELLS: Final = frozenset({"td", "th"})

_FURNITURE_ROLES = frozenset({"navigation", "contentinfo", "search", "menu", "menubar"})
_FURNITURE_NAMES = frozenset(
    "nav navbar navigation menu breadcrumb breadcrumbs crumb crumbs footer foot copyright sidebar friendlink friendlinks "
    "toolbar share".split()
)
_NAME_PARTS = re.compile(r"[\s_-]+")
_HIDING_STYLE = re.compile(r"(?:display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all)", re.IGNORECASE)
_SPACE = re.compile(r"[ \t\r\n\f]+")


def is_hidden(element: etree._Element) -> bool:
    style = element.get("style")
    return element.get("hidden") is not None or (style is not None and _HIDING_STYLE.search(style) is not None)


def is_furniture(element: etree._Element) -> bool:
    """Navigation, footers and the like, by tag, role, or a class or id that is such a word."""
    if element.tag in FURNITURE or element.get("role") in _FURNITURE_ROLES:
        return True
    if element.tag in ("body", "html", "main", "article"):
        return False
    words = _NAME_PARTS.split(f"{element.get('class') or ''} {element.get('id') or ''}".lower())
    return not _FURNITURE_NAMES.isdisjoint(words)


def collapsed(text: str) -> str:
    """White space as a browser shows it; no-break and ideographic blanks stay."""
    return _SPACE.sub(" ", text).strip(" ")


def positive(text: str | None, default: int, most: int) -> int:
    """A span or a start number: digits at the beginning, within 0 and `most`, else the default."""
    digits = re.match(r"\s*(\d{1,9})", text or "")
    return min(int(digits.group(1)), most) if digits else default
