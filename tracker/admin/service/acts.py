"""Acts of reorganisation, ordered by whoever keeps the whole directory."""

from __future__ import annotations

from datetime import datetime

from tracker.accounts.roles import Viewer
from tracker.admin.queries.units import only_of_the_whole
from tracker.db import session
from tracker.errors import NotFound
from tracker.units import service as units
from tracker.units.acts import Effects, Terms
from tracker.units.models import UnitAct


def foresee(terms: Terms, *, by: Viewer, at: datetime) -> Effects:
    only_of_the_whole(by)
    return units.foresee(terms, by=by, at=at)


def order_act(terms: Terms, *, by: Viewer, at: datetime) -> int:
    only_of_the_whole(by)
    return units.order_act(terms, by=by, at=at).id


def withdraw_act(act_id: int, *, by: Viewer, at: datetime) -> None:
    only_of_the_whole(by)
    act = session.get(UnitAct, act_id)
    if act is None:
        raise NotFound
    units.withdraw_act(act, by=by, at=at)
