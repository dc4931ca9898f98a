"""Kits that came back, read in a process apart with its bounds: what a file does to its reader, it cannot do to the server."""

from __future__ import annotations

from base64 import b64decode
from dataclasses import dataclass
from typing import Any

import structlog

from imports.apart import Fault, Request, run
from tracker.progress.kits.refusals import Refusal

_WORK = "tracker.progress.kits.apart"

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Sent:
    """A file that was sent in, by itself or in an archive."""

    name: str
    data: bytes = b""
    refused: Refusal | str | None = None
    """Why it is not even looked into; words in jobs that began before refusals were kept without them."""


def unpacked_apart(data: bytes, file_name: str) -> list[Sent]:
    """The files of an archive, or the one file that was sent. Raises UnreadableDocument for an archive that is none."""
    if not data.startswith(b"PK"):
        return [Sent(file_name, data)]
    found = _run(Request(f"{_WORK}:unpack"), data, file_name)
    if found is None:
        return [Sent(file_name, data)]
    return [Sent(one["name"][:255], b64decode(one.get("file", "")), _refused(one.get("refused"))) for one in found]


def _refused(cause: str | None) -> Refusal | None:
    return Refusal(cause) if cause else None


def look_into_apart(data: bytes, file_name: str) -> dict[str, Any]:
    """See `kits.apart.look_into`. Raises UnreadableDocument."""
    found: dict[str, Any] = _run(Request(f"{_WORK}:look_into", {"file_name": file_name}), data, file_name)
    return found


def _run(request: Request, data: bytes, file_name: str) -> Any:
    try:
        return run(request, data)
    except Fault as fault:
        log.error("reading a kit failed", file=file_name, trace=fault.trace)
        raise
