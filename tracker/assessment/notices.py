"""Whether a deduction that a unit was told of (扣分告知) counts on a day. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

NOTIFIED = ("deduction", "penalty")
"""Kinds of fact that a unit is told of before they count."""

OPEN, WAITING, SETTLED, UPHELD, CANCELLED = "open", "waiting", "settled", "upheld", "cancelled"


@dataclass(frozen=True, slots=True)
class Notice:
    """`agrees` is None where the unit has not answered; `decision` as in `states.DECISIONS`."""

    sent_at: datetime
    reply_by: date
    agrees: bool | None
    reply: str
    replied_at: datetime | None
    decision: str
    decision_reason: str

    def state(self, today: date) -> str:
        """`open`: the unit may answer still. `waiting`: it objects, and nobody has decided. `settled`: it agrees, or let
        the time pass. `upheld`, `cancelled`: decided."""
        if self.decision:
            return self.decision
        if self.agrees is None:
            return OPEN if today <= self.reply_by else SETTLED
        return SETTLED if self.agrees else WAITING

    def counts_on(self, today: date) -> bool:
        return self.state(today) in {SETTLED, UPHELD}


def counts_on(notice: Notice | None, today: date) -> bool:
    """A deduction without a notice counts at once."""
    return notice is None or notice.counts_on(today)
