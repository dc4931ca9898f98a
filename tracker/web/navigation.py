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


@dataclass(frozen=True, slots=True)
class Item:
    endpoint: str
    label: Any
    """Lazy text."""
    icon: str
    group: str
    roles: frozenset[str]
    badge: Callable[[Any], int] | None = None
    """Number of things that wait, for a viewer; 0 shows nothing."""
    prefix: str = ""
    """Addresses below it that belong to it too."""
    claims: frozenset[str] = frozenset()
    """Endpoints that belong to it wherever their address lies."""


class Link(NamedTuple):
    label: str
    href: str
    icon: str
    active: bool
    badge: int


Groups = tuple[tuple[Link, ...], ...]


def offer(app: Flask, *items: Item) -> None:
    app.extensions.setdefault("navigation", []).extend(items)


def navigation(app: Flask, viewer: Any) -> Groups:
    """Groups of links that the viewer's roles open, in order; empty groups are left out."""
    if viewer is None:
        return ()
    items: list[Item] = [item for item in app.extensions.get("navigation", []) if item.roles & viewer.roles]
    claimed = any(request.endpoint in item.claims for item in items)
    states = tuple((item.endpoint, _is_active(item, claimed=claimed), _waiting(item, viewer)) for item in items)
    return cached("navigation", states, lambda: _groups(items, states))


def _groups(items: list[Item], states: Sequence[tuple[str, bool, int]]) -> Groups:
    links = [
        (item.group, Link(str(item.label), address(item.endpoint), item.icon, active, waiting))
        for item, (_, active, waiting) in zip(items, states, strict=True)
    ]
    groups = (tuple(link for group, link in links if group == wanted) for wanted in GROUPS)
    return tuple(group for group in groups if group)


def _is_active(item: Item, *, claimed: bool) -> bool:
    if claimed:
        return request.endpoint in item.claims
    href = address(item.endpoint)
    below = item.prefix or href
    return request.path == href or (below != "/" and request.path.startswith(below.rstrip("/") + "/"))


def _waiting(item: Item, viewer: Any) -> int:
    """The badge, counted once until somebody acts or the day ends."""
    count = item.badge
    if count is None:
        return 0
    return newest(("badge", item.endpoint, viewer.person_id, viewer.grants, clock.today()), lambda: count(viewer))
