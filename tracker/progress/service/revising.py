"""Adopting another edition (采用修订稿): the running plan becomes what the document now says, in one act.

Tasks that go on keep their identity, units, returns and dates that have passed. The rest is what `queries.revising` said
before it was done: the person saw exactly that (`seen`), or nothing is written.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import insert, select

from tracker import clock
from tracker.accounts.roles import Viewer
from tracker.audit.service import record
from tracker.db import session
from tracker.drafts.service import close_revision, facts_of, new_tasks, open_draft, refuse_unready
from tracker.errors import Conflict, DomainError
from tracker.plans import service as plans
from tracker.plans.adoption import NewAssignment, fit
from tracker.plans.models import Assignment, AssignmentSource, EditionChange, Plan
from tracker.plans.service import EditionMade, Revised
from tracker.progress.models import Obligation
from tracker.progress.obligations import Dated
from tracker.progress.queries.revising import Doing, Revision, revision
from tracker.progress.service.acting import FOLLOWING, walk
from tracker.progress.service.counting import change, create
from tracker.progress.service.ending import end_assignment
from tracker.progress.service.issuing import ISSUING, obligation_row
from tracker.progress.service.lapsing import lapse_extensions

CHUNK = 500
ROLE_WORDS = {"lead": "牵头", "responsible": "责任", "support": "配合", "supervise": "督办"}
STATE_WORDS = {
    "draft": "待下发", "to_sign": "待签收", "handed_back": "已退回", "in_progress": "办理中", "withdrawn": "已撤销",
}  # fmt: skip
"""As the record says them."""


@dataclass(frozen=True, slots=True)
class Wishes:
    """What the lead office says with it."""

    reason: str
    issue_now: bool = True
    """New tasks and new units of tasks: issued at once, or waiting."""
    keep_due: bool = True
    """What was due of tasks that are dropped is still to be reported."""
    warnings_ok: bool = False
    unclaimed_ok: bool = False


@dataclass(frozen=True, slots=True)
class RevisionDone:
    plan_id: int
    number: int
    """Of the edition."""
    units: int
    """How many units are told of a change."""


def adopt_revision(draft_id: int, wishes: Wishes, *, seen: str, by: Viewer, at: datetime) -> RevisionDone:
    """Raises NotFound, DomainError where the draft is not ready, Conflict where what follows is not what was `seen`."""
    if not wishes.reason.strip():
        raise DomainError(_("请写明采用修订稿的理由，它会留在审计记录里。"), field="reason")
    draft = open_draft(draft_id, by=by)
    day = clock.day_of(at)
    plan = lock_plan(revision(draft_id, by, today=day).plan_id)
    found = revision(draft_id, by, today=day, keep_due=wishes.keep_due)
    refuse_unready(found.ready, warnings_ok=wishes.warnings_ok, unclaimed_ok=wishes.unclaimed_ok)
    if found.comparison.is_empty:
        raise DomainError(_("修订稿与现行版本没有差别，无需采用。"))
    if found.mark != seen:
        raise Conflict(_("您查看之后情况有变化（有人更正、配对或报送），没有采用。请核对下面的最新影响后再采用。"))
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
    _Work(plan, found, made, ids, wishes, by, at).do()
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
        raise Conflict(_("“%(name)s”已经结束，不能再采用修订稿。", name=plan.name))
    if session.get_bind().dialect.name != "sqlite":
        mine = select(Assignment.id).where(Assignment.plan_id == plan_id).order_by(Assignment.id)
        session.execute(mine.with_for_update())
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


class _Work:
    """What the edition does to units, one after the other; what many rows share is written together."""

    def __init__(
        self, plan: Plan, found: Revision, made: EditionMade, ids: Mapping[int, int], wishes: Wishes, by: Viewer,
        at: datetime,
    ) -> None:  # fmt: skip
        self._plan, self._found, self._made, self._ids = plan, found, made, ids
        self._wishes, self._by, self._at = wishes, by, at
        self._now = plan.state != "adopted" and wishes.issue_now
        """Whether units get new tasks now."""
        self._owed: dict[int, Obligation] = {}
        self._told: list[dict[str, Any]] = []
        self._new: list[dict[str, Any]] = []

    def do(self) -> None:
        doings = self._found.doings
        held = _assignments([one.held.id for one in doings if one.held is not None])
        self._owed = _obligations(_touched(doings))
        self._dates()
        for one in doings:
            assignment = held[one.held.id] if one.held is not None else self._give(one)
            {"new": self._put, "on": self._put, "off": self._end, "ended": self._end}.get(one.kind, self._go_on)(
                one, assignment
            )
        session.flush()
        create(self._new)
        for start in range(0, len(self._told), CHUNK):
            session.execute(insert(EditionChange), self._told[start : start + CHUNK])

    def _dates(self) -> None:
        """Obligations that change: all of one sort at once, so that counts are written once."""
        doings = [one for one in self._found.doings if one.kind not in {"new", "on"} or self._now]
        restored = [pair for one in doings for pair in one.plan.restored]
        change([self._owed[held.id] for held, _due in restored],
               state=walk("obligation", "cancelled", "restore", FOLLOWING), timing="none")  # fmt: skip
        cancelled = [self._owed[held.id] for one in doings for held in one.plan.cancelled]
        for one in cancelled:
            walk("obligation", one.state, "cancel", FOLLOWING)
        change(cancelled, state="cancelled")
        lapse_extensions([one.id for one in cancelled], at=self._at)
        moved = [pair for one in doings for pair in one.plan.moved]
        by_date: dict[date, list[Obligation]] = {}
        for held, due in moved:
            one = self._owed[held.id]
            extended = one.due_on if one.due_on > one.original_due_on else due.due
            one.original_due_on = due.due
            by_date.setdefault(max(due.due, extended), []).append(one)
        for due_on, obligations in sorted(by_date.items()):
            change(obligations, due_on=due_on)
        for held, due in (*restored, *moved, *(pair for one in doings for pair in one.plan.reworded)):
            one = self._owed[held.id]
            one.kind, one.text, one.period = due.kind, due.text, due.period
        session.flush()

    def _give(self, one: Doing) -> Assignment:
        """A new assignment, as the edition has it."""
        new, change_ = one.new, one.change
        assert new is not None
        assert change_.new is not None
        task_id = self._ids[change_.new.key]
        made = Assignment(
            plan_id=self._plan.id, task_id=task_id, chapter_id=self._made.chapters[task_id], unit_id=one.unit_id,
            unit_group=new.unit_group, role=one.role, state="draft",
        )  # fmt: skip
        session.add(made)
        session.flush()
        session.add(_source(made.id, new))
        return made

    def _put(self, one: Doing, assignment: Assignment) -> None:
        """The unit gets the task: now, or when what waits is issued."""
        now = self._now
        if assignment.state == "withdrawn":
            assignment.state = walk("assignment", "withdrawn", "name_again" if now else "wait_again", FOLLOWING)
            assignment.signed_by, assignment.signed_at = None, None
        elif assignment.state == "draft" and now:
            assignment.state = walk("assignment", "draft", "issue", ISSUING)
        assignment.role = one.role
        session.flush()
        if now:
            self._owe(assignment, one.plan.added)
        record("修订稿新派任务", by=self._by, at=self._at, subject=("assignment", assignment.id), unit_id=one.unit_id,
               detail={"版次": self._made.number, "角色": ROLE_WORDS[one.role], "报送义务": len(one.plan.added) if now else 0,
                       "理由": self._wishes.reason.strip()})  # fmt: skip
        if now:
            self._tell(one, assignment)

    def _end(self, one: Doing, assignment: Assignment) -> None:
        """The task is the unit's no more; while something that was due is still to be reported or checked, it goes on."""
        before = assignment.state
        if not one.left:
            end_assignment(assignment, self._wishes.reason.strip(), self._by, self._at)
        record("修订稿撤下任务", by=self._by, at=self._at, subject=("assignment", assignment.id), unit_id=one.unit_id,
               changes={"状态": (STATE_WORDS[before], STATE_WORDS[assignment.state])},
               detail={"版次": self._made.number, "取消报送": len(one.plan.cancelled), "待补报": one.left,
                       "理由": self._wishes.reason.strip()})  # fmt: skip
        if before != "draft":
            self._tell(one, assignment)

    def _go_on(self, one: Doing, assignment: Assignment) -> None:
        before, assignment.role = assignment.role, one.role
        session.flush()
        self._owe(assignment, one.plan.added)
        facts = one.facts
        moved = "、".join(f"{old}→{new}" for old, new in facts.get("moved", ()))
        added, cancelled = ("、".join(facts.get(name, ())) for name in ("added", "cancelled"))
        record("修订稿变动任务", by=self._by, at=self._at, subject=("assignment", assignment.id), unit_id=one.unit_id,
               changes={"角色": (ROLE_WORDS[before], ROLE_WORDS[one.role])},
               detail={"版次": self._made.number, "期限调整": moved, "新增期限": added, "取消期限": cancelled,
                       "理由": self._wishes.reason.strip()})  # fmt: skip
        if assignment.state != "draft":
            self._tell(one, assignment)

    def _owe(self, assignment: Assignment, due: Iterable[Dated]) -> None:
        self._new += [
            obligation_row(self._plan.id, assignment, one.due, one.kind, one.text, one.period) for one in due
        ]  # fmt: skip

    def _tell(self, one: Doing, assignment: Assignment) -> None:
        self._told.append(
            {
                "edition_id": self._made.id, "task_id": assignment.task_id, "assignment_id": assignment.id,
                "unit_id": one.unit_id, "kind": one.kind, "facts": one.facts, "seen_by": None, "seen_at": None,
            }
        )  # fmt: skip


def _source(assignment_id: int, new: NewAssignment) -> AssignmentSource:
    return AssignmentSource(
        assignment_id=assignment_id, expression=fit(new.expression, 200), collective=new.collective,
        locator=fit(new.locator, 120),
    )  # fmt: skip


def _touched(doings: Iterable[Doing]) -> list[int]:
    return [
        held.id
        for one in doings
        for held in (
            *(held for held, _due in (*one.plan.moved, *one.plan.restored, *one.plan.reworded)), *one.plan.cancelled
        )
    ]  # fmt: skip


def _assignments(ids: Sequence[int]) -> dict[int, Assignment]:
    found: dict[int, Assignment] = {}
    for start in range(0, len(ids), CHUNK):
        found |= {
            one.id: one
            for one in session.scalars(select(Assignment).where(Assignment.id.in_(ids[start : start + CHUNK])))
        }
    return found


def _obligations(ids: Sequence[int]) -> dict[int, Obligation]:
    found: dict[int, Obligation] = {}
    for start in range(0, len(ids), CHUNK):
        rows = session.scalars(select(Obligation).where(Obligation.id.in_(ids[start : start + CHUNK])))
        found |= {one.id: one for one in rows}
    return found
