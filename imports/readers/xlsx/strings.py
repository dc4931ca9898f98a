"""The shared strings (共享字符串) of a workbook, and how a cell's text is written in XML."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from xml.parsers import expat

from imports.problems import UnreadableDocument
from imports.readers import limits
from imports.readers.package import Package
from imports.readers.xlsx.pieces import whole_pieces
from imports.readers.xml import feed, guarded_parser

_PLAIN = re.compile('<si><t(?: xml:space="preserve")?>([^<&\0-\x08\x0b-\x1f\ufffe\uffff]*)</t></si>\\s*')
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
    feed(work.parser, _without_plain(whole_pieces(package.chunks(part), b"</si>"), work.strings), part)
    return work.strings


def _without_plain(pieces: Iterable[tuple[bytes, bool]], strings: list[str]) -> Iterator[bytes]:
    """The pieces without the items that hold one plain text each, as nearly all do: those are put down as they come."""
    for data, may_be_plain in pieces:
        start = data.find(b"<si>") if may_be_plain else -1
        taken = _plain_strings(data[start:]) if start >= 0 and data.find(b"<si") == start else None
        if taken is None:
            yield data
        else:
            yield data[:start]
            strings += taken


def _plain_strings(data: bytes) -> list[str] | None:
    """The strings of a piece that holds nothing but plain items; None where it does or one is too long."""
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return None
    if "]]>" in text or _PLAIN.sub("", text):
        return None
    found = _PLAIN.findall(text)
    if found and max(map(len, found)) > limits.MAX_CELL_CHARS:
        return None
    return [unescaped(item) for item in found] if "_x" in text else found


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
