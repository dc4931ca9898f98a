"""The kinds of requests (申请): what each must say, and what becomes of the work where it is granted."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, NamedTuple

from flask_babel import gettext as _
from sqlalchemy import func, select

from tracker import clock
from tracker.accounts.roles import Viewer
from tracker.db import session
from tracker.errors import DomainError
from tracker.progress.models import Obligation, Request
from tracker.progress.service.acting import Held, HeldObligation, walk
from tracker.progress.service.assigning import cancel_unfinished
from tracker.progress.service.counting import change
from tracker.progress.service.deciding import check_more_time
from tracker.progress.service.suspending import let_off, suspended
from tracker.progress.states import RequestKind
from tracker.progress.workflow import Facts

LONGEST_SUSPENSION = 2
"""Years after this one up to whose end a task may be suspended."""


class Wish(NamedTuple):
    """What is asked for. `reason` is of a closing how the task was fulfilled."""

    reason: str
    progress: str = ""
    condition: str = ""
    until: date | None = None


class Moment(NamedTuple):
    """Who grants, and when."""

    by: Viewer
    at: datetime


@dataclass(frozen=True, slots=True)
class Outcome:
    """What granting did, for the audit entry."""

    changes: dict[str, tuple[Any, Any]] = field(default_factory=dict)
    detail: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Acts:
    """What the audit record calls the steps."""

    ask: str
    take_back: str
    grant: str
    refuse: str


ACTS: dict[RequestKind, Acts] = {
    "extension": Acts("申请延期", "撤回延期申请", "同意延期", "不同意延期"),
    "closing": Acts("申请办结", "撤回办结申请", "办结销号", "不同意办结"),
    "suspension": Acts("申请挂账", "撤回挂账申请", "同意挂账", "不同意挂账"),
    "waiver": Acts("申请免责", "撤回免责申请", "同意免责", "不同意免责"),
}
"""Their English is in `tracker.audit.words`."""


@dataclass(frozen=True, slots=True)
class Kind:
    walk: Callable[[Held, str, str, Facts], str]
    """The step of asking, with a refusal in the words of the kind."""
    check: Callable[[Held, Wish, date], None]
    """Raises DomainError where what is asked for, or given, makes no sense as of a day."""
    told: Callable[[Request], dict[str, Any]]
    """What the audit entry says of it."""
    carry_out: Callable[[Held, Request, date | None, Moment], Outcome]
    """Does it, until the date that is given where there is one. Raises DomainError before it has changed anything."""


def facts_of_request(
    held: Held, by: Viewer, today: date, *, reason: str = "", hands: set[int] | None = None
) -> Facts:  # fmt: skip
    one = held.obligation if isinstance(held, HeldObligation) else None
    overdue = one is not None and one.timing == "none" and one.due_on < today and one.state in {"open", "returned"}
    return Facts(
        roles=held.roles, actor=by.person_id, hands=frozenset(hands or ()), reason=reason,
        percent=held.assignment.percent, assignment=held.assignment.state, obligation=one.state if one else "open",
        before_due=one is None or today <= one.due_on,
        late=one is not None and one.excuse == "" and (one.timing == "late" or overdue),
    )  # fmt: skip


def _obligation(held: Held) -> Obligation:
    assert isinstance(held, HeldObligation)
    return held.obligation


def _no_check(_held: Held, _wish: Wish, _today: date) -> None:
    """Nothing beyond its guards."""


# 延期


def _check_extension(held: Held, wish: Wish, today: date) -> None:
    obligation = _obligation(held)
    until = check_more_time(obligation.due_on, wish.until, today)
    taken = select(Obligation.id).where(
        Obligation.assignment_id == obligation.assignment_id, Obligation.due_on == until, Obligation.id != obligation.id
    )
    if session.scalar(taken.limit(1)) is not None:
        raise DomainError(_("%(day)s 已有这项任务的另一项报送，请改为相邻的日期。", day=until), field="until")


def _extend(held: Held, asked: Request, until: date | None, _moment: Moment) -> Outcome:
    """The date moves; the first date (原期限) stays beside it, for scoring."""
    obligation = _obligation(held)
    before = obligation.due_on
    assert until is not None, "it was checked"
    change([obligation], due_on=until)
    return Outcome({"期限": (before, until)}, {"申请延期至": asked.until, "原期限": obligation.original_due_on})


# 办结


def _walk_closing(held: Held, state: str, verb: str, facts: Facts) -> str:
    """As `walk`, with a missing reason in the words of the field, and how far the task is."""
    try:
        return walk("closing", state, verb, facts)
    except DomainError as error:
        assignment = held.assignment
        if error.field == "reason":
            raise DomainError(_("请写明办结情况。"), field="reason") from error
        if assignment.state == "in_progress" and assignment.percent < 100:
            raise DomainError(
                _("最近一次核收的进度是 %(n)s%%：核收进度达到 100%% 后才能申请办结。", n=assignment.percent)
            ) from error
        raise


def _close(held: Held, _asked: Request, _until: date | None, moment: Moment) -> Outcome:
    """What was still to be reported is cancelled. A report that waits is checked first."""
    assignment = held.assignment
    waiting = select(func.count()).where(Obligation.assignment_id == assignment.id, Obligation.state == "reported")
    if session.scalar(waiting):
        raise DomainError(_("这项任务还有报送待核，请先核验，再办结。"))
    facts = Facts(roles=held.roles, actor=moment.by.person_id, percent=assignment.percent)
    assignment.state = walk("assignment", assignment.state, "close", facts)
    cancelled = len(cancel_unfinished(assignment.id, ("open", "returned"), at=moment.at))
    return Outcome({"状态": ("办理中", "已办结")}, {"取消报送": cancelled})


# 挂账


def _check_suspension(held: Held, wish: Wish, today: date) -> None:
    if suspended(held.assignment.id, today) is not None:
        raise DomainError(_("这项任务正在挂账，恢复办理后才能再次申请。"))
    if wish.until is None and not wish.condition.strip():
        raise DomainError(_("请填写挂账到哪一天，或恢复办理的条件。"), field="until")
    if wish.until is not None and wish.until < today:
        raise DomainError(_("挂账的截止日期已经过去，请填写今天或以后的日期。"), field="until")
    if wish.until is not None and wish.until.year > today.year + LONGEST_SUSPENSION:
        raise DomainError(_("挂账过长：请填写后年年底以前的日期。"), field="until")


def _suspend(held: Held, asked: Request, last: date | None, moment: Moment) -> Outcome:
    count = let_off(held.assignment.id, clock.day_of(asked.asked_at), last, at=moment.at)
    return Outcome({}, {"挂账至": last or "", "恢复条件": asked.condition, "免报期次": count})


# 免责


def _waive(held: Held, _asked: Request, _until: date | None, _moment: Moment) -> Outcome:
    """Its lateness stays on record, and scoring does not hold it against the unit."""
    obligation = _obligation(held)
    obligation.excuse = "waived"
    return Outcome({}, {"期限": obligation.original_due_on})


def _plain(kind: RequestKind) -> Callable[[Held, str, str, Facts], str]:
    return lambda _held, state, verb, facts: walk(kind, state, verb, facts)


KINDS: dict[RequestKind, Kind] = {
    "extension": Kind(
        _plain("extension"), _check_extension,
        lambda one: {"理由": one.reason, "目前进展": one.progress, "现期限": one.due_before, "申请延期至": one.until}, _extend,
    ),
    "closing": Kind(_walk_closing, _no_check, lambda one: {"办结情况": one.reason}, _close),
    "suspension": Kind(
        _plain("suspension"), _check_suspension,
        lambda one: {"理由": one.reason, "挂账至": one.until or "", "恢复条件": one.condition}, _suspend,
    ),
    "waiver": Kind(_plain("waiver"), _no_check, lambda one: {"理由": one.reason, "期限": one.due_before}, _waive),
}  # fmt: skip
