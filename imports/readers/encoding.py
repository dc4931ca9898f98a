"""From bytes to text: by byte order mark, by what is declared, then UTF-8, then GB18030; strictly, and never by replacing."""

from __future__ import annotations

import codecs
import re

from imports.problems import UnreadableDocument

CONTROLS = re.compile("[\x01-\x08\x0e-\x1f\x7f]")
"""Control characters that no text needs."""
_MAX_CONTROL_SHARE = 0.02
"""More of them, and the bytes are no text in whatever encoding they happen to fit."""

_MARKS: tuple[tuple[bytes, str], ...] = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# What pages and editors call the encodings, read as the widest member of the family, as browsers do.
_FAMILIES = {
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "gb18030": "gb18030",
    "cp936": "gb18030",
    "x-gbk": "gb18030",
    "big5": "big5hkscs",
    "big5-hkscs": "big5hkscs",
    "utf-8": "utf-8",
    "utf8": "utf-8",
}


def decoded(data: bytes, declared: str | None = None) -> str:
    """The text of `data` without its byte order mark.

    `declared` is what the document says of itself (a page's charset); it is only believed where it fits. Raises
    UnreadableDocument("undecodable") with the line and the byte where no encoding explains the bytes.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _strict(data[len(mark) :], (encoding,), len(mark))
    unmarked = _utf16_without_mark(data)
    if unmarked:
        return _strict(data, (unmarked,), 0)
    family = _FAMILIES.get((declared or "").strip().lower())
    order = tuple(dict.fromkeys(name for name in ("utf-8", family, "gb18030") if name))
    return _strict(data, order, 0)


def is_text(text: str) -> bool:
    """Whether decoded bytes can be a text at all: no NUL, hardly a control character."""
    return "\0" not in text and len(CONTROLS.findall(text)) <= _MAX_CONTROL_SHARE * len(text)


def looks_binary(data: bytes) -> bool:
    """Whether the start holds NUL bytes that no text encoding explains."""
    head = data[:4096]
    marked = any(data.startswith(mark) for mark, _ in _MARKS)
    return b"\0" in head and not marked and _utf16_without_mark(data) is None


def _utf16_without_mark(data: bytes) -> str | None:
    """UTF-16 told by its line ends, digits and blanks: their NULs all stand on one side (`一`, U+4E00, has one on the other)."""
    head = data[:4096]
    if len(head) < 4 or len(data) % 2 or b"\0" not in head:
        return None
    low, high = head[0::2].count(0), head[1::2].count(0)
    if high > 4 * low:
        return "utf-16-le"
    if low > 4 * high:
        return "utf-16-be"
    return None


def _strict(data: bytes, encodings: tuple[str, ...], skipped: int) -> str:
    furthest = -1
    for encoding in encodings:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError as error:
            furthest = max(furthest, error.start)
    line = data.count(b"\n", 0, furthest) + 1
    raise UnreadableDocument("undecodable", place=f"line {line}", offset=str(furthest + skipped + 1))
