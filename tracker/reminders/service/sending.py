"""Leasing what is to be sent, and keeping how it went. Each step is a transaction of its own around the sending itself."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import NamedTuple

from flask_babel import gettext as _
from sqlalchemy import and_, or_, select

from tracker.accounts.roles import Viewer
from tracker.audit.service import record
from tracker.clock import day_of
from tracker.db import session
from tracker.errors import Conflict, NotFound
from tracker.reminders.models import ReminderRobot, ReminderRound, ReminderSending
from tracker.reminders.queries.people import recipients
from tracker.reminders.queries.sent import is_shown_to
from tracker.reminders.queries.unreached import told_later
from tracker.reminders.states import REPEATABLE

LEASE = timedelta(minutes=10)
WAITS = (timedelta(minutes=5), timedelta(minutes=30), timedelta(hours=2))
"""After each attempt that failed; after one more it is given up."""


class Taken(NamedTuple):
    """What is to be sent now, as plain values: nothing is held while it goes out."""

    id: int
    key: str
    channel: str
    address: str
    secret: str
    subject: str
    body: str
    created_at: datetime


def take(*, at: datetime) -> Taken | None:
    """Leases the next one that is due; None where there is none. On a day without a round, a day off, only what somebody
    sends again by hand: what still waits is in the digest of the next round.

    One whose worker died while it was being sent is sent again where a second copy is known by its key; where it is not,
    nobody knows whether it arrived: it is left for a person to decide.
    """
    has_round = select(ReminderRound.day).where(ReminderRound.day == day_of(at)).exists()
    by_hand = and_(ReminderSending.attempts == 0, ReminderSending.due_at > ReminderSending.created_at)
    while True:
        row = session.scalar(
            select(ReminderSending)
            .where(ReminderSending.state.in_(("waiting", "sending")), ReminderSending.due_at <= at)
            .where(or_(has_round, by_hand, ReminderSending.state == "sending"))
            .order_by(ReminderSending.due_at, ReminderSending.id)
            .limit(1)
            .with_for_update(skip_locked=True)
        )
        if row is None:
            return None
        if row.state == "sending" and row.channel not in REPEATABLE:
            _end(row, "unknown", at, "")
        elif (taken := _lease(row, at)) is not None:
            return taken


def _lease(row: ReminderSending, at: datetime) -> Taken | None:
    """None where its recipient is not to be told any more: stopped, unsubscribed, or switched off since it was put down."""
    address, secret = _where(row)
    if not address:
        _end(row, "failed", at, _("收件人已停用，或者不再需要"))
        return None
    row.state, row.due_at, row.attempts = "sending", at + LEASE, row.attempts + 1
    session.flush()
    return Taken(row.id, row.key, row.channel, address, secret, row.subject, row.body, row.created_at)


def _where(row: ReminderSending) -> tuple[str, str]:
    """(address, secret) as they are now; empty where nothing is to be sent there."""
    if row.robot_id is not None:
        robot = session.get_one(ReminderRobot, row.robot_id)
        return (robot.url, robot.secret) if robot.is_active else ("", "")
    who = recipients([row.person_id]).get(row.person_id) if row.person_id is not None else None
    if who is None or not who.email:
        return "", ""
    row.address = who.email
    return who.email, ""


def arrived(sending_id: int, *, at: datetime) -> None:
    _end(session.get_one(ReminderSending, sending_id), "sent", at, "")


def missed(sending_id: int, fault: str, *, perhaps: bool, at: datetime) -> None:
    """It was not delivered: it is tried again later, a few times; where it perhaps was, only by channels that know a
    second copy."""
    row = session.get_one(ReminderSending, sending_id)
    if perhaps and row.channel not in REPEATABLE:
        _end(row, "unknown", at, fault)
    elif row.attempts > len(WAITS):
        _end(row, "failed", at, fault)
    else:
        row.state, row.due_at, row.fault = "waiting", at + WAITS[row.attempts - 1], fault
        session.flush()


def give_up_before(today: date, *, at: datetime) -> None:
    """What waits from earlier days is not sent any more: the day's own digest tells of it."""
    waiting = select(ReminderSending).where(ReminderSending.state == "waiting", ReminderSending.day < today)
    for row in session.scalars(waiting.order_by(ReminderSending.id)):
        _end(row, "failed", at, row.fault)


def _end(row: ReminderSending, state: str, at: datetime, fault: str) -> None:
    row.state, row.ended_at, row.fault = state, at, fault
    session.flush()


def send_again(sending_id: int, *, by: Viewer, at: datetime) -> None:
    """Somebody decides that what failed, or nobody knows of, goes out once more. Raises NotFound, Conflict."""
    row = session.scalar(
        select(ReminderSending).where(ReminderSending.id == sending_id, is_shown_to(by, ReminderSending))
    )
    if row is None:
        raise NotFound
    if row.state not in {"failed", "unknown"}:
        raise Conflict(_("这一条已经在发送或已发送，请刷新页面。"))
    if row.state == "failed" and told_later([row.id], row.day):
        raise Conflict(_("这一条的内容已并入以后的汇总，不再单独发送。"))
    row.state, row.due_at, row.attempts, row.ended_at = "waiting", at, 0, None
    session.flush()
    record("重新发送提醒", by=by, at=at, subject=("reminder", row.id), detail={"标题": row.subject})
