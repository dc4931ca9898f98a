"""Loading an invented place: its units, what they are called, and the people who work there."""

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
from tracker.demo.place import Place, Reform
from tracker.units import service as units
from tracker.units.acts import NewBody, Terms
from tracker.units.models import Site, Unit

SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章云苏潘葛奚范彭郎"
GIVEN = (
    "子墨", "思远", "雨桐", "嘉树", "若兰", "景行", "清扬", "明轩", "晓峰", "静姝", "承志", "安然", "书瑶", "一诺", "文博", "佳宁",
)  # fmt: skip
NO_PASSWORD = "!"  # noqa: S105 no hash looks like this: who holds it cannot sign in until a password is set


@dataclass(slots=True)
class World:
    """Who and what there is."""

    place: Place
    root: int
    units: dict[str, int] = field(default_factory=dict)
    named: dict[str, Viewer] = field(default_factory=dict)
    """By sign-in name."""
    reporters: dict[int, Viewer] = field(default_factory=dict)
    """By unit: who reports for it, and below who approves it."""
    reviewers: dict[int, Viewer] = field(default_factory=dict)

    def unit(self, name: str) -> int:
        """The id of what the city calls by that name."""
        return self.units[self.place.told(name)]


def load_world(place: Place, *, password: str, at: datetime, since: date, scale: int = 1) -> World:
    """Units valid from `since`, and the people. The same names every time; only the password is new. `scale` times as
    many governments one level down as the place has."""
    root = units.create_unit(name=place.name, kind=place.kind, parent_id=None, by=None, at=at, since=since)
    session.add(Site(id=1, is_demonstration=True))
    world = World(place, root.id, {place.name: root.id})
    _departments(world, root, at, since)
    _seats(world, root, at, since, scale)
    _collectives(world, at)
    _people(world, password, at, since, scale)
    return world


def _departments(world: World, root: Unit, at: datetime, since: date) -> None:
    """The departments of today, by way of those of the year before."""
    place = world.place
    earlier = {name: reform.before for reform in place.reforms if not reform.stays for name in reform.after}
    above = {name: reform.above for reform in place.reforms for name in reform.before if reform.above}
    for order, department in enumerate(place.departments, 1):
        for name in earlier.get(department.name, (department.name,)):
            if any(department.name in reform.after for reform in place.reforms if reform.stays):
                continue
            short = department.short if name == department.name else place.name[-1] + name.removeprefix(place.name)
            world.units[name] = units.create_unit(
                name=name, short_name=short, kind="department", parent_id=world.units[above.get(name, place.name)],
                by=None, at=at, since=since, order=order,
            ).id  # fmt: skip
    for reform in place.reforms:
        _reform(world, root, reform, at, since.year)
    for order, department in enumerate(place.departments, 1):
        unit = units.get_unit(world.units[department.name])
        unit.sort_key = f"{order:06d}"
        for alias in department.aliases:
            units.add_alias(unit, alias, by=None, at=at)


def _reform(world: World, root: Unit, reform: Reform, at: datetime, year: int) -> None:
    shorts = {department.name: department.short for department in world.place.departments}
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


def _seats(world: World, root: Unit, at: datetime, since: date, scale: int) -> None:
    for order, seat in enumerate(world.place.seats_of(scale), 1):
        above = units.create_unit(
            name=seat.name, short_name=seat.short, kind=seat.kind, parent_id=root.id, by=None, at=at, since=since,
            order=100 + order,
        )  # fmt: skip
        world.units[seat.name] = above.id
        for place, (name, kind) in enumerate(seat.below, 1):
            made = units.create_unit(name=name, kind=kind, parent_id=above.id, by=None, at=at, since=since, order=place)
            world.units[made.name] = made.id


def _collectives(world: World, at: datetime) -> None:
    whole = {"below": world.root, "depth": 1}
    for phrase, kinds in world.place.collectives:
        units.confirm_collective(phrase, {**whole, "kinds": list(kinds)}, by=None, at=at)


def _people(world: World, password: str, at: datetime, since: date, scale: int) -> None:
    shared = hash_password(password)
    for person in world.place.people:
        unit_id = world.units[person.unit] if person.unit else world.root
        viewer = _person(person.username, person.name, shared, at)
        held = tuple((Role(role), unit_id) for role in person.roles)
        _grant(viewer.person_id, held, since)
        world.named[person.username] = Viewer(viewer.person_id, viewer.name, held)
        for role, mapping in ((Role.REPORTER, world.reporters), (Role.REVIEWER, world.reviewers)):
            if role in person.roles:
                mapping[unit_id] = world.named[person.username]
    names = _names(world.place)
    for number, unit_id in enumerate((world.units[name] for name in _reporting_units(world.place, scale)), 1):
        for role, letter, mapping in ((Role.REPORTER, "b", world.reporters), (Role.REVIEWER, "s", world.reviewers)):
            if unit_id not in mapping:
                viewer = _person(f"{letter}{number:02d}", next(names), NO_PASSWORD, at)
                held = ((role, unit_id),)
                _grant(viewer.person_id, held, since)
                mapping[unit_id] = Viewer(viewer.person_id, viewer.name, held)


def _reporting_units(place: Place, scale: int) -> list[str]:
    return [department.name for department in place.departments] + [seat.name for seat in place.seats_of(scale)]


def _names(place: Place) -> Iterator[str]:
    """Invented names, the same every time, each once."""
    names = [surname + given for given in GIVEN for surname in SURNAMES]
    random.Random(place.name).shuffle(names)  # noqa: S311 names want a fixed order, not secrecy
    taken = {person.name for person in place.people}
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
