"""A part cut behind its rows or items, so that those in the plain form can be taken out before expat sees it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from imports.readers import limits

_LONGEST_PIECE = 4 * limits.MEBIBYTE
"""A single row or string is never longer where an office program wrote it."""
_DECLARED = re.compile(rb"""\s*<\?xml[^>]*?encoding\s*=\s*["'](?!utf-?8["'])""", re.IGNORECASE)


def whole_pieces(chunks: Iterable[bytes], end: bytes) -> Iterator[tuple[bytes, bool]]:
    """The chunks cut behind `end` tags, each with whether it may be looked at for what is plain.

    It may not from the first comment, CDATA section, foreign encoding or endless piece on.
    """
    carry, plain, first = b"", True, True
    for chunk in chunks:
        if not plain:
            yield chunk, False
            continue
        data = carry + chunk
        if _may_hide_tags(data, declarations=first) or (first and _DECLARED.match(data)):
            plain, carry = False, b""
            yield data, False
            continue
        cut = data.rfind(end) + len(end)
        if cut < len(end):
            carry, plain = (data, True) if len(data) <= _LONGEST_PIECE else (b"", False)
            if not plain:
                yield data, False
            continue
        first, carry = False, data[cut:]
        yield data[:cut], True
    yield carry, False


def _may_hide_tags(data: bytes, *, declarations: int) -> bool:
    """Are there comments, CDATA sections, or more processing instructions than `declarations`? Their second signs are rare and
    looked for first: a pair that begins with the `<` of every tag is found much slower."""
    return (b"!" in data and b"<!" in data) or (b"?" in data and data.count(b"<?") > declarations)
