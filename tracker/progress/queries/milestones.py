"""Milestones (节点) of an assignment: what accepted returns say of them, what a return is asked, what versions say."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import select

from tracker.db import session
from tracker.progress.milestones import STANDINGS, Said, Standing, standing
from tracker.progress.models import Obligation, Return, ReturnMilestone


@dataclass(frozen=True, slots=True)
class Milestone:
    """A milestone as it was accepted to stand."""

    id: int
    """Of its obligation."""
    text: str
    due_on: date
    said: Said | None
    """By the return accepted for the latest date; None where none says anything of it."""

    def standing(self, today: date) -> Standing:
        return standing(self.said, due=self.due_on, today=today)


@dataclass(frozen=True, slots=True)
class Statement:
    """What one version of a return says of a milestone."""

    id: int
    """Of the obligation."""
    text: str
    due_on: date
    said: Said

    def standing(self, today: date) -> Standing:
        """How it would stand, were the version accepted."""
        return standing(self.said, due=self.due_on, today=today)


@dataclass(frozen=True, slots=True)
class Asked:
    """What the return of a milestone is asked: of its own, and of those that were due before it."""

    id: int
    """Of the obligation that is reported on."""
    all: tuple[Milestone, ...]
    """Of its assignment, by date."""

    @property
    def own(self) -> Milestone:
        return next(one for one in self.all if one.id == self.id)

    @property
    def earlier(self) -> tuple[Milestone, ...]:
        return tuple(one for one in self.all if one.due_on < self.own.due_on)

    @property
    def asked(self) -> tuple[Milestone, ...]:
        """Its own first."""
        return (self.own, *self.earlier)

    @property
    def known(self) -> dict[int, Said]:
        """What was accepted of those that were due before."""
        return {one.id: one.said for one in self.earlier if one.said is not None}

    @property
    def accepted(self) -> int:
        """How many of all were accepted as reached."""
        return sum(one.said is not None and one.said.reached for one in self.all)

    def reached(self, now: Mapping[int, Said]) -> int:
        """How many of all are reached by what is said now, and else by what was accepted."""
        said = (now.get(one.id, None if one in self.asked else one.said) for one in self.all)
        return sum(one is not None and one.reached for one in said)


def milestones_of(assignment_ids: Iterable[int]) -> dict[int, tuple[Milestone, ...]]:
    """Assignment → its milestones by date; none where its reports are told by percent. Two statements."""
    owed = select(Obligation.assignment_id, Obligation.id, Obligation.text, Obligation.due_on).where(
        Obligation.assignment_id.in_(sorted(set(assignment_ids))), Obligation.milestone.is_(True),
        Obligation.state != "cancelled",
    )  # fmt: skip
    rows = session.execute(owed.order_by(Obligation.assignment_id, Obligation.due_on, Obligation.id)).all()
    said = _accepted({row.assignment_id for row in rows})
    found: dict[int, tuple[Milestone, ...]] = {}
    for row in rows:
        one = Milestone(row.id, row.text, row.due_on, said.get(row.id))
        found[row.assignment_id] = (*found.get(row.assignment_id, ()), one)
    return found


@dataclass(frozen=True, slots=True)
class Step:
    """One milestone of a task, and how the units stand to it that are told by it."""

    text: str
    due_on: date
    """The date of most of them; a unit that was given more time has its own."""
    units: tuple[tuple[Standing, tuple[tuple[str, Milestone], ...]], ...]
    """How they stand → the units' names, each with its milestone; only what there is."""


@dataclass(frozen=True, slots=True)
class Steps:
    """The milestones of a task over its units."""

    all: tuple[Step, ...] = ()
    """By date."""
    counts: Mapping[int, tuple[int, int]] = field(default_factory=dict)
    """Assignment → how many of its milestones are reached, of how many."""

    def __bool__(self) -> bool:
        return bool(self.all)


def steps_of(assignments: Mapping[int, str], today: date) -> Steps:
    """`assignments` are those of one task, each with its unit's name. Two statements. What is worded alike is one step."""
    found = milestones_of(assignments)
    alike: dict[str, list[tuple[str, Milestone]]] = {}
    for assignment, unit in assignments.items():
        for one in found.get(assignment, ()):
            alike.setdefault(one.text, []).append((unit, one))
    steps = [
        Step(
            text, Counter(one.due_on for _, one in held).most_common(1)[0][0],
            tuple((now, units) for now in STANDINGS if (units := tuple(row for row in held if row[1].standing(today) == now))),
        )
        for text, held in alike.items()
    ]  # fmt: skip
    counts = {
        assignment: (sum(one.said is not None and one.said.reached for one in held), len(held))
        for assignment, held in found.items()
    }
    return Steps(tuple(sorted(steps, key=lambda step: step.due_on)), counts)


def _accepted(assignment_ids: Iterable[int]) -> dict[int, Said]:
    """Milestone → what the return accepted for the latest date says of it."""
    wanted = sorted(assignment_ids)
    if not wanted:
        return {}
    statement = (
        select(ReturnMilestone)
        .join(Return, Return.id == ReturnMilestone.return_id)
        .join(Obligation, Obligation.id == Return.obligation_id)
        .where(Obligation.assignment_id.in_(wanted), Return.state == "accepted")
        .order_by(Obligation.due_on, Return.id)
    )
    return {one.obligation_id: Said(one.reached, one.expected_on) for one in session.scalars(statement)}


def asked_of(obligations: Mapping[int, int]) -> dict[int, Asked]:
    """Obligation → what its return is asked of milestones. `obligations`: those that are milestones → their assignment."""
    found = milestones_of(obligations.values()) if obligations else {}
    return {
        one: Asked(one, found[assignment])
        for one, assignment in obligations.items()
        if any(milestone.id == one for milestone in found.get(assignment, ()))
    }


def statements(return_ids: Sequence[int]) -> dict[int, tuple[Statement, ...]]:
    """Version of a return → what it says of milestones, its own first and then by date."""
    if not return_ids:
        return {}
    rows = session.execute(
        select(ReturnMilestone, Obligation.text, Obligation.due_on)
        .join(Obligation, Obligation.id == ReturnMilestone.obligation_id)
        .join(Return, Return.id == ReturnMilestone.return_id)
        .where(ReturnMilestone.return_id.in_(return_ids))
        .order_by(ReturnMilestone.return_id, Return.obligation_id != ReturnMilestone.obligation_id,
                  Obligation.due_on, Obligation.id)
    )  # fmt: skip
    found: dict[int, tuple[Statement, ...]] = {}
    for one, text, due_on in rows:
        said = Statement(one.obligation_id, text, due_on, Said(one.reached, one.expected_on))
        found[one.return_id] = (*found.get(one.return_id, ()), said)
    return found
