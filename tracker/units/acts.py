"""Acts of reorganisation (机构改革) as plain values: what is ordered, and what followed. Pure."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from tracker.db import canonical_json


@dataclass(frozen=True, slots=True)
class NewBody:
    """A unit that an act founds."""

    name: str
    short_name: str
    kind: str
    parent_id: int


@dataclass(frozen=True, slots=True)
class Terms:
    """What an act orders. Which fields count depends on `kind`:

    - rename (更名): the one unit of `before` is from the day on the first of `bodies`.
    - merge (合并): the units of `before` become the first of `bodies`, or part of the unit `into`.
    - split (拆分): of the one unit of `before` come `bodies`; it goes on beside them where it `stays`. What it still owed
      is the first body's, or its own where it stays.
    - move (划转): the one unit of `before` stands below `parent_id`.
    - plate (挂牌): the one unit of `before` bears the name `plate`, or no longer where it is `taken_off`.
    - duplicate (归并重复): the one unit of `before` is the unit `into`, which was recorded twice.
    """

    kind: str
    before: tuple[int, ...]
    on: date
    document: str = ""
    reason: str = ""
    bodies: tuple[NewBody, ...] = ()
    into: int | None = None
    stays: bool = False
    parent_id: int | None = None
    plate: str = ""
    taken_off: bool = False

    def plain(self) -> dict[str, Any]:
        """As it is kept with the act: the kind, the day and the papers stand in columns of their own."""
        return {
            "before": list(self.before),
            "bodies": [[one.name, one.short_name, one.kind, one.parent_id] for one in self.bodies],
            "into": self.into, "stays": self.stays, "parent_id": self.parent_id, "plate": self.plate,
            "taken_off": self.taken_off,
        }  # fmt: skip

    @property
    def mark(self) -> str:
        """Tells one order from another: what a person confirms is what they were shown."""
        body = [self.kind, self.on.isoformat(), self.document, self.reason, self.plain()]
        return hashlib.sha256(canonical_json(body).encode()).hexdigest()[:16]


def terms_of(kind: str, on: date, document: str, reason: str, plain: Mapping[str, Any]) -> Terms:
    """The terms of an act as it is kept."""
    return Terms(
        kind, tuple(plain["before"]), on, document, reason, tuple(NewBody(*one) for one in plain["bodies"]),
        plain["into"], plain["stays"], plain["parent_id"], plain["plate"], plain["taken_off"],
    )  # fmt: skip


@dataclass(slots=True)
class Effects:
    """What followed from an act, for people to read: names, not ids."""

    ended: list[str] = field(default_factory=list)
    founded: list[str] = field(default_factory=list)
    moved: list[str] = field(default_factory=list)
    """Units that stand elsewhere now: the one moved, or those below one that ended."""
    people: list[tuple[str, str]] = field(default_factory=list)
    """Who holds roles at the successor by this act: (name, role)."""
    names: list[str] = field(default_factory=list)
    """Aliases, short names and plates that end or begin."""
    collectives: list[tuple[str, list[str], list[str]]] = field(default_factory=list)
    """Phrases that stand for other units now: (phrase, who is no longer meant, who is meant now)."""
    work: dict[str, int] = field(default_factory=dict)
    """What other rooms did, by what it is called: {"承接任务": 12}."""

    def plain(self) -> dict[str, Any]:
        return {
            "ended": self.ended, "founded": self.founded, "moved": self.moved, "people": [list(one) for one in self.people],
            "names": self.names, "collectives": [list(one) for one in self.collectives], "work": self.work,
        }  # fmt: skip
