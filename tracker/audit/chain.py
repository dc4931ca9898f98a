"""The hash chain of the audit record: each entry's hash covers its own content and the hash before it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

GENESIS = "0" * 64


@dataclass(frozen=True, slots=True)
class Link:
    """What of an entry is covered: its number, moment (ISO, UTC), actor, action, subject and canonical JSON body."""

    seq: int
    at: str
    actor: str
    action: str
    subject: str
    body: str


def digest(link: Link, previous: str) -> str:
    """SHA-256 in hex over the length-prefixed fields, so that no two entries can run together to the same bytes."""
    sha = hashlib.sha256()
    for field in (previous, str(link.seq), link.at, link.actor, link.action, link.subject, link.body):
        data = field.encode("utf-8")
        sha.update(len(data).to_bytes(8, "big"))
        sha.update(data)
    return sha.hexdigest()


@dataclass(frozen=True, slots=True)
class Verdict:
    rows: int
    head: str
    broken_at: int | None
    """Number of the first entry that does not fit, or None where the chain is whole."""


def verify(entries: Iterable[tuple[Link, str, str]]) -> Verdict:
    """Walks (link, previous, hash) triples in order of their numbers."""
    head, rows = GENESIS, 0
    for link, previous, own in entries:
        if link.seq != rows + 1 or previous != head or digest(link, previous) != own:
            return Verdict(rows, head, link.seq)
        head, rows = own, rows + 1
    return Verdict(rows, head, None)
