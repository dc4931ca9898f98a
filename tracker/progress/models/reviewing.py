"""The unit's own review in steps (逐级审核): who takes which step in a unit, and who has taken one of a return."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from tracker.db import Base, UtcDateTime
from tracker.progress.chain import MOST_STEPS


class ReviewSigner(Base):
    """Somebody who takes a step of a unit's own review. A unit without any has one step, which any reviewer takes."""

    __tablename__ = "review_signer"
    __table_args__ = (
        CheckConstraint(f"step_no BETWEEN 1 AND {MOST_STEPS}", name="step_no"),
        UniqueConstraint("unit_id", "person_id"),
    )

    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), primary_key=True)
    step_no: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)


class Signature:
    """A step of a unit's own review that somebody has taken; the last one stands with what they approved."""

    step_no: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class ReturnSignature(Signature, Base):
    """Of a version of a return. Nobody takes two."""

    __tablename__ = "progress_return_signature"
    __table_args__ = (
        UniqueConstraint("return_id", "person_id"),
        Index("ix_progress_return_signature_person", "person_id", "return_id"),
    )

    return_id: Mapped[int] = mapped_column(ForeignKey("progress_return.id"), primary_key=True)
