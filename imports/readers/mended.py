"""What a machine did to the texts of a page: readings put behind characters (務(wù)), bytes that slipped by one, entities of
HTML left as they are, blanks without width within words.

A page that was turned into traditional script often has the reading of every character that changed in brackets. A page
whose blank before `（一）` lost its first byte shows that byte as a question mark and what follows in wrong characters.
"""

from __future__ import annotations

import re
from dataclasses import replace
from html import unescape
from html.entities import html5

from imports.document import Document, Paragraph
from imports.problems import Problem
from imports.readers.names import shown

_TONES = "āáǎàōóǒòēéěèīíǐìūúǔùǖǘǚǜńňǹḿ"
_TONE = re.compile(f"[{_TONES}]")
_READING = re.compile(
    rf"(?:(?<=[\u3400-\u9fff])[(（]|(?<=[?？]))(?=[^()（）]{{0,5}}[{_TONES}])[a-zü{_TONES}]{{1,6}}[)）]"
)
_SLIPPED = re.compile(r"[?？](?P<shifted>。[^\x00-\x7f？]{2,})")
_ITEM = re.compile(r"\u3000（[一二三四五六七八九十]{1,2}）[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef“”‘’—…·]*")
_ENTITY = re.compile(r"&(?:(?P<name>[a-zA-Z][a-zA-Z0-9]{1,20});|#(?:\d{2,6}|[xX][0-9a-fA-F]{2,5});)")
_WITHOUT_WIDTH = re.compile("(?<=\\w)[\u200b-\u200d\u2060\ufeff\u00ad]+|[\u200b-\u200d\u2060\ufeff\u00ad]+(?=\\w)")
"""Beside a word only: before a sign (`=1+1`) such a blank is part of what somebody typed."""
_PLAIN = {"text", "csv", "paste"}
"""Kinds whose format has no entities of its own: one that stands there was left by a copy of a page's source."""


def mended(document: Document) -> Document:
    """The document without readings, with slipped numbers as they were and entities as what they stand for; all are told with
    their places. Blanks that nobody sees are left out. Workbooks are never pages."""
    if document.kind in {"xlsx", "xls"}:
        return document
    work = _Mending(entities=document.kind in _PLAIN)
    blocks = list(document.blocks)
    for at, block in enumerate(blocks):
        if isinstance(block, Paragraph):
            text = work.mend(block.text, block.locator)
            blocks[at] = block if text is block.text else replace(block, text=text)
            continue
        block.caption = work.mend(block.caption, block.locator)
        for row, cells in enumerate(block.grid):
            cells[:] = [work.mend(cell, block.row_labels[row]) if cell else cell for cell in cells]
    problems = [*document.problems, *work.problems()]
    title = _READING.sub("", document.declared_title)
    return replace(document, blocks=blocks, problems=problems, declared_title=title)


class _Mending:
    def __init__(self, *, entities: bool) -> None:
        self._entities = entities
        self._decoded: list[str] = []
        self._read: list[str] = []
        self._slipped: dict[tuple[str, str], list[str]] = {}

    def mend(self, text: str, place: str) -> str:
        """The text itself where nothing is wrong with it."""
        if self._entities and "&" in text and (decoded := _ENTITY.sub(_character, text)) != text:
            self._decoded.append(place)
            text = decoded
        if not text.isascii():
            text = _WITHOUT_WIDTH.sub("", text)
        slipped = _SLIPPED.search(text) if "?。" in text or "？。" in text else None
        if slipped is not None and (right := _moved_on(slipped["shifted"])):
            self._slipped.setdefault((slipped.group(), right.strip()), []).append(place)
            text = text[: slipped.start()] + right + text[slipped.end() :]
        if _TONE.search(text) and (plain := _READING.sub("", text)) != text:
            self._read.append(place)
            return plain
        return text

    def problems(self) -> list[Problem]:
        told = (("entities-decoded", self._decoded), ("readings-left-out", self._read))
        found = [Problem(code, tuple(dict.fromkeys(places))) for code, places in told if places]
        for (printed, right), places in self._slipped.items():
            found.append(Problem("text-slipped", tuple(places), {"printed": shown(printed), "text": shown(right)}))
        return found


def _character(entity: re.Match[str]) -> str:
    """What an entity stands for, a blank for a line break; itself where its name is none (`R&D;`)."""
    name = entity["name"]
    if name is not None and f"{name};" not in html5:
        return entity.group()
    character = unescape(entity.group())
    return " " if character.isspace() and character.splitlines() == [""] else character


def _moved_on(shifted: str) -> str:
    """The characters whose bytes stand one too far to the left; '' where they do not make a numbered item again."""
    try:
        data = b"\xa1" + shifted.encode("gb18030")
        right = data[: len(data) // 2 * 2].decode("gb18030")
    except UnicodeError:
        return ""
    return right if _ITEM.fullmatch(right) else ""
