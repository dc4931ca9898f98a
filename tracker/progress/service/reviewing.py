"""The unit's own review (本单位审核) and the lead office's check (核验). Two people, never the same."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from flask_babel import gettext as _
from sqlalchemy import select, update

from tracker import clock
from tracker.accounts.models import Person
from tracker.accounts.roles import Viewer
from tracker.audit.service import record
from tracker.db import session
from tracker.errors import Conflict, DomainError, NotFound
from tracker.progress.lights import timing_of
from tracker.progress.models import Obligation, Return, ReturnSignature, ReturnText
from tracker.progress.queries.chains import takes_step
from tracker.progress.service.acting import (
    FOLLOWING,
    HeldObligation,
    facts_of,
    hold_return,
    lock_obligations,
    walk,
)
from tracker.progress.service.assigning import cancel_unfinished
from tracker.progress.service.counting import KEPT, change
from tracker.progress.service.ending import end_if_done
from tracker.progress.service.lapsing import lapse_closings, lapse_extensions, lapse_urges
from tracker.progress.workflow import LEAD_OFFICE, REVIEWER, Facts
from tracker.units.models import Unit


def _begin(return_id: int, by: Viewer, role: str, state: str, seen: int | None) -> tuple[HeldObligation, Return]:
    """Locks a version for a decision. Raises Conflict, naming who was faster, where it is decided or has changed."""
    held, version = hold_return(return_id, by)
    if role not in held.roles:
        raise NotFound
    if version.state != state:
        raise Conflict(_decided(version))
    if seen is not None and seen != version.version:
        raise Conflict(_("这份报送在您查看之后有改动，请核对最新内容后再办理。"))
    return held, version


def _decided(version: Return) -> str:
    """Who has decided it, when and how, as far as the version says: of being taken back it knows neither who nor when."""
    if version.state == "withdrawn":
        return _("这份报送已由填报单位撤回，您的操作没有执行。")
    what = {
        "own_returned": _("已由本单位退回"), "to_check": _("已由本单位审核通过"), "returned": _("已退办"),
        "accepted": _("已核收"), "own_review": _("还在本单位审核"), "draft": _("还是草稿"),
    }[version.state]  # fmt: skip
    who = session.get(Person, version.checked_by or version.approved_by or version.author_id)
    moment = version.checked_at or version.submitted_at or version.saved_at
    when = clock.to_the_minute(moment)
    return _(
        "这份报送%(what)s（%(who)s，%(when)s），您的操作没有执行。", what=what, who=who.name if who else "", when=when
    )


def _explain(version: Return, reason: str) -> None:
    text = session.get(ReturnText, version.id)
    assert text is not None
    text.reason = reason.strip()


def _reviewing(held: HeldObligation, version: Return, by: Viewer, *, reason: str = "") -> Facts:
    """What the guards of the unit's own review look at: also whose turn it is."""
    turn = takes_step(held.obligation.unit_id, version.review_step, by.person_id)
    return facts_of(held, version, by, reason=reason, turn=turn)


def approve(return_id: int, *, by: Viewer, at: datetime, seen: int | None = None) -> Return:
    """The unit's reviewer takes a step of its own review: a version goes on to the next one, or, with the last, to the
    lead office. Whether it is in time is settled then, once, by `at`."""
    held, version = _begin(return_id, by, REVIEWER, "own_review", seen)
    facts = _reviewing(held, version, by)
    if facts.steps_left:
        return _sign(held, version, facts, by, at)
    target = walk("return", version.state, "approve", facts)
    version.state, version.approved_by, version.submitted_at = target, by.person_id, at
    obligation = held.obligation
    state = walk("obligation", obligation.state, "arrive", FOLLOWING)
    first = obligation.timing == "none"
    timing = timing_of(obligation.original_due_on, obligation.due_on, clock.day_of(at)) if first else KEPT
    change([obligation], state=state, timing=timing, submitted_at=at if first else KEPT)
    lapse_extensions([obligation.id], at=at)
    lapse_urges(obligation.id, at=at)
    record("审核通过并报送", by=by, at=at, subject=("obligation", obligation.id), unit_id=held.assignment.unit_id,
           changes={"状态": ("本单位审核", "待核")},
           detail={"版本": version.version_no, "期限": obligation.due_on,
                   "报送": {"late": "逾期", "extended": "延期内"}.get(obligation.timing, "按时")})  # fmt: skip
    return version


def _sign(held: HeldObligation, version: Return, facts: Facts, by: Viewer, at: datetime) -> Return:
    """One step of several: the next one has it from now on."""
    version.state = walk("return", version.state, "sign", facts)
    session.add(ReturnSignature(return_id=version.id, step_no=version.review_step, person_id=by.person_id, at=at))
    record("逐级审核通过", by=by, at=at, subject=("obligation", held.obligation.id), unit_id=held.assignment.unit_id,
           detail={"版本": version.version_no, "审核层级": f"{version.review_step}/{version.review_steps}"})  # fmt: skip
    version.review_step += 1
    session.flush()
    return version


def send_back_own(return_id: int, *, reason: str, by: Viewer, at: datetime, seen: int | None = None) -> Return:
    """The unit's reviewer gives a version back to its author."""
    held, version = _begin(return_id, by, REVIEWER, "own_review", seen)
    version.state = walk("return", version.state, "own_send_back", _reviewing(held, version, by, reason=reason))
    version.checked_by, version.checked_at = by.person_id, at
    _explain(version, reason)
    session.flush()
    record("本单位退回", by=by, at=at, subject=("obligation", held.obligation.id), unit_id=held.assignment.unit_id,
           changes={"状态": ("本单位审核", "本单位退回")}, detail={"版本": version.version_no, "理由": reason.strip()})  # fmt: skip
    return version


def accept(return_id: int, *, by: Viewer, at: datetime, close: bool = False, seen: int | None = None) -> Return:
    """The lead office accepts a version; with `close` the task is finished (办结) and what is still open is cancelled.

    Percent of obligation and assignment are set here and nowhere else.
    """
    held, version = _begin(return_id, by, LEAD_OFFICE, "to_check", seen)
    facts = facts_of(held, version, by)
    version.state = walk("return", version.state, "accept", facts)
    version.checked_by, version.checked_at = by.person_id, at
    obligation, assignment = held.obligation, held.assignment
    state = walk("obligation", obligation.state, "accept", FOLLOWING)
    change([obligation], state=state, percent=version.percent, accepted_at=at)
    if not _later_is_accepted(obligation):
        assignment.percent = version.percent
    cancelled = _close(held, facts, at) if close else 0
    session.flush()
    end_if_done(assignment, at=at)
    record("核收并办结" if close else "核收", by=by, at=at, subject=("obligation", obligation.id),
           unit_id=assignment.unit_id, changes={"状态": ("待核", "已核")},
           detail={"版本": version.version_no, "完成百分比": version.percent, "取消报送": cancelled})  # fmt: skip
    return version


def accept_together(
    return_id: int, also: Mapping[int, int], *, by: Viewer, at: datetime, close: bool = False, seen: int | None = None
) -> list[Return]:
    """Accepts a version, and with it others that are alike (一并核收), each as it was seen: all of them or none. `also`:
    version → how it stood on the page. Raises as `accept`, naming the unit whose report is in the way."""
    lock_obligations(session.scalars(select(Return.obligation_id).where(Return.id.in_((return_id, *also)))).all())
    first = accept(return_id, by=by, at=at, close=close, seen=seen)
    return [first, *(_accept_too(other, stood, by, at) for other, stood in sorted(also.items()))]


def _accept_too(return_id: int, seen: int, by: Viewer, at: datetime) -> Return:
    try:
        return accept(return_id, by=by, at=at, seen=seen)
    except NotFound:
        raise
    except DomainError as error:
        unit = session.scalar(
            select(Unit.name)
            .join(Obligation, Obligation.unit_id == Unit.id)
            .join(Return, Return.obligation_id == Obligation.id)
            .where(Return.id == return_id)
        )
        raise Conflict(_("%(unit)s：%(why)s没有核收任何一件。", unit=unit, why=error.message)) from error


def begin_check(return_id: int, *, by: Viewer, at: datetime) -> None:
    """Somebody of the lead office looks at a version: from now on the unit may not take it back. Once; not a new version
    of the record, so that who looks decides on what they saw."""
    held, version = hold_return(return_id, by)
    if LEAD_OFFICE not in held.roles:
        raise NotFound
    if version.state != "to_check" or version.seen_at is not None:
        return
    session.execute(
        update(Return).where(Return.id == return_id).values(seen_at=at).execution_options(synchronize_session=False)
    )
    session.expire(version)
    record("开始核验", by=by, at=at, subject=("obligation", held.obligation.id), unit_id=held.assignment.unit_id,
           detail={"版本": version.version_no})  # fmt: skip


def _later_is_accepted(obligation: Obligation) -> bool:
    """An older report that is accepted late does not take the progress back."""
    later = select(Obligation.id).where(
        Obligation.assignment_id == obligation.assignment_id, Obligation.due_on > obligation.due_on,
        Obligation.state == "accepted",
    )  # fmt: skip
    return session.scalar(later.limit(1)) is not None


def _close(held: HeldObligation, facts: Facts, at: datetime) -> int:
    held.assignment.state = walk("assignment", held.assignment.state, "close", facts)
    held.assignment.percent = 100
    lapse_closings(held.assignment.id, at=at)
    return len(cancel_unfinished(held.assignment.id, ("open", "returned"), at=at))


def send_back(return_id: int, *, reason: str, by: Viewer, at: datetime, seen: int | None = None) -> Return:
    """The lead office returns a version with a reason (退办). The version stays; a new one begins as its copy."""
    held, version = _begin(return_id, by, LEAD_OFFICE, "to_check", seen)
    version.state = walk("return", version.state, "send_back", facts_of(held, version, by, reason=reason))
    version.checked_by, version.checked_at = by.person_id, at
    _explain(version, reason)
    change([held.obligation], state=walk("obligation", held.obligation.state, "send_back", FOLLOWING))
    record("退办", by=by, at=at, subject=("obligation", held.obligation.id), unit_id=held.assignment.unit_id,
           changes={"状态": ("待核", "退办")}, detail={"版本": version.version_no, "理由": reason.strip()})  # fmt: skip
    return version
