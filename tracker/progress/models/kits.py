"""Offline return kits (离线填报包): what was given out, and every file that came back."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from tracker.db import Base, Json, UtcDateTime, one_of
from tracker.progress.states import KIT_STATES


class Kit(Base):
    """A workbook with the open reports of one unit, as it was given out."""

    __tablename__ = "kit"
    __table_args__ = (Index("ix_kit_unit", "unit_id", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(32), unique=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    template: Mapped[int]
    """Version of its table."""
    sha256: Mapped[str] = mapped_column(String(64))
    """Of the file that was given out."""
    reports: Mapped[int]
    """How many reports it asks for."""
    made_by: Mapped[int] = mapped_column(ForeignKey("person.id"))
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)


class ReturnedKit(Base):
    """A file that came back as a kit, kept as it was received, and what became of it."""

    __tablename__ = "kit_returned"
    __table_args__ = (
        CheckConstraint(one_of("state", KIT_STATES), name="state"),
        CheckConstraint("(state = 'refused') = (reason <> '')", name="reason"),
        CheckConstraint("state = 'refused' OR kit_id IS NOT NULL", name="kit"),
        UniqueConstraint("batch", "place"),
        Index("ix_kit_returned_unit", "unit_id", "id"),
        Index("ix_kit_returned_kit", "kit_id", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    batch: Mapped[str] = mapped_column(String(32))
    """Files that were sent together."""
    place: Mapped[int]
    """Among them, from 0."""
    kit_id: Mapped[int | None] = mapped_column(ForeignKey("kit.id"))
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    """Of the kit; empty where it is not known for one of ours."""
    through: Mapped[str] = mapped_column(String(8))
    """Who sent it in: `unit` or `office`, which sees its own only."""
    file_name: Mapped[str] = mapped_column(String(255))
    file_key: Mapped[str] = mapped_column(String(64))
    """Of the file as received; empty where an archive did not give it out."""
    said: Mapped[dict[str, Any]] = mapped_column(Json)
    """What was filled in: see `tracker.progress.kits.returned`."""
    state: Mapped[str] = mapped_column(String(8))
    reason: Mapped[str] = mapped_column(Text, default="")
    """Why it was refused: a code of `tracker.progress.kits.refusals`, whose words `said` fills; words in files refused before."""
    by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    settled_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    settled_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    version: Mapped[int] = mapped_column(default=1)
    __mapper_args__ = {"version_id_col": version}
