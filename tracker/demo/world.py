"""Loading the invented city: its units, what they are called, and the people who work there."""

from __future__ import annotations

import random
import secrets
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime

from sqlalchemy import select

from tracker.accounts.models import Grant, Person
from tracker.accounts.passwords import hash_password
from tracker.accounts.roles import Role, Viewer
from tracker.db import session
from tracker.demo.city import (
    CITY,
    COUNTY_OFFICES,
    DEPARTMENTS,
    GIVEN,
    PEOPLE,
    REFORMS,
    SURNAMES,
    ZONE_OFFICES,
    Reform,
    counties_of,
)
from tracker.units import service as units
from tracker.units.acts import NewBody, Terms
from tracker.units.models import Site, Unit

NO_PASSWORD = "!"  # noqa: S105 no hash looks like this: who holds it cannot sign in until a password is set


@dataclass(slots=True)
class World:
    """Who and what there is, by the names of `city`."""

    root: int
    units: dict[str, int] = field(default_factory=dict)
    named: dict[str, Viewer] = field(default_factory=dict)
    """By sign-in name."""
    reporters: dict[int, Viewer] = field(default_factory=dict)
    """By unit: who reports for it, and below who approves it."""
    reviewers: dict[int, Viewer] = field(default_factory=dict)


def load_world(*, password: str, at: datetime, since: date, scale: int = 1) -> World:
    """Units valid from `since`, and the people. The same names every time; only the password is new. `scale` times as
    many counties as the city has."""
    root = units.create_unit(name=CITY, kind="city", parent_id=None, by=None, at=at, since=since)
    session.add(Site(id=1, is_demonstration=True))
    world = World(root.id, {CITY: root.id})
    _departments(world, root, at, since)
    _counties(world, root, at, since, scale)
    _collectives(world, at)
    _people(world, password, at, since, scale)
    return world


def _departments(world: World, root: Unit, at: datetime, since: date) -> None:
    """The departments of today, by way of those of the year before."""
    earlier = {name: reform.before for reform in REFORMS if not reform.stays for name in reform.after}
    above = {name: reform.above for reform in REFORMS for name in reform.before if reform.above}
    for order, department in enumerate(DEPARTMENTS, 1):
        for name in earlier.get(department.name, (department.name,)):
            if any(department.name in reform.after for reform in REFORMS if reform.stays):
                continue
            world.units[name] = units.create_unit(
                name=name, short_name=department.short if name == department.name else "市" + name.removeprefix(CITY),
                kind="department", parent_id=world.units[above.get(name, CITY)], by=None, at=at, since=since, order=order,
            ).id  # fmt: skip
    for reform in REFORMS:
        _reform(world, root, reform, at, since.year)
    for order, department in enumerate(DEPARTMENTS, 1):
        unit = units.get_unit(world.units[department.name])
        unit.sort_key = f"{order:06d}"
        for alias in department.aliases:
            units.add_alias(unit, alias, by=None, at=at)


def _reform(world: World, root: Unit, reform: Reform, at: datetime, year: int) -> None:
    shorts = {department.name: department.short for department in DEPARTMENTS}
    is_new = reform.kind in {"rename", "merge", "split"}
    bodies = tuple(NewBody(name, shorts[name], "department", root.id) for name in reform.after) if is_new else ()
    terms = Terms(
        reform.kind, tuple(world.units[name] for name in reform.before), date(year, reform.month, 1),
        reform.document.format(year=year), "机构改革方案", bodies=bodies, stays=reform.stays,
        parent_id=root.id if reform.kind == "move" else None, plate=reform.after[0] if reform.kind == "plate" else "",
    )  # fmt: skip
    units.order_act(terms, by=None, at=at)
    for name in reform.after if is_new else ():
        world.units[name] = session.scalars(select(Unit.id).where(Unit.name == name)).one()


def _counties(world: World, root: Unit, at: datetime, since: date, scale: int) -> None:
    for order, (name, kind, short) in enumerate(counties_of(scale), 1):
        county = units.create_unit(
            name=name, short_name=short, kind=kind, parent_id=root.id, by=None, at=at, since=since, order=100 + order
        )
        world.units[name] = county.id
        for place, office in enumerate(COUNTY_OFFICES if kind == "county" else ZONE_OFFICES, 1):
            made = units.create_unit(
                name=f"{name}{office}", kind="office", parent_id=county.id, by=None, at=at, since=since, order=place
            )
            world.units[made.name] = made.id


def _collectives(world: World, at: datetime) -> None:
    whole = {"below": world.root, "depth": 1}
    for phrase, kinds in (
        ("各县区政府", ["county"]),
        ("开发区管委会", ["zone"]),
        ("市政府各部门、单位", ["department"]),
    ):
        units.confirm_collective(phrase, {**whole, "kinds": kinds}, by=None, at=at)


def _people(world: World, password: str, at: datetime, since: date, scale: int) -> None:
    shared = hash_password(password)
    for person in PEOPLE:
        unit_id = world.units[person.unit] if person.unit else world.root
        viewer = _person(person.username, person.name, shared, at)
        held = tuple((Role(role), unit_id) for role in person.roles)
        _grant(viewer.person_id, held, since)
        world.named[person.username] = Viewer(viewer.person_id, viewer.name, held)
        for role, mapping in ((Role.REPORTER, world.reporters), (Role.REVIEWER, world.reviewers)):
            if role in person.roles:
                mapping[unit_id] = world.named[person.username]
    names = _names()
    for number, unit_id in enumerate((world.units[name] for name in _reporting_units(scale)), 1):
        for role, letter, mapping in ((Role.REPORTER, "b", world.reporters), (Role.REVIEWER, "s", world.reviewers)):
            if unit_id not in mapping:
                viewer = _person(f"{letter}{number:02d}", next(names), NO_PASSWORD, at)
                held = ((role, unit_id),)
                _grant(viewer.person_id, held, since)
                mapping[unit_id] = Viewer(viewer.person_id, viewer.name, held)


def _reporting_units(scale: int) -> list[str]:
    return [department.name for department in DEPARTMENTS] + [name for name, _, _ in counties_of(scale)]


def _names() -> Iterator[str]:
    """Invented names, the same every time, each once."""
    names = [surname + given for given in GIVEN for surname in SURNAMES]
    random.Random(CITY).shuffle(names)  # noqa: S311 names want a fixed order, not secrecy
    taken = {person.name for person in PEOPLE}
    return (name for name in names if name not in taken)


def _person(username: str, name: str, password_hash: str, at: datetime) -> Viewer:
    person = Person(username=username, name=name, password_hash=password_hash, password_set_at=at, created_at=at)
    session.add(person)
    session.flush()
    return Viewer(person.id, name, ())


def _grant(person_id: int, held: tuple[tuple[Role, int], ...], since: date) -> None:
    session.add_all(Grant(person_id=person_id, role=role.value, unit_id=unit, valid_from=since) for role, unit in held)


def new_password() -> str:
    """A password for all who try the product: made at load, never shipped."""
    return "-".join(secrets.token_hex(2) for _ in range(3))
