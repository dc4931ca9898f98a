"""What a round mentions beside reports: supervision slips (督办单) that wait for their reply."""

from __future__ import annotations

from datetime import date
from functools import cache

from sqlalchemy import select
from sqlalchemy.orm import aliased

from tracker.db import session
from tracker.progress.light_rules import UNIT
from tracker.reminders.digest import Item
from tracker.reminders.models import SupervisionSlip
from tracker.reminders.queries.days import Days
from tracker.reminders.queries.owed import Owed
from tracker.reminders.queries.slips import slip_name
from tracker.reminders.queries.unreached import made_after
from tracker.reminders.schedule import slip_reason
from tracker.units.models import Unit


def owed_slips(since: date, days: Days) -> list[Owed]:
    """Those mentioned in the round of a day, the last one having been on the day `since`; the unit's reporters and reviewers
    are told, since any of them may answer. Three statements at most."""
    last = cache(made_after)
    owner = aliased(Unit)
    rows = session.execute(
        select(SupervisionSlip, Unit.name.label("unit"), Unit.path, owner.path.label("owner_path"))
        .join(Unit, Unit.id == SupervisionSlip.unit_id)
        .join(owner, owner.id == SupervisionSlip.owner_unit_id)
        .where(SupervisionSlip.state == "issued")
        .order_by(SupervisionSlip.reply_by, SupervisionSlip.id)
    )
    found = []
    for slip, unit, path, owner_path in rows:
        span = days.of_office(slip.owner_unit_id, since)
        why = slip_reason(slip.reply_by, span, is_new=slip.issued_at > last(span.since)) if span else None
        if why is not None:
            name = slip_name(slip.prefix, slip.year, slip.number)
            item = Item(slip.id, "", name, unit, slip.reply_by.isoformat(), why)
            found.append(Owed(item, UNIT, path, owner_path, is_reviewed=False))
    return found
