"""The organisation tree. What was true on a day stays true of that day: nothing is renamed or moved away."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from tracker.db import Base, Json, UtcDateTime, one_of
from tracker.units.kinds import KINDS


class Unit(Base):
    """A unit (单位): the city, a department, a county or zone, an office or town below it."""

    __tablename__ = "unit"
    __table_args__ = (
        CheckConstraint(one_of("kind", KINDS), name="kind"),
        CheckConstraint("valid_to IS NULL OR valid_to >= valid_from", name="period"),
        Index("ix_unit_parent", "parent_id", "sort_key"),
        Index("ix_unit_path", "path"),
        Index("ix_unit_name", "normal_name"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    name: Mapped[str] = mapped_column(String(120))
    normal_name: Mapped[str] = mapped_column(String(120))
    """The name as matching compares it (see `matching.normal`)."""
    short_name: Mapped[str] = mapped_column(String(60), default="")
    kind: Mapped[str] = mapped_column(String(20))
    sort_key: Mapped[str] = mapped_column(String(120), default="")
    """Order within the parent: printed order first, then pinyin."""
    initials: Mapped[str] = mapped_column(String(60), default="")
    """First letters of the name's pinyin, for the search box."""
    path: Mapped[str] = mapped_column(String(200), default="")
    """`/1/7/`: the ids from the root down to the unit itself; a prefix is a subtree."""
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]


class UnitAlias(Base):
    """Another name of a unit (别名), confirmed by a person and good for a period."""

    __tablename__ = "unit_alias"
    __table_args__ = (UniqueConstraint("normal_name", "unit_id", name="uq_unit_alias_once"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    name: Mapped[str] = mapped_column(String(120))
    normal_name: Mapped[str] = mapped_column(String(120), index=True)
    valid_from: Mapped[date | None]
    valid_to: Mapped[date | None]
    confirmed_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    confirmed_at: Mapped[datetime] = mapped_column(UtcDateTime)


class Collective(Base):
    """An expression that stands for many (集合称谓): 各县区政府. Its rule says which units of the tree are meant."""

    __tablename__ = "collective"

    id: Mapped[int] = mapped_column(primary_key=True)
    phrase: Mapped[str] = mapped_column(String(120))
    normal_phrase: Mapped[str] = mapped_column(String(120), unique=True)
    rule: Mapped[dict[str, Any]] = mapped_column(Json)
    """{"below": unit id, "kinds": [...]} or {"units": [ids]}; members are worked out as of a day."""
    confirmed_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    confirmed_at: Mapped[datetime] = mapped_column(UtcDateTime)


class Site(Base):
    """One row: what this installation is."""

    __tablename__ = "site"
    __table_args__ = (CheckConstraint("id = 1", name="one_row"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    is_demonstration: Mapped[bool] = mapped_column(default=False)
    """Whether the data is invented: every page then says so."""
