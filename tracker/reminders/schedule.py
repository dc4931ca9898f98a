"""On which days a report is mentioned (提醒日), and who is told then. Pure: a day is told by the lights of two days."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Literal

from tracker.clock import CHINA
from tracker.progress.light_rules import Audience, Lights

Reason = Literal["slip_late", "slip", "late", "again", "sent_back", "due", "near"]

REASONS: tuple[Reason, ...] = ("slip_late", "slip", "late", "again", "sent_back", "due", "near")
"""督办单逾期未回执, 督办单待回执; 逾期 (its first day, and each that brings a graver light), 仍未报送 (every week after its date),
退办待重报 (where the rules tell somebody of it), 今日到期, 临期."""

SLIP_NEAR = timedelta(days=2)
"""Before the reply to a supervision slip is due."""

AGAIN_EVERY = 7
"""Days after which what is overdue is mentioned again."""

LOOKS_BACK = timedelta(days=14)
"""How far a round reaches back at most, where there was none for long, or where nothing reached somebody."""


def reason(due_on: date, before: Lights, now: Lights, *, excused: bool = False) -> Reason | None:
    """Why a report that is still to be handed in is mentioned in a round, the last one having been on the day of `before`.
    What is `excused` (免责) takes on no graver light.

    What a day without a round would have brought is brought by the next one; within one day there is nothing new.
    """
    if before.today >= now.today:
        return None
    if due_on < now.today:
        if due_on >= before.today or (not excused and now.grade(due_on) > before.grade(due_on)):
            return "late"
        return "again" if _weeks(due_on, now.today) > _weeks(due_on, before.today) else None
    if due_on == now.today:
        return "due"
    return "near" if before.near_until < due_on <= now.near_until else None


def slip_reason(reply_by: date, before: date, today: date, *, is_new: bool) -> Reason | None:
    """Why a slip that waits for its reply is mentioned in a round, the last one having been on the day `before`: it `is_new`
    since then, its date is near or has come, or it has passed, on the first day and every week."""
    if before >= today:
        return None
    if reply_by < today:
        return "slip_late" if reply_by >= before or _weeks(reply_by, today) > _weeks(reply_by, before) else None
    is_near = before + SLIP_NEAR < reply_by <= today + SLIP_NEAR
    return "slip" if is_new or is_near or reply_by == today else None


def _weeks(due_on: date, day: date) -> int:
    return (day - due_on).days // AGAIN_EVERY


def told(why: Reason, due_on: date, now: Lights, *, excused: bool = False) -> tuple[Audience, ...]:
    """Who is told, by the plan's rule set."""
    if why in {"near", "due"}:
        return now.rules.near.tells
    return now.rules.late[0 if excused else now.grade(due_on)].tells


def is_time(at: datetime, hours: tuple[int, int]) -> bool:
    """Whether something may be sent at a moment: between two hours of China's clock, the second excluded."""
    return hours[0] <= at.astimezone(CHINA).hour < hours[1]
