"""The policy of a plan: what its document leaves open and the lead office decides, as data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Literal

Proof = Literal["monthly", "quarterly", "half_yearly", "yearly"]
Roll = Literal["none", "next", "previous"]
Reminds = Literal["workdays", "every_day"]


@dataclass(frozen=True, slots=True)
class Policy:
    proof: Proof = "quarterly"
    """How often a task without a date of its own (持续推进) is to be shown to go on; it is closed at the year's end."""
    roll: Roll = "none"
    """Where a due date falls on a day off: stay, go to the next workday, or to the one before."""
    near_days: int = 7
    """From how many days before the due date the light is ▲ 临期."""
    lights: str = "general"
    """Which rule set of lights (亮灯规则) is chosen: see `tracker.progress.light_rules`."""
    reminds: Reminds = "workdays"
    """On which days units are reminded of it: on workdays, or every day."""
    own_lights: Mapping[str, Any] = field(default_factory=dict, hash=False)
    """What the lead office changed in the rule sets, by their keys: see `tracker.progress.light_changes`."""


def read_policy(stored: Mapping[str, Any] | None) -> Policy:
    return Policy(**{key: value for key, value in (stored or {}).items() if key in Policy.__dataclass_fields__})


def stored_policy(policy: Policy) -> dict[str, Any]:
    """As it is kept and recorded: without changes of lights where there are none, and without the usual days of reminding."""
    usual = Policy()
    left_out = {"own_lights", "reminds"}
    return {key: value for key, value in asdict(policy).items() if key not in left_out or value != getattr(usual, key)}
