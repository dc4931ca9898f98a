"""What every request (申请) has in common, whatever it is about: what was asked for, by whom, and what was said to it."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from tracker.db import UtcDateTime
from tracker.progress.states import RequestKind


class Asking:
    """Columns of a request. Which thing it is about, its table says."""

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[RequestKind] = mapped_column(String(10))
    state: Mapped[str] = mapped_column(String(10), default="asked")
    reason: Mapped[str] = mapped_column(Text)
    """Why; of a closing how the task was fulfilled (办结情况)."""
    progress: Mapped[str] = mapped_column(Text, default="")
    """How far the work has come by the day of asking for more time."""
    due_before: Mapped[date | None]
    """The date that it was due by when something was asked for it."""
    until: Mapped[date | None]
    """The date asked for."""
    granted_until: Mapped[date | None]
    asked_by: Mapped[int] = mapped_column(ForeignKey("person.id"))
    asked_at: Mapped[datetime] = mapped_column(UtcDateTime)
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    decided_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    note: Mapped[str] = mapped_column(Text, default="")
    """What the lead office says to it; the reason of a refusal."""
