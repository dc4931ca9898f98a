"""Inviting evaluators (邀请评委), and letting one go who is absent or recuses themself (缺席、回避), from all units or from
one; the latter may be taken back."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from flask_babel import gettext as _
from sqlalchemy import delete, select

from tracker.accounts.queries import viewer_for
from tracker.accounts.roles import Role, Viewer
from tracker.assessment.models import PanelRecusal, PanelSeat, ScoredFact
from tracker.assessment.queries.panel import marked_leaves, noted_recusals, panel
from tracker.assessment.queries.schemes import SchemeRow
from tracker.assessment.queries.tallies import scored_units
from tracker.audit.service import record
from tracker.clock import day_of
from tracker.db import session
from tracker.errors import DomainError, NotFound


def invite(scheme: SchemeRow, *, plan_id: int, people: Collection[int], by: Viewer, at: datetime) -> None:
    """Invites evaluators to mark the units of a plan; one who was excused is awaited again, for all units. Raises
    DomainError where nobody is named, somebody is no evaluator, or the scheme has nothing to mark."""
    if not people:
        raise DomainError(_("请选择要邀请的评委。"), field="people")
    if not marked_leaves(scheme):
        raise DomainError(_("方案里没有由评委打分的指标。"), field="people")
    names = []
    for person_id in sorted(people):
        person = viewer_for(person_id, today=day_of(at))
        if not person.has(Role.EVALUATOR):
            raise DomainError(_("%(name)s不是考核人员，不能邀请。", name=person.name), field="people")
        names.append(person.name)
        seat = _seat(scheme.series_id, plan_id, person_id)
        if seat is None:
            seat = PanelSeat(series_id=scheme.series_id, plan_id=plan_id, person_id=person_id)
            session.add(seat)
        elif seat.excused_at is not None:
            session.execute(delete(PanelRecusal).where(PanelRecusal.seat_id == seat.id))
        seat.invited_by, seat.invited_at, seat.excused_at, seat.excused_reason = by.person_id, at, None, ""
        session.flush()
    record("邀请评委", by=by, at=at, subject=("scheme", scheme.id), detail={"评委": "、".join(names)})


def excuse(scheme: SchemeRow, *, plan_id: int, person_id: int, reason: str, by: Viewer, at: datetime) -> None:
    """Waits no more for an evaluator's marks. Those that were given stand: what was not given is no zero. Raises NotFound
    for somebody who is not invited, DomainError without a reason."""
    seat = _seat(scheme.series_id, plan_id, person_id)
    if seat is None or seat.excused_at is not None:
        raise NotFound
    if not reason.strip():
        raise DomainError(_("请写明缺席或回避的理由。"), field="reason")
    seat.excused_at, seat.excused_reason = at, reason.strip()
    session.flush()
    name = viewer_for(person_id, today=day_of(at)).name
    record("评委缺席或回避", by=by, at=at, subject=("scheme", scheme.id), detail={"评委": name, "理由": reason.strip()})


def recuse(
    scheme: SchemeRow, *, plan_id: int, person_id: int, unit_id: int, reason: str, by: Viewer, at: datetime
) -> None:
    """Waits no more for an evaluator's marks of one unit; one that was given is withdrawn, for it must not count. Raises
    NotFound for somebody who is not invited or a unit that has no part in the plan, DomainError without a reason or for a
    second recusal."""
    seat, units = _seat(scheme.series_id, plan_id, person_id), {unit for unit, _name, _group in scored_units(plan_id)}
    if seat is None or seat.excused_at is not None or unit_id not in units:
        raise NotFound
    if not reason.strip():
        raise DomainError(_("请写明缺席或回避的理由。"), field="reason")
    if panel(scheme.series_id, plan_id, day_of(at)).has_recused(person_id, unit_id):
        raise DomainError(_("这位评委已经回避该单位。"), field="unit")
    session.add(
        PanelRecusal(seat_id=seat.id, unit_id=unit_id, reason=reason.strip(), noted_by=by.person_id, noted_at=at)
    )
    for mark in _marks(scheme.series_id, plan_id, person_id, unit_id):
        mark.withdrawn_at, mark.withdrawn_by = at, by.person_id
        mark.withdrawn_reason = _("评委回避：%(reason)s", reason=reason.strip())
    session.flush()
    name = viewer_for(person_id, today=day_of(at)).name
    record("评委回避", by=by, at=at, subject=("scheme", scheme.id), unit_id=unit_id,
           detail={"评委": name, "理由": reason.strip()})  # fmt: skip


def take_back_recusal(
    scheme: SchemeRow, *, plan_id: int, recusal_id: int, reason: str, by: Viewer, at: datetime
) -> None:
    """Waits again for an evaluator's marks of a unit; those that were withdrawn stay so. Raises NotFound for a recusal that
    is none of this panel, DomainError for somebody who did not note it, without a reason, or once the unit's marks are
    in."""
    held = panel(scheme.series_id, plan_id, day_of(at))
    found = next(((seat, one) for seat, one in held.recused if one.id == recusal_id), None)
    if found is None:
        raise NotFound
    seat, recusal = found
    if recusal.noted_by != by.person_id:
        raise DomainError(_("只能由注明回避的人撤回。"), field="recusal")
    if not reason.strip():
        raise DomainError(_("请写明撤回的理由。"), field="reason")
    if found not in noted_recusals(scheme, plan_id, held, by):
        raise DomainError(_("对该单位的打分已经到齐、评委都能看到，不能再撤回回避。"), field="recusal")
    session.execute(delete(PanelRecusal).where(PanelRecusal.id == recusal_id))
    record("撤回评委回避", by=by, at=at, subject=("scheme", scheme.id), unit_id=recusal.unit_id,
           detail={"评委": seat.name, "理由": reason.strip()})  # fmt: skip


def _marks(series_id: int, plan_id: int, person_id: int, unit_id: int) -> Sequence[ScoredFact]:
    return session.scalars(
        select(ScoredFact)
        .where(
            ScoredFact.series_id == series_id, ScoredFact.plan_id == plan_id, ScoredFact.unit_id == unit_id,
            ScoredFact.kind == "mark", ScoredFact.by_id == person_id, ScoredFact.withdrawn_at.is_(None),
        )
        .order_by(ScoredFact.id)
    ).all()  # fmt: skip


def _seat(series_id: int, plan_id: int, person_id: int) -> PanelSeat | None:
    return session.scalar(
        select(PanelSeat).where(
            PanelSeat.series_id == series_id, PanelSeat.plan_id == plan_id, PanelSeat.person_id == person_id
        )
    )
