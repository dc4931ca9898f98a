"""Signing in and out, people and their grants. Services take who acts and when; they flush and never commit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import NamedTuple

from flask_babel import gettext as _
from sqlalchemy import bindparam, delete, func, select, update

from tracker.accounts.models import Grant, Person, SignIn, SignInFailure
from tracker.accounts.passwords import MINIMUM_LENGTH, NOBODY, fault_of, hash_password, verify_password
from tracker.accounts.roles import Role, Viewer
from tracker.accounts.tokens import new_token, token_hash
from tracker.audit.service import lock_head, record
from tracker.db import UtcDateTime, session, table_of
from tracker.errors import DomainError
from tracker.prepared import Prepared, Row, Transaction, adding

ADDRESS_FACTOR = 6
"""An address as a whole is locked after this many times the failures that lock one account there."""
ACCOUNT_FACTOR = 20
"""An account is locked for every address after this many times: high, so that nobody is locked out by a stranger."""


_FAILED = table_of(SignInFailure).c
_BY_NAME, _BY_ADDRESS = _FAILED.username == bindparam("username"), _FAILED.address == bindparam("address")
_FAILURES = Prepared(
    select(
        func.count().filter(_BY_NAME & _BY_ADDRESS), func.count().filter(_BY_ADDRESS), func.count().filter(_BY_NAME)
    ).where(_FAILED.at > bindparam("since", type_=UtcDateTime), _BY_NAME | _BY_ADDRESS)
)
_PERSON = table_of(Person).c
_ACCOUNT = Prepared(
    select(_PERSON.id, _PERSON.name, _PERSON.password_hash, _PERSON.is_active).where(
        _PERSON.username == bindparam("username")
    )
)
_OPEN = adding(table_of(SignIn), giving="id")


@dataclass(frozen=True, slots=True)
class Lock:
    """When sign-in is refused: after so many failures of one account from one address, for so many minutes."""

    limit: int
    minutes: int


def is_locked(username: str, address: str, *, at: datetime, lock: Lock, on: Transaction | None = None) -> bool:
    """Whether sign-in is refused now: too many failures of this account here, of this address, or of this account at all.

    By what is committed, or by what a transaction sees.
    """
    sought = {"username": username, "address": address, "since": at - timedelta(minutes=lock.minutes)}
    ((both, by_address, by_name),) = _FAILURES.rows(**sought) if on is None else _FAILURES.rows_on(on, **sought)
    return bool(
        both >= lock.limit or by_address >= lock.limit * ADDRESS_FACTOR or by_name >= lock.limit * ACCOUNT_FACTOR
    )


class _Account(NamedTuple):
    """What is stored of an account; `person_id` is None where there is none of that name."""

    person_id: int | None
    name: str
    stored: str
    """The hash of its password."""
    is_active: bool


@dataclass(frozen=True, slots=True)
class Checked:
    """A name and a password that were held against what is stored; `person_id` is None where they do not fit."""

    username: str
    address: str
    person_id: int | None
    stored: str
    """The hash that the password was checked by."""


def check_password(username: str, password: str, *, address: str, at: datetime, lock: Lock) -> Checked:
    """Reads only, and takes its time: nobody who writes should wait for it. Raises DomainError while the name is locked."""
    username = username.strip().lower()
    _refuse_locked(username, address, at, lock)
    account = _account(_ACCOUNT.rows(username=username))
    good = verify_password(account.stored, password) and account.is_active
    return Checked(username, address, account.person_id if good else None, account.stored)


def sign_in(checked: Checked, *, at: datetime, hours: int, lock: Lock) -> str:
    """Opens a session and returns its token (256 bits). Raises DomainError, alike for a wrong name and a wrong password.

    A failure is recorded for the lockout, and those that lock nobody any more are removed: the caller must let it be
    committed. What was checked is asked again: guesses that came at the same moment may have locked the name, or the
    password may be another by now.
    """
    session.flush()
    on = session.connection()
    _refuse_locked(checked.username, checked.address, at, lock, on)
    account = _account(_ACCOUNT.rows_on(on, username=checked.username))
    number = checked.person_id
    if number is None or (account.person_id, account.stored, account.is_active) != (number, checked.stored, True):
        session.execute(delete(SignInFailure).where(SignInFailure.at <= at - timedelta(minutes=lock.minutes)))
        session.add(SignInFailure(username=checked.username[:60], address=checked.address[:60], at=at))
        session.flush()
        raise DomainError(_("用户名或密码不正确。"), field="password")
    token = new_token()
    _OPEN.rows_on(on, token_hash=token_hash(token), person_id=number, address=checked.address[:60], began_at=at,
                  expires_at=at + timedelta(hours=hours), ended_at=None)  # fmt: skip
    record(
        "登录", by=Viewer(number, account.name, ()), at=at, subject=("person", number), detail={"地址": checked.address}
    )
    return token


def _account(rows: Sequence[Row]) -> _Account:
    return _Account._make(rows[0]) if rows else _Account(None, "", NOBODY, False)


def _refuse_locked(username: str, address: str, at: datetime, lock: Lock, on: Transaction | None = None) -> None:
    if is_locked(username, address, at=at, lock=lock, on=on):
        raise DomainError(_("登录失败次数过多，请 %(n)s 分钟后再试，或联系系统管理员重置密码。", n=lock.minutes))


def sign_out(token: str, *, by: Viewer, at: datetime) -> None:
    session.execute(update(SignIn).where(SignIn.token_hash == token_hash(token)).values(ended_at=at))
    record("退出登录", by=by, at=at, subject=("person", by.person_id))


def end_sessions(person_id: int, *, at: datetime) -> None:
    """Ends all open sessions of a person, as after a change of password or roles."""
    session.execute(update(SignIn).where(SignIn.person_id == person_id, SignIn.ended_at.is_(None)).values(ended_at=at))


def create_person(
    *, username: str, name: str, password: str, by: Viewer | None, at: datetime, office_phone: str = "",
    must_change: bool = True,
) -> Person:  # fmt: skip
    username = username.strip().lower()
    refuse_weak(password, username)
    if session.scalar(select(Person.id).where(Person.username == username)):
        raise DomainError(_("用户名“%(name)s”已被使用，请换一个。", name=username), field="username")
    person = Person(
        username=username, name=name.strip(), office_phone=office_phone.strip(), password_hash=hash_password(password),
        password_set_at=at, must_change_password=must_change, created_at=at,
    )  # fmt: skip
    session.add(person)
    session.flush()
    record("新增人员", by=by, at=at, subject=("person", person.id), detail={"用户名": username, "姓名": person.name})
    return person


def change_person(person: Person, *, name: str, office_phone: str, by: Viewer, at: datetime) -> None:
    record("更改人员信息", by=by, at=at, subject=("person", person.id),
           changes={"姓名": (person.name, name.strip()), "办公电话": (person.office_phone, office_phone.strip())})  # fmt: skip
    person.name, person.office_phone = name.strip(), office_phone.strip()
    session.flush()


def refuse_weak(password: str, username: str, *, field: str = "password") -> None:
    """Raises DomainError where a new password is too weak, saying how."""
    said = {
        "short": _("密码至少 %(n)s 个字符，可以用一句好记的话。", n=MINIMUM_LENGTH),
        "long": _("密码过长，请控制在 128 个字符以内。"),
        "common": _("这个密码太常见，容易被猜中，请换一个。"),
        "name": _("密码里不能包含用户名。"),
    }
    fault = fault_of(password, username)
    if fault:
        raise DomainError(said[fault], field=field)


def change_password(person: Person, *, old: str, new: str, by: Viewer, at: datetime) -> None:
    if not verify_password(person.password_hash, old):
        raise DomainError(_("原密码不正确。"), field="old")
    if old == new:
        raise DomainError(_("新密码不能与原密码相同。"), field="new")
    set_password(person, new, by=by, at=at, must_change=False, field="new")


def set_password(
    person: Person, password: str, *, by: Viewer | None, at: datetime, must_change: bool, field: str = "password"
) -> None:
    """Sets a password and ends the person's other sessions."""
    refuse_weak(password, person.username, field=field)
    person.password_hash, person.password_set_at = hash_password(password), at
    person.must_change_password = must_change
    end_sessions(person.id, at=at)
    record("设置密码", by=by, at=at, subject=("person", person.id))


def set_active(person: Person, active: bool, *, by: Viewer, at: datetime) -> None:
    if person.id == by.person_id and not active:
        raise DomainError(_("不能停用自己的账号，请由另一位管理员操作。"))
    if person.is_active == active:
        return
    record("启用账号" if active else "停用账号", by=by, at=at, subject=("person", person.id),
           changes={"启用": (person.is_active, active)})  # fmt: skip
    person.is_active = active
    if not active:
        end_sessions(person.id, at=at)


def grant(person: Person, role: Role, unit_id: int, *, by: Viewer | None, at: datetime, since: date) -> Grant:
    """Grants a role for a unit's subtree from a day on. Granting what is already held changes nothing."""
    same = select(Grant).where(Grant.person_id == person.id, Grant.role == role.value, Grant.unit_id == unit_id)
    held = session.scalar(same.where(Grant.valid_from <= since, Grant.valid_to.is_(None)))
    if held:
        return held
    made = session.scalar(same.where(Grant.valid_from == since))
    if made is not None:  # granted and withdrawn on this very day
        made.valid_to = None
    else:
        made = Grant(person_id=person.id, role=role.value, unit_id=unit_id, valid_from=since)
        session.add(made)
    session.flush()
    record("授予角色", by=by, at=at, subject=("person", person.id), unit_id=unit_id, detail={"角色": role.value})
    return made


def withdraw(held: Grant, *, by: Viewer, at: datetime, last_day: date) -> None:
    """Ends a role that was granted. Withdrawing what has ended already changes nothing."""
    lock_head()  # another may be withdrawing the same
    session.refresh(held)
    if held.valid_to is not None and held.valid_to <= last_day:
        return
    record("收回角色", by=by, at=at, subject=("person", held.person_id), unit_id=held.unit_id,
           changes={"截至": (held.valid_to, last_day)}, detail={"角色": held.role})  # fmt: skip
    held.valid_to = last_day
    session.flush()


def choose_locale(person_id: int, locale: str) -> None:
    session.execute(update(Person).where(Person.id == person_id).values(locale=locale))
