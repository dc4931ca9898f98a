"""A kit that came back, held against the reports as they stand now."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from sqlalchemy import select

from tracker.accounts.models import Person
from tracker.accounts.roles import Viewer
from tracker.db import session
from tracker.errors import DomainError, NotFound
from tracker.plans.models import Assignment
from tracker.plans.seen import seen_mark
from tracker.plans.states import LIVE
from tracker.progress.kits.cells import FIGURE, PERCENT, is_idle, is_read, texts_of
from tracker.progress.kits.earlier import Earlier, earlier
from tracker.progress.kits.merging import Cell, merged
from tracker.progress.kits.returned import Done, Said, Touched, said_of
from tracker.progress.lights import IN_HAND
from tracker.progress.milestones import typed
from tracker.progress.models import Kit, Obligation, ReturnedKit
from tracker.progress.queries.batch import OwedRow, reports_of
from tracker.progress.queries.beginning import repeated
from tracker.progress.queries.kits.making import begins, is_inside, leads
from tracker.units.models import Unit


@dataclass(frozen=True, slots=True)
class Merged:
    """A report that something was filled in for."""

    said: Touched
    row: OwedRow | None
    """None where the report is not to be found any more."""
    barred: str
    """Why nothing can be written for it now; empty where it can."""
    holders: tuple[str, ...]
    """Units that have the task now, where it was given to another."""
    ours: Mapping[str, str]
    cells: list[Cell]
    unsaid: bool
    """Said to be the same as last time, though nothing was accepted before."""
    unchanged: bool
    """Said to be the same as last time, and nothing else."""

    @property
    def due(self) -> str:
        return self.row.due_on.isoformat() if self.row else self.said.due

    @property
    def redated(self) -> bool:
        return self.due != self.said.due


@dataclass(frozen=True)
class ReturnedView:
    id: int
    file_name: str
    unit: str
    state: str
    who: str
    at: datetime
    said: Said
    made_at: datetime
    reports: list[Merged]
    inside: bool
    """Whether the viewer reports for the unit, and so sees what is being written there."""
    newer: bool
    """Whether another kit was given out for the unit since."""
    handed_on: bool
    """Whether its office has left the rest of it to the unit."""

    @cached_property
    def writable(self) -> list[Merged]:
        return [one for one in self.reports if not one.barred]

    @cached_property
    def barred(self) -> list[Merged]:
        return [one for one in self.reports if one.barred]

    @cached_property
    def taken(self) -> list[tuple[Merged, Cell]]:
        return self._of("take")

    @cached_property
    def conflicts(self) -> list[tuple[Merged, Cell]]:
        return self._of("conflict")

    @cached_property
    def left(self) -> list[tuple[Merged, Cell]]:
        """Cells that cannot be taken in."""
        return [*self._of("unread"), *self._of("gone")]

    @cached_property
    def done(self) -> list[tuple[Merged, Done]]:
        """What became of the cells, once it was taken; what a unit has decided is its own."""
        by_id = {one.said.id: one for one in self.reports}
        return [(by_id[one.id], one) for one in self.said.done or () if self.inside or not one.decided]

    def _of(self, state: str) -> list[tuple[Merged, Cell]]:
        return [(one, cell) for one in self.writable for cell in one.cells if cell.state == state]

    @property
    def mark(self) -> str:
        """Stands for what the page shows: nothing is written that was not seen."""
        return seen_mark([[one.said.id, one.barred, one.due, dict(one.ours)] for one in self.reports])


def held_returned(returned_id: int, viewer: Viewer) -> ReturnedKit:
    """Raises NotFound where the viewer has nothing to do with it: a unit sees what came for it, an office what was sent in
    there; what was refused only who sent it."""
    held = session.get(ReturnedKit, returned_id)
    if held is None or not may_see(held, viewer):
        raise NotFound
    return held


def is_handed_on(held: ReturnedKit) -> bool:
    """Whether the office has taken in what it can, and left the rest to the unit."""
    return held.state == "waiting" and held.settled_at is not None


def may_see(held: ReturnedKit, viewer: Viewer) -> bool:
    if held.state == "refused" or held.unit_id is None:
        return held.by_id == viewer.person_id
    return is_inside(viewer, held.unit_id) or (held.through == "office" and leads(viewer, held.unit_id))


def returned_view(returned_id: int, viewer: Viewer, *, today: date) -> ReturnedView:
    """Raises NotFound. A fixed number of statements."""
    held = held_returned(returned_id, viewer)
    if held.state == "refused":
        raise NotFound
    said = said_of(held.said)
    inside = held.unit_id is not None and is_inside(viewer, held.unit_id)
    who = session.scalar(select(Person.name).where(Person.id == held.by_id)) or ""
    unit = session.scalar(select(Unit.name).where(Unit.id == held.unit_id)) or ""
    return ReturnedView(
        held.id, held.file_name, unit, held.state, who, held.at, said, datetime.fromisoformat(said.made_at),
        merged_reports(held, said, today=today), inside, _newer(held),
        is_handed_on(held),
    )  # fmt: skip


def merged_reports(held: ReturnedKit, said: Said, *, today: date) -> list[Merged]:
    """Each report that was touched, with what becomes of its cells; the drafts of the unit are looked at whoever asks."""
    ids = [row.id for row in said.rows]
    now = {row.id: row for row in reports_of(ids, inside=True, today=today)}
    states = _assignment_states(ids)
    holders = _holders([row.task_id for row in now.values() if states.get(row.id) == "moved"])
    before = earlier({row.id: row.theirs for row in said.rows}, _before(held))
    return [_merged(one, now.get(one.id), states.get(one.id, ""), holders, before) for one in said.rows]


def _merged(
    said: Touched, row: OwedRow | None, state: str, holders: Mapping[int, tuple[str, ...]], before: Earlier
) -> Merged:
    if row is None:
        return Merged(said, None, "gone", (), {}, [], unsaid=False, unchanged=False)
    ours, theirs, unsaid = begins(row), dict(said.theirs), False
    if said.same:
        try:
            theirs = {**_same(row), **theirs}
        except DomainError:
            unsaid = True
    unread = [key for key, text in theirs.items() if not is_read(key, text) or is_idle(key, {**ours, **theirs})]
    settled, known = before.settled.get(said.id, {}), before.known.get(said.id, {})
    found = merged(said.id, said.base, theirs, ours, settled=settled, known=known, unread=unread)
    places = {key: place for place, key in enumerate(ours)}
    cells = sorted(found, key=lambda cell: (places.get(cell.key, len(places)), cell.key))
    barred = _barred(row, state)
    unchanged = said.same and not said.theirs and not unsaid
    return Merged(said, row, barred, holders.get(row.task_id, ()), ours, cells, unsaid, unchanged)


def _same(row: OwedRow) -> dict[str, str]:
    """The cells of what was accepted last, said to be the same."""
    content = repeated(row.before)
    values = {name: getattr(content, name) for name in ("done", "problems", "next_step", "percent")}
    figures = {f"{FIGURE}{target}": value for target, value in content.figures.items()}
    said = typed({key: one for key, one in content.milestones.items() if one is not None})
    asked = [one.id for one in row.asked.earlier if one.id in content.milestones] if row.asked else []
    targets = [target.id for target in row.targets if target.id in content.figures]
    known = texts_of({**values, **figures, **said}, targets, asked)
    return {key: text for key, text in known.items() if key != "setback" and (key != PERCENT or not row.asked)}


def _barred(row: OwedRow, assignment: str) -> str:
    """Why nothing can be written for a report now: a key of `labels_kits.BARRED_LABELS`."""
    if assignment in {"moved", "withdrawn", "handed_back", "to_sign", "done"}:
        return assignment
    if row.state not in IN_HAND:
        return row.state
    return "own_review" if row.newest is not None and row.newest.state == "own_review" else ""


def _assignment_states(ids: Sequence[int]) -> dict[int, str]:
    statement = select(Obligation.id, Assignment.state).join(Assignment, Assignment.id == Obligation.assignment_id)
    found = session.execute(statement.where(Obligation.id.in_(ids)).order_by(Obligation.id))
    return {row.id: row.state for row in found}


def _holders(task_ids: Sequence[int]) -> dict[int, tuple[str, ...]]:
    """Task → the units that have it now."""
    found: dict[int, tuple[str, ...]] = {}
    if task_ids:
        statement = select(Assignment.task_id, Unit.name).join(Unit, Unit.id == Assignment.unit_id)
        live = statement.where(
            Assignment.task_id.in_(task_ids), Assignment.state.in_(LIVE), Assignment.role != "supervise"
        )
        for row in session.execute(live.order_by(Unit.sort_key, Unit.id)):
            found[row.task_id] = (*found.get(row.task_id, ()), row.name)
    return found


def _before(held: ReturnedKit) -> list[dict[int, Mapping[str, str]]]:
    """Report → what was dealt with already of this file, and of others of the same kit; a file each, in that order."""
    statement = select(ReturnedKit).where(ReturnedKit.kit_id == held.kit_id, ReturnedKit.state != "refused")
    files = session.scalars(statement.order_by(ReturnedKit.settled_at, ReturnedKit.id))
    return [{int(number): texts for number, texts in said_of(one.said).settled.items()} for one in files]


def _newer(held: ReturnedKit) -> bool:
    """Whether another kit was given out for the unit since."""
    later = select(Kit.id).where(Kit.unit_id == held.unit_id, Kit.id > held.kit_id).limit(1)
    return session.scalar(later) is not None
