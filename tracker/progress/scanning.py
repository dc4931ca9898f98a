"""Asking a virus scanner (clamd) about a file before it is kept. No Flask, no database."""

from __future__ import annotations

import socket
import struct
from typing import BinaryIO

PATIENCE = 10
"""Seconds for each step of the talk: whoever sends a file waits for it."""
PIECE = 1 << 16


class Unscanned(Exception):
    """The scanner did not answer, or could not say."""


def virus_in(stream: BinaryIO, scanner: str) -> str:
    """The name of what was found; empty where the file is clean. `scanner` is `host:port` or the path of a socket.

    Raises Unscanned. The stream is left at its beginning.
    """
    stream.seek(0)
    try:
        with _line(scanner) as line:
            line.sendall(b"zINSTREAM\0")
            while piece := stream.read(PIECE):
                line.sendall(struct.pack(">I", len(piece)) + piece)
            line.sendall(struct.pack(">I", 0))
            said = b"".join(iter(lambda: line.recv(PIECE), b"")).rstrip(b"\0").decode("utf-8", "replace")
    except OSError as error:
        raise Unscanned(str(error)) from error
    finally:
        stream.seek(0)
    if said.endswith(" FOUND"):
        return said.removeprefix("stream: ").removesuffix(" FOUND")
    if said != "stream: OK":
        raise Unscanned(said)
    return ""


def _line(scanner: str) -> socket.socket:
    if "/" not in scanner:
        host, _colon, port = scanner.rpartition(":")
        return socket.create_connection((host, int(port)), timeout=PATIENCE)
    line = socket.socket(socket.AF_UNIX)
    line.settimeout(PATIENCE)
    try:
        line.connect(scanner)
    except OSError:
        line.close()
        raise
    return line
