"""What is entered about a unit: one fact as somebody gives it, before it is judged. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One fact. Which of its fields mean something follows from its kind (`binding.ENTERED_KINDS`, and what is given
    beside the indicators: bonus, penalty, veto)."""

    kind: str
    indicator: str | None = None
    amount: Decimal | None = None
    """Points, or the value that was measured."""
    times: int | None = None
    """How often what a deduction is for has happened."""
    met: bool | None = None
    figures: Mapping[str, str] = field(default_factory=dict)
    """As typed, by the names that the rule gives them."""
    reason: str = ""
    obligation_id: int | None = None
    evidence_id: int | None = None
    notice_days: int | None = None
    """Workdays for which the unit may answer before the fact counts; none: it counts at once."""
