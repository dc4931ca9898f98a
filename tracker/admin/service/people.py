"""Accounts and roles, within the units that the administrator is in charge of."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from flask_babel import gettext as _

from tracker import clock
from tracker.accounts import service as accounts
from tracker.accounts.models import Grant, Person
from tracker.accounts.passwords import one_time_password
from tracker.accounts.queries import get_person
from tracker.accounts.roles import Role, Viewer
from tracker.admin.queries.people import may_change, person_row
from tracker.db import session
from tracker.errors import Conflict, DomainError, NotFound
from tracker.units.queries import covers


def add_person(
    *, username: str, name: str, office_phone: str, role: Role, unit_id: int, by: Viewer, at: datetime
) -> tuple[int, str]:
    """Adds a person with a first role. Returns their id and a password that is good until they have signed in once."""
    _keep_to_own_units(unit_id, by)
    password = one_time_password(username.strip())
    person = accounts.create_person(
        username=username, name=name, password=password, by=by, at=at, office_phone=office_phone
    )
    accounts.grant(person, role, unit_id, by=by, at=at, since=clock.day_of(at))
    return person.id, password


def change_person(person_id: int, *, name: str, office_phone: str, version: int, by: Viewer, at: datetime) -> None:
    person = _changeable(person_id, by, at)
    if person.version != version:
        raise Conflict(_("“%(name)s”的信息刚被他人更改，请核对后重新填写。", name=person.name))
    accounts.change_person(person, name=name, office_phone=office_phone, by=by, at=at)


def give_role(person_id: int, role: Role, unit_id: int, *, since: date, by: Viewer, at: datetime) -> None:
    _keep_to_own_units(unit_id, by)
    accounts.grant(_seen(person_id, by, at), role, unit_id, by=by, at=at, since=since)


def take_role(person_id: int, grant_id: int, *, by: Viewer, at: datetime) -> None:
    """Withdraws a role at once: the day before is its last. Raises DomainError for one's own administration."""
    held = session.get(Grant, grant_id)
    if held is None or held.person_id != person_id or not covers(by, held.unit_id, Role.ADMIN):
        raise NotFound
    if held.person_id == by.person_id and held.role == Role.ADMIN:
        raise DomainError(_("不能收回自己的系统管理员角色，请由另一位管理员操作。"))
    accounts.withdraw(held, by=by, at=at, last_day=clock.day_of(at) - timedelta(days=1))


def reset_password(person_id: int, *, by: Viewer, at: datetime) -> str:
    """Sets a password that must be changed at the next sign-in, and returns it: it is kept nowhere."""
    person = _changeable(person_id, by, at)
    if person.id == by.person_id:
        raise DomainError(_("自己的密码请在“修改密码”里更改。"))
    password = one_time_password(person.username)
    accounts.set_password(person, password, by=by, at=at, must_change=True)
    return password


def set_active(person_id: int, *, active: bool, by: Viewer, at: datetime) -> None:
    accounts.set_active(_changeable(person_id, by, at), active, by=by, at=at)


def _keep_to_own_units(unit_id: int, by: Viewer) -> None:
    if not covers(by, unit_id, Role.ADMIN):
        raise DomainError(_("这个单位不归您管理，请从列表中选择。"), field="unit")


def _seen(person_id: int, by: Viewer, at: datetime) -> Person:
    person_row(person_id, by, today=clock.day_of(at))
    return get_person(person_id)


def _changeable(person_id: int, by: Viewer, at: datetime) -> Person:
    row = person_row(person_id, by, today=clock.day_of(at))
    if not may_change(row, by):
        raise DomainError(_("此人还担任您管理范围以外的角色，请由上级管理员操作。"))
    return get_person(person_id)
