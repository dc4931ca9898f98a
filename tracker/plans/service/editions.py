"""Adopting another edition (修订稿) of a plan's document: tasks keep their identity, what they said before is kept beside."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, insert, select, update

from tracker.accounts.roles import Viewer
from tracker.audit.service import Entry, record, record_all
from tracker.db import session
from tracker.plans.adoption import DocumentFacts, NewTarget, NewTask, fit
from tracker.plans.editions.item import heading
from tracker.plans.models import (
    Assignment,
    AssignmentSource,
    Chapter,
    EditionChange,
    Plan,
    PlanEdition,
    Task,
    TaskTarget,
    TaskText,
    TaskWording,
)
from tracker.plans.service.plan import chapter_of, new_text

BATCH = 1_000
FAR = 1_000_000
"""Positions beyond any: tasks stand there while they are numbered anew."""


@dataclass(frozen=True, slots=True)
class Revised:
    """A task of the new edition: which task of the plan it is, None for a new one, and what changed."""

    task: NewTask
    task_id: int | None
    kind: str
    asks_else: bool = False
    """Whether other words, targets or dates are asked for: then reports of before answer another wording."""


@dataclass(frozen=True, slots=True)
class EditionMade:
    id: int
    number: int
    task_ids: list[int]
    """For each of the revised tasks, in their order."""
    chapters: dict[int, int]
    """Task → chapter, of all tasks that stand."""


def adopt_edition(
    plan: Plan, *, document: DocumentFacts, draft_id: int, tasks: Sequence[Revised], dropped: Collection[int],
    counts: Mapping[str, int], reason: str, by: Viewer, at: datetime,
) -> EditionMade:  # fmt: skip
    """Writes the edition and the tasks as it has them, one entry for each task that changed. The plan is locked.

    Whose tasks they are, and what they owe, is not touched here: see `tracker.progress.service.revising`.
    """
    first = _first_edition(plan)
    last = session.scalars(
        select(PlanEdition).where(PlanEdition.plan_id == plan.id).order_by(PlanEdition.number.desc()).limit(1)
    ).one()
    made = PlanEdition(
        plan_id=plan.id, number=last.number + 1, draft_id=draft_id, document_title=fit(document.title, 300),
        document_number=fit(document.number, 80), document_issuer=fit(document.issuer, 120),
        document_issued_on=document.issued_on, reason=reason, counts=dict(counts), adopted_by=by.person_id, adopted_at=at,
    )  # fmt: skip
    session.add(made)
    session.flush()
    _keep_wordings(plan, first, {one.task_id: one.asks_else for one in tasks if one.task_id is not None}, at)
    plan.document_title, plan.document_number = made.document_title, made.document_number
    plan.document_issuer, plan.document_issued_on = made.document_issuer, made.document_issued_on
    plan.draft_id = draft_id
    chapters = _chapters(plan, tasks)
    ids = _tasks(plan, made, tasks, chapters, by, at)
    _end(plan, made, dropped, by, at)
    added = [
        Entry("修订稿新增任务", ("task", task_id), plan.owner_unit_id,
              detail={"版次": made.number, "任务名称": one.task.name, "工作要求": one.task.requirement})
        for one, task_id in zip(tasks, ids, strict=True)
        if one.task_id is None
    ]  # fmt: skip
    record_all(added, by=by, at=at)
    return EditionMade(made.id, made.number, ids, {
        task_id: chapters[chapter_of(one.task, plan.document_title)] for one, task_id in zip(tasks, ids, strict=True)
    })  # fmt: skip


def _first_edition(plan: Plan) -> PlanEdition:
    """The edition the plan began with: its own row says it, until another one is adopted."""
    held = session.scalar(select(PlanEdition).where(PlanEdition.plan_id == plan.id, PlanEdition.number == 1))
    if held is not None:
        return held
    first = PlanEdition(
        plan_id=plan.id, number=1, draft_id=plan.draft_id, document_title=plan.document_title,
        document_number=plan.document_number, document_issuer=plan.document_issuer,
        document_issued_on=plan.document_issued_on, counts={}, adopted_by=None, adopted_at=plan.adopted_at,
    )  # fmt: skip
    session.add(first)
    session.flush()
    of_plan = select(Task.id).where(Task.plan_id == plan.id)
    session.execute(
        update(TaskText).where(TaskText.task_id.in_(of_plan)).values(edition_id=first.id)
        .execution_options(synchronize_session=False)
    )  # fmt: skip
    session.expire_all()
    return first


def _keep_wordings(plan: Plan, first: PlanEdition, asks_else: Mapping[int, bool], at: datetime) -> None:
    """What the tasks that go on were until now."""
    rows = session.execute(
        select(Task, TaskText).join(TaskText, TaskText.task_id == Task.id)
        .where(Task.plan_id == plan.id, Task.ended_in.is_(None)).order_by(Task.id)
    ).all()  # fmt: skip
    targets = _grouped(
        select(TaskTarget.task_id, TaskTarget.text).join(Task, Task.id == TaskTarget.task_id)
        .where(Task.plan_id == plan.id, TaskTarget.ended.is_(False)).order_by(TaskTarget.task_id, TaskTarget.position)
    )  # fmt: skip
    units = _grouped(
        select(Assignment.task_id, Assignment.role, AssignmentSource.expression)
        .join(AssignmentSource, AssignmentSource.assignment_id == Assignment.id)
        .where(Assignment.plan_id == plan.id).order_by(Assignment.id)
    )  # fmt: skip
    wordings = [
        {
            "task_id": task.id, "edition_id": text.edition_id or first.id, "position": task.position,
            "number": task.number, "name": task.name, "path": text.path, "requirement": text.requirement,
            "deadlines": text.deadlines, "targets": [one[0] for one in targets.get(task.id, ())],
            "units": [list(one) for one in dict.fromkeys(units.get(task.id, ()))], "locator": text.locator,
            "sources": text.sources, "reworded": asks_else[task.id], "until": at,
        }
        for task, text in rows
        if task.id in asks_else
    ]  # fmt: skip
    for start in range(0, len(wordings), BATCH):
        session.execute(insert(TaskWording), wordings[start : start + BATCH])


def _grouped(statement: Any) -> dict[int, list[tuple[Any, ...]]]:
    found: dict[int, list[tuple[Any, ...]]] = {}
    for task_id, *rest in session.execute(statement):
        found.setdefault(task_id, []).append(tuple(rest))
    return found


def _chapters(plan: Plan, tasks: Sequence[Revised]) -> dict[str, int]:
    """Title → chapter. One whose heading is the same but for its number stays the chapter it is."""
    titles = list(dict.fromkeys(chapter_of(one.task, plan.document_title) for one in tasks))
    held = session.scalars(select(Chapter).where(Chapter.plan_id == plan.id).order_by(Chapter.position)).all()
    free = {heading(one.title): one for one in reversed(held)}
    named = {title: one for title in titles if (one := free.pop(heading(title), None)) is not None}
    for one in held:
        one.position += FAR
    session.flush()
    for position, title in enumerate(titles, 1):
        chapter = named.get(title)
        if chapter is None:
            chapter = named[title] = Chapter(plan_id=plan.id, position=position, title=title)
            session.add(chapter)
        chapter.position, chapter.title = position, title
    rest = [one for one in held if one not in named.values()]
    for position, chapter in enumerate(rest, len(titles) + 1):
        chapter.position = position
    session.flush()
    return {title: chapter.id for title, chapter in named.items()}


def _tasks(
    plan: Plan, edition: PlanEdition, tasks: Sequence[Revised], chapters: Mapping[str, int], by: Viewer, at: datetime
) -> list[int]:
    held = {one.id: one for one in session.scalars(select(Task).where(Task.plan_id == plan.id).order_by(Task.id))}
    texts = {
        one.task_id: one
        for one in session.scalars(select(TaskText).where(TaskText.task_id.in_(select(Task.id).where(Task.plan_id == plan.id))))
    }  # fmt: skip
    for task in held.values():
        task.position += FAR
    session.flush()
    entries: list[Entry] = []
    standing: list[Task] = []
    for position, one in enumerate(tasks, 1):
        task = held[one.task_id] if one.task_id is not None else Task(plan_id=plan.id)
        if one.task_id is not None and (one.kind != "kept" or one.asks_else):
            entries.append(_changes(task, texts[task.id], one, plan, edition))
        task.chapter_id = chapters[chapter_of(one.task, plan.document_title)]
        task.position, task.weight = position, one.task.weight
        task.number = fit(one.task.number, 40) if one.task.number else None
        if one.task_id is None or one.kind == "reworded":
            task.name = fit(one.task.name, 300)
        standing.append(task)
    session.add_all(standing)
    record_all(entries, by=by, at=at)
    for task, one in zip(standing, tasks, strict=True):
        values = new_text(task.id, one.task) | {"edition_id": edition.id}
        text = texts.get(task.id)
        if text is None:
            session.add(TaskText(**values))
        else:
            for name, value in values.items():
                setattr(text, name, value)
    session.flush()
    ids = [task.id for task in standing]
    _targets(ids, tasks)
    return ids


def _changes(task: Task, text: TaskText, one: Revised, plan: Plan, edition: PlanEdition) -> Entry:
    """What is recorded of a task that goes on, which is still as it was."""
    new = one.task
    changes = {
        "所属标题": (" › ".join(text.path), " › ".join(new.path)),
        "编号": (task.number, fit(new.number, 40) if new.number else None),
        "任务名称": (task.name, fit(new.name, 300) if one.kind == "reworded" else task.name),
        "工作要求": (text.requirement, new.requirement),
        "完成时限": (_times(text.deadlines), _times(new.deadlines)),
    }
    return Entry("修订任务", ("task", task.id), plan.owner_unit_id, changes, {"版次": edition.number})


def _times(deadlines: Sequence[Mapping[str, Any]]) -> str:
    return "；".join(str(one["text"]) for one in deadlines)


def _targets(ids: Sequence[int], tasks: Sequence[Revised]) -> None:
    """A figure that is asked for in other words stays the figure that was reported against; one no more asked for ends."""
    held: dict[int, list[TaskTarget]] = {}
    for start in range(0, len(ids), BATCH):
        statement = select(TaskTarget).where(
            TaskTarget.task_id.in_(ids[start : start + BATCH]), TaskTarget.ended.is_(False)
        )
        for one in session.scalars(statement.order_by(TaskTarget.task_id, TaskTarget.position)):
            held.setdefault(one.task_id, []).append(one)
    for task_id, revised in zip(ids, tasks, strict=True):
        free = held.get(task_id, [])
        for position, wanted in enumerate(revised.task.targets, 1):
            same = next((one for one in free if one.text == wanted.text), None)
            same = same or next((one for one in free if (one.unit, one.op) == (wanted.unit, wanted.op)), None)
            if same is None:
                same = TaskTarget(task_id=task_id)
                session.add(same)
            else:
                free.remove(same)
            _set_target(same, wanted, position)
        for one in free:
            one.ended = True


def _set_target(one: TaskTarget, wanted: NewTarget, position: int) -> None:
    one.position, one.text, one.unit, one.op = position, fit(wanted.text, 120), fit(wanted.unit, 20), wanted.op
    one.value, one.value_to, one.words = wanted.value, wanted.value_to, fit(wanted.words, 120)


def _end(plan: Plan, edition: PlanEdition, dropped: Collection[int], by: Viewer, at: datetime) -> None:
    """Tasks that the edition has no more end; they stand behind those that it has, with those that ended before."""
    behind = session.scalars(
        select(Task).where(Task.plan_id == plan.id, Task.position > FAR).order_by(Task.position)
    ).all()
    last = session.scalar(select(func.max(Task.position)).where(Task.plan_id == plan.id, Task.position < FAR)) or 0
    entries: list[Entry] = []
    for position, task in enumerate(behind, last + 1):
        task.position = position
        if task.id in dropped:
            task.ended_in = edition.id
            said = {"版次": edition.number, "任务名称": task.name}
            entries.append(Entry("修订稿取消任务", ("task", task.id), plan.owner_unit_id, detail=said))
    record_all(entries, by=by, at=at)


def mark_seen(unit_ids: Collection[int] | None, change_ids: Collection[int], *, by: Viewer, at: datetime) -> int:
    """Somebody of the units has read what an edition changed for them. Returns how many changes that were."""
    wanted = select(EditionChange).where(EditionChange.id.in_(change_ids), EditionChange.seen_at.is_(None))
    if unit_ids is not None:
        wanted = wanted.where(EditionChange.unit_id.in_(unit_ids))
    found = session.scalars(wanted.order_by(EditionChange.id).with_for_update()).all()
    for one in found:
        one.seen_by, one.seen_at = by.person_id, at
        record("知悉任务变动", by=by, at=at, subject=("assignment", one.assignment_id), unit_id=one.unit_id)
    session.flush()
    return len(found)
