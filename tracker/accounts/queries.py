"""Reading people, their grants and their sessions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from tracker.accounts.models import Grant, Person, SignIn
from tracker.accounts.roles import Role, Viewer
from tracker.accounts.tokens import token_hash
from tracker.db import session
from tracker.errors import NotFound


def viewer_of_token(token: str, *, at: datetime, today: date) -> tuple[Viewer, str] | None:
    """The viewer whose open session this is, and the language they chose; None where it has ended. One statement."""
    rows = session.execute(
        select(Person.id, Person.name, Person.must_change_password, Person.locale, Grant.role, Grant.unit_id)
        .select_from(SignIn)
        .join(Person, Person.id == SignIn.person_id)
        .outerjoin(
            Grant,
            (Grant.person_id == Person.id)
            & (Grant.valid_from <= today)
            & (Grant.valid_to.is_(None) | (Grant.valid_to >= today)),
        )
        .where(
            SignIn.token_hash == token_hash(token),
            SignIn.ended_at.is_(None),
            SignIn.expires_at > at,
            Person.is_active.is_(True),
        )
        .order_by(Grant.id)
    ).all()
    if not rows:
        return None
    first = rows[0]
    grants = tuple((Role(row.role), row.unit_id) for row in rows if row.role)
    return Viewer(first.id, first.name, grants, first.must_change_password), first.locale


def viewer_for(person_id: int, *, today: date) -> Viewer:
    """The viewer of a person without a session: for commands and jobs that act in someone's name."""
    person = get_person(person_id)
    grants = tuple(
        (Role(grant.role), grant.unit_id)
        for grant in person.grants
        if grant.valid_from <= today and (grant.valid_to is None or grant.valid_to >= today)
    )
    return Viewer(person.id, person.name, grants, person.must_change_password)


def get_person(person_id: int) -> Person:
    person = session.get(Person, person_id)
    if person is None:
        raise NotFound
    return person


def by_username(username: str) -> Person | None:
    return session.scalar(select(Person).where(Person.username == username.strip().lower()))


@dataclass(frozen=True, slots=True)
class PersonRow:
    id: int
    username: str
    name: str
    office_phone: str
    is_active: bool
    grants: tuple[tuple[int, Role, int, date, date | None], ...]
    """(grant id, role, unit id, from, to)."""


def people(*, search: str = "", limit: int = 500) -> list[PersonRow]:
    statement = select(Person).options(selectinload(Person.grants)).order_by(Person.username).limit(limit)
    if search:
        wanted = f"%{search.strip().lower()}%"
        statement = statement.where(Person.username.like(wanted) | Person.name.like(wanted))
    return [_row(person) for person in session.scalars(statement)]


def person_row(person_id: int) -> PersonRow:
    return _row(get_person(person_id))


def _row(person: Person) -> PersonRow:
    grants = tuple((g.id, Role(g.role), g.unit_id, g.valid_from, g.valid_to) for g in person.grants)
    return PersonRow(person.id, person.username, person.name, person.office_phone, person.is_active, grants)


def holders(role: Role, unit_ids: tuple[int, ...], *, today: date) -> list[tuple[int, str]]:
    """People who hold a role for exactly one of these units today: (id, name)."""
    statement = (
        select(Person.id, Person.name)
        .join(Grant, Grant.person_id == Person.id)
        .where(
            Grant.role == role.value,
            Grant.unit_id.in_(unit_ids),
            Grant.valid_from <= today,
            Grant.valid_to.is_(None) | (Grant.valid_to >= today),
            Person.is_active.is_(True),
        )
        .distinct()
        .order_by(Person.id)
    )
    return [(row.id, row.name) for row in session.execute(statement)]
