"""What the work itself needs: a calendar that goes on, a worker that works, an administrator, real data."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from flask_babel import gettext as _
from sqlalchemy import exists, func, or_, select

from tracker import clock
from tracker.accounts.models import Grant, Person
from tracker.accounts.roles import Role
from tracker.db import session
from tracker.outbox.models import Job
from tracker.progress.models import CalendarYear
from tracker.units.queries import site
from tracker.upkeep.doctor.finding import Finding, State

STUCK = timedelta(minutes=5)
"""A job that has waited for so long has no worker: the worker looks every minute."""
PUBLISHED_FROM = 11
"""Month in which the next year's holidays are usually published (国务院办公厅, late October to November)."""


def calendar(now: datetime) -> Iterator[Finding]:
    today = clock.day_of(now)
    last = session.scalar(select(func.max(CalendarYear.year)))
    advice = _("在“工作日历”页面导入国务院办公厅公布的节假日安排。")
    if last is None or last < today.year:
        known = str(last) if last else _("（空）")
        yield Finding("calendar", State.FAULT, _("工作日历只到 %(year)s 年，今年的期限会算错。", year=known), advice)
    elif last == today.year and today.month >= PUBLISHED_FROM:
        yield Finding("calendar", State.WARNING, _("工作日历只到今年（%(year)s）。", year=last), advice)
    else:
        yield Finding("calendar", State.OK, _("工作日历到 %(year)s 年。", year=last))


def jobs(now: datetime) -> Iterator[Finding]:
    waiting = session.scalar(
        select(func.count()).select_from(Job).where(
            or_(
                (Job.state == "waiting") & (Job.created_at < now - STUCK),
                (Job.state == "running") & (Job.leased_until < now - STUCK),
            )
        )
    )  # fmt: skip
    if waiting:
        yield Finding(
            "jobs", State.FAULT, _("有 %(n)s 项后台作业没人做。", n=waiting),
            _("后台作业进程没有运行：随服务启动（LUOSHI_JOBS=1），或另行运行 flask jobs work。"),
        )  # fmt: skip
        return
    week = now - timedelta(days=7)
    failed = session.scalar(
        select(func.count()).select_from(Job).where(Job.state == "failed", Job.finished_at > week)
    )  # fmt: skip
    if failed:
        yield Finding(
            "jobs", State.NOTE, _("没有积压的后台作业；七天内有 %(n)s 项没有成功。", n=failed),
            _("发起的人在“后台作业”页面能看到原因。"),
        )  # fmt: skip
    else:
        yield Finding("jobs", State.OK, _("没有积压的后台作业。"))


def administrators(now: datetime) -> Iterator[Finding]:
    today = clock.day_of(now)
    held = exists(
        select(Grant.id).where(
            Grant.person_id == Person.id, Grant.role == Role.ADMIN, Grant.held_on(today),
        )
    )  # fmt: skip
    count = session.scalar(select(func.count()).select_from(Person).where(Person.is_active.is_(True), held))
    if count:
        yield Finding("administrator", State.OK, _("有 %(n)s 位系统管理员。", n=count))
    else:
        yield Finding(
            "administrator", State.FAULT, _("没有可用的系统管理员。"), _("运行 flask accounts create-admin 新建一位。")
        )


def demonstration() -> Iterator[Finding]:
    if site().is_demonstration:
        yield Finding(
            "demonstration",
            State.WARNING,
            _("这里是演示数据，单位和人员都是虚构的。"),
            _("正式使用请换一个空的数据库。"),
        )
    else:
        yield Finding("demonstration", State.OK, _("没有演示数据。"))
