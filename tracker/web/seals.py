"""What a workbook of ours is known again by: lines of a hidden sheet, signed, so that no line can be changed unseen. Pure
but for the secret."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from flask import current_app

_PIECE = 30_000
"""Characters a cell: below what one may hold."""
_LARGEST = 64 << 20
"""Bytes that one part unfolds to at most."""

Lines = tuple[tuple[str, ...], ...]


class Broken(Exception):
    """The hidden sheet is not what was written."""


@dataclass(frozen=True, slots=True)
class Seal:
    """One kind of workbook."""

    form: str
    """Stands in the first line; changes with how the lines are to be read."""
    purpose: bytes
    """Signatures of one kind are none for another."""

    def lines(self, parts: Iterable[tuple[str, Any]], secret: bytes) -> Lines:
        """Lines of the hidden sheet: named JSON values, and the signature over all of them."""
        lines = [("format", self.form), *(line for name, said in parts for line in _pieces(name, said))]
        return (*lines, ("seal", self._signed(lines, secret)))

    def opened(self, lines: Iterable[Sequence[str]], secret: bytes) -> list[tuple[str, Any]]:
        """The parts. Raises Broken where a line is missing, changed or of another installation."""
        held = _held(lines)
        if len(held) < 3 or held[0] != ("format", self.form) or held[-1][0] != "seal":
            raise Broken
        if not hmac.compare_digest(held[-1][1].encode(), self._signed(held[:-1], secret).encode()):
            raise Broken
        return _parts(held[1:-1])

    def claimed(self, lines: Iterable[Sequence[str]], name: str) -> Any:
        """What the first part of that name claims, signed or not; None where it cannot be read."""
        held = _held(lines)
        try:
            return dict(_parts([line for line in held[1:] if line[0] == name][:1])).get(name)
        except (ValueError, zlib.error, Broken):
            return None

    def _signed(self, lines: Iterable[Sequence[str]], secret: bytes) -> str:
        said = "\n".join("\t".join(line) for line in lines)
        return hmac.new(hashlib.sha256(self.purpose + secret).digest(), said.encode(), hashlib.sha256).hexdigest()


def _held(lines: Iterable[Sequence[str]]) -> list[tuple[str, str]]:
    return [(line[0], line[1]) for line in lines if len(line) > 1]


def _pieces(name: str, said: Any) -> list[tuple[str, str]]:
    packed = base64.b64encode(zlib.compress(json.dumps(said, ensure_ascii=False).encode(), 6)).decode()
    return [(name if start == 0 else "more", packed[start : start + _PIECE]) for start in range(0, len(packed), _PIECE)]


def _parts(lines: Iterable[tuple[str, str]]) -> list[tuple[str, Any]]:
    joined: list[list[str]] = []
    for name, text in lines:
        if name == "more" and joined:
            joined[-1][1] += text
        else:
            joined.append([name, text])
    return [(name, json.loads(_unfolded(text))) for name, text in joined]


def _unfolded(text: str) -> bytes:
    stream = zlib.decompressobj()
    data = stream.decompress(base64.b64decode(text), _LARGEST)
    if not stream.eof:
        raise Broken
    return data


def secret() -> bytes:
    """Of this installation."""
    return str(current_app.config["SECRET_KEY"]).encode()


def place_mark() -> str:
    """Stands for this installation, and tells nothing of its secret."""
    return hashlib.sha256(b"place" + secret()).hexdigest()[:16]
