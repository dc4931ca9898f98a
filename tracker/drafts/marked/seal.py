"""What a marked-up workbook is known again by: a hidden sheet with the draft, the moment and what its rows said. Pure."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

FORMAT = "luoshi-workbook-1"
_PIECE = 30_000
"""Characters a cell: below what one may hold."""


class Broken(Exception):
    """The hidden sheet is not what was written."""


@dataclass(frozen=True, slots=True)
class Head:
    mode: str
    """`own`: the person's own workbook; `table`: a table of the tasks."""
    draft_id: int
    title: str
    at: str
    """When it was given out: ISO, in UTC."""
    source: str
    """SHA-256 of the document that the draft was then read from."""
    seq: int
    """The newest correction that it shows."""
    checklist: str
    """Name of the first sheet."""
    known_by: str = ""
    """Header of the column that holds what a row is known again by."""
    accepted: str = ""
    """What is chosen in the first sheet for a finding that is right as it stands."""
    headers: Mapping[str, str] = field(default_factory=dict)
    """Key of a column by its header; none in the mode `own`."""


def sealed(head: Head, base: Iterable[tuple[int, Mapping[str, str]]], secret: bytes) -> tuple[tuple[str, ...], ...]:
    """Lines of the hidden sheet."""
    said = {**asdict(head), "headers": dict(head.headers)}
    lines = [("format", FORMAT), *_pieces("head", said), *(line for one in base for line in _pieces("row", list(one)))]
    return (*lines, ("seal", _signed(lines, secret)))


def _pieces(name: str, said: Any) -> list[tuple[str, ...]]:
    packed = base64.b64encode(zlib.compress(json.dumps(said, ensure_ascii=False).encode(), 6)).decode()
    return [(name if start == 0 else "more", packed[start : start + _PIECE]) for start in range(0, len(packed), _PIECE)]


def _signed(lines: Iterable[Sequence[str]], secret: bytes) -> str:
    said = "\n".join("\t".join(line) for line in lines)
    return hmac.new(hashlib.sha256(b"drafts.workbook" + secret).digest(), said.encode(), hashlib.sha256).hexdigest()


def opened(lines: Iterable[Sequence[str]], secret: bytes) -> tuple[Head, dict[int, dict[str, str]]]:
    """The head, and what each row said. Raises Broken where a line is missing, changed or of another installation."""
    held = [tuple(text for text in line[:2]) for line in lines]
    if len(held) < 3 or held[0] != ("format", FORMAT) or held[-1][0] != "seal":
        raise Broken
    if not hmac.compare_digest(held[-1][1], _signed(held[:-1], secret)):
        raise Broken
    joined: list[list[str]] = []
    for name, text in held[1:-1]:
        if name == "more":
            joined[-1][1] += text
        else:
            joined.append([name, text])
    said = [json.loads(zlib.decompress(base64.b64decode(text))) for _name, text in joined]
    return Head(**said[0]), {int(number): texts for number, texts in said[1:]}
