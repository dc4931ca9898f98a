"""Issuing a supervision slip (督办单), filling in its reply slip (回执), withdrawing it."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from itertools import groupby
from operator import attrgetter
from typing import NamedTuple

from flask_babel import gettext as _
from sqlalchemy import func, select

from tracker.accounts.roles import Viewer
from tracker.audit.service import lock_head, record
from tracker.clock import day_of
from tracker.db import session
from tracker.errors import Conflict, DomainError, NotFound
from tracker.reminders.models import SlipItem, SupervisionSlip
from tracker.reminders.queries.slips import slip_name, slip_view
from tracker.reminders.queries.subjects import Subject, subjects_among


class SlipFacts(NamedTuple):
    prefix: str
    colour: str
    reason: str
    demand: str
    reply_by: date


class Issued(NamedTuple):
    id: int
    name: str


def issue_slips(
    reports: Collection[int], facts: SlipFacts, *, seen: int, by: Viewer, at: datetime
) -> list[Issued]:  # fmt: skip
    """The lead office issues a slip to each unit that these reports belong to, about those that may be followed up. Numbers
    run within an office's year without a gap: whoever comes second waits. `seen` is the newest slip that the page told of.

    Raises DomainError naming the field, Conflict where a slip has been issued since: by a colleague, or by a double click.
    """
    lock_head()
    today = day_of(at)
    chosen = subjects_among(reports, by, today)
    owner = _owner(chosen)
    if facts.reply_by < today:
        raise DomainError(_("回执期限不能早于今天。"), field="reply_by")
    since = [slip.name for one in chosen for slip in one.slips if slip.id > seen]
    if since:
        raise Conflict(_("所选事项刚刚已开督办单 %(name)s，没有重复发出；仍需再开的，请再次点击发出。", name=since[-1]))
    return [
        _issue(unit_id, list(ones), owner, facts, by, at) for unit_id, ones in groupby(chosen, attrgetter("unit_id"))
    ]


def _issue(
    unit_id: int, subjects: Collection[Subject], owner: int, facts: SlipFacts, by: Viewer, at: datetime
) -> Issued:
    year = day_of(at).year
    slip = SupervisionSlip(
        owner_unit_id=owner, unit_id=unit_id, year=year, number=_next_number(owner, year), issued_by=by.person_id,
        issued_at=at, **facts._asdict(),
    )  # fmt: skip
    session.add(slip)
    session.flush()
    for place, one in enumerate(subjects, 1):
        session.add(
            SlipItem(slip_id=slip.id, obligation_id=one.obligation_id, position=place, task=one.task, due_on=one.due_on)
        )
    session.flush()
    name = slip_name(slip.prefix, year, slip.number)
    record("发出督办单", by=by, at=at, subject=("supervision_slip", slip.id), unit_id=unit_id,
           detail={"编号": name, "事项数": len(subjects), "理由": slip.reason, "回执期限": slip.reply_by})  # fmt: skip
    return Issued(slip.id, name)


def _owner(chosen: Collection[Subject]) -> int:
    owners = {one.owner_unit_id for one in chosen}
    if not owners:
        raise DomainError(_("请至少选择一项报送。"), field="reports")
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
