"""Writing plans: adopting a reviewed breakdown, and correcting what was adopted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import insert, select
from sqlalchemy.exc import IntegrityError

from tracker.accounts.roles import Role, Viewer
from tracker.audit.service import record
from tracker.db import session
from tracker.errors import Conflict, DomainError, NotFound
from tracker.plans.adoption import DocumentFacts, NewTask, fit
from tracker.plans.models import Assignment, AssignmentSource, Chapter, Plan, Task, TaskTarget, TaskText
from tracker.plans.policy import Policy, read_policy, stored_policy
from tracker.plans.wording import Wording
from tracker.units.queries import covers

BATCH = 5_000
"""Rows of one statement: so that adopting a hundred thousand keeps a flat memory."""


@dataclass(frozen=True, slots=True)
class Adopted:
    plan_id: int
    tasks: int
    assignments: int


def adopt(
    *, name: str, year: int, owner_unit_id: int, document: DocumentFacts, draft_id: int | None, policy: Policy,
    tasks: Sequence[NewTask], by: Viewer | None, at: datetime,
) -> Adopted:  # fmt: skip
    """Writes a plan with its chapters, tasks and assignments (待下发), each with its source, and one audit entry.

    Raises DomainError(field="name") where a plan of that name is there, or the name is blank.
    """
    plan = _new_plan(name.strip(), year, owner_unit_id, document, draft_id, policy, at)
    chapters = _write_chapters(plan, tasks)
    task_ids = _write_tasks(plan, chapters, tasks)
    _write_texts(task_ids, tasks)
    count = _write_assignments(plan, chapters, task_ids, tasks)
    record("分解表入库", by=by, at=at, subject=("plan", plan.id), unit_id=owner_unit_id,
           detail={"计划": plan.name, "年度": year, "文件": document.title, "文号": document.number,
                   "任务数": len(tasks), "责任落实数": count, "政策": stored_policy(policy)})  # fmt: skip
    return Adopted(plan.id, len(tasks), count)


def refuse_name(name: str) -> None:
    """Raises DomainError(field="name") where a plan cannot be called so."""
    if not name.strip():
        raise DomainError(_("请填写计划名称。"), field="name")
    if session.scalar(select(Plan.id).where(Plan.name == name.strip())) is not None:
        raise _name_taken(name.strip())


def _name_taken(name: str) -> DomainError:
    return DomainError(_("已有名为“%(name)s”的计划，请换一个名称。", name=name), field="name")


def _new_plan(
    name: str,
    year: int,
    owner_unit_id: int,
    document: DocumentFacts,
    draft_id: int | None,
    policy: Policy,
    at: datetime,
) -> Plan:
    refuse_name(name)
    plan = Plan(
        name=name, year=year, owner_unit_id=owner_unit_id, document_title=fit(document.title, 300),
        document_number=fit(document.number, 80), document_issuer=fit(document.issuer, 120),
        document_issued_on=document.issued_on, draft_id=draft_id, policy=stored_policy(policy), adopted_at=at,
    )  # fmt: skip
    savepoint = session.begin_nested()
    try:
        session.add(plan)
        savepoint.commit()
    except IntegrityError as error:
        savepoint.rollback()
        raise _name_taken(name) from error
    return plan


def chapter_of(task: NewTask, document_title: str) -> str:
    """The outermost heading; a document without headings is one chapter under its own title."""
    return fit(task.path[0] if task.path else document_title or _("未分章节"), 300)


def _write_chapters(plan: Plan, tasks: Sequence[NewTask]) -> dict[str, int]:
    titles = list(dict.fromkeys(chapter_of(task, plan.document_title) for task in tasks))
    _insert(
        Chapter, [{"plan_id": plan.id, "position": number, "title": title} for number, title in enumerate(titles, 1)]
    )
    rows = session.execute(select(Chapter.title, Chapter.id).where(Chapter.plan_id == plan.id))
    return {row.title: row.id for row in rows}


def _write_tasks(plan: Plan, chapters: dict[str, int], tasks: Sequence[NewTask]) -> list[int]:
    rows = [
        {
            "plan_id": plan.id,
            "chapter_id": chapters[chapter_of(task, plan.document_title)],
            "position": position,
            "number": fit(task.number, 40) if task.number else None,
            "name": fit(task.name, 300),
            "weight": task.weight,
        }
        for position, task in enumerate(tasks, 1)
    ]
    _insert(Task, rows)
    return list(session.scalars(select(Task.id).where(Task.plan_id == plan.id).order_by(Task.position)))


def _insert(model: Any, rows: list[dict[str, Any]]) -> None:
    for start in range(0, len(rows), BATCH):
        session.execute(insert(model.__table__), rows[start : start + BATCH])


def new_text(task_id: int, task: NewTask) -> dict[str, Any]:
    """The columns of a task's long texts."""
    return {
        "task_id": task_id,
        "path": list(task.path),
        "requirement": task.requirement,
        "deadlines": task.deadlines,
        "locator": fit(task.locator, 120),
        "sources": task.sources,
    }


def _write_texts(task_ids: Sequence[int], tasks: Sequence[NewTask]) -> None:
    texts = [new_text(task_id, task) for task_id, task in zip(task_ids, tasks, strict=True)]
    targets = [
        {
            "task_id": task_id,
            "position": position,
            "text": fit(target.text, 120),
            "words": fit(target.words, 120),
            "value": target.value,
            "value_to": target.value_to,
            "unit": fit(target.unit, 20),
            "op": target.op,
        }
        for task_id, task in zip(task_ids, tasks, strict=True)
        for position, target in enumerate(task.targets, 1)
    ]
    _insert(TaskText, texts)
    _insert(TaskTarget, targets)


def _write_assignments(plan: Plan, chapters: dict[str, int], task_ids: Sequence[int], tasks: Sequence[NewTask]) -> int:
    rows: list[dict[str, Any]] = []
    sources: list[dict[str, Any]] = []
    for task_id, task in zip(task_ids, tasks, strict=True):
        chapter_id = chapters[chapter_of(task, plan.document_title)]
        for one in task.assignments:
            rows.append(
                {
                    "plan_id": plan.id,
                    "task_id": task_id,
                    "chapter_id": chapter_id,
                    "unit_id": one.unit_id,
                    "unit_group": one.unit_group,
                    "role": one.role,
                    "state": "draft",
                    "percent": 0,
                    "version": 1,
                }
            )
            sources.append(
                {
                    "expression": fit(one.expression, 200),
                    "collective": one.collective,
                    "locator": fit(one.locator, 120),
                }
            )
    _insert(Assignment, rows)
    held = session.execute(
        select(Assignment.task_id, Assignment.unit_id, Assignment.id).where(Assignment.plan_id == plan.id)
    )
    ids = {(task_id, unit_id): number for task_id, unit_id, number in held}
    for row, source in zip(rows, sources, strict=True):
        source["assignment_id"] = ids[row["task_id"], row["unit_id"]]
    _insert(AssignmentSource, sources)
    return len(rows)


def _plan_of(plan_id: int, by: Viewer) -> Plan:
    """Raises NotFound where the viewer is not its lead office, Conflict where it is archived: nothing of it changes."""
    plan = session.get(Plan, plan_id)
    if plan is None or not covers(by, plan.owner_unit_id, Role.LEAD_OFFICE):
        raise NotFound
    if plan.state == "closed":
        raise Conflict(_("这个计划已归档，不能再改动；确需改动的，请先恢复计划。"))
    return plan


def change_policy(plan_id: int, policy: Policy, *, version: int, by: Viewer, at: datetime) -> None:
    """Changes how a plan is followed, but for its lights. After it was issued its obligations stand: then it is refused."""
    plan = _plan_of(plan_id, by)
    if plan.version != version:
        raise Conflict(_("计划设置已被他人更改，请刷新页面查看最新内容；您填写的内容仍在下方。"))
    if plan.state != "adopted":
        raise DomainError(_("计划已经下发，报送义务已按原设置生成，不能再改。"))
    held = read_policy(plan.policy)
    policy = replace(policy, lights=held.lights, own_lights=held.own_lights, reminds=held.reminds)
    before, after = asdict(held), asdict(policy)
    if before == after:
        return
    names = {"proof": "佐证周期", "roll": "遇休息日", "near_days": "临期天数"}
    record("更改计划设置", by=by, at=at, subject=("plan", plan.id), unit_id=plan.owner_unit_id,
           changes={names[key]: (before[key], after[key]) for key in names})  # fmt: skip
    plan.policy = stored_policy(policy)
    session.flush()


def correct_task(task_id: int, wording: Wording, *, reason: str, seen: str, by: Viewer, at: datetime) -> None:
    """Corrects an adopted task's words or weight, with the reason; the record keeps the old ones.

    `seen` is the mark of what the person saw (`Wording.mark`): if it has changed since, Conflict.
    """
    task = session.scalar(select(Task).where(Task.id == task_id).with_for_update())
    if task is None:
        raise NotFound
    plan = _plan_of(task.plan_id, by)
    text = session.get_one(TaskText, task_id)
    before = Wording(task.number, task.name, text.requirement, task.weight)
    if before.mark != seen:
        raise Conflict(_("这项任务刚刚被他人更正过，没有覆盖。请刷新页面查看最新内容；您填写的内容仍在下方。"))
    _check_wording(wording, reason)
    if before == wording:
        raise DomainError(_("内容没有变化，无需更正。"))
    names = {"number": "编号", "name": "任务名称", "requirement": "工作要求", "weight": "权重"}
    record("更正任务", by=by, at=at, subject=("task", task.id), unit_id=plan.owner_unit_id,
           changes={label: (getattr(before, key), getattr(wording, key)) for key, label in names.items()},
           detail={"理由": reason.strip()})  # fmt: skip
    task.number, task.name, task.weight = wording.number, wording.name, wording.weight
    text.requirement = wording.requirement
    session.flush()


def _check_wording(wording: Wording, reason: str) -> None:
    if not wording.name.strip():
        raise DomainError(_("请填写任务名称。"), field="name")
    if not reason.strip():
        raise DomainError(_("请写明更正理由，它会留在审计记录里。"), field="reason")
    if wording.weight is not None and wording.weight < 0:
        raise DomainError(_("权重不能小于 0。"), field="weight")
