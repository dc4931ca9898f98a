"""The side bar: rooms say what they offer and to whom; a person sees what their roles open."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from flask import Flask, request

from tracker import clock
from tracker.web.kept import newest
from tracker.web.parts import address, cached

GROUPS = ("work", "plan", "score", "place")
"""Order of the groups: what waits for me, plans and progress, scores, and who runs the place."""

LONGEST_PATH = 100
"""Of a page whose place among the items is remembered: those of records are shorter."""

CLAIMED = 10_000
"""Nearer than any address is long."""


@dataclass(frozen=True, slots=True)
class Item:
    endpoint: str
    label: Any
    """Lazy text."""
    icon: str
    group: str
    roles: frozenset[str]
    badge: Callable[[Any], int | None] | None = None
    """Number of things that wait, for a viewer; 0 shows nothing. None leaves the item out: it is nothing to them."""
    prefix: str | tuple[str, ...] = ""
    """Addresses below it, or below any of them, belong to it too."""
    claims: frozenset[str] = frozenset()
    """Endpoints that belong to it wherever their address lies."""
    retells: bool = False
    """Whether what its badge counts only tells of things that other items count too."""


class Link(NamedTuple):
    label: str
    href: str
    icon: str
    active: bool
    badge: int
    retells: bool


Groups = tuple[tuple[Link, ...], ...]


def offer(app: Flask, *items: Item) -> None:
    app.extensions.setdefault("navigation", []).extend(items)


def navigation(app: Flask, viewer: Any) -> Groups:
    """Groups of links that the viewer's roles open, in order; empty groups are left out."""
    if viewer is None:
        return ()
    roles = viewer.roles
    offered: list[Item] = [item for item in app.extensions.get("navigation", []) if item.roles & roles]
    waits = [(item, count) for item in offered if (count := _waiting(item, viewer)) is not None]
    items = [item for item, _count in waits]
    place = here(items)
    states = tuple((item.endpoint, item is place, count) for item, count in waits)
    return cached("navigation", states, lambda: _groups(items, states))


def waiting(groups: Groups) -> int:
    """All that waits for the person, each thing once: as the side bar counts it, without what tells of it again."""
    return sum(link.badge for group in groups for link in group if not link.retells)


def _groups(items: list[Item], states: Sequence[tuple[str, bool, int]]) -> Groups:
    links = [
        (item.group, Link(str(item.label), address(item.endpoint), item.icon, active, waiting, item.retells))
        for item, (_, active, waiting) in zip(items, states, strict=True)
    ]
    groups = (tuple(link for group, link in links if group == wanted) for wanted in GROUPS)
    return tuple(group for group in groups if group)


def here(items: Sequence[Item]) -> Item | None:
    """The one item that the page belongs to: which claims its endpoint, else whose address, or one it took on, lies
    nearest above the page's. Of two with equal right the one that was offered first."""

    def find() -> tuple[Item | None]:
        place = max(items, key=_nearness, default=None)
        return (place if place is not None and _nearness(place) else None,)

    asked = (request.path, request.endpoint, *(item.endpoint for item in items))
    known = "places" if len(request.path) <= LONGEST_PATH else None
    return cached("here", asked, find, known)[0]


def _nearness(item: Item) -> int:
    """How much the item has to do with the page; 0 for nothing. Its own address counts a little more than one it took
    on, so that a page passes to the second item only for whom the first does not stand there."""
    if request.endpoint in item.claims:
        return CLAIMED
    href = address(item.endpoint)
    if request.path == href:
        return CLAIMED - 1
    taken = (item.prefix,) if isinstance(item.prefix, str) else item.prefix
    return max(2 * _above(href) + 1 if _above(href) else 0, *(2 * _above(place) for place in taken), 0)


def _above(place: str) -> int:
    """The length of an address that the page's is, or lies below; 0 where it does not."""
    folder = place.rstrip("/") + "/"
    return len(folder) if folder != "/" and f"{request.path}/".startswith(folder) else 0


def _waiting(item: Item, viewer: Any) -> int | None:
    """The badge, counted once until somebody acts or the day ends."""
    count = item.badge
    if count is None:
        return 0
    return newest(("badge", item.endpoint, viewer.person_id, viewer.grants, clock.today()), lambda: count(viewer))
