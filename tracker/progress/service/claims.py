"""Taking a task that nobody has (主动认领): a unit offers itself, the lead office confirms or declines."""

from __future__ import annotations

from datetime import datetime

from flask_babel import gettext as _
from sqlalchemy import exists, select

from tracker import clock
from tracker.accounts.models import Person
from tracker.accounts.roles import Role, Viewer
from tracker.audit.service import record
from tracker.db import session
from tracker.errors import Conflict, DomainError, NotFound
from tracker.plans.models import Assignment, AssignmentSource, Plan, Task
from tracker.plans.queries import nobody_has
from tracker.plans.states import REPORTING_ROLES
from tracker.progress.models import Claim
from tracker.progress.queries.claims import ownerless_task
from tracker.progress.queries.issuing import due_by_task
from tracker.progress.service.acting import FOLLOWING, walk
from tracker.progress.service.issuing import ISSUING
from tracker.progress.service.waiting import owe_all
from tracker.progress.workflow import LEAD_OFFICE, REPORTER, REVIEWER, Facts
from tracker.units.kinds import group_of
from tracker.units.models import Unit
from tracker.units.queries import covers

BY_CLAIM = "主动认领"
"""What stands where an assignment of a document has the words it was read from."""


def _ownerless(task_id: int) -> bool:
    """Whether nobody has the task; it is locked, so that two are not confirmed at once."""
    session.execute(select(Task.id).where(Task.id == task_id).with_for_update())
    return bool(session.scalar(select(exists().where(Task.id == task_id, nobody_has()))))


def claim(task_id: int, unit_id: int, words: str, *, by: Viewer, at: datetime) -> Claim:
    """A unit of the actor offers to take a task. Raises NotFound, DomainError, Conflict where it has offered already."""
    found = ownerless_task(task_id, by)
    if unit_id not in {number for number, _name in found.units}:
        raise NotFound
    waiting = select(Claim.id).where(Claim.task_id == task_id, Claim.unit_id == unit_id, Claim.state == "asked")
    facts = Facts(roles=_of_unit(by, unit_id), actor=by.person_id, reason=words, unclaimed=_ownerless(task_id))
    if session.scalar(waiting.limit(1)) is not None:
        raise Conflict(_("本单位已申请认领这项任务，正在等待牵头办公室确认。"))
    state = _walk("unasked", "ask", facts)
    made = Claim(task_id=task_id, unit_id=unit_id, state=state, words=words.strip(), asked_by=by.person_id, asked_at=at)
    session.add(made)
    session.flush()
    _record("申请认领", made, by, at, {"说明": made.words})
    return made


def take_back_claim(claim_id: int, *, by: Viewer, at: datetime) -> Claim:
    """The unit takes its offer back before it is decided."""
    made = _held(claim_id)
    roles = _of_unit(by, made.unit_id)
    if not roles:
        raise NotFound
    made.state = _walk(made.state, "take_back", Facts(roles=roles, actor=by.person_id))
    made.decided_at = at
    session.flush()
    _record("撤回认领", made, by, at, {})
    return made


def confirm_claim(
    claim_id: int, role: str, note: str, *, by: Viewer, at: datetime, seen: int | None = None
) -> tuple[Assignment, int]:
    """The lead office gives the task to the unit, in that role. To have offered is to have signed for it; what falls due
    from today on is owed. Other offers for the task lapse. Returns the assignment and how many reports it owes."""
    made, facts = _decided(claim_id, "", by, seen)
    if role not in REPORTING_ROLES:
        raise DomainError(_("请选择职责。"), field="role")
    state = _walk(made.state, "confirm", facts)
    unit, plan = _living(made.unit_id), session.get_one(Plan, session.get_one(Task, made.task_id).plan_id)
    given = _give(made, unit, role, at)
    today = clock.day_of(at)
    ahead = [one for one in due_by_task(plan, today).get(made.task_id, ()) if one.due >= today]
    count = owe_all([given], {made.task_id: ahead})
    made.role = role
    _decide(made, state, note, by, at)
    _lapse_others(made, at)
    record("确认认领", by=by, at=at, subject=("assignment", given.id), unit_id=unit.id,
           detail={"单位": unit.name, "角色": role, "报送义务数": count, "说明": note.strip()})  # fmt: skip
    return given, count


def decline_claim(claim_id: int, reason: str, *, by: Viewer, at: datetime, seen: int | None = None) -> Claim:
    """The lead office does not give the task to the unit, and says why; it may offer itself again."""
    made, facts = _decided(claim_id, reason, by, seen)
    _decide(made, _walk(made.state, "decline", facts), reason, by, at)
    _record("不同意认领", made, by, at, {"理由": made.note})
    return made


def _decided(claim_id: int, reason: str, by: Viewer, seen: int | None) -> tuple[Claim, Facts]:
    made = _held(claim_id)
    task = session.get_one(Task, made.task_id)
    if not covers(by, session.get_one(Plan, task.plan_id).owner_unit_id, Role.LEAD_OFFICE):
        raise NotFound
    if made.state != "asked":
        who = session.get(Person, made.decided_by) if made.decided_by else None
        raise Conflict(_("这件认领已经处理（%(who)s），您的操作没有执行。", who=who.name if who else _("申请单位")))
    if seen is not None and seen != made.version:
        raise Conflict(_("这件申请在您查看之后有改动，请核对后再办理。"))
    ownerless = _ownerless(made.task_id)
    hands = frozenset({made.asked_by})
    return made, Facts(
        roles=frozenset({LEAD_OFFICE}), actor=by.person_id, hands=hands, reason=reason, unclaimed=ownerless
    )


def _held(claim_id: int) -> Claim:
    """The offer, locked behind its task: whoever decides on one of several comes to the others too, and has the task."""
    task_id = session.scalar(select(Claim.task_id).where(Claim.id == claim_id))
    session.execute(select(Task.id).where(Task.id == task_id).with_for_update())
    made = session.scalar(
        select(Claim).where(Claim.id == claim_id).with_for_update().execution_options(populate_existing=True)
    )
    if made is None:
        raise NotFound
    return made


def _of_unit(by: Viewer, unit_id: int) -> frozenset[str]:
    return frozenset(
        name for name, role in ((REPORTER, Role.REPORTER), (REVIEWER, Role.REVIEWER)) if covers(by, unit_id, role)
    )


def _walk(state: str, verb: str, facts: Facts) -> str:
    """As `walk`, with missing words said at the field of the form."""
    try:
        return walk("claim", state, verb, facts)
    except DomainError as error:
        if error.field == "reason":
            field = "words" if verb == "ask" else "note"
            raise DomainError(_("请写明理由。"), field=field) from error
        raise


def _living(unit_id: int) -> Unit:
    unit = session.get_one(Unit, unit_id)
    if unit.valid_to is not None:
        raise Conflict(_("“%(name)s”已经撤销，不能承担任务。", name=unit.name))
    return unit


def _give(made: Claim, unit: Unit, role: str, at: datetime) -> Assignment:
    """The unit's assignment, signed for: a new one, or the one that it was once relieved of."""
    there = session.scalar(
        select(Assignment)
        .where(Assignment.task_id == made.task_id, Assignment.unit_id == unit.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    task = session.get_one(Task, made.task_id)
    if there is None:
        there = Assignment(
            plan_id=task.plan_id, task_id=task.id, chapter_id=task.chapter_id, unit_id=unit.id,
            unit_group=group_of(unit.kind), role=role, state="draft",
        )  # fmt: skip
        session.add(there)
        session.flush()
        session.add(AssignmentSource(assignment_id=there.id, expression=BY_CLAIM, locator=""))
        there.state = walk("assignment", there.state, "issue", ISSUING)
    else:
        there.state, there.role = walk("assignment", there.state, "reassign", ISSUING), role
    there.state = walk("assignment", there.state, "sign", Facts(roles=frozenset({REPORTER}), actor=made.asked_by))
    there.signed_by, there.signed_at = made.asked_by, at
    session.flush()
    return there


def _decide(made: Claim, state: str, note: str, by: Viewer, at: datetime) -> None:
    made.state, made.note, made.decided_by, made.decided_at = state, note.strip(), by.person_id, at
    session.flush()


def _lapse_others(made: Claim, at: datetime) -> None:
    others = select(Claim).where(Claim.task_id == made.task_id, Claim.id != made.id, Claim.state == "asked")
    for one in session.scalars(others.order_by(Claim.id).execution_options(populate_existing=True)):
        one.state, one.decided_at = walk("claim", one.state, "lapse", FOLLOWING), at
    session.flush()


def _record(act: str, made: Claim, by: Viewer, at: datetime, detail: dict[str, object]) -> None:
    record(act, by=by, at=at, subject=("task", made.task_id), unit_id=made.unit_id, detail=detail)
