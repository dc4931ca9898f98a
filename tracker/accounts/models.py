"""People, grants, sign-in sessions and failed sign-ins."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import BindParameter, CheckConstraint, ColumnElement, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.accounts.roles import Role
from tracker.db import Base, UtcDateTime, one_of


class Person(Base):
    __tablename__ = "person"
    __table_args__ = (CheckConstraint("username = lower(username)", name="lower_case"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    username: Mapped[str] = mapped_column(String(60), unique=True)
    name: Mapped[str] = mapped_column(String(60))
    office_phone: Mapped[str] = mapped_column(String(40), default="")
    password_hash: Mapped[str] = mapped_column(String(200))
    password_set_at: Mapped[datetime] = mapped_column(UtcDateTime)
    must_change_password: Mapped[bool] = mapped_column(default=False)
    is_active: Mapped[bool] = mapped_column(default=True)
    locale: Mapped[str] = mapped_column(String(12), default="")
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    version: Mapped[int] = mapped_column(default=1)

    grants: Mapped[list[Grant]] = relationship(
        back_populates="person", order_by="Grant.id", foreign_keys="Grant.person_id"
    )
    __mapper_args__ = {"version_id_col": version}


class Grant(Base):
    """A role (角色) held for a unit and everything below it, from a day on, to a day where it has ended."""

    __tablename__ = "role_grant"
    __table_args__ = (
        CheckConstraint(one_of("role", tuple(Role)), name="role"),
        Index("ix_role_grant_person", "person_id"),
        Index("ix_role_grant_unit", "unit_id", "role"),
        UniqueConstraint("person_id", "role", "unit_id", "valid_from", name="uq_role_grant_once"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    role: Mapped[str] = mapped_column(String(20))
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]
    """Last day, inclusive."""

    person: Mapped[Person] = relationship(back_populates="grants", foreign_keys=[person_id])

    def is_held(self, day: date) -> bool:
        """Whether the role is held on a day."""
        return self.valid_from <= day and (self.valid_to is None or self.valid_to >= day)

    @classmethod
    def held_on(cls, day: date | BindParameter[date]) -> ColumnElement[bool]:
        """`is_held` as a condition of a statement."""
        return (cls.valid_from <= day) & (cls.valid_to.is_(None) | (cls.valid_to >= day))


class SignIn(Base):
    """One sign-in session (会话): the cookie holds its token, this row can end it."""

    __tablename__ = "sign_in"

    id: Mapped[int] = mapped_column(primary_key=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    address: Mapped[str] = mapped_column(String(60))
    began_at: Mapped[datetime] = mapped_column(UtcDateTime)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class SignInFailure(Base):
    """A failed sign-in: what the lockout counts, and only for as long. Kept for names that do not exist too, so that both
    answer alike."""

    __tablename__ = "sign_in_failure"
    __table_args__ = (
        Index("ix_sign_in_failure_name", "username", "at"),
        Index("ix_sign_in_failure_address", "address", "at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    username: Mapped[str] = mapped_column(String(60))
    address: Mapped[str] = mapped_column(String(60))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
