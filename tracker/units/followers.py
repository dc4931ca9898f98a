"""What other rooms do when bodies are reorganised. Rooms above say so when they register; this one only calls them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select

from tracker.accounts.roles import Viewer


@dataclass(frozen=True, slots=True)
class Passing:
    """What an act means for work that units owe."""

    act_id: int
    words: str
    """The act in a sentence, as records of the work tell it."""
    heirs: Mapping[int, int]
    """Units that ended → which one takes over what they still owe."""
    branches: Mapping[int, tuple[int, int]]
    """Units that stand in another branch (directly below the root) now → branch before, branch now."""


Follower = Callable[[Passing, Viewer | None, datetime], Mapping[str, int]]
"""Does what follows in one room, in the transaction of the act; returns how many of what: {"承接任务": 12}."""

Holder = Callable[[Select[tuple[int]]], None]
"""Locks what a room may touch for units, before the act writes anything: see `tracker.audit.service.lock_head`."""

_followers: dict[str, Follower] = {}
_holders: dict[str, Holder] = {}


def follow(room: str, follower: Follower, holder: Holder | None = None) -> None:
    _followers[room] = follower
    if holder is not None:
        _holders[room] = holder


def hold(units: Select[tuple[int]]) -> None:
    """Lets every room lock its part first, in the order of their names: an act waits for others before they wait for it."""
    for room in sorted(_holders):
        _holders[room](units)


def followed(passing: Passing, *, by: Viewer | None, at: datetime) -> dict[str, int]:
    """Lets every room follow, in the order of their names."""
    done: dict[str, int] = {}
    for room in sorted(_followers):
        done.update(_followers[room](passing, by, at))
    return {name: n for name, n in done.items() if n}
