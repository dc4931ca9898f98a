"""What a file is, told by its content and never by its name; kinds that are not read are refused by their own name."""

from __future__ import annotations

import re
from typing import Literal

from imports.problems import UnreadableDocument
from imports.readers.encoding import looks_binary

Kind = Literal["zip", "ole", "pdf", "html", "web-archive", "text"]

_PICTURES: tuple[tuple[bytes, str], ...] = (
    (b"\x89PNG\r\n", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"GIF8", "GIF"),
    (b"BM", "BMP"),
    (b"II*\0", "TIFF"),
    (b"MM\0*", "TIFF"),
)
_ARCHIVES: tuple[tuple[bytes, str], ...] = (
    (b"Rar!\x1a\x07", "RAR"),
    (b"7z\xbc\xaf\x27\x1c", "7z"),
    (b"\x1f\x8b", "GZIP"),
    (b"BZh", "BZIP2"),
    (b"\xfd7zXZ\0", "XZ"),
)
_PROGRAMS = (b"\x7fELF", b"\xca\xfe\xba\xbe", b"\xcf\xfa\xed\xfe")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_HEAD_BYTES = 64 * 1024

_HTML_TAG = re.compile(
    r"<(?:!doctype\s+html|html|head|body|meta|title|table|tr|td|div|p|span|script|style|link|h[1-6]|ul|ol|a|br|font)"
    r"(?:\s[^<>]*)?/?>",
    re.IGNORECASE,
)
_FRAGMENT_TAGS = 4
"""This many tags make a text without any head a web page: a list item that quotes `<br>` is none."""


def sniffed(data: bytes) -> Kind:
    """The family of readers for `data`; raises UnreadableDocument for what is known not to be a document."""
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return "zip"
    if data.startswith(_OLE):
        return "ole"
    if b"%PDF-" in data[:1024]:
        return "pdf"
    _refuse_foreign(data)
    if looks_binary(data):
        raise UnreadableDocument("unknown-format")
    return _kind_of_text(data)


def _refuse_foreign(data: bytes) -> None:
    for magic, kind in _PICTURES:
        if data.startswith(magic) and (kind != "BMP" or b"\0" in data[:32]):
            raise UnreadableDocument("kind-picture", kind=kind)
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        raise UnreadableDocument("kind-picture", kind="WEBP")
    for magic, kind in _ARCHIVES:
        if data.startswith(magic):
            raise UnreadableDocument("kind-archive", kind=kind)
    if data[257:262] == b"ustar":
        raise UnreadableDocument("kind-archive", kind="TAR")
    if data.startswith(_PROGRAMS) or (data.startswith(b"MZ") and b"\0" in data[:64]):
        raise UnreadableDocument("kind-program")
    if data.startswith(b"{\\rtf"):
        raise UnreadableDocument("kind-rtf")


def _kind_of_text(data: bytes) -> Kind:
    head = _ascii_view(data[:_HEAD_BYTES])
    start = head.lstrip("\ufeff \t\r\n").lower()
    if start.startswith("mime-version:") or "\ncontent-type: multipart/related" in start[:4096]:
        return "web-archive"
    if start.startswith(("<?xml", "<svg")):
        return _kind_of_xml(start)
    if start.startswith(("<!doctype html", "<html", "<head", "<body", "<table", "<meta", "<script", "<div", "<!--[if")):
        return "html"
    found = _HTML_TAG.findall(head)
    if found and (start.startswith("<") or "<html" in start[:2048]) and len(found) >= _FRAGMENT_TAGS:
        return "html"
    return "text"


def _kind_of_xml(start: str) -> Kind:
    if "<html" in start:
        return "html"
    if "<svg" in start:
        raise UnreadableDocument("kind-picture", kind="SVG")
    if "urn:schemas-microsoft-com:office:spreadsheet" in start or 'progid="excel.sheet"' in start:
        raise UnreadableDocument("kind-xml-workbook")
    if "wordml" in start or "pkg:package" in start or 'progid="word.document"' in start:
        raise UnreadableDocument("kind-xml-word")
    raise UnreadableDocument("kind-other-xml")


def _ascii_view(head: bytes) -> str:
    """The start of a text with its ASCII right, whatever the encoding: enough to know tags by, never shown to anyone."""
    for mark, encoding in ((b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be")):
        if head.startswith(mark):
            return head[2:].decode(encoding, "replace")
    if head.count(b"\0") > len(head) // 4:
        return head.replace(b"\0", b"").decode("latin-1")
    return head.decode("latin-1").removeprefix("\xef\xbb\xbf")
