"""What an invented place is made of. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple


class Department(NamedTuple):
    name: str
    short: str
    aliases: tuple[str, ...] = ()


class Reform(NamedTuple):
    """An act of reorganisation of the year before: what it was, in which month, of whom, what came of it."""

    kind: str
    month: int
    before: tuple[str, ...]
    after: tuple[str, ...]
    document: str
    stays: bool = False
    above: str = ""
    """Of a move: below which unit it stood."""


class Seat(NamedTuple):
    """A government one level down: its name, kind and short name, and the units below it (name, kind)."""

    name: str
    kind: str
    short: str
    below: tuple[tuple[str, str], ...]


class Person(NamedTuple):
    """Someone who tries the product: sign-in name, name, roles, and the unit they hold them for ('' is the whole place)."""

    username: str
    name: str
    roles: tuple[str, ...]
    unit: str
    tour: str
    """What `make run` says they are there for."""


@dataclass(frozen=True)
class Place:
    """`seats_of(scale)` are the governments below it, `scale` times as many as it has.

    Documents and the story of the year are written about the city; what another place calls the same stands in
    `counterparts`, by what it is called there.
    """

    name: str
    kind: str
    departments: Sequence[Department]
    reforms: Sequence[Reform]
    seats_of: Callable[[int], Sequence[Seat]]
    collectives: Sequence[tuple[str, Sequence[str]]]
    """Phrases that stand for many units, with the kinds of those."""
    people: Sequence[Person]
    counterparts: Mapping[str, str] = field(default_factory=dict)

    def told(self, text: str) -> str:
        """What is said about the city, of this place: the longest name first, each place once."""
        if not self.counterparts:
            return text
        names = sorted(self.counterparts, key=len, reverse=True)
        return re.sub("|".join(map(re.escape, names)), lambda found: self.counterparts[found.group()], text)
