"""People with what they may do, and since when."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, exists, func, select
from sqlalchemy.orm import selectinload

from tracker.accounts.models import Grant, Person, SignIn
from tracker.accounts.roles import Role, Viewer
from tracker.db import session
from tracker.errors import NotFound
from tracker.units.queries import covers, names, subtree, visible_to
from tracker.web.paging import Page, decode, page_of

PEOPLE_A_PAGE = 20
"""On a telephone each is a card of its own."""


@dataclass(frozen=True, slots=True)
class PeopleFilter:
    text: str = ""
    role: str = ""
    unit_id: int | None = None
    state: str = ""
    """`active`, `disabled`, or all."""


@dataclass(frozen=True, slots=True)
class GrantRow:
    id: int
    role: Role
    unit_id: int
    unit: str
    valid_from: date
    valid_to: date | None
    is_held: bool
    """As of the day that was asked for."""


@dataclass(frozen=True, slots=True)
class PersonRow:
    id: int
    username: str
    name: str
    office_phone: str
    is_active: bool
    must_change_password: bool
    password_set_at: datetime
    created_at: datetime
    version: int
    grants: tuple[GrantRow, ...]

    @property
    def held(self) -> tuple[GrantRow, ...]:
        return tuple(grant for grant in self.grants if grant.is_held)

    @property
    def former(self) -> tuple[GrantRow, ...]:
        return tuple(grant for grant in self.grants if not grant.is_held)


def _in_charge(viewer: Viewer) -> list[ColumnElement[bool]]:
    """Conditions on Person: every administrator of the whole sees everybody; others the people of their units."""
    units = visible_to(viewer, Role.ADMIN)
    if units is None:
        return []
    return [exists(select(Grant.id).where(Grant.person_id == Person.id, Grant.unit_id.in_(units)))]


def people_page(
    viewer: Viewer, wanted: PeopleFilter, *, today: date, cursor: str | None = None, size: int = PEOPLE_A_PAGE
) -> Page[PersonRow]:
    """By user name. A fixed number of statements."""
    where = [*_in_charge(viewer), *_conditions(wanted, today)]
    total = session.scalar(select(func.count()).select_from(Person).where(*where))
    after = decode(cursor, 1) if cursor else None
    backwards = bool(after and after[0])
    statement = (
        select(Person)
        .options(selectinload(Person.grants))
        .where(*where)
        .order_by(Person.username.desc() if backwards else Person.username)
        .limit(size + 1)
    )
    if after:
        key = str(after[1][0])
        statement = statement.where(Person.username < key if backwards else Person.username > key)
    rows = person_rows(session.scalars(statement).all(), today)
    return page_of(
        rows, lambda row: [row.username], size=size, came_from=cursor if after else None, backwards=backwards,
        total=total,
    )  # fmt: skip


def _conditions(wanted: PeopleFilter, today: date) -> list[ColumnElement[bool]]:
    where: list[ColumnElement[bool]] = [
        Person.username.contains(word, autoescape=True)
        | Person.name.contains(word, autoescape=True)
        | Person.office_phone.contains(word, autoescape=True)
        for word in wanted.text.lower().split()
    ]
    if wanted.role or wanted.unit_id is not None:
        held = select(Grant.id).where(Grant.person_id == Person.id, Grant.held_on(today))
        if wanted.role:
            held = held.where(Grant.role == wanted.role)
        if wanted.unit_id is not None:
            held = held.where(Grant.unit_id.in_(subtree([wanted.unit_id])))
        where.append(exists(held))
    if wanted.state:
        where.append(Person.is_active.is_(wanted.state == "active"))
    return where


def person_rows(found: Sequence[Person], today: date) -> list[PersonRow]:
    """One statement more, for the names of units."""
    known = names(grant.unit_id for person in found for grant in person.grants)
    return [
        PersonRow(
            person.id, person.username, person.name, person.office_phone, person.is_active,
            person.must_change_password, person.password_set_at, person.created_at, person.version,
            tuple(_grants(person.grants, known, today)),
        )
        for person in found
    ]  # fmt: skip


def _grants(grants: Iterable[Grant], known: dict[int, str], today: date) -> Iterable[GrantRow]:
    for grant in grants:
        yield GrantRow(
            grant.id, Role(grant.role), grant.unit_id, known.get(grant.unit_id, ""), grant.valid_from, grant.valid_to,
            grant.is_held(today),
        )  # fmt: skip


def person_row(person_id: int, viewer: Viewer, *, today: date) -> PersonRow:
    """Raises NotFound where the viewer is not in charge of the person."""
    statement = select(Person).options(selectinload(Person.grants)).where(Person.id == person_id, *_in_charge(viewer))
    person = session.scalar(statement)
    if person is None:
        raise NotFound
    return person_rows([person], today)[0]


def may_change(person: PersonRow, viewer: Viewer) -> bool:
    """Whether the viewer may change the account itself: they must be in charge of every unit it holds a role for, or
    an administrator of a county could take over the account of one of the city."""
    return all(covers(viewer, grant.unit_id, Role.ADMIN) for grant in person.held)


def last_sign_in(person_id: int) -> datetime | None:
    return session.scalar(select(func.max(SignIn.began_at)).where(SignIn.person_id == person_id))


def people_of_unit(unit_id: int, *, today: date) -> list[tuple[int, str, Role]]:
    """(person, name, role) of whoever holds a role for exactly this unit today."""
    statement = (
        select(Person.id, Person.name, Grant.role)
        .join(Grant, Grant.person_id == Person.id)
        .where(Grant.unit_id == unit_id, Person.is_active.is_(True), Grant.held_on(today))
        .order_by(Grant.role, Person.username)
    )
    return [(row.id, row.name, Role(row.role)) for row in session.execute(statement)]
