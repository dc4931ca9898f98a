"""What another edition (修订稿) does to the work of units: tasks given, changed and taken away, with what they owe."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import insert, select

from tracker.accounts.roles import Viewer
from tracker.audit.service import Entry, record_all
from tracker.db import session
from tracker.plans.adoption import NewAssignment, fit
from tracker.plans.models import Assignment, AssignmentSource, EditionChange, Plan
from tracker.plans.service import EditionMade
from tracker.progress.obligations import Dated
from tracker.progress.queries.revising import Doing, Revision
from tracker.progress.service.acting import FOLLOWING, walk
from tracker.progress.service.counting import create
from tracker.progress.service.ending import end_assignment
from tracker.progress.service.issuing import ISSUING, obligation_row
from tracker.progress.service.replanned import put_dates
from tracker.progress.service.suspending import hold_to_suspensions

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


class Work:
    """What the edition does to units, one after the other; what many rows share is written together."""

    def __init__(
        self, plan: Plan, found: Revision, made: EditionMade, ids: Mapping[int, int], wishes: Wishes, by: Viewer,
        at: datetime,
    ) -> None:  # fmt: skip
        self._plan, self._found, self._made, self._ids = plan, found, made, ids
        self._wishes, self._by, self._at = wishes, by, at
        self._now = plan.state != "adopted" and wishes.issue_now
        """Whether units get new tasks now."""
        self._told: list[dict[str, Any]] = []
        self._new: list[dict[str, Any]] = []
        self._entries: list[Entry] = []

    def do(self) -> None:
        doings = self._found.doings
        held = _assignments([one.held.id for one in doings if one.held is not None])
        given = iter(self._give([one for one in doings if one.held is None]))
        put_dates([one.plan for one in doings if one.kind not in {"new", "on"} or self._now], at=self._at)
        for one in doings:
            assignment = held[one.held.id] if one.held is not None else next(given)
            {"new": self._put, "on": self._put, "off": self._end, "ended": self._end}.get(one.kind, self._go_on)(
                one, assignment
            )
        record_all(self._entries, by=self._by, at=self._at)
        create(self._new)
        hold_to_suspensions(held, at=self._at)
        for start in range(0, len(self._told), CHUNK):
            session.execute(insert(EditionChange), self._told[start : start + CHUNK])

    def _give(self, doings: Sequence[Doing]) -> list[Assignment]:
        """New assignments, as the edition has them."""
        made = [self._new_assignment(one) for one in doings]
        session.add_all(made)
        session.flush()
        session.add_all([_source(one.id, doing.new) for one, doing in zip(made, doings, strict=True) if doing.new])
        return made

    def _new_assignment(self, one: Doing) -> Assignment:
        new, change_ = one.new, one.change
        assert new is not None
        assert change_.new is not None
        task_id = self._ids[change_.new.key]
        return Assignment(
            plan_id=self._plan.id, task_id=task_id, chapter_id=self._made.chapters[task_id], unit_id=one.unit_id,
            unit_group=new.unit_group, role=one.role, state="draft",
        )  # fmt: skip

    def _put(self, one: Doing, assignment: Assignment) -> None:
        """The unit gets the task: now, or when what waits is issued."""
        now = self._now
        if assignment.state == "withdrawn":
            assignment.state = walk("assignment", "withdrawn", "name_again" if now else "wait_again", FOLLOWING)
            assignment.signed_by, assignment.signed_at = None, None
        elif assignment.state == "draft" and now:
            assignment.state = walk("assignment", "draft", "issue", ISSUING)
        assignment.role = one.role
        if now:
            self._owe(assignment, one.plan.added)
        self._record("修订稿新派任务", assignment, detail={
            "角色": ROLE_WORDS[one.role], "报送义务": len(one.plan.added) if now else 0,
        })  # fmt: skip
        if now:
            self._tell(one, assignment)

    def _end(self, one: Doing, assignment: Assignment) -> None:
        """The task is the unit's no more; while something that was due is still to be reported or checked, it goes on."""
        before = assignment.state
        if not one.left:
            end_assignment(assignment, self._wishes.reason.strip(), self._by, self._at)
        self._record("修订稿撤下任务", assignment, changes={"状态": (STATE_WORDS[before], STATE_WORDS[assignment.state])},
                     detail={"取消报送": len(one.plan.cancelled), "待补报": one.left})  # fmt: skip
        if before != "draft":
            self._tell(one, assignment)

    def _go_on(self, one: Doing, assignment: Assignment) -> None:
        before, assignment.role = assignment.role, one.role
        self._owe(assignment, one.plan.added)
        facts = one.facts
        moved = "、".join(f"{old}→{new}" for old, new in facts.get("moved", ()))
        added, cancelled = ("、".join(facts.get(name, ())) for name in ("added", "cancelled"))
        self._record("修订稿变动任务", assignment, changes={"角色": (ROLE_WORDS[before], ROLE_WORDS[one.role])},
                     detail={"期限调整": moved, "新增期限": added, "取消期限": cancelled})  # fmt: skip
        if assignment.state != "draft":
            self._tell(one, assignment)

    def _record(
        self, action: str, assignment: Assignment, *, detail: dict[str, Any],
        changes: dict[str, tuple[str, str]] | None = None,
    ) -> None:  # fmt: skip
        """Notes an entry; all are written together, after what they tell of."""
        detail = {"版次": self._made.number, **detail, "理由": self._wishes.reason.strip()}
        self._entries.append(Entry(action, ("assignment", assignment.id), assignment.unit_id, changes, detail))

    def _owe(self, assignment: Assignment, due: Iterable[Dated]) -> None:
        self._new += [obligation_row(self._plan.id, assignment, one.due, one) for one in due]

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


def _assignments(ids: Sequence[int]) -> dict[int, Assignment]:
    found: dict[int, Assignment] = {}
    for start in range(0, len(ids), CHUNK):
        found |= {
            one.id: one
            for one in session.scalars(select(Assignment).where(Assignment.id.in_(ids[start : start + CHUNK])))
        }
    return found
