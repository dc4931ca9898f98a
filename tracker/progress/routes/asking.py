"""Whether something can be asked for now (申请), said before anybody writes a reason: the service decides."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from flask_babel import gettext as _

from tracker.progress.labels import asked_by_words, term
from tracker.progress.queries import AssignmentView, ObligationView, RequestRow
from tracker.progress.queries.assignments import ObligationRow
from tracker.progress.queries.chains import reviewers_of
from tracker.progress.states import RequestKind

IN_HAND = ("open", "returned")


@dataclass(frozen=True, slots=True)
class Asked:
    """What a request is about, as its form shows it."""

    subject_id: int
    obligation_id: int | None
    assignment_id: int
    task: str
    unit: str
    term: str
    """The report, empty for the whole task."""
    report: ObligationView | None
    refusal: tuple[str, str] | None
    """Why it cannot be asked for now: a title and what may be done."""


def about_report(kind: RequestKind, found: ObligationView, asked: Sequence[RequestRow], today: date) -> Asked:
    refusal = _waits(kind, asked) or (_no_extension(found, today) if kind == "extension" else _no_waiver(found))
    return Asked(found.id, found.id, found.assignment_id, found.task, found.unit, term(found), found, refusal)


def about_task(kind: RequestKind, found: AssignmentView, asked: Sequence[RequestRow], today: date) -> Asked:
    refusal = _waits(kind, asked) or (
        _no_closing(found) if kind == "closing" else _no_suspension(found, asked, today)
    )  # fmt: skip
    return Asked(found.id, None, found.id, found.task, found.unit, "", None, refusal)


def _waits(kind: RequestKind, asked: Sequence[RequestRow]) -> tuple[str, str] | None:
    if not any(one.kind == kind and one.state == "asked" for one in asked):
        return None
    return _("已有一件同类申请等待审批"), _("结果会显示在原页面；需要修改时，可先在那里撤回申请。")


def _no_extension(found: ObligationView, today: date) -> tuple[str, str] | None:
    if found.assignment_state != "in_progress" or found.state not in IN_HAND:
        return _("现在不能申请延期"), _("任务签收之后、进展送达牵头办公室之前才能申请。")
    if found.days_left < 0:
        return _("期限已过，不能再申请延期"), _("请尽快报送，并在“存在问题”中说明原因；确有正当理由的，可以申请免责。")
    if not found.reviews:
        return _("您不能申请延期"), asked_by_words(reviewers_of(found.unit_id, today))
    return None


def _no_waiver(found: ObligationView) -> tuple[str, str] | None:
    return None if excusable(found) else (_("现在不能申请免责"), _("逾期的报送才需要申请；已认定免责的不必再申请。"))


def excusable(found: ObligationView) -> bool:
    """Whether lateness can be excused: it came late, or is overdue and not here yet."""
    return _late(found, overdue=found.days_left < 0)


def _late(report: ObligationView | ObligationRow, *, overdue: bool) -> bool:
    missing = report.timing == "none" and overdue and report.state in IN_HAND
    return not report.excuse and (report.timing == "late" or missing)


def _no_closing(found: AssignmentView) -> tuple[str, str] | None:
    if found.state != "in_progress":
        return _("现在不能申请办结"), _("签收之后、办结之前才能申请。")
    if found.percent < 100:
        return (
            _("还不能申请办结：核收进度 %(n)s%%", n=found.percent),
            _("牵头办公室核收的进度达到 %(n)s%% 后才能申请。", n=100),
        )
    return None


def _no_suspension(found: AssignmentView, asked: Sequence[RequestRow], today: date) -> tuple[str, str] | None:
    if found.state != "in_progress":
        return _("现在不能申请挂账"), _("签收之后、办结之前才能申请。")
    if any(one.suspends(today) for one in asked):
        return _("这项任务正在挂账"), _("恢复办理后才能再次申请。")
    return None


@dataclass(frozen=True, slots=True)
class Way:
    """A kind of request on a task's page: where it is asked for, or why it cannot be now."""

    kind: RequestKind
    subject_id: int | None
    """The report or the task that the form is about; None where it cannot be asked for now."""
    note: str


def ways_to_ask(found: AssignmentView, asked: Sequence[RequestRow], today: date) -> list[Way]:
    """What the unit may ask for on a task that it works on, all kinds named; none for others."""
    if not found.inside or found.state != "in_progress":
        return []
    ahead = next((one for one in found.obligations if one.state in IN_HAND and one.due_on >= today), None)
    late = next((one for one in found.obligations if _late(one, overdue=one.due_on < today)), None)
    closing = _waits("closing", asked) or _no_closing(found)
    suspension = _waits("suspension", asked) or _no_suspension(found, asked, today)
    theirs = "" if found.reviews else asked_by_words(reviewers_of(found.unit_id, today))
    return [
        Way("extension", None, theirs) if ahead and theirs else _way("extension", ahead, _("没有期限未到的待报送")),
        Way("closing", None if closing else found.id, closing[0] if closing else _("核收进度已达到 %(n)s%%", n=100)),
        Way(
            "suspension",
            None if suspension or theirs else found.id,
            suspension[0] if suspension else theirs or _("现在不能办理的，暂停到某一天或条件具备时"),
        ),
        _way("waiver", late, _("没有逾期的报送")),
    ]  # fmt: skip


def _way(kind: RequestKind, report: ObligationRow | None, without: str) -> Way:
    if report is None:
        return Way(kind, None, without)
    return Way(kind, report.id, _("%(term)s，期限 %(day)s", term=term(report), day=report.due_on))
