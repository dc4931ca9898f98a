"""XML of unknown origin: no DTD, no entities, nothing fetched, bounded depth and size."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NoReturn
from xml.parsers import expat

from lxml import etree

from imports.problems import UnreadableDocument
from imports.readers import limits
from imports.readers.names import shown

_PROLOGUE_CHUNK = 64 * 1024


class _RootReached(Exception):
    """The first element has begun: a document type can no longer be declared."""


def guarded_parser(part: str) -> expat.XMLParserType:
    """An expat parser that refuses a document type by its event, so in whatever encoding it is written."""
    parser = expat.ParserCreate()
    parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)

    def refuse(*_: object) -> NoReturn:
        raise UnreadableDocument("xml-doctype", part=shown(part))

    parser.StartDoctypeDeclHandler = refuse
    parser.EntityDeclHandler = refuse
    return parser


def feed(parser: expat.XMLParserType, chunks: Iterable[bytes], part: str) -> None:
    """Parses all chunks. A tag or comment that stays unfinished over too many bytes is refused: expat begins it anew
    with every chunk, so that its cost would grow with the square of its length."""
    pending, place = 0, -1
    try:
        for chunk in chunks:
            parser.Parse(chunk, False)
            moved = parser.CurrentByteIndex != place
            place = parser.CurrentByteIndex
            pending = 0 if moved else pending + len(chunk)
            if pending > limits.MAX_XML_TOKEN_BYTES:
                raise UnreadableDocument("xml-token-too-long", part=shown(part))
        parser.Parse(b"", True)
    except (expat.ExpatError, LookupError, ValueError) as error:  # the latter two: an encoding that nobody knows
        raise UnreadableDocument("damaged", part=shown(part)) from error


def parsed(data: bytes, part: str) -> etree._Element:
    """The root of a part that is small enough to hold as a tree. Raises UnreadableDocument by what is wrong with it."""
    if data.count(b"<") + data.count(b"=") > limits.MAX_TREE_NODES or len(data) > limits.MAX_TREE_BYTES:
        raise UnreadableDocument("tree-too-large", part=shown(part))
    _check_prologue(data, part)
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        deep = "depth" in str(error).lower()
        raise UnreadableDocument("xml-too-deep" if deep else "damaged", part=shown(part)) from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise UnreadableDocument("xml-doctype", part=shown(part))
    return root


def _check_prologue(data: bytes, part: str) -> None:
    parser = guarded_parser(part)

    def reached(*_: object) -> NoReturn:
        raise _RootReached

    parser.StartElementHandler = reached
    pieces = (data[at : at + _PROLOGUE_CHUNK] for at in range(0, len(data), _PROLOGUE_CHUNK))
    try:
        feed(parser, pieces, part)
    except _RootReached:
        return
