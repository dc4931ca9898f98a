"""A page that a browser saved as one file (MHTML, `.mht`): the page among its parts; pictures and styles are left alone."""

from __future__ import annotations

import binascii
import re
from email.parser import BytesHeaderParser

from imports.problems import UnreadableDocument
from imports.readers import limits

_BOUNDARY = re.compile(rb"""boundary\s*=\s*(?:"([^"\r\n]{1,200})"|([^\s;"]{1,200}))""", re.IGNORECASE)
_BLANK_LINE = re.compile(rb"\r?\n\r?\n")
_HEAD_BYTES = 16 * 1024


def page_of(data: bytes) -> tuple[bytes, str | None]:
    """The page and its charset, where its part names one. Raises UnreadableDocument where no part is a page."""
    found = _BOUNDARY.search(data[:_HEAD_BYTES])
    parts = data.split(b"--" + (found.group(1) or found.group(2)))[1:] if found else [data]
    if len(parts) > limits.MAX_ENTRIES:
        raise UnreadableDocument("too-many-parts", limit=str(limits.MAX_ENTRIES))
    for part in parts:
        head, *rest = _BLANK_LINE.split(part.lstrip(b"\r\n"), maxsplit=1)
        headers = BytesHeaderParser().parsebytes(head[:_HEAD_BYTES])
        if rest and headers.get_content_type() in {"text/html", "application/xhtml+xml"}:
            return _decoded(rest[0], str(headers.get("content-transfer-encoding", ""))), headers.get_content_charset()
    raise UnreadableDocument("kind-web-archive")


def _decoded(body: bytes, encoding: str) -> bytes:
    try:
        if encoding.strip().lower() == "quoted-printable":
            return binascii.a2b_qp(body)
        return binascii.a2b_base64(body) if encoding.strip().lower() == "base64" else body
    except binascii.Error as error:
        raise UnreadableDocument("damaged", part="text/html") from error
