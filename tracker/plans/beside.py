"""What rooms above tell beside a task's units: what it is, and the macros of theirs that show it. They say so when they register;
the page asks, and imports no template of theirs by name."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

Teller = Callable[[Mapping[int, str], date], Any]
"""From assignments that the viewer may read, each with its unit's name, as of a day; false where there is nothing to tell."""

_tellers: dict[str, Teller] = {}


@dataclass(frozen=True, slots=True)
class Beside:
    template: str
    """Its macros: `of_unit(what, assignment_id)` stands in a unit's row, `below(what)` under all of them, `head()` in the head."""
    what: Any


def tell(template: str, teller: Teller) -> None:
    _tellers[template] = teller


def told(assignments: Mapping[int, str], today: date) -> list[Beside]:
    """In the order of the rooms, only where there is something to tell; a fixed number of statements."""
    found = [Beside(template, teller(assignments, today)) for template, teller in _tellers.items()]
    return [one for one in found if one.what]
