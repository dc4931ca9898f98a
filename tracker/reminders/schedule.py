"""On which days a report is mentioned (提醒日), and who is told then. Pure: a day is told by the lights of two days."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Literal, NamedTuple

from tracker.clock import CHINA
from tracker.progress.calendar import ONE_DAY, Workdays
from tracker.progress.light_rules import Audience, Lights

Reason = Literal["slip_late", "slip", "urged", "asked", "late", "again", "sent_back", "due", "due_off", "near"]

REASONS: tuple[Reason, ...] = (
    "slip_late",
    "slip",
    "urged",
    "asked",
    "late",
    "again",
    "sent_back",
    "due",
    "due_off",
    "near",
)
"""督办单逾期未回执, 督办单待回执; 上级催报 (of what was passed down, whatever its date); 询问待答复 (as of a slip); 逾期 (its
first day, and each that brings a graver light), 仍未报送 (every week after its date), 退办待重报 (where the rules tell somebody
of it), 今日到期, 休息日到期 (on a day off before the next workday), 临期."""

SLIP_NEAR = timedelta(days=2)
"""Before the reply to a supervision slip, or to a question, is due."""

AGAIN_EVERY = 7
"""Days after which what is overdue is mentioned again."""

LOOKS_BACK = timedelta(days=14)
"""How far a round reaches back at most, where there was none for long, or where nothing reached somebody."""


class Span(NamedTuple):
    """The days that a round speaks for. What has passed is told of up to its own day; what is to come up to the day before
    the next workday, since nobody is told anything on the days off between."""

    since: date
    """The day of the round before."""
    since_ahead: date
    """The last day that one looked ahead to."""
    today: date
    ahead: date


def span(since: date, today: date, workdays: Workdays | None) -> Span | None:
    """The days that a round of today speaks for; None on a day off. Without a calendar every day has a round."""
    if workdays is None:
        return Span(since, since, today, today)
    if not workdays.is_workday(today):
        return None
    return Span(since, _ahead(since, workdays), today, _ahead(today, workdays))


def _ahead(day: date, workdays: Workdays) -> date:
    """Of a day off, on which no round of workdays can have been, itself: nothing was told ahead of it."""
    return workdays.next_workday(day) - ONE_DAY if workdays.is_workday(day) else day


def reason(
    due_on: date, before: Lights, now: Lights, *, ahead: tuple[Lights, Lights] | None = None, excused: bool = False
) -> Reason | None:
    """Why a report that is still to be handed in is mentioned in a round, the last one having been on the day of `before`.
    `ahead` are the lights of the last days that both looked ahead to, where these are others. What is `excused` (免责) takes
    on no graver light.

    What a day without a round would have brought is brought by the next one; within one day there is nothing new.
    """
    if before.today >= now.today:
        return None
    told_to, tells_to = ahead or (before, now)
    if due_on < now.today:
        if due_on >= before.today or (not excused and now.grade(due_on) > before.grade(due_on)):
            return "late"
        return "again" if _weeks(due_on, now.today) > _weeks(due_on, before.today) else None
    if due_on == now.today:
        return "due"
    if due_on <= tells_to.today:
        return "due_off" if due_on > told_to.today else None
    return "near" if told_to.near_until < due_on <= tells_to.near_until else None


def slip_reason(reply_by: date, days: Span, *, is_new: bool) -> Reason | None:
    """Why a slip that waits for its reply is mentioned in a round: it `is_new` since the last one, its date is near or has
    come, or it has passed, on the first day and every week."""
    before, told_to, today, tells_to = days.since, days.since_ahead, days.today, days.ahead
    if before >= today:
        return None
    if reply_by < today:
        return "slip_late" if reply_by >= before or _weeks(reply_by, today) > _weeks(reply_by, before) else None
    is_near = told_to + SLIP_NEAR < reply_by <= tells_to + SLIP_NEAR
    return "slip" if is_new or is_near or reply_by == today or told_to < reply_by <= tells_to else None


def _weeks(due_on: date, day: date) -> int:
    return (day - due_on).days // AGAIN_EVERY


def told(why: Reason, due_on: date, now: Lights, *, excused: bool = False) -> tuple[Audience, ...]:
    """Who is told, by the plan's rule set."""
    if why in {"near", "due", "due_off"}:
        return now.rules.near.tells
    return now.rules.late[0 if excused else now.grade(due_on)].tells


def is_time(at: datetime, hours: tuple[int, int]) -> bool:
    """Whether something may be sent at a moment: between two hours of China's clock, the second excluded."""
    return hours[0] <= at.astimezone(CHINA).hour < hours[1]
