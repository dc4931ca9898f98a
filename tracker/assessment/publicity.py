"""公示: a published run stands open for some workdays; after the last of them it is final. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

DAYS = 5
"""Workdays (工作日) unless the publisher says otherwise: the least that the state asks for (人社部发〔2023〕6号, 第十七条)."""
MOST_DAYS = 60

OPEN, FINAL, REPLACED = "open", "final", "replaced"


@dataclass(frozen=True, slots=True)
class Publicity:
    """Of a published run. `until`: the last day on which it may still be withdrawn, None for one that was published
    before there was a time to it. `replaced_by`: the run that was published in its place."""

    until: date | None
    replaced_by: int | None = None

    def stage(self, today: date) -> str:
        if self.replaced_by is not None:
            return REPLACED
        return OPEN if self.until is not None and today <= self.until else FINAL
