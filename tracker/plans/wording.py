"""The words of a task that may be corrected after it was adopted."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from tracker.plans.seen import seen_mark

_ENDS = "。；，：！？,;:!?.\n"


def is_cut(name: str, requirement: str) -> bool:
    """Whether a name is the beginning of a requirement that goes on within the same clause: then it is shown with “…”."""
    rest = requirement[len(name) :].lstrip() if name and requirement.startswith(name) else ""
    return bool(rest) and rest[0] not in _ENDS


@dataclass(frozen=True, slots=True)
class Wording:
    number: str | None
    name: str
    requirement: str
    weight: Decimal | None
    """Points (分值), None where the plan gives none."""

    @property
    def mark(self) -> str:
        """Tells whether somebody else has changed it since it was shown."""
        weight = None if self.weight is None else format(self.weight, "f")
        return seen_mark([self.number, self.name, self.requirement, weight])
