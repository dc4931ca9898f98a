"""Which days a round speaks for, plan by plan: on workdays (工作日), or every day where the plan says so."""

from __future__ import annotations

from datetime import date, timedelta

from sqlalchemy import select

from tracker.db import session
from tracker.plans.models import Plan
from tracker.plans.policy import read_policy
from tracker.progress.queries.calendar import workdays
from tracker.reminders.models import ReminderRound
from tracker.reminders.schedule import LOOKS_BACK, Span, span

LONGEST_OFF = timedelta(days=15)
"""Days off in a row at most, with a margin: so far before the days it reaches back to a round looks for the one of a workday."""


class Days:
    """Of the round of one day. Five statements."""

    def __init__(self, today: date) -> None:
        self.today, self._workdays = today, workdays()
        policies = session.execute(
            select(Plan.id, Plan.owner_unit_id, Plan.policy).where(Plan.state == "issued").order_by(Plan.id)
        ).all()
        daily = [row for row in policies if read_policy(row.policy).reminds == "every_day"]
        self._plans, self._offices = {row.id for row in daily}, {row.owner_unit_id for row in daily}
        self._rounds = tuple(
            session.scalars(
                select(ReminderRound.day)
                .where(ReminderRound.day >= today - LOOKS_BACK - LONGEST_OFF)
                .order_by(ReminderRound.day.desc())
            )
        )

    @property
    def has_round(self) -> bool:
        """Whether anybody is told anything on the day."""
        return bool(self._plans) or self._workdays.is_workday(self.today)

    def of_plan(self, plan_id: int, since: date) -> Span | None:
        """Where the last round was on the day `since`; None where the plan has no round today."""
        return self._span(since, daily=plan_id in self._plans)

    def of_office(self, unit_id: int, since: date) -> Span | None:
        """Of what stands outside plans: every day where one of the office's plans says so."""
        return self._span(since, daily=unit_id in self._offices)

    def _span(self, since: date, *, daily: bool) -> Span | None:
        if daily:
            return span(since, self.today, None)
        of_workdays = (day for day in self._rounds if day <= since and self._workdays.is_workday(day))
        return span(next(of_workdays, since), self.today, self._workdays)
