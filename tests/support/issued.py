"""A small plan in the hands of its units, for tests of progress: built as rows, then issued by the room's own service."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import select

from tests.support.place import AT, DAY, FOUNDED, Place
from tracker.accounts import service as accounts_service
from tracker.accounts.models import Person
from tracker.accounts.passwords import NOBODY
from tracker.accounts.roles import Role, Viewer
from tracker.db import session
from tracker.plans.models import Assignment, AssignmentSource, Chapter, Plan, Task, TaskTarget, TaskText
from tracker.plans.policy import Policy, stored_policy
from tracker.progress import service
from tracker.progress.content import Content
from tracker.progress.models import Obligation, Return
from tracker.units.kinds import group_of
from tracker.units.models import Unit

MORE_PEOPLE = (
    ("second_lead", "卢牵头", Role.LEAD_OFFICE, "云岫市"),
    ("second_reviewer", "白审核", Role.REVIEWER, "市财政局"),
)
QUARTERLY = {"text": "每季度末月20日前", "kind": "recurring", "date": None, "recurrence": "quarterly:20"}
JUNE = {"text": "6月底前", "kind": "month_end", "date": "2026-06-30", "recurrence": None}


@dataclass(frozen=True)
class TaskSpec:
    name: str
    units: tuple[tuple[str, str], ...]
    """(unit's name, role)."""
    deadlines: tuple[dict[str, Any], ...] = (QUARTERLY,)
    targets: tuple[tuple[str, str, str], ...] = ()
    """(text, value, unit)."""
    chapter: str = "一、优化流程"


TASKS = (
    TaskSpec(
        "压减审批时限", (("市财政局", "lead"), ("市交通运输局", "support")), targets=(("压减30%以上", "30", "%"),)
    ),
    TaskSpec("公开办事指南", (("望川县", "responsible"), ("临溪县", "responsible")), (JUNE,), chapter="二、公开透明"),
    TaskSpec("日常督办", (("市财政局", "supervise"),), chapter="二、公开透明"),
)


@dataclass
class Issued:
    place: Place
    plan_id: int
    tasks: dict[str, int] = field(default_factory=dict)

    def viewer(self, username: str) -> Viewer:
        return self.place.viewer(username)

    def assignment(self, task: str, unit: str) -> Assignment:
        found = session.scalar(
            select(Assignment).where(
                Assignment.task_id == self.tasks[task], Assignment.unit_id == self.place.units[unit]
            )
        )
        assert found is not None
        return found

    def obligations(self, task: str, unit: str) -> list[Obligation]:
        assignment = self.assignment(task, unit)
        statement = select(Obligation).where(Obligation.assignment_id == assignment.id).order_by(Obligation.due_on)
        return list(session.scalars(statement))


def at(day: date, hour: int = 10) -> datetime:
    """A moment of a day, by China's clock."""
    return datetime(day.year, day.month, day.day, hour - 8, tzinfo=UTC)


def people(place: Place) -> None:
    """Second people for roles that two must share, where they are not there yet."""
    for username, name, role, unit in MORE_PEOPLE:
        if username in place.people:
            continue
        person = Person(username=username, name=name, password_hash=NOBODY, password_set_at=AT, created_at=AT)
        session.add(person)
        session.flush()
        place.people[username] = person.id
        accounts_service.grant(person, role, place.units[unit], by=None, at=AT, since=FOUNDED)


def adopted(
    place: Place, tasks: Sequence[TaskSpec] = TASKS, *, year: int = 2026, policy: Policy | None = None,
    name: str = "营商环境",
) -> Issued:  # fmt: skip
    """A plan whose assignments wait to be issued. Within a transaction."""
    plan = Plan(
        name=f"{year}年{name}任务分解表", year=year, owner_unit_id=place.units["云岫市"], adopted_at=AT,
        policy=stored_policy(policy or Policy()), document_title=f"{year}年任务分解表",
    )  # fmt: skip
    session.add(plan)
    session.flush()
    made = Issued(place, plan.id)
    chapters: dict[str, int] = {}
    for position, spec in enumerate(tasks, 1):
        made.tasks[spec.name] = _task(plan, chapters, position, spec, place)
    session.flush()
    return made


def _task(plan: Plan, chapters: dict[str, int], position: int, spec: TaskSpec, place: Place) -> int:
    if spec.chapter not in chapters:
        chapter = Chapter(plan_id=plan.id, position=len(chapters) + 1, title=spec.chapter)
        session.add(chapter)
        session.flush()
        chapters[spec.chapter] = chapter.id
    task = Task(
        plan_id=plan.id, chapter_id=chapters[spec.chapter], position=position, number=str(position), name=spec.name
    )
    session.add(task)
    session.flush()
    session.add(
        TaskText(
            task_id=task.id, path=[spec.chapter], requirement=f"{spec.name}，逐项落实到位。", locator=f"Sheet1!C{position}",
            deadlines=list(spec.deadlines), sources={},
        )
    )  # fmt: skip
    for place_of, (text, value, unit) in enumerate(spec.targets, 1):
        session.add(TaskTarget(task_id=task.id, position=place_of, text=text, value=Decimal(value), unit=unit, op=">="))
    for name, role in spec.units:
        unit_row = session.get(Unit, place.units[name])
        assert unit_row is not None
        made = Assignment(
            plan_id=plan.id, task_id=task.id, chapter_id=task.chapter_id, unit_id=unit_row.id,
            unit_group=group_of(unit_row.kind), role=role,
        )  # fmt: skip
        session.add(made)
        session.flush()
        session.add(AssignmentSource(assignment_id=made.id, expression=name, locator=f"Sheet1!D{position}"))
    return task.id


def issued(place: Place, tasks: Sequence[TaskSpec] = TASKS, *, moment: datetime = AT) -> Issued:
    """An issued plan, with second people. Within a transaction."""
    people(place)
    made = adopted(place, tasks)
    service.issue_plan(made.plan_id, by=made.viewer("lead"), at=moment)
    return made


def reported(made: Issued, obligation_id: int, *, day: date = DAY, done: str = "已完成前期工作。", percent: int = 40,
             reporter: str = "reporter", reviewer: str | None = "reviewer") -> int:  # fmt: skip
    """A return handed in and, with a reviewer, sent to the lead office. Returns its id."""
    obligation = session.get(Obligation, obligation_id)
    assert obligation is not None
    service.sign(obligation.assignment_id, by=made.viewer(reporter), at=at(day))
    draft = session.scalar(select(Return).where(Return.obligation_id == obligation_id, Return.state == "draft"))
    version = service.hand_in(
        obligation_id, content=Content(done=done, percent=percent), version=draft.version if draft else 0,
        by=made.viewer(reporter), at=at(day),
    )  # fmt: skip
    if reviewer is not None:
        service.approve(version.id, by=made.viewer(reviewer), at=at(day, 11))
    return version.id
