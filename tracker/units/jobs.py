"""What falls due in the directory: acts whose day has come."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select

from tracker import clock
from tracker.db import session, transaction
from tracker.errors import DomainError
from tracker.units.models import UnitAct
from tracker.units.service import carry_out, ordered


def carry_out_due(*, at: datetime) -> int:
    """Carries out, each in a transaction of its own, what was ordered for today or before; returns how many. What cannot
    be done keeps the reason and waits for a person; it is tried again when asked again."""
    due = select(UnitAct.id).where(UnitAct.state == "planned", UnitAct.effective_on <= clock.day_of(at))
    done = 0
    for number in session.scalars(due.order_by(UnitAct.effective_on, UnitAct.id)).all():
        try:
            with transaction():
                act = session.get_one(UnitAct, number, with_for_update=True)
                if act.state == "planned":
                    carry_out(act, ordered(act), by=None, at=at)
                    done += 1
        except DomainError as error:
            _keep_fault(number, error.message)
    return done


def _keep_fault(number: int, fault: str) -> None:
    with transaction():
        act = session.get_one(UnitAct, number)
        if act.effects.get("fault") != fault:
            act.effects = {"fault": fault}
