"""A small invented city for integration tests: two departments, two counties with offices, one person a role.

Everything is made by the rooms' own services, so that a rule that changes changes here too; only passwords are not
hashed one by one, because tests sign in by a session of their own.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from flask import Flask

from tests.support.pages import LintingClient
from tracker import clock
from tracker.accounts import queries as accounts, service as accounts_service
from tracker.accounts.access import SEEN, TOKEN
from tracker.accounts.models import Person, SignIn
from tracker.accounts.passwords import NOBODY
from tracker.accounts.roles import Role, Viewer
from tracker.accounts.tokens import new_token, token_hash
from tracker.db import session, transaction
from tracker.units import service as units_service

FOUNDED = date(2020, 1, 1)
AT = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
"""Nine o'clock on a Monday, in China."""
DAY = clock.day_of(AT)


@dataclass(frozen=True)
class Place:
    """Ids of units by their short names, and of people by their user names."""

    units: dict[str, int]
    people: dict[str, int]

    def viewer(self, username: str, *, today: date = DAY) -> Viewer:
        """The person as services and queries know them. Within an application context."""
        return accounts.viewer_for(self.people[username], today=today)


UNITS = (
    ("云岫市", "city", None),
    ("市财政局", "department", "云岫市"),
    ("市交通运输局", "department", "云岫市"),
    ("望川县", "county", "云岫市"),
    ("临溪县", "county", "云岫市"),
    ("望川县财政局", "office", "望川县"),
)
PEOPLE = (
    ("lead", "林牵头", Role.LEAD_OFFICE, "云岫市"),
    ("leader", "田领导", Role.LEADER, "云岫市"),
    ("evaluator", "孟考核", Role.EVALUATOR, "云岫市"),
    ("admin", "管理员", Role.ADMIN, "云岫市"),
    ("reporter", "马填报", Role.REPORTER, "市财政局"),
    ("reviewer", "石审核", Role.REVIEWER, "市财政局"),
    ("other_reporter", "鲁填报", Role.REPORTER, "市交通运输局"),
    ("other_reviewer", "安审核", Role.REVIEWER, "市交通运输局"),
    ("county_reporter", "江填报", Role.REPORTER, "望川县"),
    ("county_reviewer", "高审核", Role.REVIEWER, "望川县"),
    ("nobody", "无角色", None, "云岫市"),
)


def found_place() -> Place:
    """Founds the city. Within a transaction."""
    units: dict[str, int] = {}
    for order, (name, kind, above) in enumerate(UNITS):
        parent = units[above] if above else None
        units[name] = units_service.create_unit(
            name=name, kind=kind, parent_id=parent, by=None, at=AT, since=FOUNDED, order=order
        ).id
    people: dict[str, int] = {}
    for username, name, role, unit in PEOPLE:
        person = Person(username=username, name=name, password_hash=NOBODY, password_set_at=AT, created_at=AT)
        session.add(person)
        session.flush()
        people[username] = person.id
        if role is not None:
            accounts_service.grant(person, role, units[unit], by=None, at=AT, since=FOUNDED)
    return Place(units, people)


def signed_in(app: Flask, person_id: int) -> LintingClient:
    """A client of somebody who has signed in just now."""
    token, now = new_token(), clock.now()
    with app.app_context(), transaction():
        session.add(
            SignIn(
                token_hash=token_hash(token),
                person_id=person_id,
                address="127.0.0.1",
                began_at=now,
                expires_at=now + timedelta(hours=12),
            )
        )
    client = app.test_client()
    assert isinstance(client, LintingClient)
    with client.session_transaction() as cookie:
        cookie[TOKEN], cookie[SEEN] = token, int(now.timestamp())
    return client
