"""What people choose for themselves, which notices they have read, and the robots of an office."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from flask import current_app
from flask_babel import gettext as _
from sqlalchemy import select

from tracker.accounts.roles import Role, Viewer
from tracker.audit.service import record
from tracker.db import session
from tracker.errors import Conflict, DomainError, NotFound
from tracker.reminders.channels.robots import is_allowed
from tracker.reminders.models import ReminderChoice, ReminderNotice, ReminderRobot
from tracker.reminders.queries.robots import robot_row
from tracker.units.queries import covers


def choose(*, email: str, by_email: bool, by: Viewer, at: datetime) -> None:
    """A person says where letters reach them, and whether they want any."""
    if by_email and not email:
        raise DomainError(_("请填写邮箱地址。"), field="email")
    held = session.get(ReminderChoice, by.person_id)
    if held is None:
        held = ReminderChoice(person_id=by.person_id, email="", by_email=False)
        session.add(held)
    record("更改提醒方式", by=by, at=at, subject=("person", by.person_id),
           changes={"邮箱": (held.email, email), "邮件提醒": (held.by_email, by_email)})  # fmt: skip
    held.email, held.by_email = email, by_email
    session.flush()


def read_all(*, by: Viewer, at: datetime) -> None:
    """The person has read their notices."""
    mine = (ReminderNotice.person_id == by.person_id, ReminderNotice.read_at.is_(None))
    unread = session.scalars(select(ReminderNotice).where(*mine).order_by(ReminderNotice.id)).all()
    if not unread:
        return
    for notice in unread:
        notice.read_at = at
    record("已阅提醒", by=by, at=at, subject=("reminder", None), detail={"条数": len(unread)})


class RobotFacts(NamedTuple):
    kind: str
    name: str
    unit_id: int
    url: str
    """Empty leaves the one that is there."""
    secret: str
    """Empty leaves the one that is there."""
    is_active: bool


def keep_robot(robot_id: int | None, facts: RobotFacts, *, version: int = 0, by: Viewer, at: datetime) -> ReminderRobot:
    """Adds a robot, or changes one. Its address and secret are kept out of the record. Raises DomainError, Conflict,
    NotFound."""
    if not covers(by, facts.unit_id, Role.LEAD_OFFICE, Role.ADMIN):
        raise NotFound
    robot = _robot(robot_id, by, version)
    url = facts.url or robot.url or ""
    if not is_allowed(url, current_app.config["REMINDER_HOSTS"]):
        raise DomainError(_("这个地址不在允许外发的主机之列，请管理员先在设置 REMINDER_HOSTS 中列出。"), field="url")
    before = (robot.name, robot.is_active) if robot_id is not None else ("", None)
    robot.kind, robot.name, robot.unit_id, robot.is_active = facts.kind, facts.name, facts.unit_id, facts.is_active
    changed = url != robot.url
    robot.url, robot.secret = url, facts.secret or robot.secret or ""
    session.add(robot)
    session.flush()
    record("设置提醒机器人", by=by, at=at, subject=("reminder_robot", robot.id), unit_id=robot.unit_id,
           changes={"名称": (before[0], robot.name), "启用": (before[1], robot.is_active)},
           detail={"渠道": robot.kind, "更换地址": changed})  # fmt: skip
    return robot


def _robot(robot_id: int | None, by: Viewer, version: int) -> ReminderRobot:
    if robot_id is None:
        return ReminderRobot()
    robot_row(robot_id, by)
    robot = session.get_one(ReminderRobot, robot_id)
    if robot.version != version:
        raise Conflict(_("这个机器人刚刚被他人更改，请刷新页面查看最新内容；您填写的内容仍在下方。"))
    return robot
