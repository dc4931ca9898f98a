"""The daily round (每日提醒): one transaction that puts down all that is told that day, or nothing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from flask import current_app
from sqlalchemy import func, select

from tracker.audit.service import lock_head, record
from tracker.clock import day_of
from tracker.db import session
from tracker.reminders.digest import Digest, Item, body, digest, subject
from tracker.reminders.models import ReminderNotice, ReminderRobot, ReminderRound, ReminderSending
from tracker.reminders.queries.owed import Owed, owed
from tracker.reminders.queries.people import Holders, recipients
from tracker.units.models import Unit
from tracker.web.locale import LOCALES, speaking

LOOKS_BACK = timedelta(days=14)
"""How far a round reaches back at most, where there was none for long."""


@dataclass(frozen=True, slots=True)
class Made:
    notices: int
    sendings: int


def make_round(*, at: datetime) -> Made | None:
    """Puts down the notices and sendings of the day; None where that is done. Whoever comes second waits, and finds the
    row of the first; where the worker dies on the way nothing is there, and the next one makes it."""
    lock_head()
    today = day_of(at)
    last = session.scalar(select(func.max(ReminderRound.day)))
    if last is not None and last >= today:
        return None
    since = max(last, today - LOOKS_BACK) if last else today - timedelta(days=1)
    session.add(ReminderRound(day=today, since=since, made_at=at))
    found = owed(since, today)
    told = _by_person(found, Holders(today))
    sendings = _tell_people(told, today, at) + _tell_robots(found, today, at)
    session.flush()
    record("发出每日提醒", by=None, at=at, subject=("reminder", None),
           detail={"日期": today, "站内通知": len(told), "对外发送": sendings})  # fmt: skip
    return Made(len(told), sendings)


def _by_person(found: Iterable[Owed], holders: Holders) -> dict[int, Digest]:
    items: dict[int, dict[int, Item]] = {}
    for one in found:
        for role in one.tells:
            if role == "reporter" and one.is_reviewed:
                continue
            path = one.path if role in {"reporter", "reviewer"} else one.owner_path
            for person_id in holders.of(role, path):
                items.setdefault(person_id, {})[one.item.obligation_id] = one.item
    return {person_id: digest(list(theirs.values())) for person_id, theirs in sorted(items.items())}


def _tell_people(told: Mapping[int, Digest], today: date, at: datetime) -> int:
    letters = 0
    for person_id, who in recipients(told).items():
        made = told[person_id]
        session.add(ReminderNotice(
            person_id=person_id, day=today, counts=made.counts, items=[list(one) for one in made.items], created_at=at
        ))  # fmt: skip
        if who.email and current_app.config["SMTP_HOST"]:
            letters += 1
            session.add(_sending(made, f"digest:{today}:person:{person_id}", "email", who.locale, today, at,
                                 person_id=person_id, address=who.email))  # fmt: skip
    return letters


def _tell_robots(found: list[Owed], today: date, at: datetime) -> int:
    """Each active robot is told of all that is mentioned of the plans of its unit."""
    robots = session.execute(
        select(ReminderRobot.id, ReminderRobot.kind, Unit.path)
        .join(Unit, Unit.id == ReminderRobot.unit_id)
        .where(ReminderRobot.is_active.is_(True))
        .order_by(ReminderRobot.id)
    ).all()
    told = 0
    for robot in robots:
        made = digest([one.item for one in found if one.owner_path.startswith(robot.path)])
        if made.counts:
            told += 1
            session.add(
                _sending(made, f"digest:{today}:robot:{robot.id}", robot.kind, "", today, at, robot_id=robot.id)
            )
    return told


def _sending(
    made: Digest, key: str, channel: str, locale: str, today: date, at: datetime, *,
    person_id: int | None = None, robot_id: int | None = None, address: str = "",
) -> ReminderSending:  # fmt: skip
    page = _page if channel == "email" else None
    with speaking(locale if locale in LOCALES else current_app.config["DEFAULT_LOCALE"]):
        return ReminderSending(
            key=key, channel=channel, person_id=person_id, robot_id=robot_id, day=today, address=address,
            counts=made.counts, subject=subject(made.counts, today),
            body=body(made, current_app.config["SITE_URL"], page), due_at=at, created_at=at,
        )  # fmt: skip


def _page(obligation_id: int) -> str:
    """The address of a report's page, as it is opened from outside."""
    path = current_app.url_map.bind("").build("progress.obligation", {"obligation_id": obligation_id})
    return f"{current_app.config['SITE_URL'].rstrip('/')}{path}"
