"""What people chose, their calendars, robots, notices, the outbox of what is sent, and supervision slips."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from tracker.db import Base, Json, UtcDateTime, one_of
from tracker.reminders.states import CHANNELS, COLOURS, ROBOTS, SLIP_STATES, STATES


class ReminderChoice(Base):
    """How a person wants to be reminded (提醒方式). Notices in the application come in any case."""

    __tablename__ = "reminder_choice"

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    email: Mapped[str] = mapped_column(String(200))
    by_email: Mapped[bool]


class CalendarAddress(Base):
    """The secret address of a person's calendar file (日历订阅): of its token only the hash is kept."""

    __tablename__ = "calendar_address"

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)


class ReminderRobot(Base):
    """A group's robot (群机器人) or a webhook that the daily digest of a unit's plans is sent to."""

    __tablename__ = "reminder_robot"
    __table_args__ = (CheckConstraint(one_of("kind", ROBOTS), name="kind"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    """The unit whose plans, and those of units below it, it is told of."""
    kind: Mapped[str] = mapped_column(String(10))
    name: Mapped[str] = mapped_column(String(60))
    url: Mapped[str] = mapped_column(String(500))
    """With the key in it that the group's owner was given: shown to nobody again."""
    secret: Mapped[str] = mapped_column(String(200), default="")
    is_active: Mapped[bool] = mapped_column(default=True)
    version: Mapped[int] = mapped_column(default=1)
    __mapper_args__ = {"version_id_col": version}


class ReminderRound(Base):
    """A day on which everybody was told (每日提醒): a second round of the day finds this row."""

    __tablename__ = "reminder_round"

    day: Mapped[date] = mapped_column(primary_key=True)
    since: Mapped[date]
    """The day of the round before: what fell to the days between is told now."""
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)


class ReminderNotice(Base):
    """What one person was told on a day, in the application (站内通知)."""

    __tablename__ = "reminder_notice"
    __table_args__ = (
        UniqueConstraint("person_id", "day"),
        Index("ix_reminder_notice_read", "person_id", "read_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    day: Mapped[date]
    counts: Mapped[dict[str, int]] = mapped_column(Json)
    """Reason → how many reports."""
    items: Mapped[list[Any]] = mapped_column(Json)
    """The first of them: see `digest.Item`."""
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    read_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class ReminderSending(Base):
    """Something that leaves the application: put down with the notice, sent by the worker under a lease."""

    __tablename__ = "reminder_sending"
    __table_args__ = (
        CheckConstraint(one_of("channel", CHANNELS), name="channel"),
        CheckConstraint(one_of("state", STATES), name="state"),
        CheckConstraint("(person_id IS NULL) <> (robot_id IS NULL)", name="recipient"),
        Index("ix_reminder_sending_state", "state", "due_at", "id"),
        Index("ix_reminder_sending_day", "day", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(80), unique=True)
    """What makes it the same sending twice: the day and the recipient."""
    channel: Mapped[str] = mapped_column(String(10))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    robot_id: Mapped[int | None] = mapped_column(ForeignKey("reminder_robot.id"))
    day: Mapped[date]
    address: Mapped[str] = mapped_column(String(200), default="")
    """Of an e-mail; a robot's own is looked up when it is sent."""
    counts: Mapped[dict[str, int]] = mapped_column(Json)
    subject: Mapped[str] = mapped_column(String(200))
    body: Mapped[str] = mapped_column(Text)
    state: Mapped[str] = mapped_column(String(10), default="waiting")
    attempts: Mapped[int] = mapped_column(default=0)
    due_at: Mapped[datetime] = mapped_column(UtcDateTime)
    """Not before this moment; while it is being sent the end of the lease."""
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    fault: Mapped[str] = mapped_column(Text, default="")


class SupervisionSlip(Base):
    """A supervision slip (督办单) to one unit, with its reply slip (回执)."""

    __tablename__ = "supervision_slip"
    __table_args__ = (
        CheckConstraint(one_of("colour", COLOURS), name="colour"),
        CheckConstraint(one_of("state", SLIP_STATES), name="state"),
        CheckConstraint("(state = 'replied') = (replied_at IS NOT NULL)", name="replied"),
        UniqueConstraint("owner_unit_id", "year", "number"),
        Index("ix_supervision_slip_unit", "unit_id", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    owner_unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    """Whose lead office issued it: numbers run by office and year."""
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    prefix: Mapped[str] = mapped_column(String(20))
    """机关代字: 云督 of 云督〔2026〕3号."""
    year: Mapped[int]
    number: Mapped[int]
    colour: Mapped[str] = mapped_column(String(6))
    reason: Mapped[str] = mapped_column(Text)
    demand: Mapped[str] = mapped_column(Text)
    """What the unit is to do (督办要求)."""
    reply_by: Mapped[date]
    state: Mapped[str] = mapped_column(String(10), default="issued")
    issued_by: Mapped[int] = mapped_column(ForeignKey("person.id"))
    issued_at: Mapped[datetime] = mapped_column(UtcDateTime)
    reply: Mapped[str] = mapped_column(Text, default="")
    replied_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    replied_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    withdrawn_reason: Mapped[str] = mapped_column(Text, default="")
    version: Mapped[int] = mapped_column(default=1)
    __mapper_args__ = {"version_id_col": version}


class SlipItem(Base):
    """A report that a slip is about, as it stood when the slip was issued."""

    __tablename__ = "supervision_slip_item"
    __table_args__ = (
        UniqueConstraint("slip_id", "position"),
        Index("ix_supervision_slip_item_report", "obligation_id"),
    )

    slip_id: Mapped[int] = mapped_column(ForeignKey("supervision_slip.id"), primary_key=True)
    obligation_id: Mapped[int] = mapped_column(ForeignKey("obligation.id"), primary_key=True)
    position: Mapped[int]
    task: Mapped[str] = mapped_column(String(350))
    due_on: Mapped[date]
