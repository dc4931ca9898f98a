"""Ordering acts of reorganisation: tried out first, carried out at once or on their day, taken back before it."""

from __future__ import annotations

from datetime import datetime

from flask_babel import gettext as _

from tracker import clock
from tracker.accounts.roles import Viewer
from tracker.audit.service import record
from tracker.db import session
from tracker.errors import DomainError
from tracker.units.acts import Effects, Terms, terms_of
from tracker.units.models import UnitAct
from tracker.units.queries import names
from tracker.units.service.carrying import Carrying, carry_out
from tracker.units.words import ACTED


def foresee(terms: Terms, *, by: Viewer | None, at: datetime) -> Effects:
    """What an act would do: it is done and undone again, so nothing is told that would not happen. Raises DomainError."""
    _refuse_unfit(terms)
    trial = session.begin_nested()
    try:
        return Carrying(_written(terms, by=by, at=at), terms, by, at).carry_out()
    finally:
        trial.rollback()
        session.expire_all()


def order_act(terms: Terms, *, by: Viewer | None, at: datetime) -> UnitAct:
    """Carries an act out, or keeps it for its day where that is to come. Raises DomainError."""
    if terms.on <= clock.day_of(at):
        _refuse_unfit(terms)
        act = _written(terms, by=by, at=at)
        carry_out(act, terms, by=by, at=at)
        return act
    foresee(terms, by=by, at=at)
    act = _written(terms, by=by, at=at)
    record("拟定机构改革", by=by, at=at, subject=("unit_act", act.id), unit_id=terms.before[0],
           detail={"事项": ACTED[terms.kind], "单位": list(names(terms.before).values()), "生效日期": terms.on,
                   "文号": terms.document, "理由": terms.reason})  # fmt: skip
    return act


def withdraw_act(act: UnitAct, *, by: Viewer, at: datetime) -> None:
    """Takes an act back before its day. What was done stays done: another act goes the other way."""
    if act.state != "planned":
        raise DomainError(_("已经生效或已撤回，不能再撤回。如需恢复，请再办一次相反的改革。"))
    act.state = "withdrawn"
    record("撤回机构改革", by=by, at=at, subject=("unit_act", act.id),
           detail={"事项": ACTED[act.kind], "生效日期": act.effective_on})  # fmt: skip
    session.flush()


def ordered(act: UnitAct) -> Terms:
    return terms_of(act.kind, act.effective_on, act.document, act.reason, act.terms)


def _written(terms: Terms, *, by: Viewer | None, at: datetime) -> UnitAct:
    act = UnitAct(
        kind=terms.kind, effective_on=terms.on, document=terms.document, reason=terms.reason, state="planned",
        terms=terms.plain(), effects={}, entered_by=by.person_id if by else None, entered_at=at,
    )  # fmt: skip
    session.add(act)
    session.flush()
    return act


def _refuse_unfit(terms: Terms) -> None:
    """Raises DomainError where an act of this kind lacks what it needs."""
    if not (terms.document.strip() or terms.reason.strip()):
        raise DomainError(_("请填写文号或理由。"), field="document")
    if not terms.before:
        raise DomainError(_("请选择单位。"), field="unit")
    if terms.kind in {"rename", "split"} and not terms.bodies:
        raise DomainError(_("请填写新单位的名称。"), field="name")
    if terms.kind == "split" and not terms.stays and len(terms.bodies) < 2:
        raise DomainError(_("原单位不保留时，至少要拆成两个单位，每行一个。"), field="bodies")
    if terms.kind == "merge" and terms.into is None and (not terms.bodies or len(terms.before) < 2):
        raise DomainError(_("请填写合并后的名称，并选择至少两个单位；或者选择并入哪个单位。"), field="name")
    if terms.kind in {"merge", "duplicate"} and terms.into in terms.before:
        raise DomainError(_("不能并入它自己。"), field="into")
    if terms.kind == "duplicate" and terms.into is None:
        raise DomainError(_("请选择要保留的单位。"), field="into")
    if terms.kind == "plate" and not terms.plate.strip():
        raise DomainError(_("请填写牌子的名称。"), field="plate")
    if terms.kind == "move" and terms.parent_id is None:
        raise DomainError(_("请选择新的上级单位。"), field="parent")
