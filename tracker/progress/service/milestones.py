"""What a return says of milestones (节点): kept while it is written, settled when it is handed in."""

from __future__ import annotations

from datetime import date

from flask_babel import gettext as _
from sqlalchemy import delete, insert, select

from tracker.db import session
from tracker.errors import Conflict, DomainError
from tracker.progress.content import Content
from tracker.progress.milestones import EXPECTED, REACHED, Said, is_ahead, lost, share
from tracker.progress.models import Return, ReturnMilestone, ReturnText
from tracker.progress.queries.milestones import Asked, asked_of


def keep_milestones(draft: Return, assignment_id: int, content: Content) -> None:
    """Writes what is said, and reckons the percent by it. What was accepted of earlier ones holds until the draft says
    something else of them."""
    asked = _asked(draft, assignment_id)
    said = _said(draft) if draft.milestones else asked.known
    for one in asked.asked:
        if one.id in content.milestones:
            now = content.milestones[one.id]
            said = {key: value for key, value in said.items() if key != one.id} | ({one.id: now} if now else {})
    session.execute(delete(ReturnMilestone).where(ReturnMilestone.return_id == draft.id))
    rows = [
        {"return_id": draft.id, "obligation_id": one.id, "reached": said[one.id].reached,
         "expected_on": None if said[one.id].reached else said[one.id].expected_on}
        for one in asked.asked
        if one.id in said
    ]  # fmt: skip
    if rows:
        session.execute(insert(ReturnMilestone), rows)
    _reckon(draft, asked, said)


def settle_milestones(draft: Return, text: ReturnText, assignment_id: int, *, day: date) -> None:
    """Before it is handed in: each milestone that is asked is answered, one that is not reached with the day on which it is
    expected and the reason, one that was reached before with the reason for that. Raises DomainError."""
    asked, said = _asked(draft, assignment_id), _said(draft)
    for one in asked.asked:
        check_said(one.id, one.text, said.get(one.id), text.problems, due=one.due_on, day=day)
    fallen = [one.text for one in asked.earlier if one.id in lost(asked.known, said)]
    if not fallen:
        text.setback = ""
    elif not text.setback.strip():
        names = _("、").join(fallen)
        raise DomainError(
            _("“%(names)s”上次核收时已达成，本次为未达成。请核对；确实回退的，请写明原因。", names=names),
            field="setback",
        )
    _reckon(draft, asked, said)


def check_said(obligation_id: int, name: str, said: Said | None, problems: str, *, due: date, day: date) -> None:
    """Whether enough is said of one milestone. Raises DomainError, at the field that lacks."""
    if said is None:
        raise DomainError(_("请选择“%(name)s”是否已达成。", name=name), field=f"{REACHED}{obligation_id}")
    if said.reached:
        return
    if not is_ahead(said, due=due, today=day):
        raise DomainError(
            _("“%(name)s”未达成，请填写预计达成日期：晚于今天，也晚于该节点的期限。", name=name),
            field=f"{EXPECTED}{obligation_id}",
        )
    if not problems.strip():
        raise DomainError(_("“%(name)s”未达成，请在“存在问题”中写明原因。", name=name), field="problems")


def says(version: Return, content: Content) -> bool:
    """Whether a version says of milestones what is typed."""
    said = _said(version) if content.milestones else {}
    return all(said.get(key) == now for key, now in content.milestones.items())


def _reckon(draft: Return, asked: Asked, said: dict[int, Said]) -> None:
    draft.milestones, draft.milestones_reached = len(asked.all), asked.reached(said)
    draft.percent = share(draft.milestones_reached, draft.milestones)


def _asked(draft: Return, assignment_id: int) -> Asked:
    asked = asked_of({draft.obligation_id: assignment_id}).get(draft.obligation_id)
    if asked is None:
        raise Conflict(_("这项报送已取消或已办完，无需办理。"))
    return asked


def _said(draft: Return) -> dict[int, Said]:
    statement = select(ReturnMilestone).where(ReturnMilestone.return_id == draft.id)
    rows = session.scalars(statement.order_by(ReturnMilestone.obligation_id))
    return {one.obligation_id: Said(one.reached, one.expected_on) for one in rows}
