"""The organisation tree. What was true on a day stays true of that day: nothing is renamed or moved away."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from tracker.db import Base, Json, UtcDateTime, one_of
from tracker.units.kinds import ACT_KINDS, ACT_STATES, KINDS, SIDES


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
    kind: Mapped[str] = mapped_column(String(10), default="alias", server_default="alias")
    """`alias` (别名), `short` (简称 of its time), `plate` (挂牌: another body's name on the same door)."""
    valid_from: Mapped[date | None]
    valid_to: Mapped[date | None]
    confirmed_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    confirmed_at: Mapped[datetime] = mapped_column(UtcDateTime)


class UnitAct(Base):
    """A dated act of reorganisation (机构改革): what a document ordered, on which day it takes effect, what it did."""

    __tablename__ = "unit_act"
    __table_args__ = (
        CheckConstraint(one_of("kind", ACT_KINDS), name="kind"),
        CheckConstraint(one_of("state", ACT_STATES), name="state"),
        Index("ix_unit_act_day", "state", "effective_on", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(10))
    effective_on: Mapped[date]
    document: Mapped[str] = mapped_column(String(120), default="")
    """Number of the document that orders it (文号)."""
    reason: Mapped[str] = mapped_column(Text, default="")
    state: Mapped[str] = mapped_column(String(10), default="planned")
    terms: Mapped[dict[str, Any]] = mapped_column(Json)
    """What is to be done: see `tracker.units.acts.Terms`."""
    effects: Mapped[dict[str, Any]] = mapped_column(Json)
    """What followed from it: see `tracker.units.acts.Effects`; {"fault": …} where its day came and it could not be done."""
    entered_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    entered_at: Mapped[datetime] = mapped_column(UtcDateTime)
    done_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    version: Mapped[int] = mapped_column(default=1)
    __mapper_args__ = {"version_id_col": version}


class UnitActSide(Base):
    """A unit that an act was about (before) or led to (after)."""

    __tablename__ = "unit_act_side"
    __table_args__ = (
        CheckConstraint(one_of("side", SIDES), name="side"),
        UniqueConstraint("act_id", "side", "unit_id", name="uq_unit_act_side_once"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    act_id: Mapped[int] = mapped_column(ForeignKey("unit_act.id"))
    side: Mapped[str] = mapped_column(String(6))
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    heir_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    """Of a unit that ended: which one took over what it still owed (承接单位)."""


class UnitPlace(Base):
    """Where a unit stood before it was moved: below which unit, until which day."""

    __tablename__ = "unit_place"
    __table_args__ = (UniqueConstraint("unit_id", "until", name="uq_unit_place_once"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    parent_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    until: Mapped[date]
    """The last day, inclusive."""
    act_id: Mapped[int] = mapped_column(ForeignKey("unit_act.id"))


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
