"""A unit's task passed down to its offices or towns (转办下级), and what they report for each of its dates."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from tracker.db import Base, ExactDecimal, UtcDateTime, one_of
from tracker.progress.states import PART_STATES


class Passed(Base):
    """A task of a unit in the hands of one below it. Its dates are those of the unit's own reports, so many days earlier."""

    __tablename__ = "passed"
    __table_args__ = (
        UniqueConstraint("assignment_id", "unit_id"),
        CheckConstraint("days_before BETWEEN 0 AND 60", name="days_before"),
        Index("ix_passed_unit", "unit_id", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    assignment_id: Mapped[int] = mapped_column(ForeignKey("assignment.id"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    words: Mapped[str] = mapped_column(Text)
    """What is asked of the unit below."""
    days_before: Mapped[int]
    """Calendar days between its date and that of the unit above."""
    stands: Mapped[bool] = mapped_column(default=True)
    """Whether it is asked still; what was reported stays."""
    by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    version: Mapped[int] = mapped_column(default=1)
    __mapper_args__ = {"version_id_col": version}


class Part(Base):
    """What a unit below reports for one date of the unit above. It begins to be with the first word that is written."""

    __tablename__ = "passed_part"
    __table_args__ = (
        CheckConstraint(one_of("state", PART_STATES), name="state"),
        CheckConstraint("percent BETWEEN 0 AND 100", name="percent"),
        UniqueConstraint("passed_id", "obligation_id"),
        Index("ix_passed_part_obligation", "obligation_id", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    passed_id: Mapped[int] = mapped_column(ForeignKey("passed.id"))
    obligation_id: Mapped[int] = mapped_column(ForeignKey("obligation.id"))
    state: Mapped[str] = mapped_column(String(10), default="draft")
    done: Mapped[str] = mapped_column(Text, default="")
    problems: Mapped[str] = mapped_column(Text, default="")
    percent: Mapped[int] = mapped_column(default=0)
    reached: Mapped[bool | None]
    """Of a milestone (节点): whether it is reached below; None where nothing is said of it."""
    expected_on: Mapped[date | None]
    """When it is expected to be reached."""
    reason: Mapped[str] = mapped_column(Text, default="")
    """Why it was sent back."""
    author_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    editor: Mapped[str] = mapped_column(String(32), default="")
    """The open page that saved it last."""
    saved_at: Mapped[datetime] = mapped_column(UtcDateTime)
    submitted_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """When it first reached the unit above: by the server's clock."""
    due_on: Mapped[date | None]
    """Its date as it stood then: what was due stays due as it was."""
    version: Mapped[int] = mapped_column(default=1)
    __mapper_args__ = {"version_id_col": version}


class PassedUrge(Base):
    """A unit below was urged to report (催报): the last time, and how often."""

    __tablename__ = "passed_urge"

    passed_id: Mapped[int] = mapped_column(ForeignKey("passed.id"), primary_key=True)
    obligation_id: Mapped[int] = mapped_column(ForeignKey("obligation.id"), primary_key=True)
    times: Mapped[int] = mapped_column(default=0)
    by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class PartFigure(Base):
    """A figure of a unit below against a target of the task."""

    __tablename__ = "passed_figure"

    part_id: Mapped[int] = mapped_column(ForeignKey("passed_part.id"), primary_key=True)
    target_id: Mapped[int] = mapped_column(ForeignKey("task_target.id"), primary_key=True)
    value: Mapped[Decimal] = mapped_column(ExactDecimal)


class PartEvidence(Base):
    """A file that a unit below sends with what it reports."""

    __tablename__ = "passed_evidence"
    __table_args__ = (Index("ix_passed_evidence_file", "evidence_id"),)

    part_id: Mapped[int] = mapped_column(ForeignKey("passed_part.id"), primary_key=True)
    evidence_id: Mapped[int] = mapped_column(ForeignKey("evidence.id"), primary_key=True)
