"""The shared strings (共享字符串) of a workbook, and how a cell's text is written in XML."""

from __future__ import annotations

import re
from xml.parsers import expat

from imports.problems import UnreadableDocument
from imports.readers import limits
from imports.readers.package import Package
from imports.readers.xml import feed, guarded_parser

_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")


def unescaped(text: str) -> str:
    """`_x000D_` and the like as the character they stand for (ECMA-376 part 1, 22.9.2.19); NUL and halves of pairs stay."""
    return _ESCAPE.sub(_character, text).replace("\r\n", "\n").replace("\r", "\n") if "_x" in text else text


def _character(match: re.Match[str]) -> str:
    code = int(match.group(1), 16)
    return chr(code) if code >= 9 and not 0xD800 <= code <= 0xDFFF else match.group(0)


def read_shared_strings(package: Package, part: str) -> list[str]:
    """All shared strings in order: runs of one string joined, phonetic hints (rPh) left out."""
    work = _Pass(guarded_parser(part), part)
    feed(work.parser, package.chunks(part), part)
    return work.strings


class _Pass:
    """The state between two events."""

    def __init__(self, parser: expat.XMLParserType, part: str) -> None:
        self.strings: list[str] = []
        self.parser = parser
        self._part = part
        self._pieces: list[str] = []
        self._phonetic = False
        self._item = self._text = self._hint = ""
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end

    def _start(self, tag: str, _: dict[str, str]) -> None:
        if tag == self._text and not self._phonetic:
            self.parser.CharacterDataHandler = self._pieces.append
        elif tag == self._item:
            self._pieces.clear()
        elif tag == self._hint:
            self._phonetic = True
        elif not self._item:
            prefix = tag[: tag.find(":") + 1]
            self._item, self._text, self._hint = prefix + "si", prefix + "t", prefix + "rPh"

    def _end(self, tag: str) -> None:
        if tag == self._text:
            self.parser.CharacterDataHandler = None
        elif tag == self._item:
            value = "".join(self._pieces)
            if len(value) > limits.MAX_CELL_CHARS:
                raise UnreadableDocument("cell-too-long", place=self._part, limit=str(limits.MAX_CELL_CHARS))
            self.strings.append(unescaped(value))
        elif tag == self._hint:
            self._phonetic = False
