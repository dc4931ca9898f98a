"""What a unit is asked about its report (询问) while the report stays where it is, and what is said to it."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from tracker.db import Base, UtcDateTime, one_of
from tracker.progress.states import QUESTION_KINDS, QUESTION_STATES


class Question(Base):
    """A question about one report of a unit, by the unit that leads its task (催报, 请补充) or by the lead office (核验询问)."""

    __tablename__ = "question"
    __table_args__ = (
        CheckConstraint(one_of("kind", QUESTION_KINDS), name="kind"),
        CheckConstraint(one_of("state", QUESTION_STATES), name="state"),
        CheckConstraint("(kind = 'check') = (asker_id IS NULL)", name="asker"),
        Index("ix_question_obligation", "obligation_id", "id"),
        Index("ix_question_asker", "asker_id", "state", "id"),
        Index("ix_question_state", "state", "due_on", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(10))
    obligation_id: Mapped[int] = mapped_column(ForeignKey("obligation.id"))
    asker_id: Mapped[int | None] = mapped_column(ForeignKey("assignment.id"))
    """The part in the task of the unit that asks; None where the lead office asks."""
    state: Mapped[str] = mapped_column(String(10))
    due_on: Mapped[date]
    """By when an answer is wanted."""
    moved_at: Mapped[datetime] = mapped_column(UtcDateTime)
    """When something was last said."""
    version: Mapped[int] = mapped_column(default=1)
    __mapper_args__ = {"version_id_col": version}


class QuestionEntry(Base):
    """One thing said in the thread of a question: the question itself first."""

    __tablename__ = "question_entry"
    __table_args__ = (Index("ix_question_entry_question", "question_id", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    question_id: Mapped[int] = mapped_column(ForeignKey("question.id"))
    verb: Mapped[str] = mapped_column(String(10))
    """The step of `tracker.progress.workflow` that was taken with it."""
    text: Mapped[str] = mapped_column(Text, default="")
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    """The unit that the person spoke for; None for the lead office."""
    at: Mapped[datetime] = mapped_column(UtcDateTime)
