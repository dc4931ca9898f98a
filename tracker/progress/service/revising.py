"""Adopting another edition (采用修订稿): the running plan becomes what the document now says, in one act.

Tasks that go on keep their identity, units, returns and dates that have passed. The rest is what `queries.revising` said
before it was done: the person saw exactly that (`seen`), or nothing is written.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import select

from tracker import clock
from tracker.accounts.roles import Viewer
from tracker.audit.service import record
from tracker.db import session
from tracker.drafts.models import Draft
from tracker.drafts.queries.adoption import prepared, readiness
from tracker.drafts.queries.revising import revised_plan
from tracker.drafts.service import close_revision, facts_of, new_tasks, open_draft, refuse_unready
from tracker.errors import Conflict, DomainError, NotFound
from tracker.outbox.models import BACK, Job
from tracker.outbox.room import poke_after_commit
from tracker.outbox.service import attempt
from tracker.plans import service as plans
from tracker.plans.adoption import fit
from tracker.plans.models import Assignment, AssignmentSource, Plan, PlanEdition
from tracker.plans.service import Revised
from tracker.progress.models import Obligation
from tracker.progress.queries.adopting import JOB_REVISION, is_large_revision
from tracker.progress.queries.revising import Revision, revision
from tracker.progress.service.acting import lock_assignments
from tracker.progress.service.counting import change
from tracker.progress.service.revised_work import CHUNK, Wishes, Work


@dataclass(frozen=True, slots=True)
class RevisionDone:
    plan_id: int
    number: int
    """Of the edition."""
    units: int
    """How many units are told of a change."""


def start_revision(draft_id: int, wishes: Wishes, *, seen: str, by: Viewer, at: datetime) -> RevisionDone | Job:
    """Adopts an edition, or puts a job down where that takes longer. A second click is the same job.

    Raises as `adopt_revision` does; what a job finds otherwise than it was `seen` is said when it ends.
    """
    _check_reason(wishes)
    draft = open_draft(draft_id, by=by)
    ready = prepared(draft_id, day=clock.day_of(at))
    if not is_large_revision(len(ready.tasks)):
        return adopt_revision(draft_id, wishes, seen=seen, by=by, at=at)
    refuse_unready(readiness(draft_id, ready), warnings_ok=wishes.warnings_ok, unclaimed_ok=wishes.unclaimed_ok)
    payload = {
        "draft": draft_id, "plan": _plan_of(draft), "seen": seen, "wishes": asdict(wishes), "at": at.isoformat(),
        BACK: f"/drafts/{draft_id}/comparison/adopt",
    }  # fmt: skip
    job = attempt(JOB_REVISION, draft_id, payload, by=by, at=at)
    poke_after_commit()
    return job


def adopted_at(draft_id: int, at: datetime) -> bool:
    """Whether the edition was adopted by the act of that moment."""
    made = select(PlanEdition.id).where(PlanEdition.draft_id == draft_id, PlanEdition.adopted_at == at)
    return session.scalar(made) is not None


def _check_reason(wishes: Wishes) -> None:
    if not wishes.reason.strip():
        raise DomainError(_("请写明采用修订稿的理由，它会留在审计记录里。"), field="reason")


def _plan_of(draft: Draft) -> int:
    revised = revised_plan(draft.id)
    if revised is None:
        raise NotFound
    return revised[0]


def as_seen(draft_id: int, wishes: Wishes, *, seen: str, by: Viewer, at: datetime) -> Revision:
    """What adopting does. Raises DomainError where the draft is not ready, Conflict where it is not what was `seen`."""
    found = revision(draft_id, by, today=clock.day_of(at), keep_due=wishes.keep_due)
    refuse_unready(found.ready, warnings_ok=wishes.warnings_ok, unclaimed_ok=wishes.unclaimed_ok)
    if found.comparison.is_empty:
        raise DomainError(_("修订稿与现行版本没有差别，无需采用。"))
    if found.mark != seen:
        raise Conflict(_("您查看之后情况有变化（有人更正、配对或报送），没有采用。请核对下面的最新影响后再采用。"))
    return found


def adopt_revision(draft_id: int, wishes: Wishes, *, seen: str, by: Viewer, at: datetime) -> RevisionDone:
    """Raises NotFound, DomainError where the draft is not ready, Conflict where what follows is not what was `seen`."""
    _check_reason(wishes)
    draft = open_draft(draft_id, by=by)
    plan = lock_plan(_plan_of(draft))
    found = as_seen(draft_id, wishes, seen=seen, by=by, at=at)
    of_new = {one.new.key: one for one in found.comparison.changes if one.new is not None}
    tasks = [
        _revised(task, of_new[key])
        for task, (key, _position, _body) in zip(new_tasks(found.prepared), found.prepared.tasks, strict=True)
    ]
    dropped = [one.old.key for one in found.comparison.changes if one.new is None and one.old is not None]
    made = plans.adopt_edition(
        plan, document=facts_of(draft), draft_id=draft_id, tasks=tasks, dropped=dropped, counts=found.comparison.counts,
        reason=wishes.reason.strip(), by=by, at=at,
    )  # fmt: skip
    ids = dict(zip((key for key, _position, _body in found.prepared.tasks), made.task_ids, strict=True))
    _follow_chapters(made.chapters)
    _follow_sources(found, ids)
    Work(plan, found, made, ids, wishes, by, at).do()
    close_revision(draft, at=at)
    record("采用修订稿", by=by, at=at, subject=("plan", plan.id), unit_id=plan.owner_unit_id,
           detail={"计划": plan.name, "版次": made.number, "文件": plan.document_title, "理由": wishes.reason.strip(),
                   "新增任务": found.comparison.counts["new"], "取消任务": len(dropped),
                   "改写任务": found.comparison.counts["reworded"], "移动任务": found.comparison.counts["moved"],
                   "单位数": len(found.by_unit)})  # fmt: skip
    return RevisionDone(plan.id, made.number, len(found.by_unit))


def lock_plan(plan_id: int) -> Plan:
    """The plan and its assignments: nobody signs, reports or moves a task while the edition is adopted."""
    plan = session.scalars(
        select(Plan).where(Plan.id == plan_id).with_for_update().execution_options(populate_existing=True)
    ).one()
    if plan.state == "closed":
        raise Conflict(_("“%(name)s”已归档，不能再改动；确需改动的，请先恢复计划。", name=plan.name))
    lock_assignments(Assignment.plan_id == plan_id)
    session.expire_all()
    return plan


def _revised(task: Any, what: Any) -> Revised:
    asks_else = what.kind == "reworded" or what.targets or what.deadlines
    return Revised(task, what.old.key if what.old else None, what.kind, asks_else)


def _follow_chapters(chapters: Mapping[int, int]) -> None:
    """Tasks that stand under another heading now are counted there, with all that they owe and owed."""
    wanted = sorted(chapters)
    for start in range(0, len(wanted), CHUNK):
        statement = (
            select(Assignment).where(Assignment.task_id.in_(wanted[start : start + CHUNK])).order_by(Assignment.id)
        )
        moved = [one for one in session.scalars(statement) if one.chapter_id != chapters[one.task_id]]
        for one in moved:
            one.chapter_id = chapters[one.task_id]
        owed = session.scalars(
            select(Obligation).where(Obligation.assignment_id.in_([one.id for one in moved])).order_by(Obligation.id)
        ).all()  # fmt: skip
        for chapter_id in sorted({chapters[one.task_id] for one in owed}):
            change([one for one in owed if chapters[one.task_id] == chapter_id], chapter_id=chapter_id)
    session.flush()


def _follow_sources(found: Revision, ids: Mapping[int, int]) -> None:
    """Where the document now names a unit that goes on."""
    named = {
        (ids[key], one.unit_id): one
        for (key, _position, _body), units in zip(found.prepared.tasks, found.prepared.assigned, strict=True)
        for one in units
    }
    rows = session.execute(
        select(AssignmentSource, Assignment.task_id, Assignment.unit_id)
        .join(Assignment, Assignment.id == AssignmentSource.assignment_id)
        .where(Assignment.plan_id == found.plan_id)
        .order_by(Assignment.id)
    )
    for source, task_id, unit_id in rows:
        new = named.get((task_id, unit_id))
        if new is not None:
            source.expression, source.collective = fit(new.expression, 200), new.collective
            source.locator = fit(new.locator, 120)
    session.flush()
