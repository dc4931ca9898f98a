"""What every act begins with: the record locked, who may act on it, and a refusal in words."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any, NamedTuple

from flask_babel import gettext as _
from sqlalchemy import ColumnElement, Row, Select, bindparam, select
from sqlalchemy.orm import aliased

from tracker.accounts.roles import Role, Viewer
from tracker.db import session
from tracker.errors import Conflict, DomainError, NotFound
from tracker.plans.models import Assignment, Plan
from tracker.progress.models import Obligation, Return, ReturnSignature
from tracker.progress.workflow import FOLLOWS, Facts, Refusal, Subject, step
from tracker.units.models import Unit

FOLLOWING = Facts(roles=frozenset({FOLLOWS}))


@dataclass(frozen=True, slots=True)
class Held:
    """An assignment locked for this transaction, and what the actor may do for it or for its plan."""

    assignment: Assignment
    unit_path: str
    unit: str
    roles: frozenset[str]


@dataclass(frozen=True, slots=True)
class HeldObligation(Held):
    obligation: Obligation
    has_versions: bool = True
    """Whether there may be a version of its return."""


class AssignmentSeen(NamedTuple):
    id: int
    task_id: int
    unit_id: int
    state: str


class ObligationSeen(NamedTuple):
    id: int
    assignment_id: int
    unit_id: int
    due_on: date
    state: str
    milestone: bool


@dataclass(frozen=True, slots=True)
class Seen:
    """An obligation that an act is about and does not change, with its assignment locked; named as in `HeldObligation`."""

    assignment: AssignmentSeen
    obligation: ObligationSeen
    unit_path: str
    roles: frozenset[str]
    accepted_before: int
    """Percent of the report accepted for the latest earlier date of the task; 0 where there is none."""
    has_versions: bool
    """Whether there is a version of its return."""
    has_parts: bool
    """Whether reports of units below have arrived for it."""
    has_chain: bool
    """Whether people are named for the steps of the unit's own review."""

    @property
    def is_entwined(self) -> bool:
        """Whether handing in reads or writes more than its own return: milestones, reports of units below, several steps."""
        return self.obligation.milestone or self.has_parts or self.has_chain


Reported = HeldObligation | Seen
"""What a report is about: either will do for whoever only reads it."""


def roles_over(by: Viewer, unit_path: str, owner_path: str) -> frozenset[str]:
    """Roles the actor holds for the unit (reporter, reviewer) or for the plan (lead office)."""
    held = {
        role.value
        for role, unit in by.grants
        if f"/{unit}/" in (owner_path if role is Role.LEAD_OFFICE else unit_path)
        and role in {Role.LEAD_OFFICE, Role.REPORTER, Role.REVIEWER}
    }
    return frozenset(held)


def _whole(statement: Select[Any]) -> Select[Any]:
    """The statement about an assignment with the name and path of its unit, and the path of its plan's owner."""
    owner = aliased(Unit)
    return (
        statement.add_columns(Unit.path, Unit.name, owner.path.label("owner_path"))
        .join(Plan, Plan.id == Assignment.plan_id)
        .join(Unit, Unit.id == Assignment.unit_id)
        .join(owner, owner.id == Plan.owner_unit_id)
        .execution_options(populate_existing=True)
    )


_OF_ASSIGNMENT: Select[Any] = select(Assignment).where(Assignment.id == bindparam("wanted"))
_OF_OBLIGATION: Select[Any] = (
    select(Assignment, Obligation)
    .join(Obligation, Obligation.assignment_id == Assignment.id)
    .where(Obligation.id == bindparam("wanted"))
)
_OF_RETURN: Select[Any] = (
    select(Assignment, Obligation, Return)
    .join(Obligation, Obligation.assignment_id == Assignment.id)
    .join(Return, Return.obligation_id == Obligation.id)
    .where(Return.id == bindparam("wanted"))
)


_ABOUT = {"assignment": _OF_ASSIGNMENT, "obligation": _OF_OBLIGATION, "return": _OF_RETURN}


def locking(of: str, *, nowait: bool = False) -> Select[Any]:
    """The statement that locks the assignment of a record; `nowait` fails where another has it."""
    return _ABOUT[of].with_only_columns(Assignment.id).with_for_update(of=Assignment, nowait=nowait)


@cache
def _statements(of: str) -> tuple[Select[Any], Select[Any]]:
    """What locks, and what reads; made once, since every act begins with it."""
    return locking(of), _whole(_ABOUT[of])


def lock_one(of: str, wanted: int) -> None:
    """Locks the assignment of a record: it is acted on by one transaction at a time, and two who decide at once come one after
    the other. SQLite has one writer at a time anyway, from the beginning of its transaction."""
    if session.get_bind().dialect.name != "sqlite":
        session.execute(_statements(of)[0], {"wanted": wanted})


def _find(of: str, wanted: int, by: Viewer, *, by_others: bool = False) -> tuple[Row[Any], frozenset[str]]:
    """The assignment of a record, locked, and what the actor may do. Raises NotFound where that is nothing, unless others
    may act on it, too."""
    lock_one(of, wanted)
    row = session.execute(_statements(of)[1], {"wanted": wanted}).first()
    roles = roles_over(by, row.path, row.owner_path) if row else frozenset()
    if row is None or not (roles or by_others):
        raise NotFound
    return row, roles


def lock_assignments(*which: ColumnElement[bool]) -> None:
    """Locks all that an act is about to touch, before it records anything: assignments by their ids, then the head of the
    record (see `lock_head`). Whoever takes both in this order never holds what another one waits for."""
    if session.get_bind().dialect.name != "sqlite":
        session.execute(select(Assignment.id).where(*which).order_by(Assignment.id).with_for_update())


def lock_obligations(obligation_ids: Collection[int]) -> None:
    """Locks the assignments of obligations that are about to be acted on one after the other."""
    lock_assignments(
        Assignment.id.in_(select(Obligation.assignment_id).where(Obligation.id.in_(sorted(obligation_ids))))
    )


def hold_assignment(assignment_id: int, by: Viewer) -> Held:
    """Raises NotFound where there is none, or the actor has no role for it."""
    row, roles = _find("assignment", assignment_id, by)
    return Held(row.Assignment, row.path, row.name, roles)


def hold_obligation(obligation_id: int, by: Viewer, *, by_others: bool = False) -> HeldObligation:
    """Locks the assignment of an obligation. Raises NotFound as above; `by_others` lets those in who have no role for it."""
    row, roles = _find("obligation", obligation_id, by, by_others=by_others)
    return HeldObligation(row.Assignment, row.path, row.name, roles, row.Obligation)


def hold_return(return_id: int, by: Viewer) -> tuple[HeldObligation, Return]:
    """Locks the assignment that a version of a return is about. Raises NotFound as above."""
    row, roles = _find("return", return_id, by)
    return HeldObligation(row.Assignment, row.path, row.name, roles, row.Obligation), row.Return


def walk(subject: Subject, state: str, verb: str, facts: Facts) -> str:
    """`workflow.step` with its refusal in words. Raises DomainError, Conflict where others were faster, NotFound."""
    try:
        return step(subject, state, verb, facts)
    except Refusal as refusal:
        raise refused(refusal.cause, _words()) from refusal


def refused(cause: str, words: Mapping[str, str], fields: Mapping[str, str] | None = None) -> DomainError:
    """A refusal in words: NotFound for whoever has no such role, Conflict where the state has changed, else what is said
    of the guard that does not hold, at its field."""
    if cause == "role":
        return NotFound()
    if cause == "state":
        return Conflict(_("状态已改变，这一步已不能办理。请刷新页面查看最新情况。"))
    return DomainError(words[cause], field={"reason": "reason", **(fields or {})}.get(cause))


def _words() -> dict[str, str]:
    return {
        "reason": _("请写明理由。"),
        "author": _("只有填报人或审核人本人可以撤回。"),
        "other_person": _("两人原则：填报、审核和核验须由不同的人办理，请由另一位同事办理。"),
        "before_due": _("期限已过，不能再申请延期。请尽快报送，并在“存在问题”中说明原因。"),
        "late": _("这项报送没有逾期，或已认定免责，不必申请。"),
        "complete": _("完成 100% 的任务才能办结。"),
        "in_progress": _("请先签收任务，再报送进展。"),
        "owed": _("这项报送已取消或已办完，无需办理。"),
        "reported": _("这项报送已不在待核状态，请刷新页面。"),
        "unseen": _("牵头办公室已开始核验，不能撤回。如需修改，请联系牵头办公室退办。"),
        "settled": _("计划还有未了事项，不能归档；是哪些，见下面。"),
        "unclaimed": _("这项任务已有责任单位，或已被取消，不能认领。"),
        "between_units": _("牵头办公室提出的询问由牵头办公室自己处理，不必提请协调。"),
        "turn": _("现在不是您这一级审核，请等前一级审核通过，或由该级审核人办理。"),
        "more_steps": _("这份报送已到末级审核，请刷新页面。"),
        "last_step": _("后面还有审核层级，请刷新页面。"),
        "reviewer": _("本单位没有其他审核人：报送须由另一人审核。内容已存为草稿，请联系系统管理员为一位同事授予“单位审核人”角色。"),
    }  # fmt: skip


def facts_of(
    held: Reported,
    version: Return,
    by: Viewer,
    *,
    reason: str = "",
    other_reviewers: int = 0,
    turn: bool = True,
) -> Facts:
    """What the guards look at for a version of a return."""
    hands: Collection[Any] = {person for person in (version.author_id, version.approved_by) if person is not None}
    if version.review_steps > 1:
        signed = select(ReturnSignature.person_id).where(ReturnSignature.return_id == version.id)
        hands = {*hands, *session.scalars(signed)}
    return Facts(
        roles=held.roles, actor=by.person_id, hands=frozenset(hands), reason=reason, percent=version.percent,
        assignment=held.assignment.state, obligation=held.obligation.state, other_reviewers=other_reviewers,
        turn=turn, steps_left=version.review_steps - version.review_step, seen=version.seen_at is not None,
    )  # fmt: skip
