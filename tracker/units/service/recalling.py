"""Entering afterwards what was so before: bodies that ended, names with their periods, acts that were done elsewhere."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from sqlalchemy import select

from tracker.accounts.roles import Viewer
from tracker.audit.service import record
from tracker.db import session
from tracker.units.acts import NewBody, Terms
from tracker.units.matching import normal
from tracker.units.models import Unit, UnitAct, UnitActSide, UnitAlias, UnitPlace
from tracker.units.words import ACTED


def recall_end(unit: Unit, last_day: date) -> None:
    """Says of a unit that was just entered that it has ended; its entry in the record is that of its founding."""
    unit.valid_to = last_day
    session.flush()


def recall_name(
    unit: Unit, name: str, *, kind: str, since: date | None, until: date | None, by: Viewer, at: datetime
) -> bool:
    """Keeps a further name of a unit with its kind and period; whether anything is new."""
    held = session.scalar(select(UnitAlias).where(UnitAlias.unit_id == unit.id, UnitAlias.normal_name == normal(name)))
    if held is not None and (held.kind, held.valid_from, held.valid_to) == (kind, since, until):
        return False
    if held is None:
        held = UnitAlias(
            unit_id=unit.id, name=name, normal_name=normal(name), confirmed_at=at, confirmed_by=by.person_id
        )
        session.add(held)
    held.kind, held.valid_from, held.valid_to = kind, since, until
    session.flush()
    record("确认别名", by=by, at=at, subject=("unit", unit.id), unit_id=unit.id, detail={"别名": name})
    return True


def recall_act(
    terms: Terms, before: Sequence[Unit], after: Sequence[Unit], *, earlier: int | None = None, by: Viewer, at: datetime
) -> bool:
    """Enters an act that took effect before: who came after whom. Nothing is passed on. Whether it was new.

    `earlier` is the unit that a moved one stood below.
    """
    held = (
        select(UnitAct)
        .join(UnitActSide, UnitActSide.act_id == UnitAct.id)
        .where(
            UnitAct.kind == terms.kind, UnitAct.effective_on == terms.on, UnitAct.state == "done",
            UnitActSide.side == "before", UnitActSide.unit_id == before[0].id,
        )
    )  # fmt: skip
    plate = (terms.plate, terms.taken_off)
    if any((one.terms["plate"], one.terms["taken_off"]) == plate for one in session.scalars(held)):
        return False
    act = UnitAct(
        kind=terms.kind, effective_on=terms.on, document=terms.document, reason=terms.reason, state="done",
        terms=terms.plain(), effects={}, entered_by=by.person_id, entered_at=at, done_at=at,
    )  # fmt: skip
    session.add(act)
    session.flush()
    last = terms.on - timedelta(days=1)
    for unit in before:
        ended = terms.kind not in {"move", "plate"} and not terms.stays
        heir = after[0].id if ended else None
        session.add(UnitActSide(act_id=act.id, side="before", unit_id=unit.id, heir_id=heir))
        if heir is not None and unit.valid_to is None:
            unit.valid_to = last
    for unit in before if terms.kind in {"move", "plate"} else dict.fromkeys(after):
        session.add(UnitActSide(act_id=act.id, side="after", unit_id=unit.id))
    if terms.kind == "move" and earlier is not None:
        session.add(UnitPlace(unit_id=before[0].id, parent_id=earlier, until=last, act_id=act.id))
    elif after and after[0].valid_from == terms.on and not terms.stays:
        _below_before(act, before[0], after[0], last)
    session.flush()
    record(ACTED[terms.kind], by=by, at=at, subject=("unit_act", act.id), unit_id=before[0].id,
           changes={"单位": ([one.name for one in before], [one.name for one in after])},
           detail={"生效日期": terms.on, "文号": terms.document, "理由": terms.reason, "说明": "补录"})  # fmt: skip
    return True


def _below_before(act: UnitAct, before: Unit, after: Unit, last: date) -> None:
    """Who is below a successor and is older than it stood below the body before."""
    older = select(Unit).where(Unit.parent_id == after.id, Unit.valid_from <= last)
    for child in session.scalars(older.order_by(Unit.id)):
        session.add(UnitPlace(unit_id=child.id, parent_id=before.id, until=last, act_id=act.id))


def terms_of_names(
    manner: str, on: date, before: Sequence[Unit], after: Sequence[Unit], *, plate: str, document: str, reason: str
) -> Terms:
    """The terms of an act by what it is called: `into` and `stays` tell kinds of merging and splitting apart."""
    kind = {"into": "merge", "stays": "split", "taken_off": "plate"}.get(manner, manner)
    bodies = tuple(
        NewBody(one.name, one.short_name, one.kind, one.parent_id or 0)
        for one in after
        if kind in {"rename", "merge", "split"}
    )
    return Terms(
        kind, tuple(one.id for one in before), on, document, reason,
        () if manner == "into" else bodies, after[0].id if manner in {"into", "duplicate"} else None, manner == "stays",
        after[0].id if kind == "move" else None, plate, manner == "taken_off",
    )  # fmt: skip
