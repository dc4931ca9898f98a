"""Reading people, their grants and their sessions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import NamedTuple

from sqlalchemy import Date, bindparam, false, or_, select
from sqlalchemy.orm import selectinload

from tracker.accounts.models import Grant, Person, SignIn
from tracker.accounts.roles import Role, Viewer
from tracker.accounts.tokens import token_hash
from tracker.audit.models import AuditHead
from tracker.db import UtcDateTime, session, table_of
from tracker.errors import NotFound
from tracker.prepared import Prepared, Transaction, Turn


class Opened(NamedTuple):
    """An open session: who asks, the language they chose, and the state of the record they see (see `web.kept`)."""

    viewer: Viewer
    locale: str
    newest: str | None
    settled: str | None


_SIGN_IN, _PERSON, _GRANT = table_of(SignIn).c, table_of(Person).c, table_of(Grant).c
_HEAD = table_of(AuditHead).c
_today = bindparam("today", type_=Date)
_OPENED = Prepared(
    select(
        _PERSON.id, _PERSON.name, _PERSON.must_change_password, _PERSON.locale, _HEAD.hash, _HEAD.settled,
        _GRANT.role, _GRANT.unit_id,
    )
    .select_from(_SIGN_IN.id.table)
    .join(_PERSON.id.table, _PERSON.id == _SIGN_IN.person_id)
    .outerjoin(_GRANT.id.table, (_GRANT.person_id == _PERSON.id) & Grant.held_on(_today))
    .outerjoin(_HEAD.id.table, _HEAD.id == 1)
    .where(
        _SIGN_IN.token_hash == bindparam("token"),
        _SIGN_IN.ended_at.is_(None),
        _SIGN_IN.expires_at > bindparam("at", type_=UtcDateTime),
        _PERSON.is_active.is_(True),
    )
    .order_by(_GRANT.id)
)  # fmt: skip


@cache
def _holders(units: int) -> Prepared:
    """The statement of `holders` for so many units: a branch of the directory has a handful of levels."""
    named = [_GRANT.unit_id == bindparam(f"unit_{number}") for number in range(units)]
    return Prepared(
        select(_PERSON.id, _PERSON.name)
        .join(_GRANT.id.table, _GRANT.person_id == _PERSON.id)
        .where(
            _GRANT.role == bindparam("role"),
            or_(false(), *named),
            Grant.held_on(_today),
            _PERSON.is_active.is_(True),
        )
        .distinct()
        .order_by(_PERSON.id)
    )


def viewer_of_token(token: str, *, at: datetime, today: date, on: Transaction | None = None) -> Opened | None:
    """Whose open session this is; None where it has ended. One statement: beside any transaction, unless it is to be `on` one."""
    sought = {"token": token_hash(token), "at": at, "today": today}
    rows = _OPENED.rows(**sought) if on is None else _OPENED.rows_on(on, **sought)
    if not rows:
        return None
    number, name, must_change, locale, newest, settled, *_first = rows[0]
    grants = tuple((Role(role), unit_id) for *_same, role, unit_id in rows if role)
    return Opened(Viewer(number, name, grants, must_change), locale, newest, settled)


def viewer_for(person_id: int, *, today: date) -> Viewer:
    """The viewer of a person without a session: for commands and jobs that act in someone's name."""
    person = get_person(person_id)
    grants = tuple((Role(grant.role), grant.unit_id) for grant in person.grants if grant.is_held(today))
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


def holders(role: Role, unit_ids: tuple[int, ...], *, today: date, on: Turn | None = None) -> list[tuple[int, str]]:
    """People who hold a role for exactly one of these units today: (id, name). As the session sees it, or a turn beside it."""
    if on is None:
        session.flush()
    units = {f"unit_{number}": unit_id for number, unit_id in enumerate(unit_ids)}
    found = _holders(len(unit_ids)).rows_on(on or session.connection(), role=role.value, today=today, **units)
    return [(number, name) for number, name in found]
