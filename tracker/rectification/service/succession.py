"""Open findings follow a reorganisation (机构改革): what a body had to put right is its successor's to put right."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import Select, select

from tracker.accounts.roles import Viewer
from tracker.audit.service import record
from tracker.db import session
from tracker.rectification.models import Finding
from tracker.rectification.states import OPEN
from tracker.units.followers import Passing
from tracker.units.queries import name_of


def hold(units: Select[tuple[int]]) -> None:
    """Locks the findings of units that are about to be reorganised."""
    session.execute(select(Finding.id).where(Finding.unit_id.in_(units)).order_by(Finding.id).with_for_update())


def pass_on(passing: Passing, by: Viewer | None, at: datetime) -> Mapping[str, int]:
    """Each open finding as it stands, with an entry in the record; what is ended keeps the name of whose it was."""
    passed = 0
    for unit_id, heir_id in passing.heirs.items():
        held = session.scalars(
            select(Finding).where(Finding.unit_id == unit_id, Finding.state.in_(OPEN))
            .order_by(Finding.id).execution_options(populate_existing=True)
        ).all()  # fmt: skip
        for one in held:
            one.unit_id = heir_id
            record("随机构改革承接问题", by=by, at=at, subject=("finding", one.id), unit_id=heir_id,
                   changes={"责任单位": (name_of(unit_id), name_of(heir_id))}, detail={"改革": passing.words})  # fmt: skip
        passed += len(held)
    return {"承接问题": passed}
