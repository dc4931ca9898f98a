"""The side bar: rooms say what they offer and to whom; a person sees what their roles open."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import Flask, request, url_for

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


@dataclass(frozen=True, slots=True)
class Link:
    label: Any
    href: str
    icon: str
    active: bool
    badge: int


def offer(app: Flask, *items: Item) -> None:
    app.extensions.setdefault("navigation", []).extend(items)


def navigation(app: Flask, viewer: Any) -> list[list[Link]]:
    """Groups of links that the viewer's roles open, in order; empty groups are left out."""
    items: list[Item] = app.extensions.get("navigation", [])
    if viewer is None:
        return []
    groups: list[list[Link]] = []
    for group in GROUPS:
        links = [_link(item, viewer) for item in items if item.group == group and item.roles & viewer.roles]
        if links:
            groups.append(links)
    return groups


def _link(item: Item, viewer: Any) -> Link:
    href = url_for(item.endpoint)
    below = item.prefix or href
    active = request.path == href or (below != "/" and request.path.startswith(below.rstrip("/") + "/"))
    return Link(item.label, href, item.icon, active, item.badge(viewer) if item.badge else 0)
