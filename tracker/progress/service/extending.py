"""Asking for more time (延期申请), and what the lead office makes of it. The first date stays, for scoring."""

from __future__ import annotations

from datetime import date, datetime

from flask_babel import gettext as _
from sqlalchemy import select

from tracker import clock
from tracker.accounts.models import Person
from tracker.accounts.roles import Viewer
from tracker.audit.service import record
from tracker.db import session
from tracker.errors import Conflict, DomainError, NotFound
from tracker.progress.models import Extension, Obligation
from tracker.progress.service.acting import HeldObligation, hold_obligation, walk
from tracker.progress.service.counting import change
from tracker.progress.workflow import LEAD_OFFICE, REPORTER, REVIEWER, Facts


def ask_extension(
    obligation_id: int, *, reason: str, progress: str, until: date, by: Viewer, at: datetime
) -> Extension:  # fmt: skip
    """A unit asks for more time while the date has not passed. One request waits at a time.

    Raises NotFound for whoever is not of the unit, DomainError(field="reason" | "until"), Conflict where one waits.
    """
    held = hold_obligation(obligation_id, by)
    if not held.roles & {REPORTER, REVIEWER}:
        raise NotFound
    obligation = held.obligation
    if _waiting(obligation_id) is not None:
        raise Conflict(_("这项报送已有一件延期申请等待审批，不必重复申请。"))
    facts = _facts(held, by, reason=reason, before_due=clock.day_of(at) <= obligation.due_on)
    state = walk("extension", "unasked", "ask", facts)
    _check(obligation, until, clock.day_of(at))
    asked = Extension(
        obligation_id=obligation_id, state=state, reason=reason.strip(), progress=progress.strip(),
        due_before=obligation.due_on, until=until, asked_by=by.person_id, asked_at=at,
    )  # fmt: skip
    session.add(asked)
    session.flush()
    record("申请延期", by=by, at=at, subject=("obligation", obligation_id), unit_id=held.assignment.unit_id,
           detail={"理由": asked.reason, "目前进展": asked.progress, "现期限": obligation.due_on, "申请延期至": until})  # fmt: skip
    return asked


def take_back_extension(extension_id: int, *, by: Viewer, at: datetime) -> Extension:
    """The unit takes its request back before it is decided."""
    held, asked = _hold(extension_id, by)
    _still_waits(asked, held)
    asked.state = walk("extension", asked.state, "take_back", _facts(held, by))
    session.flush()
    record("撤回延期申请", by=by, at=at, subject=("obligation", asked.obligation_id), unit_id=held.assignment.unit_id)
    return asked


def grant_extension(
    extension_id: int, *, until: date, note: str, by: Viewer, at: datetime, seen: int | None = None
) -> Extension:
    """The lead office gives more time, until the date asked for or another. The obligation's first date stays as it was."""
    held, asked = _decided_by_lead(extension_id, by, seen)
    obligation, before = held.obligation, held.obligation.due_on
    state = walk("extension", asked.state, "grant", _facts(held, by, hands={asked.asked_by}))
    _check(obligation, until, clock.day_of(at))
    _decide(asked, state, note, by, at)
    asked.granted_until = until
    change([obligation], due_on=until)
    record("同意延期", by=by, at=at, subject=("obligation", obligation.id), unit_id=held.assignment.unit_id,
           changes={"期限": (before, until)},
           detail={"批复意见": asked.note, "申请延期至": asked.until, "原期限": obligation.original_due_on})  # fmt: skip
    return asked


def refuse_extension(
    extension_id: int, *, reason: str, by: Viewer, at: datetime, seen: int | None = None
) -> Extension:  # fmt: skip
    """The lead office does not give more time, and says why."""
    held, asked = _decided_by_lead(extension_id, by, seen)
    state = walk("extension", asked.state, "refuse", _facts(held, by, reason=reason, hands={asked.asked_by}))
    _decide(asked, state, reason, by, at)
    session.flush()
    record("不同意延期", by=by, at=at, subject=("obligation", asked.obligation_id), unit_id=held.assignment.unit_id,
           detail={"理由": asked.note, "申请延期至": asked.until})  # fmt: skip
    return asked


def _waiting(obligation_id: int) -> Extension | None:
    statement = select(Extension).where(Extension.obligation_id == obligation_id, Extension.state == "asked")
    return session.scalar(statement)


def _facts(
    held: HeldObligation, by: Viewer, *, reason: str = "", hands: set[int] | None = None, before_due: bool = True
) -> Facts:
    return Facts(
        roles=held.roles, actor=by.person_id, hands=frozenset(hands or ()), reason=reason,
        assignment=held.assignment.state, obligation=held.obligation.state, before_due=before_due,
    )  # fmt: skip


def _check(obligation: Obligation, until: date, today: date) -> None:
    """Whether a date may be the new one. Raises DomainError(field="until")."""
    if until <= obligation.due_on:
        raise DomainError(_("新的期限须晚于现在的期限 %(day)s。", day=obligation.due_on), field="until")
    if until < today:
        raise DomainError(_("新的期限已经过去，请填写今天或以后的日期。"), field="until")
    if until.year > obligation.due_on.year + 1:
        raise DomainError(_("延期过长：请填写次年年底以前的日期。"), field="until")
    taken = select(Obligation.id).where(
        Obligation.assignment_id == obligation.assignment_id, Obligation.due_on == until, Obligation.id != obligation.id
    )
    if session.scalar(taken.limit(1)) is not None:
        raise DomainError(_("%(day)s 已有这项任务的另一项报送，请改为相邻的日期。", day=until), field="until")


def _hold(extension_id: int, by: Viewer) -> tuple[HeldObligation, Extension]:
    asked = session.get(Extension, extension_id)
    if asked is None:
        raise NotFound
    held = hold_obligation(asked.obligation_id, by)
    session.refresh(asked)
    return held, asked


def _decided_by_lead(extension_id: int, by: Viewer, seen: int | None) -> tuple[HeldObligation, Extension]:
    held, asked = _hold(extension_id, by)
    if LEAD_OFFICE not in held.roles:
        raise NotFound
    _still_waits(asked, held)
    if seen is not None and seen != asked.version:
        raise Conflict(_("这件延期申请在您查看之后有改动，请核对后再办理。"))
    return held, asked


def _still_waits(asked: Extension, held: HeldObligation) -> None:
    """Raises Conflict, naming who was faster, where it is decided, taken back or has lapsed."""
    del held
    if asked.state == "asked":
        return
    what = {
        "granted": _("已同意"), "refused": _("已答复不同意"), "taken_back": _("已由申请单位撤回"),
        "lapsed": _("因报送已送达或已取消而失效"),
    }[asked.state]  # fmt: skip
    who = session.get(Person, asked.decided_by) if asked.decided_by else None
    raise Conflict(
        _("这件延期申请%(what)s（%(who)s），您的操作没有执行。", what=what, who=who.name)
        if who
        else _("这件延期申请%(what)s，您的操作没有执行。", what=what)
    )


def _decide(asked: Extension, state: str, note: str, by: Viewer, at: datetime) -> None:
    asked.state, asked.note, asked.decided_by, asked.decided_at = state, note.strip(), by.person_id, at
