"""Lights (亮灯) of an obligation: from its dates and state alone, never from a typed colour. Standard library only."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Literal, get_args

from tracker.progress.states import PUNCTUAL

Standing = Literal["on_time", "near", "overdue", "done", "none"]
"""How a report stands: what is counted, filtered and added up, whatever the lights of its plan are called."""

LightKind = Literal[
    "on_time", "near", "soon", "behind", "reminded", "warned", "overdue", "done", "caught_up", "none"
]  # fmt: skip
"""A light: a standing, or what a plan's rule set shows in its place (see `light_rules`): 临期 in blue, 滞后, 提醒, 警告, 补报."""

LIGHT_KINDS: tuple[Standing, ...] = ("on_time", "near", "overdue", "done")

IN_HAND = ("open", "returned")
"""States in which the unit has something to do."""


def light(state: str, timing: str, due_on: date, *, today: date, near_days: int) -> Standing:
    """How an obligation stands as of a day: its light by the general rule.

    ✓ 已核: accepted. ■ 逾期: its date has passed, and neither is it accepted nor does a return wait at the lead office
    that arrived in time (or within an extension). ▲ 临期: still to be reported, at most `near_days` calendar days left. ● 按期: all else.
    A cancelled obligation has none. Whether the first return was late (逾期报送) is told by `timing`, which stays.
    """
    return standing(state, timing, due_on, today=today, near=near_until(today, near_days))


def standing(state: str, timing: str, due_on: date, *, today: date, near: date) -> Standing:
    """As `light`; `near` is the last due date that is near."""
    if state == "cancelled":
        return "none"
    if state == "accepted":
        return "done"
    if due_on < today and not (state == "reported" and timing in PUNCTUAL):
        return "overdue"
    if state in IN_HAND and due_on <= near:
        return "near"
    return "on_time"


def counted(kinds: Iterable[LightKind]) -> dict[LightKind, int]:
    """Light → how many show it, the mildest first; of the cancelled nothing is said."""
    found = Counter(kinds)
    return {kind: found[kind] for kind in get_args(LightKind) if found[kind] and kind != "none"}


def near_until(today: date, near_days: int) -> date:
    """The last due date that is near as of a day."""
    return today + timedelta(days=near_days)


def timing_of(original_due_on: date, due_on: date, arrived: date) -> str:
    """Whether a first return that reached the lead office on that day (China Standard Time) was in time.

    By the first date it is on time; after that, within an extension that was granted, `extended`; else late.
    """
    if arrived <= original_due_on:
        return "on_time"
    return "extended" if arrived <= due_on else "late"


def days_late(due_on: date, today: date) -> int:
    """Calendar days since the due date; 0 where it has not passed."""
    return max(0, (today - due_on).days)
