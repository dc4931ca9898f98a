"""The blocks of a page in reading order."""

from __future__ import annotations

import re
from dataclasses import dataclass

from lxml import etree

from imports.document import Block, Paragraph
from imports.problems import Problem, UnreadableDocument
from imports.readers import limits
from imports.readers.html.tables import layout_tables, read_table
from imports.readers.html.tags import (
    BLOCKS,
    HEADINGS,
    NO_CONTENT,
    collapsed,
    is_furniture,
    is_hidden,
    positive,
)
from imports.readers.names import kept
from imports.readers.numerals import numeral
from imports.readers.spans import as_table

_LIST_FORMS = {"a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}
_OWN_NUMBER = re.compile(
    r"\s*(?:[(（]\s*(?:\d{1,3}|[一二三四五六七八九十]{1,3})\s*[)）]|\d{1,3}\s*[.．、)）]|[一二三四五六七八九十]{1,3}\s*[、.．)）是]|[①-⑳])"
)
"""An item that prints its number itself; one that begins with a date or an amount (`3月底前…`) does not."""
_NO_MARKER = re.compile(r"list-style(?:-type)?\s*:[^;]*none", re.IGNORECASE)
_START = re.compile(r"\s*-?\d")


@dataclass(slots=True)
class _Context:
    """What an element's text inherits from it."""

    element: etree._Element
    noise: bool
    hidden: bool
    heading: int | None
    verbatim: bool
    list_form: str | None = None
    list_next: int = 1


class PageReader:
    """Walks a page once, without recursion: pages nest as deep as they like."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self.problems: list[Problem] = []
        self._pieces: list[str] = []
        self._label = ""
        self._paragraphs = 0
        self._tables = 0
        self._layouts: frozenset[etree._Element] = frozenset()

    def read(self, root: etree._Element) -> None:
        self._layouts = layout_tables(root)
        contexts = [_Context(root, noise=False, hidden=False, heading=None, verbatim=False)]
        walker = etree.iterwalk(root, events=("start", "end"))
        for event, element in walker:
            if event == "start":
                if self._begin(element, contexts):
                    walker.skip_subtree()
            else:
                self._end(element, contexts)
        self._flush(contexts[0])

    def _begin(self, element: etree._Element, contexts: list[_Context]) -> bool:
        """Opens an element; true where its content is not to be walked."""
        tag, context = element.tag, contexts[-1]
        if tag in NO_CONTENT:
            return True
        if tag in BLOCKS or tag == "br":
            self._flush(context)
        if tag == "table" and self._holds_data(element, context):
            self._read_tables(element)
            return True
        if tag in BLOCKS or is_hidden(element) or is_furniture(element):
            contexts.append(self._inner(element, context))
        if tag == "li":
            self._label = _item_label(element, contexts)
        self._pieces.append(element.text or "")
        return False

    def _holds_data(self, table: etree._Element, context: _Context) -> bool:
        """Whether a table is read as a grid: not one that arranges the page, is hidden or stands in its furniture."""
        aside = context.hidden or context.noise or is_hidden(table) or is_furniture(table)
        return not aside and table not in self._layouts

    @staticmethod
    def _inner(element: etree._Element, outer: _Context) -> _Context:
        context = _Context(
            element,
            noise=outer.noise or is_furniture(element),
            hidden=outer.hidden or is_hidden(element),
            heading=HEADINGS.get(element.tag, outer.heading),
            verbatim=outer.verbatim or element.tag in ("pre", "textarea"),
        )
        if element.tag == "ol" and not _NO_MARKER.search(element.get("style") or ""):
            context.list_form = _LIST_FORMS.get(element.get("type") or "1", "decimal")
            context.list_next = positive(element.get("start"), 1, limits.MAX_ROWS)
        return context

    def _end(self, element: etree._Element, contexts: list[_Context]) -> None:
        if contexts[-1].element is element and len(contexts) > 1:
            if element.tag in BLOCKS or contexts[-1].hidden != contexts[-2].hidden:
                self._flush(contexts[-1])
            contexts.pop()
        self._pieces.append(element.tail or "")

    def _flush(self, context: _Context) -> None:
        """Ends the current line: what has come since the last one is a paragraph."""
        text = "".join(self._pieces)
        self._pieces.clear()
        for line in text.splitlines() if context.verbatim else (collapsed(text),):
            if line.strip():
                self._paragraph(line, context)

    def _paragraph(self, line: str, context: _Context) -> None:
        if self._label and not _OWN_NUMBER.match(line):
            line = self._label + line
        self._label = ""
        self._paragraphs += 1
        if self._paragraphs > limits.MAX_PARAGRAPHS:
            raise UnreadableDocument("too-many-paragraphs", limit=str(limits.MAX_PARAGRAPHS))
        locator = f"paragraph {self._paragraphs}"
        self.blocks.append(Paragraph(locator, line, context.heading, context.hidden, context.noise))
        if context.hidden and not context.noise:
            self.problems.append(Problem("hidden-text", (locator,), {"text": kept(line)}))

    def _read_tables(self, element: etree._Element) -> None:
        """A table, then the tables within its cells."""
        waiting = [element]
        while waiting:
            self._tables += 1
            locator = f"table {self._tables}"
            waiting[:1] = self._read_table(waiting[0], locator)

    def _read_table(self, element: etree._Element, locator: str) -> list[etree._Element]:
        found = read_table(element, locator)
        plain = _Context(element, noise=False, hidden=False, heading=None, verbatim=False)
        for text in (found.caption, found.stray):
            if text:
                self._paragraph(text, plain)
        if found.cells:
            self.blocks.append(as_table(found.cells, found.rows, locator, frozenset(found.hidden_rows)))
        rows = tuple(f"{locator} row {row + 1}" for row in found.hidden_rows)
        if rows:
            self.problems.append(Problem("hidden-rows", rows))
        for row, text in found.hidden_texts:
            self.problems.append(Problem("hidden-text", (f"{locator} row {row + 1}",), {"text": text}))
        if found.clipped:
            self.problems.append(Problem("cell-clipped", (locator,)))
        if found.nested:
            self.problems.append(Problem("nested-table", (locator,)))
        return found.nested


def _item_label(element: etree._Element, contexts: list[_Context]) -> str:
    """The number a browser shows before an item of an ordered list; blank in other lists."""
    holder = next(
        (context for context in reversed(contexts) if context.element.tag in ("ol", "ul", "menu", "dir")), None
    )
    if holder is None or holder.list_form is None:
        return ""
    value = element.get("value")
    number = positive(value, holder.list_next, limits.MAX_ROWS) if value and _START.match(value) else holder.list_next
    holder.list_next = number + 1
    return f"{numeral(number, holder.list_form)}."
