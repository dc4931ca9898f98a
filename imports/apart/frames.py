"""What parent and child say to each other over a stream: frames of a length and so many bytes."""

from __future__ import annotations

import socket
import struct
import time

LONGEST_NAME = 256
"""Bytes that the name of a module may have."""

_LENGTH = struct.Struct(">Q")
_LARGEST = 1 << 32
_PIECE = 1 << 20


class Broken(Exception):
    """The other side is gone before it said everything, or took too long."""


def send(stream: socket.socket, body: bytes) -> None:
    stream.sendall(_LENGTH.pack(len(body)))
    if body:  # of an empty frame the length is all: its reader may have answered and gone by now
        stream.sendall(body)


def receive(stream: socket.socket, until: float | None = None) -> bytes:
    """The next frame. `until` is a moment of `time.monotonic()`; raises Broken where it passes or the stream ends."""
    (length,) = _LENGTH.unpack(_exactly(stream, _LENGTH.size, until))
    if length > _LARGEST:
        raise Broken
    return _exactly(stream, length, until)


def _exactly(stream: socket.socket, length: int, until: float | None) -> bytes:
    pieces: list[bytes] = []
    while length:
        if until is not None:
            stream.settimeout(max(until - time.monotonic(), 0.001))
        try:
            piece = stream.recv(min(length, _PIECE))
        except OSError as error:
            raise Broken from error
        if not piece:
            raise Broken
        pieces.append(piece)
        length -= len(piece)
    return b"".join(pieces)
