"""What comes of reading a printed scheme: a draft, and what was noticed on the way."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from tracker.assessment.scoring.numbers import read_number


@dataclass(frozen=True, slots=True)
class Noticed:
    """`is_doubt`: to be put right or decided; else it only says what was made of it."""

    place: str
    text: str
    is_doubt: bool = True


@dataclass(slots=True)
class Leaf:
    path: tuple[str, ...]
    name: str
    points: str
    criteria: str
    rule: dict[str, Any]
    source: dict[str, Any]
    place: str


@dataclass(slots=True)
class Read:
    """`body` and `sources` as a scheme stores them, with the settings that the file has; `noticed` in the order of the
    sheets."""

    body: dict[str, Any]
    sources: dict[str, Any]
    noticed: list[Noticed] = field(default_factory=list)
    leaves: int = 0
    has_settings: bool = False
    """Whether there is a table of settings beside the printed one."""
    told_around: bool = False
    """Whether the text around the table says some of the settings."""


def summed(leaves: Sequence[Leaf]) -> Decimal | None:
    """What the points come to; None where one of them is no number."""
    known = [number for leaf in leaves if (number := read_number(leaf.points)) is not None]
    return sum(known, Decimal(0)) if len(known) == len(leaves) else None
