"""Another edition of the document, or the lead office, gives a task other dates: what moves, what is added, what is cancelled. Pure.

Only what lies ahead is planned anew. What was due by the day of the change stays due as it was, what was reported stays
reported: it answers for the date that the document now has, where the two belong together.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from tracker.progress.obligations import PERIODIC, Dated

GONE = "cancelled"
EXCUSED = "excused"
"""Let off while its task is suspended (挂账免报). Planned anew like what is open: it is owed when the suspension ends."""
REDATED = "时限已调整"
"""The act that tells a unit of it (调整时限 is the lead office's own)."""
PLANNED = ("open", EXCUSED)
"""What another edition may still move or cancel."""


@dataclass(frozen=True, slots=True)
class Held:
    """An obligation of an assignment as it stands."""

    id: int
    due_on: date
    original_due_on: date
    state: str
    kind: str
    period: str
    text: str
    milestone: bool = False


@dataclass(frozen=True, slots=True)
class Replan:
    moved: tuple[tuple[Held, Dated], ...] = ()
    reworded: tuple[tuple[Held, Dated], ...] = ()
    """The same date in other words, or by another measure."""
    restored: tuple[tuple[Held, Dated], ...] = ()
    """Cancelled before, owed again."""
    cancelled: tuple[Held, ...] = ()
    added: tuple[Dated, ...] = ()
    stays: int = 0
    """Obligations whose dates stay as they are, those that are let off among them."""

    @property
    def is_empty(self) -> bool:
        return not (self.moved or self.restored or self.cancelled or self.added)


@dataclass(slots=True)
class _Desk:
    """What is still to be matched, and what came of it."""

    free: list[Held]
    wanted: list[Dated]
    moved: list[tuple[Held, Dated]] = field(default_factory=list)
    reworded: list[tuple[Held, Dated]] = field(default_factory=list)
    restored: list[tuple[Held, Dated]] = field(default_factory=list)

    def join(self, pairs: Iterable[tuple[Held, Dated]]) -> None:
        for held, due in list(pairs):
            self.free.remove(held)
            self.wanted.remove(due)
            if held.state not in PLANNED:
                continue  # reported for a date that has moved: it stays, and answers for it
            if held.original_due_on != due.due:
                self.moved.append((held, due))
            elif _said(held) != _said(due):
                self.reworded.append((held, due))


def _said(one: Held | Dated) -> tuple[object, ...]:
    """What is reported on by a date."""
    return one.text, one.kind, one.period, one.milestone


def replan(held: Sequence[Held], due: Sequence[Dated], *, day: date) -> Replan:
    """`due` is all that the task owes by the new edition; `day` is the day of the change.

    No date is given twice: the dates that come back are those of no other obligation that stands.
    """
    ahead = [one for one in held if one.due_on > day and one.state != GONE]
    desk = _Desk(ahead, [one for one in due if one.due > day])
    desk.join(_same_date(desk))
    desk.join(_extended_date(desk))
    _restore(desk, held)
    desk.join(_same_period(desk))
    for periodic in (False, True):
        desk.join(_in_order(desk, periodic))
    return Replan(
        tuple(desk.moved), tuple(desk.reworded), tuple(desk.restored),
        tuple(one for one in desk.free if one.state in PLANNED), tuple(desk.wanted),
        sum(one.state != GONE for one in held) - len(desk.moved) - sum(one.state in PLANNED for one in desk.free),
    )  # fmt: skip


def end(held: Sequence[Held], *, day: date | None) -> tuple[tuple[Held, ...], int]:
    """(what is cancelled, what still has to be done) where the task is over: with `day` what was due by it stays due,
    without it all that was not reported is cancelled. What waits to be checked is checked in any case."""
    gone = tuple(
        one for one in held if one.state in {"open", "returned", EXCUSED} and (day is None or one.due_on > day)
    )  # fmt: skip
    left = [one for one in held if one.state == "reported" or (one.state in {"open", "returned"} and one not in gone)]
    return gone, len(left)


def _same_date(desk: _Desk) -> list[tuple[Held, Dated]]:
    by_date = {one.original_due_on: one for one in sorted(desk.free, key=lambda one: one.due_on != one.original_due_on)}
    return [(by_date[due.due], due) for due in desk.wanted if due.due in by_date]


def _extended_date(desk: _Desk) -> list[tuple[Held, Dated]]:
    """The document now has the very date to which a unit was given time."""
    by_date = {(one.due_on, one.period): one for one in desk.free}
    return [(by_date[key], due) for due in desk.wanted if (key := (due.due, due.period)) in by_date]


def _restore(desk: _Desk, held: Sequence[Held]) -> None:
    """A date on which something was cancelled comes back; one on which another obligation stands already is not given."""
    there = {one.due_on: one for one in held}
    for due in list(desk.wanted):
        one = there.get(due.due)
        if one is None:
            continue
        desk.wanted.remove(due)
        if one.state == GONE:
            desk.restored.append((one, due))


def _same_period(desk: _Desk) -> list[tuple[Held, Dated]]:
    by_period: dict[str, Held] = {}
    for one in desk.free:
        if one.period:
            by_period.setdefault(one.period, one)
    return [(by_period.pop(due.period), due) for due in desk.wanted if due.period in by_period]


def _in_order(desk: _Desk, periodic: bool) -> list[tuple[Held, Dated]]:
    """What is left of one sort, the first with the first."""
    free = [one for one in desk.free if (one.kind in PERIODIC) is periodic and not one.period]
    wanted = [one for one in desk.wanted if (one.kind in PERIODIC) is periodic and not one.period]
    return list(zip(sorted(free, key=lambda one: one.due_on), sorted(wanted, key=lambda one: one.due), strict=False))
