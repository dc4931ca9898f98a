"""What rooms above tell beside a task's units, by a name that its page knows. They say so when they register; the page asks."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

Teller = Callable[[Mapping[int, str], date], Any]
"""From assignments that the viewer may read, each with its unit's name, as of a day."""

_tellers: dict[str, Teller] = {}


def tell(name: str, teller: Teller) -> None:
    _tellers[name] = teller


def told(assignments: Mapping[int, str], today: date) -> dict[str, Any]:
    """Name → what is told, in a fixed number of statements."""
    return {name: teller(assignments, today) for name, teller in _tellers.items()}
