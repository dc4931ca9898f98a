"""Kits that were given out and files that came back, in lists."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import aliased

from tracker.accounts.models import Person
from tracker.accounts.roles import Role, Viewer
from tracker.db import session
from tracker.errors import NotFound
from tracker.progress.kits.refusals import Refusal, refusal_of
from tracker.progress.models import Kit, ReturnedKit
from tracker.progress.queries.batch import OwedFilter, OwedRow, Owing, owed_by, owing
from tracker.progress.queries.kits.making import leads
from tracker.progress.queries.kits.returned import is_handed_on
from tracker.progress.queries.scope import unit_ids, within
from tracker.units.models import Unit

SHOWN = 50


@dataclass(frozen=True, slots=True)
class ReturnedRow:
    """A file that came back."""

    id: int
    kit_id: int | None
    batch: str
    file_name: str
    unit_id: int | None
    unit: str
    state: str
    refusal: Refusal | str
    """Why it was refused; of one that was not, empty."""
    counts: Mapping[str, int]
    """When it came: see `kits.returned.Said`."""
    added: int
    missing: int
    beside: int
    replaced: bool
    """Whether the very same file was received once more."""
    has_file: bool
    waits_for_unit: bool
    """Whether all but conflicts was taken in by the office."""
    who: str
    at: datetime


@dataclass(frozen=True, slots=True)
class KitRow:
    """A kit with the files that came back of it; one that was refused stands for itself."""

    newest: ReturnedRow
    earlier: tuple[ReturnedRow, ...] = ()

    @property
    def waiting(self) -> int:
        """How many of the earlier ones have still to be taken in or put away."""
        return sum(one.state == "waiting" for one in self.earlier)


@dataclass(frozen=True, slots=True)
class OfficeRow:
    """A unit with reports to make, and how it stands with its kit."""

    owing: Owing
    made_at: datetime | None
    """When the last kit was given out."""
    returned: ReturnedRow | None
    """What came back to the office last."""


@dataclass(frozen=True, slots=True)
class BatchRow:
    """Files that were sent in together."""

    batch: str
    at: datetime
    files: int
    waiting: int
    refused: int


def returned_here(viewer: Viewer) -> list[KitRow]:
    """What came back for the viewer's units, and what they sent in themselves: a row for each kit, the newest first."""
    own = within(ReturnedKit.unit_id, unit_ids(viewer, Role.REPORTER))
    sent = and_(ReturnedKit.by_id == viewer.person_id, ReturnedKit.through == "unit")
    return _by_kit(_rows(or_(and_(own, ReturnedKit.state != "refused"), sent), limit=SHOWN))


def waiting_kits(viewer: Viewer) -> list[KitRow]:
    """What has to be taken in by the viewer: a row for each kit, the newest first."""
    return _by_kit(_rows(or_(*(_waits(viewer, role) for role in (Role.REPORTER, Role.LEAD_OFFICE))), limit=SHOWN))


def _by_kit(rows: Sequence[ReturnedRow]) -> list[KitRow]:
    """What was refused stands for itself: nobody knows whether it was the kit that its hidden sheet names."""
    found: dict[object, list[ReturnedRow]] = {}
    for one in rows:
        found.setdefault(("file", one.id) if one.state == "refused" else ("kit", one.kit_id), []).append(one)
    return [KitRow(newest, tuple(earlier)) for newest, *earlier in found.values()]


def count_kits(viewer: Viewer, role: Role) -> int:
    """Of how many kits files have to be taken in by the viewer in a role: reporter of the unit, or its lead office."""
    return session.scalar(select(func.count(ReturnedKit.kit_id.distinct())).where(_waits(viewer, role))) or 0


def _waits(viewer: Viewer, role: Role) -> ColumnElement[bool]:
    """For a unit what it sent in, and what the office has left to it; for the office what it has not looked through."""
    left = ReturnedKit.settled_at.is_not(None)
    for_unit = or_(ReturnedKit.through == "unit", left)
    return and_(
        ReturnedKit.state == "waiting", within(ReturnedKit.unit_id, unit_ids(viewer, role)),
        for_unit if role is Role.REPORTER else ~for_unit,
    )  # fmt: skip


def office_page(viewer: Viewer, wanted: OwedFilter) -> list[OfficeRow]:
    """Units that still have reports to make in the plans that the viewer leads. A fixed number of statements."""
    units = owing(viewer, wanted, inside=False)
    ids = [one.unit_id for one in units]
    last = select(Kit.unit_id, func.max(Kit.made_at).label("at")).where(Kit.unit_id.in_(ids)).group_by(Kit.unit_id)
    made = {row.unit_id: row.at for row in session.execute(last.order_by(Kit.unit_id))}
    newest = (
        select(func.max(ReturnedKit.id))
        .where(ReturnedKit.unit_id.in_(ids), ReturnedKit.through == "office", ReturnedKit.state != "refused")
        .group_by(ReturnedKit.unit_id)
    )
    back = {row.unit_id: row for row in _rows(ReturnedKit.id.in_(newest), limit=len(ids))}
    return [OfficeRow(one, made.get(one.unit_id), back.get(one.unit_id)) for one in units]


def batches(viewer: Viewer) -> list[BatchRow]:
    """What the viewer sent in as an office, the newest first."""

    def count(state: str) -> Any:
        return func.count().filter(ReturnedKit.state == state).label(state)

    statement = (
        select(
            ReturnedKit.batch, func.min(ReturnedKit.at).label("at"), func.count().label("files"), count("waiting"),
            count("refused"),
        )
        .where(ReturnedKit.through == "office", ReturnedKit.by_id == viewer.person_id)
        .group_by(ReturnedKit.batch)
        .order_by(func.max(ReturnedKit.id).desc())
        .limit(SHOWN)
    )  # fmt: skip
    return [BatchRow(row.batch, row.at, row.files, row.waiting, row.refused) for row in session.execute(statement)]


def batch_rows(batch: str, viewer: Viewer, state: str = "") -> list[ReturnedRow]:
    """Each file that was sent in together, with its verdict; with `state` those that stand so. Raises NotFound where the
    viewer did not send them."""
    found = _rows(and_(ReturnedKit.batch == batch, ReturnedKit.by_id == viewer.person_id), order=(ReturnedKit.place,))
    if not found:
        raise NotFound
    return [one for one in found if not state or one.state == state]


def owed_of(unit_id: int, viewer: Viewer, wanted: OwedFilter, *, today: date) -> tuple[str, list[OwedRow]]:
    """The unit's name, and the reports that a kit for it would ask for. Raises NotFound where the viewer is not of its
    lead office."""
    unit = session.scalar(select(Unit.name).where(Unit.id == unit_id))
    if unit is None or not leads(viewer, unit_id):
        raise NotFound
    return unit, owed_by(unit_id, viewer, wanted, inside=False, today=today)


def _rows(
    which: ColumnElement[bool], *, order: Sequence[Any] = (ReturnedKit.id.desc(),), limit: int | None = None
) -> list[ReturnedRow]:
    who = aliased(Person)
    statement = (
        select(ReturnedKit, Unit.name.label("unit"), who.name.label("who"))
        .join(who, who.id == ReturnedKit.by_id)
        .outerjoin(Unit, Unit.id == ReturnedKit.unit_id)
        .where(which)
        .order_by(*order)
        .limit(limit)
    )
    return [_row(row.ReturnedKit, row.unit or "", row.who) for row in session.execute(statement)]


def _row(held: ReturnedKit, unit: str, who: str) -> ReturnedRow:
    said = held.said
    return ReturnedRow(
        held.id, held.kit_id, held.batch, held.file_name, held.unit_id, unit, held.state,
        refusal_of(said.get("refusal", held.reason)), said.get("counts", {}),
        len(said.get("added", ())), len(said.get("missing", ())), len(said.get("beside", ())) + len(said.get("notes", ())),
        said.get("replaced", False),
        bool(held.file_key),
        is_handed_on(held), who, held.at,
    )  # fmt: skip
