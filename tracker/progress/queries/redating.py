"""A task's time limits (完成时限) in other words: what its units would owe by them, before anything is written."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from typing import Any

from sqlalchemy import select

from imports.phrases.deadlines import parse_time_cell, unread_times
from tracker import clock
from tracker.accounts.roles import Viewer
from tracker.db import canonical_json, session
from tracker.drafts.bodies import deadline_json
from tracker.errors import NotFound
from tracker.plans.models import Assignment, Plan, Task, TaskText
from tracker.plans.policy import read_policy
from tracker.plans.states import LIVE, REPORTING_ROLES
from tracker.progress.obligations import Dated, for_plan
from tracker.progress.printed import read_phrases, undated
from tracker.progress.queries.calendar import workdays
from tracker.progress.queries.issuing import own_plan, phases_of, words_around
from tracker.progress.queries.revising.doings import owed_by
from tracker.progress.queries.suspensions import suspensions
from tracker.progress.replanning import Held, Replan, replan
from tracker.units.models import Unit

_BEFORE = re.compile(r"[（(]\s*原[^（）()]*[）)]")
_CHANGED = re.compile(
    r"(?P<was>.*?)[，,]?\s*现?(?:调整|推迟|延期|延长|顺延|提前|变更|改期|改|延)(?:为|到|至|成)(?P<now>.+)"
)
"""How a letter says that one time limit takes the place of another."""


@dataclass(frozen=True, slots=True)
class UnitDates:
    """What becomes of the dates of a unit in the task."""

    assignment_id: int
    unit: str
    role: str
    plan: Replan
    is_suspended: bool = False
    until: date | None = None
    """The last day of its suspension (挂账); None where that ends by a condition."""

    @property
    def moved(self) -> list[tuple[Held, Dated]]:
        """Without what the suspension lets off."""
        return [(held, due) for held, due in self.plan.moved if not self._lets_off(_moved_to(held, due))]

    @property
    def added(self) -> list[date]:
        """Without what the suspension lets off."""
        return [due for due in self._added() if not self._lets_off(due)]

    @property
    def let_off(self) -> list[tuple[date | None, date]]:
        """What falls into the suspension and is let off (挂账免报): from which day it moves, if it does, and the day."""
        moved = [(held.due_on, _moved_to(held, due)) for held, due in self.plan.moved]
        return [(was, due) for was, due in (*moved, *((None, due) for due in self._added())) if self._lets_off(due)]

    def _added(self) -> list[date]:
        return [one.due for one in self.plan.added] + [due.due for _held, due in self.plan.restored]

    def _lets_off(self, due: date) -> bool:
        return self.is_suspended and (self.until is None or due <= self.until)


@dataclass(frozen=True, slots=True)
class Redating:
    task_id: int
    task: str
    number: str | None
    plan_id: int
    plan: str
    issued: bool
    words: str
    """The time limits in force, one a line."""
    deadlines: list[dict[str, Any]] = field(default_factory=list)
    """What was typed, as it was read."""
    unread: tuple[str, ...] = ()
    """What in it speaks of time and was not read, or gives no dates (汛期前, 每日)."""
    dates: tuple[Dated, ...] = ()
    """All that the task owes by it."""
    units: tuple[UnitDates, ...] = ()
    """Whose dates change."""
    mark: str = ""
    """Of all that would be done: it is done only as it was seen."""


def redating(task_id: int, typed: str | None, viewer: Viewer, *, today: date) -> Redating:
    """Of what was typed, one time limit a line; None: what is in force alone. Raises NotFound where the viewer does not run
    the plan, or a later edition has the task no more."""
    task = session.get(Task, task_id)
    if task is None or task.ended_in is not None:
        raise NotFound
    plan = own_plan(task.plan_id, viewer)
    text = session.get_one(TaskText, task_id)
    shown = (task_id, task.name, task.number, plan.id, plan.name, plan.state != "adopted", in_words(text.deadlines))
    if typed is None:
        return Redating(*shown)
    deadlines, unread = read_again(typed, plan.year, text.deadlines)
    dates, dateless = _dates(plan, text, deadlines, today)
    units = tuple(one for one in _units(plan, task_id, dates, today) if not one.plan.is_empty or one.plan.reworded)
    mark = hashlib.sha256(
        canonical_json(
            [text.deadlines, deadlines, [(one.assignment_id, repr(one.plan), repr(one.let_off)) for one in units]]
        ).encode()
    ).hexdigest()
    return Redating(*shown, deadlines, (*unread, *dateless), dates, units, mark)


def _moved_to(held: Held, due: Dated) -> date:
    """A granted extension stays where it reaches further."""
    return max(due.due, held.due_on) if held.due_on > held.original_due_on else due.due


def in_words(deadlines: list[dict[str, Any]]) -> str:
    """As a person reads and types them, one a line."""
    return "\n".join(_words(one) for one in deadlines)


def _words(one: dict[str, Any]) -> str:
    """What shares its words with others (the 4月 of 4月、7月、10月15日前) is written out: 2026年4月15日前."""
    text, action = str(one.get("text") or ""), str(one.get("action") or "")
    if one.get("date"):
        day = date.fromisoformat(one["date"])
        alone = parse_time_cell(text, day.year)
        text = text if [found.date for found in alone] == [day] else f"{day.year}年{day.month}月{day.day}日前"
    return text if not action or action in text else f"{text}{action}"


def read_again(
    typed: str, year: int, held: Sequence[dict[str, Any]]
) -> tuple[list[dict[str, Any]], tuple[str, ...]]:  # fmt: skip
    """What was typed, one time limit a line, and what of it was not read. A line that is in force (`held`) stays what it is: read
    alone it might be something else, as 15日 of 每月1日、15日."""
    in_force: dict[str, list[dict[str, Any]]] = {}
    for one in held:
        in_force.setdefault(_words(one), []).append(one)
    found: list[dict[str, Any]] = []
    unread: list[str] = []
    for typed_line in filter(None, map(str.strip, typed.splitlines())):
        if stays := in_force.get(typed_line):
            found.append(stays.pop(0) if len(stays) > 1 else stays[0])
            continue
        line = _from_now_on(typed_line, year)
        read = parse_time_cell(line, year)
        found += [deadline_json(one) for one in read]
        unread += unread_times(line, read) if read else [line]
    return found, tuple(unread)


def _from_now_on(line: str, year: int) -> str:
    """A line without what was in force before, where it tells of the change (由6月底前调整为9月底前; 9月底前（原6月底前）)."""
    line = _BEFORE.sub("", line).strip() or line
    changed = _CHANGED.match(line)
    if changed is None:
        return line
    was, now = changed["was"], changed["now"].strip()
    read = parse_time_cell(now, year)
    tells = bool(read) and now.startswith(read[0].text) and (not was.strip() or bool(parse_time_cell(was, year)))
    return now if tells else line


def _dates(
    plan: Plan, text: TaskText, deadlines: list[dict[str, Any]], today: date
) -> tuple[tuple[Dated, ...], list[str]]:
    """All that the task owes, and the words that give no dates of their own."""
    policy = read_policy(plan.policy)
    issued = clock.day_of(plan.issued_at) if plan.issued_at else today
    dated = partial(
        for_plan, year=plan.year, proof=policy.proof, roll=policy.roll, workdays=workdays(), issued=issued,
        base=plan.document_issued_on,
    )  # fmt: skip
    phrases = read_phrases(deadlines, words_around(deadlines, text.requirement, text.sources))
    moments = [one for one in phrases if one.kind == "phase" and all(due.kind != "phase" for due in dated((one,)))]
    return dated(phrases, phases=phases_of(plan)), [one.text for one in (*moments, *undated(phrases))]


def _units(plan: Plan, task_id: int, dates: tuple[Dated, ...], today: date) -> list[UnitDates]:
    if plan.state == "adopted":
        return []
    rows = session.execute(
        select(Assignment.id, Unit.name, Assignment.role)
        .join(Unit, Unit.id == Assignment.unit_id)
        .where(
            Assignment.task_id == task_id,
            Assignment.state.in_([one for one in LIVE if one != "done"]),
            Assignment.role.in_(REPORTING_ROLES),
        )
        .order_by(Assignment.id)
    ).all()
    owed = owed_by([row.id for row in rows])
    under = suspensions([row.id for row in rows], today)
    return [
        UnitDates(
            row.id, row.name, row.role, replan(owed.get(row.id, []), dates, day=today), row.id in under,
            under[row.id].granted_until if row.id in under else None,
        )
        for row in rows
    ]  # fmt: skip
