"""Milestones (节点): what a return says of one, what follows from it, how one stands. Pure.

Which obligations are milestones is told by `obligations.with_milestones`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, Literal, NamedTuple

REACHED, EXPECTED = "reached_", "expected_"
"""Begin the names of the fields of a milestone on forms; the id of its obligation follows."""
YES, NO = "yes", "no"
"""What the field says that asks whether it is reached."""
Standing = Literal["reached", "missed", "ahead"]
"""`missed`: its date has passed, and it is not said to be reached."""
STANDINGS: tuple[Standing, ...] = ("reached", "missed", "ahead")


class Said(NamedTuple):
    """What is said of a milestone."""

    reached: bool
    expected_on: date | None = None
    """When it is expected to be reached, where it is not."""


def typed(said: Mapping[int, Said]) -> dict[str, Any]:
    """What is said of milestones, by the fields of a form."""
    reached = {f"{REACHED}{key}": YES if one.reached else NO for key, one in said.items()}
    return {**reached, **{f"{EXPECTED}{key}": one.expected_on for key, one in said.items()}}


def share(reached: int, of: int) -> int:
    """The percent that so many milestones stand for: rounded down, so that 100 says that all of them are reached."""
    return reached * 100 // of if of else 0


def lost(before: Mapping[int, Said | None], now: Mapping[int, Said]) -> list[int]:
    """Milestones that were reached before and are said not to be now (节点回退)."""
    return [key for key, said in now.items() if not said.reached and (was := before.get(key)) and was.reached]


def is_ahead(said: Said, *, due: date, today: date) -> bool:
    """Whether the day on which a milestone is expected lies ahead: of today, and of the date it was due by."""
    return said.expected_on is not None and said.expected_on > max(due, today)


def together(parts: Iterable[Said | None]) -> Said | None:
    """What several units say of one milestone together: reached once each has reached it, else by the last of their days.
    None where one has said nothing."""
    said = list(parts)
    known = [one for one in said if one is not None]
    if not known or len(known) < len(said):
        return None
    days = [one.expected_on for one in known if one.expected_on is not None]
    return Said(reached=True) if all(one.reached for one in known) else Said(False, max(days, default=None))


def standing(said: Said | None, *, due: date, today: date) -> Standing:
    if said is not None and said.reached:
        return "reached"
    return "missed" if due < today else "ahead"
