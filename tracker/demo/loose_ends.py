"""What is under way in the invented city on the day that it is loaded for."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import exists, select

from tracker.db import session
from tracker.demo.world import World
from tracker.demo.year import DONE, NAMED, NEXT, PROBLEMS
from tracker.plans.models import Assignment, Task
from tracker.progress.content import Content
from tracker.progress.milestones import Said
from tracker.progress.models import Obligation, Return
from tracker.progress.service import drafting, granting, requesting, reviewing


class LooseEnds:
    """What is under way today: drafts, returns with the unit's reviewer, returns and requests with the lead office."""

    def __init__(self, world: World, today: date) -> None:
        self.world, self.today = world, today

    def leave(self, at: datetime) -> None:
        """Begins the next reports of the named units and of some others, each a step further than the one before."""
        named = [self.world.unit(name) for name in NAMED]
        rows = session.execute(
            select(
                Obligation.id,
                Obligation.unit_id,
                Obligation.due_on,
                Obligation.assignment_id,
                Assignment.percent,
                Task.name,
            )
            .join(Task, Task.id == Obligation.task_id)
            .join(Assignment, Assignment.id == Obligation.assignment_id)
            .where(
                Obligation.state == "open",
                Assignment.state == "in_progress",
                ~exists().where(Return.obligation_id == Obligation.id),
            )
            .order_by(Obligation.due_on, Obligation.id)
        ).all()
        ahead = [row for row in rows if row.due_on >= self.today]
        rows = ahead + [row for row in reversed(rows) if row.due_on < self.today]
        for unit_id in named:
            own = [row for row in rows if row.unit_id == unit_id]
            for stage, row in zip((0, 1, 2), own[1:], strict=False):
                self._begin(row, stage, at)
            self._ask_for_time(own[4:], at)
        others = [row for row in rows if row.unit_id not in named]
        for place, row in enumerate(others[:24]):
            self._begin(row, place % 3, at)

    def _ask_for_time(self, rows: Sequence[Any], at: datetime) -> None:
        """Asks for a later day for the first report that is still to come, so that a request waits."""
        row = next((row for row in rows if row.due_on > self.today), None)
        if row is not None:
            wish = granting.Wish(
                "所需数据由上级部门统一核定，预计下月上旬下发，申请延至数据下发之后报送。", until=row.due_on + timedelta(days=14),
            )  # fmt: skip
            requesting.ask_for("extension", row.id, wish, by=self.world.reviewers[row.unit_id], at=at)

    def _milestones(self, row: Any) -> Sequence[int]:
        """Its own milestone and those before it; what reports by percent has none."""
        due = select(Obligation.id).where(
            Obligation.assignment_id == row.assignment_id,
            Obligation.due_on <= row.due_on,
            Obligation.milestone.is_(True),
        )
        return session.scalars(due.order_by(Obligation.due_on)).all()

    def _begin(self, row: Any, stage: int, at: datetime) -> None:
        content = Content(
            done=self.world.place.told(DONE[row.id % len(DONE)]).format(task=row.name), problems=PROBLEMS[row.id % len(PROBLEMS)],
            next_step=NEXT[row.id % len(NEXT)], percent=min(100, row.percent + 10),
            milestones=dict.fromkeys(self._milestones(row), Said(reached=True)),
        )  # fmt: skip
        who = self.world.reporters[row.unit_id]
        version = drafting.save_draft(row.id, content, version=0, editor="", by=who, at=at)
        if stage > 0:
            drafting.hand_in(row.id, by=who, at=at + timedelta(minutes=20))
        if stage > 1:
            reviewing.approve(version.id, by=self.world.reviewers[row.unit_id], at=at + timedelta(minutes=50))
