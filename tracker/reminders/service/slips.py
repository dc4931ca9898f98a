"""Issuing a supervision slip (督办单), filling in its reply slip (回执), withdrawing it."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from typing import NamedTuple

from flask_babel import gettext as _
from sqlalchemy import func, select

from tracker.accounts.roles import Viewer
from tracker.audit.service import record, take_turn
from tracker.clock import day_of
from tracker.db import session
from tracker.errors import Conflict, DomainError, NotFound
from tracker.reminders.models import SlipItem, SupervisionSlip
from tracker.reminders.queries.slips import LateReport, late_reports, slip_name, slip_view


class SlipFacts(NamedTuple):
    prefix: str
    colour: str
    reason: str
    demand: str
    reply_by: date


def issue_slip(
    unit_id: int, reports: Collection[int], facts: SlipFacts, *, by: Viewer, at: datetime
) -> SupervisionSlip:  # fmt: skip
    """The lead office issues a slip to a unit for reports of its that are overdue. Numbers run within an office's year
    without a gap: whoever comes second waits. Raises DomainError naming the field, NotFound where nothing is overdue."""
    take_turn()
    today = day_of(at)
    overdue = late_reports(unit_id, by, today)
    if not overdue:
        raise NotFound
    chosen = [one for one in overdue if one.obligation_id in reports]
    owner = _owner(chosen)
    if facts.reply_by < today:
        raise DomainError(_("回执期限不能早于今天。"), field="reply_by")
    number = _next_number(owner, today.year)
    slip = SupervisionSlip(
        owner_unit_id=owner, unit_id=unit_id, year=today.year, number=number, issued_by=by.person_id, issued_at=at,
        **facts._asdict(),
    )  # fmt: skip
    session.add(slip)
    session.flush()
    for place, one in enumerate(chosen, 1):
        session.add(
            SlipItem(slip_id=slip.id, obligation_id=one.obligation_id, position=place, task=one.task, due_on=one.due_on)
        )
    session.flush()
    record("发出督办单", by=by, at=at, subject=("supervision_slip", slip.id), unit_id=unit_id,
           detail={"编号": slip_name(slip.prefix, slip.year, number), "事项数": len(chosen), "理由": slip.reason,
                   "回执期限": slip.reply_by})  # fmt: skip
    return slip


def _owner(chosen: Collection[LateReport]) -> int:
    owners = {one.owner_unit_id for one in chosen}
    if not owners:
        raise DomainError(_("请至少选择一项逾期的报送。"), field="reports")
    if len(owners) > 1:
        raise DomainError(_("所选报送分属不同牵头办公室的计划，请分别开单。"), field="reports")
    return owners.pop()


def _next_number(owner_unit_id: int, year: int) -> int:
    last = select(func.max(SupervisionSlip.number)).where(
        SupervisionSlip.owner_unit_id == owner_unit_id, SupervisionSlip.year == year
    )
    return (session.scalar(last) or 0) + 1


def _held(slip_id: int, version: int, by: Viewer, at: datetime, *, replies: bool) -> SupervisionSlip:
    """The slip, for whoever may answer it (or withdraw it). Raises NotFound, Conflict."""
    seen = slip_view(slip_id, by, day_of(at))
    slip = session.get_one(SupervisionSlip, slip_id)
    if slip.state != "issued" or slip.version != version:
        raise Conflict(_("这份督办单刚刚有变动，请刷新页面查看；您填写的内容仍在下方。"))
    if not (seen.replies if replies else seen.withdraws):
        raise NotFound
    return slip


def reply_to_slip(slip_id: int, reply: str, *, version: int, by: Viewer, at: datetime) -> None:
    """The unit answers: why, what it has done, by when the rest. Once; what follows is told by its reports."""
    slip = _held(slip_id, version, by, at, replies=True)
    slip.state, slip.reply, slip.replied_by, slip.replied_at = "replied", reply.strip(), by.person_id, at
    session.flush()
    record("填报督办回执", by=by, at=at, subject=("supervision_slip", slip.id), unit_id=slip.unit_id,
           detail={"编号": slip_name(slip.prefix, slip.year, slip.number), "回执": slip.reply})  # fmt: skip


def withdraw_slip(slip_id: int, reason: str, *, version: int, by: Viewer, at: datetime) -> None:
    """The lead office takes back a slip that was not answered; its number is not given again."""
    slip = _held(slip_id, version, by, at, replies=False)
    slip.state, slip.withdrawn_reason = "withdrawn", reason.strip()
    session.flush()
    record("撤销督办单", by=by, at=at, subject=("supervision_slip", slip.id), unit_id=slip.unit_id,
           detail={"编号": slip_name(slip.prefix, slip.year, slip.number), "理由": slip.withdrawn_reason})  # fmt: skip
