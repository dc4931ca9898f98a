"""Adding a unit to the directory for an expression that names it. What was confirmed before stays as it was confirmed."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime

from flask_babel import gettext as _
from sqlalchemy import select

from tracker import clock
from tracker.accounts.roles import Viewer
from tracker.db import session
from tracker.drafts.models import Draft, UnitChoice
from tracker.drafts.queries.joining import Joinable, joinable
from tracker.drafts.service.choosing import expression_of, keep_choice
from tracker.drafts.service.opening import open_draft
from tracker.drafts.service.remembering import note_memory
from tracker.errors import DomainError
from tracker.units.matching import normal
from tracker.units.service import add_alias, confirm_collective, create_unit


def create_and_choose(
    draft_id: int, text: str, *, name: str, kind: str, parent_id: int | None, since: date, by: Viewer, at: datetime,
    joins: Collection[str] = (),
) -> int:  # fmt: skip
    """Adds a unit for an expression that names it; returns its id. Another name becomes an alias.

    `joins`: the confirmed collectives that the unit is to belong to, too. Every other one stays as it was confirmed.
    """
    draft = open_draft(draft_id, by=by)
    one = expression_of(draft, text)
    if not kind:
        raise DomainError(_("请选择单位类别。"), field="kind")
    if parent_id is None:
        raise DomainError(_("请填写上级单位。"), field="parent")
    held = joinable(draft.id, kind, parent_id, day=clock.day_of(at))
    unit = create_unit(name=name, kind=kind, parent_id=parent_id, by=by, at=at, since=since)
    if name.strip() != text and not (one.collective or one.open):
        alias = add_alias(unit, text, by=by, at=at)
        note_memory("alias", alias.id, draft, learned=True, at=at)
    keep_choice(draft, text, [unit.id], "created", "", by=by, at=at)
    for joined in held:
        if joined.phrase in joins:
            _let_in(joined, unit.id, draft, by, at)
        else:
            keep_as_confirmed(joined, by=by, at=at)
    return unit.id


def keep_as_confirmed(held: Joinable, *, by: Viewer | None, at: datetime) -> None:
    """A rule that would take in what is made now becomes the list of those whom it stands for."""
    if held.by_itself:
        confirm_collective(held.phrase, {"units": sorted(held.members)}, by=by, at=at)


def _let_in(held: Joinable, unit_id: int, draft: Draft, by: Viewer, at: datetime) -> None:
    if held.collective and not held.by_itself:
        confirm_collective(held.phrase, {"units": sorted({*held.members, unit_id})}, by=by, at=at)
    statement = select(UnitChoice).where(UnitChoice.draft_id == draft.id, UnitChoice.how == "members")
    for row in session.scalars(statement.order_by(UnitChoice.id)).all():
        if normal(row.expression) == normal(held.phrase):
            keep_choice(draft, row.expression, [*row.unit_ids, unit_id], "members", row.note, by=by, at=at)
