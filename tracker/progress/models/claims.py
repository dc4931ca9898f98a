"""Tasks without an owner that units offer to take (主动认领)."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from tracker.db import Base, UtcDateTime, one_of
from tracker.plans.states import REPORTING_ROLES
from tracker.progress.states import CLAIM_STATES


class Claim(Base):
    """A unit offers to take a task that nobody has; the lead office confirms or declines."""

    __tablename__ = "claim"
    __table_args__ = (
        CheckConstraint(one_of("state", CLAIM_STATES), name="state"),
        CheckConstraint(f"role IS NULL OR {one_of('role', REPORTING_ROLES)}", name="role"),
        Index("ix_claim_task", "task_id", "id"),
        Index("ix_claim_unit", "unit_id", "id"),
        Index("ix_claim_state", "state", "asked_at", "id"),
        Index(
            "uq_claim_waiting", "task_id", "unit_id", unique=True, sqlite_where=text("state = 'asked'"),
            postgresql_where=text("state = 'asked'"),
        ),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(primary_key=True)
    task_id: Mapped[int] = mapped_column(ForeignKey("task.id"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    state: Mapped[str] = mapped_column(String(12))
    words: Mapped[str] = mapped_column(Text)
    """Why the unit offers, and what it can do."""
    role: Mapped[str | None] = mapped_column(String(12))
    """As what it was confirmed."""
    asked_by: Mapped[int] = mapped_column(ForeignKey("person.id"))
    asked_at: Mapped[datetime] = mapped_column(UtcDateTime)
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    decided_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    note: Mapped[str] = mapped_column(Text, default="")
    """What the lead office says to it; the reason of declining."""
    version: Mapped[int] = mapped_column(default=1)
    __mapper_args__ = {"version_id_col": version}
