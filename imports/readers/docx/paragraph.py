"""The text of one Word paragraph as it is shown: tracked insertions in, deletions out, hidden runs apart."""

from __future__ import annotations

from lxml import etree

from imports.readers.docx.tags import (
    DROPPED,
    PROPERTIES,
    RUN,
    RUN_PROPERTIES,
    TEXT,
    VALUE,
    WRAPPERS,
    W,
    child_of,
    is_on,
    number_of,
)

_VANISH = f"{W}vanish"
_STRUCK = (f"{W}strike", f"{W}dstrike")
_STYLE = f"{W}pStyle"
_NUMBERING = f"{W}numPr"
_OUTLINE = f"{W}outlineLvl"
_BOX = f"{W}txbxContent"
_ALTERNATIVE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}AlternateContent"
_MATH_TEXT = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
_MATH = frozenset(
    f"{{http://schemas.openxmlformats.org/officeDocument/2006/math}}{name}" for name in ("oMath", "oMathPara")
)
_CHARACTERS = {
    f"{W}tab": "\t",
    f"{W}ptab": "\t",
    f"{W}br": "\n",
    f"{W}cr": "\n",
    f"{W}noBreakHyphen": "-",
}
_TRACKED = frozenset(W + name for name in ("ins", "del", "moveFrom", "moveTo"))
_GRAPHICS = frozenset({f"{W}drawing", f"{W}pict", f"{W}object", _ALTERNATIVE})


class Content:
    """What stands in one paragraph. Most hold nothing but text, so the rest is made when it comes."""

    __slots__ = ("boxes", "hidden", "shown", "struck", "tracked")

    def __init__(self) -> None:
        self.shown: list[str] = []
        self.hidden: list[str] | None = None
        self.struck: list[str] | None = None
        """What a line through it takes back."""
        self.boxes: list[etree._Element] | None = None
        """Contents of text boxes anchored in the paragraph."""
        self.tracked = False

    @property
    def text(self) -> str:
        return "".join(self.shown)

    @property
    def hidden_text(self) -> str:
        return "".join(self.hidden) if self.hidden else ""

    @property
    def struck_text(self) -> str:
        return "".join(self.struck) if self.struck else ""


def content_of(paragraph: etree._Element) -> Content:
    content = Content()
    _walk(paragraph, content)
    return content


def _walk(parent: etree._Element, content: Content) -> None:
    for child in parent:
        tag = child.tag
        if tag == RUN:
            _run(child, content)
        elif tag == PROPERTIES:
            continue
        elif tag in WRAPPERS:
            content.tracked |= tag in _TRACKED
            _walk(child, content)
        elif tag in DROPPED:
            content.tracked = True
        elif tag in _MATH:
            content.shown.extend(item.text or "" for item in child.iter(_MATH_TEXT))
        elif tag == _ALTERNATIVE:
            _graphic(child, content)


def _run(run: etree._Element, content: Content) -> None:
    out = content.shown
    for child in run:
        tag = child.tag
        if tag == TEXT:
            out.append(child.text or "")
        elif tag == RUN_PROPERTIES:
            if len(child) and is_on(child_of(child, _VANISH)):
                content.hidden = out = content.hidden or []
            elif len(child) and any(is_on(child_of(child, line)) for line in _STRUCK):
                content.struck = out = content.struck or []
        elif tag in _CHARACTERS:
            out.append(_CHARACTERS[tag] if child.get(f"{W}type") != "page" else "")
        elif tag == f"{W}sym":
            out.append(_symbol(child))
        elif tag in _GRAPHICS:
            _graphic(child, content)
        elif tag == f"{W}ruby":
            _ruby(child, content)


def _symbol(element: etree._Element) -> str:
    """A character of a symbol font: its place in the private area says which of the font's signs it is."""
    code = element.get(f"{W}char") or ""
    try:
        number = int(code, 16)
    except ValueError:
        return ""
    return chr(number) if 0x20 <= number < 0xD800 or 0xE000 <= number < 0x110000 else ""


def _graphic(element: etree._Element, content: Content) -> None:
    """Text boxes in a drawing. Of the alternatives of one drawing only the first counts: the others show the same."""
    if element.tag == _BOX:
        content.boxes = [*(content.boxes or ()), element]
    elif element.tag == RUN:
        _run(element, content)
    else:
        for child in list(element)[:1] if element.tag == _ALTERNATIVE else element:
            _graphic(child, content)


def _ruby(element: etree._Element, content: Content) -> None:
    """A word with its reading above: the word itself."""
    for base in element.iterfind(f"{W}rubyBase"):
        _walk(base, content)


class Settings:
    """The properties of a paragraph that a reader needs, found in one walk over them."""

    __slots__ = ("numbering", "outline", "style")

    def __init__(self, paragraph: etree._Element) -> None:
        self.style: str | None = None
        self.numbering: etree._Element | None = None
        self.outline: int | None = None
        """0-based; 9 is body text."""
        properties = child_of(paragraph, PROPERTIES)
        for item in properties if properties is not None else ():
            tag = item.tag
            if tag == _STYLE:
                self.style = item.get(VALUE)
            elif tag == _NUMBERING:
                self.numbering = item
            elif tag == _OUTLINE:
                self.outline = number_of(item)
