"""Reasons for a return (退办理由) that the lead office keeps ready."""

from __future__ import annotations

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from tracker.db import Base

LONGEST_PHRASE = 200


class ReasonPhrase(Base):
    """A reason that is offered where a report is sent back; one that is retired (停用) is offered no more."""

    __tablename__ = "reason_phrase"

    id: Mapped[int] = mapped_column(primary_key=True)
    position: Mapped[int]
    text: Mapped[str] = mapped_column(String(LONGEST_PHRASE))
    retired: Mapped[bool] = mapped_column(default=False)
    version: Mapped[int] = mapped_column(default=1)
    __mapper_args__ = {"version_id_col": version}
