"""The shared strings (共享字符串) of a workbook, and how a cell's text is written in XML."""

from __future__ import annotations

import re

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
    strings: list[str] = []
    pieces: list[str] = []
    phonetic = False
    parser = guarded_parser(part)
    prefix: str | None = None
    item = text = hint = ""

    def start(tag: str, _: dict[str, str]) -> None:
        nonlocal phonetic, prefix, item, text, hint
        if prefix is None:
            prefix = tag[: tag.find(":") + 1]
            item, text, hint = prefix + "si", prefix + "t", prefix + "rPh"
        elif tag == text and not phonetic:
            parser.CharacterDataHandler = pieces.append
        elif tag == item:
            pieces.clear()
        elif tag == hint:
            phonetic = True

    def end(tag: str) -> None:
        nonlocal phonetic
        if tag == text:
            parser.CharacterDataHandler = None
        elif tag == item:
            value = "".join(pieces)
            if len(value) > limits.MAX_CELL_CHARS:
                raise UnreadableDocument("cell-too-long", place=part, limit=str(limits.MAX_CELL_CHARS))
            strings.append(unescaped(value))
        elif tag == hint:
            phonetic = False

    parser.buffer_text = True
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    feed(parser, package.chunks(part), part)
    return strings
