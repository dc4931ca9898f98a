"""Passing a task down to units below (转办下级), their reports to the unit above, and sending these back."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from flask_babel import gettext as _
from sqlalchemy import bindparam, delete, insert, select

from tracker import clock
from tracker.accounts.models import Person
from tracker.accounts.roles import UNIT_ROLES, Role, Viewer
from tracker.audit.service import record
from tracker.db import session
from tracker.errors import Conflict, DomainError, NotFound
from tracker.plans.models import TaskTarget
from tracker.progress.content import LONGEST_TEXT, LONGEST_WORDS, Content
from tracker.progress.evidence import MOST_FILES
from tracker.progress.lights import IN_HAND
from tracker.progress.milestones import share
from tracker.progress.models import Evidence, Obligation, Part, PartFigure, Passed, Return, ReturnEvidence
from tracker.progress.queries.files import arrived_from_below
from tracker.progress.queries.passing import due_below, part_of, said_below, units_below
from tracker.progress.queries.scope import held as holds
from tracker.progress.service.acting import FOLLOWING, HeldObligation, hold_assignment, hold_obligation, walk
from tracker.progress.service.archiving import not_archived
from tracker.progress.service.milestones import check_said
from tracker.progress.workflow import ABOVE, REPORTER, REVIEWER, Facts
from tracker.units.models import Unit

MOST_DAYS = 60
_ARRIVED = (
    select(Part)
    .where(Part.obligation_id == bindparam("obligation"), Part.state == "reported")
    .order_by(Part.id)
    .execution_options(populate_existing=True)
)
"""Made once: every return that is handed in asks it while everybody else waits to write."""


def pass_down(
    assignment_id: int, unit_ids: Collection[int], words: str, days_before: int, *, by: Viewer, at: datetime
) -> int:
    """The unit gives its task to units below it, with what is asked of them and how many days before its own date.
    Units that have it already get the new words and dates. Returns how many units that were.

    Raises NotFound for whoever is not of the unit, DomainError naming the field.
    """
    held = hold_assignment(assignment_id, by)
    if not held.roles & {REPORTER, REVIEWER}:
        raise NotFound
    not_archived(held.assignment.plan_id)
    if held.assignment.state != "in_progress":
        raise DomainError(_("请先签收任务，再转办下级。"))
    names = dict(units_below(held.assignment.unit_id))
    if not unit_ids or not set(unit_ids) <= names.keys():
        raise DomainError(_("请至少选择一个下级单位。"), field="units")
    if not words.strip() or len(words) > LONGEST_WORDS:
        raise DomainError(_("请写明对下级单位的要求，%(n)s 字以内。", n=LONGEST_WORDS), field="words")
    if not 0 <= days_before <= MOST_DAYS:
        raise DomainError(_("请填写 0 至 %(n)s 的整数。", n=MOST_DAYS), field="days_before")
    there = {one.unit_id: one for one in session.scalars(select(Passed).where(Passed.assignment_id == assignment_id))}
    said = (words.strip(), days_before, True)
    if all(
        unit in there and (there[unit].words, there[unit].days_before, there[unit].stands) == said for unit in unit_ids
    ):
        return len(set(unit_ids))  # a second click
    for unit_id in sorted(set(unit_ids)):
        one = there.get(unit_id) or Passed(assignment_id=assignment_id, unit_id=unit_id)
        one.words, one.days_before, one.stands, one.by_id, one.at = words.strip(), days_before, True, by.person_id, at
        session.add(one)
    session.flush()
    told = "、".join(names[one] for one in sorted(set(unit_ids)))
    record("转办下级", by=by, at=at, subject=("assignment", assignment_id), unit_id=held.assignment.unit_id,
           detail={"单位": told, "要求": words.strip(), "提前天数": days_before})  # fmt: skip
    return len(set(unit_ids))


def end_passing(passed_id: int, *, by: Viewer, at: datetime) -> Passed:
    """A unit below is relieved of the task; what it has reported stays."""
    passed = _passed(passed_id)
    held = hold_assignment(passed.assignment_id, by)
    if not held.roles & {REPORTER, REVIEWER}:
        raise NotFound
    if not passed.stands:
        raise Conflict(_("已经撤下，无需重复办理。"))
    passed.stands = False
    session.flush()
    record("撤下转办", by=by, at=at, subject=("assignment", passed.assignment_id), unit_id=held.assignment.unit_id,
           detail={"单位": session.get_one(Unit, passed.unit_id).name})  # fmt: skip
    return passed


def save_part(
    passed_id: int, obligation_id: int, content: Content, *, version: int, editor: str, by: Viewer, at: datetime
) -> Part:
    """Saves what somebody of the unit below types. `version` is the draft's as the page knows it (0: there was none).

    Raises Conflict where another window or person has saved it since; what they saved stays.
    """
    held, passed, part = hold_below(passed_id, obligation_id, by)
    if part is not None and version != part.version and (not editor or editor != part.editor):
        raise Conflict(_already(part, by))
    _short(content)
    part = part or begin_part(passed, obligation_id, editor=editor, by=by, at=at)
    part.done, part.problems = content.done, content.problems
    part.percent = part.percent if content.percent is None else content.percent
    if held.obligation.milestone:
        said = content.milestones.get(obligation_id, said_below(part))
        part.reached, part.expected_on = (said.reached, said.expected_on) if said else (None, None)
        part.percent = share(int(bool(part.reached)), 1)
    part.author_id, part.editor, part.saved_at = by.person_id, editor, at
    session.flush()
    _write_figures(part, held, content)
    return part


def begin_part(passed: Passed, obligation_id: int, *, editor: str, by: Viewer, at: datetime) -> Part:
    """The report of a unit below for a date, with the first word or file of it."""
    part = Part(
        passed_id=passed.id, obligation_id=obligation_id, state="draft", percent=0, author_id=by.person_id,
        editor=editor, saved_at=at,
    )  # fmt: skip
    session.add(part)
    session.flush()
    record("起草下级报送", by=by, at=at, subject=("obligation", obligation_id), unit_id=passed.unit_id)
    return part


def _already(part: Part, by: Viewer) -> str:
    when = clock.to_the_minute(part.saved_at)
    if part.author_id == by.person_id:
        return _("您在另一个窗口于 %(when)s 保存过这份内容。本页的文字仍在，请核对后再保存。", when=when)
    who = session.get_one(Person, part.author_id).name
    return _("%(who)s 已于 %(when)s 修改了这份内容。您填写的文字仍在本页，请核对后再保存。", who=who, when=when)


def _short(content: Content) -> None:
    for name, words in (("done", content.done), ("problems", content.problems)):
        if len(words) > LONGEST_TEXT:
            raise DomainError(_("文字过长，请控制在 %(n)s 字以内，其余可作为附件。", n=LONGEST_TEXT), field=name)


def _write_figures(part: Part, held: HeldObligation, content: Content) -> None:
    known = set(session.scalars(select(TaskTarget.id).where(TaskTarget.task_id == held.assignment.task_id)))
    wanted = {target: value for target, value in content.figures.items() if target in known}
    session.execute(delete(PartFigure).where(PartFigure.part_id == part.id, PartFigure.target_id.in_(wanted)))
    rows = [
        {"part_id": part.id, "target_id": target, "value": value}
        for target, value in sorted(wanted.items())
        if value is not None
    ]
    if rows:
        session.execute(insert(PartFigure), rows)


def report_part(
    passed_id: int, obligation_id: int, content: Content, *, version: int, editor: str, by: Viewer, at: datetime
) -> Part:
    """Sends a report to the unit above, saving `content` first. Raises as `save_part` does."""
    part = save_part(passed_id, obligation_id, content, version=version, editor=editor, by=by, at=at)
    passed, owed = _passed(passed_id), session.get_one(Obligation, obligation_id)
    if owed.milestone and part.done.strip():
        due = due_below(owed, passed)
        check_said(owed.id, owed.text, said_below(part), part.problems, due=due, day=clock.day_of(at))
    facts = Facts(roles=frozenset({REPORTER}), actor=by.person_id, reason=part.done)
    try:
        part.state = walk("part", part.state, "report", facts)
    except DomainError as error:
        if error.field == "reason":
            raise DomainError(_("请填写本期完成情况。"), field="done") from error
        raise
    if part.submitted_at is None:
        part.submitted_at, part.due_on = at, due_below(owed, passed)
    part.reason = ""
    session.flush()
    record("下级报送", by=by, at=at, subject=("obligation", obligation_id), unit_id=passed.unit_id,
           detail={"完成百分比": part.percent})  # fmt: skip
    return part


def recall_part(part_id: int, *, by: Viewer, at: datetime) -> Part:
    """Whoever sent a report takes it back before the unit above has made use of it."""
    part = _held_part(part_id, by)
    passed = _passed(part.passed_id)
    roles = frozenset({REPORTER}) if holds(by, _path(passed.unit_id), Role.REPORTER) else frozenset()
    part.state = walk(
        "part", part.state, "recall", Facts(roles=roles, actor=by.person_id, hands=frozenset({part.author_id}))
    )
    part.submitted_at = part.due_on = None
    session.flush()
    record("撤回下级报送", by=by, at=at, subject=("obligation", part.obligation_id), unit_id=passed.unit_id)
    return part


def send_back_part(part_id: int, reason: str, *, by: Viewer, at: datetime) -> Part:
    """The unit above gives a report back with a reason, while its own is still to be made."""
    part = _held_part(part_id, by)
    held, passed = hold_obligation(part.obligation_id, by), _passed(part.passed_id)
    roles = frozenset({ABOVE}) if held.roles & {REPORTER, REVIEWER} else frozenset()
    _still_owed(held, passed)
    facts = Facts(roles=roles, actor=by.person_id, hands=frozenset({part.author_id}), reason=reason)
    part.state = walk("part", part.state, "send_back", facts)
    part.reason = reason.strip()
    session.flush()
    record("退回下级报送", by=by, at=at, subject=("obligation", part.obligation_id), unit_id=passed.unit_id,
           detail={"理由": part.reason})  # fmt: skip
    return part


def take_parts(obligation_id: int) -> None:
    """The unit above has handed in its own report: what reached it by then is what it made use of."""
    for part in session.scalars(_ARRIVED, {"obligation": obligation_id}):
        part.state = walk("part", part.state, "take", FOLLOWING)


def bring_files(version: Return, *, unit_id: int, by: Viewer, at: datetime) -> None:
    """The report of the unit above begins with the files that came with those from below, as with their words: by reference."""
    arrived = select(Evidence).where(Evidence.id.in_(arrived_from_below(version.obligation_id)))
    for kept in session.scalars(arrived.order_by(Evidence.id).limit(MOST_FILES)).all():
        session.add(ReturnEvidence(return_id=version.id, evidence_id=kept.id, reused=True))
        session.flush()
        record("沿用佐证材料", by=by, at=at, subject=("obligation", version.obligation_id), unit_id=unit_id,
               detail={"文件": kept.name, "SHA-256": kept.sha256, "版本": version.version_no})  # fmt: skip


def _passed(passed_id: int) -> Passed:
    found = session.get(Passed, passed_id, populate_existing=True)
    if found is None:
        raise NotFound
    return found


def _path(unit_id: int) -> str:
    return session.scalars(select(Unit.path).where(Unit.id == unit_id)).one()


def _held_below(passed_id: int, obligation_id: int, by: Viewer) -> tuple[HeldObligation, Passed]:
    """Locks the task that was passed down. Raises NotFound for whoever does not report for the unit below."""
    passed = _passed(passed_id)
    held = hold_obligation(obligation_id, by, by_others=True)
    if held.assignment.id != passed.assignment_id or not holds(by, _path(passed.unit_id), Role.REPORTER):
        raise NotFound
    return held, passed


def hold_below(passed_id: int, obligation_id: int, by: Viewer) -> tuple[HeldObligation, Passed, Part | None]:
    """The same with the report, where one has begun, to be written. Raises DomainError where it may not be any more."""
    held, passed = _held_below(passed_id, obligation_id, by)
    _still_owed(held, passed)
    part = part_of(passed_id, obligation_id)
    if part is not None and part.state not in {"draft", "returned"}:
        raise Conflict(_("这份报送已经交出。您填写的内容还在本页，请先复制，再刷新页面。"))
    return held, passed, part


def _held_part(part_id: int, by: Viewer) -> Part:
    part = session.get(Part, part_id)
    if part is None or not holds(by, _path(_passed(part.passed_id).unit_id), *UNIT_ROLES):
        raise NotFound
    hold_obligation(part.obligation_id, by, by_others=True)
    session.refresh(part)
    return part


def _still_owed(held: HeldObligation, passed: Passed) -> None:
    owed = held.obligation.state in IN_HAND and held.assignment.state == "in_progress"
    if not (owed and passed.stands):
        raise DomainError(_("上级单位的这期报送已经办完，或这项任务已不再转办，不能再填写。"))
