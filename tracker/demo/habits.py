"""How reliably the units of the invented city work; it follows from a unit's name. Pure."""

from __future__ import annotations

import random
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Habit:
    """How a unit works: chances of reporting late, not at all, and of being sent back."""

    late: float
    silent: float
    sloppy: float


def habit_of(name: str) -> Habit:
    dice = random.Random(name)  # noqa: S311 a fixed character, not secrecy
    kind = dice.random()
    if kind < 0.55:
        return Habit(0.04, 0.01, 0.05)
    if kind < 0.85:
        return Habit(0.14, 0.04, 0.12)
    return Habit(0.28, 0.12, 0.2)
