"""Another edition (修订稿) of a running plan: compared with what runs, and what adopting it does, before it is done."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from sqlalchemy import select

from tracker import clock
from tracker.accounts.roles import Viewer
from tracker.db import session
from tracker.drafts.models import Draft
from tracker.drafts.queries.adoption import Prepared, Readiness, prepared, readiness
from tracker.drafts.queries.revising import pins, revised_plan
from tracker.errors import NotFound
from tracker.plans.adoption import NewAssignment
from tracker.plans.editions import Change, Comparison, Item, Pins, compare
from tracker.plans.editions.item import plain
from tracker.plans.models import Plan, TaskText
from tracker.plans.policy import read_policy
from tracker.plans.queries import plan_view
from tracker.plans.queries.editions import HeldAssignment, assignments_of, deadline_mark, standing_items
from tracker.plans.seen import seen_mark
from tracker.plans.states import LIVE, REPORTING_ROLES
from tracker.progress.models import Obligation
from tracker.progress.obligations import Dated, Phrase, for_plan, read_phases, read_phrases
from tracker.progress.queries.calendar import workdays
from tracker.progress.queries.issuing import words_around
from tracker.progress.replanning import EXCUSED, GONE, Held, Replan, end, replan
from tracker.units.queries import names

CHUNK = 500
REPORTED = ("reported", "returned", "accepted")
RELIEVED = ("moved", "withdrawn")


@dataclass(frozen=True, slots=True)
class Doing:
    """What adopting does to one unit in one task."""

    kind: str
    """See `tracker.plans.states.CHANGE_KINDS`."""
    change: Change
    unit_id: int
    role: str
    before: str
    """The role until now, where it changes; else ''."""
    held: HeldAssignment | None
    new: NewAssignment | None = None
    """The unit as the new edition has it."""
    plan: Replan = field(default_factory=Replan)
    past: int = 0
    """Of what is added, how many dates have passed: they are overdue at once."""
    left: int = 0
    """Where it is over: what still has to be reported or checked before."""
    reports: int = 0
    """Reports that there are."""

    @property
    def facts(self) -> dict[str, Any]:
        """What the unit is told: which parts changed, and the dates."""
        what = self.change
        said: dict[str, Any] = {
            "words": what.kind == "reworded",
            "targets": what.targets,
            "role": [self.before, self.role] if self.before else None,
            "moved": [[held.due_on.isoformat(), due.due.isoformat()] for held, due in self.plan.moved],
            "added": [one.due.isoformat() for one in self.plan.added]
            + [due.due.isoformat() for _held, due in self.plan.restored],
            "cancelled": [one.due_on.isoformat() for one in self.plan.cancelled],
            "left": self.left,
        }
        return {name: value for name, value in said.items() if value}


@dataclass(frozen=True)
class Revision:
    """The new edition beside the one in force, and all that follows from adopting it."""

    draft_id: int
    draft_title: str
    plan_id: int
    plan: str
    plan_state: str
    plan_year: int
    draft_year: int | None
    editable: bool
    comparison: Comparison
    doings: tuple[Doing, ...]
    units: Mapping[int, str]
    pinned: frozenset[int]
    """Tasks of the new edition whose pairing a person said."""
    ready: Readiness
    prepared: Prepared
    due: Mapping[int, tuple[Dated, ...]]
    """Task of the draft → what it owes, for units that get it now."""

    @cached_property
    def mark(self) -> str:
        """Tells whether what follows from adopting has changed since it was shown."""
        changes = [
            [one.kind, one.old.mark if one.old else None, one.new.mark if one.new else None]
            for one in self.comparison.changes
        ]
        doings = [[one.kind, one.unit_id, one.held.id if one.held else None, one.facts] for one in self.doings]
        return seen_mark([changes, doings, self.ready.errors and len(self.ready.errors)])

    @cached_property
    def by_unit(self) -> list[UnitEffect]:
        """The units that something changes for, those with the most first."""
        found: dict[int, UnitEffect] = {}
        for one in self.doings:
            found.setdefault(one.unit_id, UnitEffect(one.unit_id, self.units.get(one.unit_id, ""))).add(one)
        return sorted(found.values(), key=lambda unit: (-unit.total, unit.unit_id))

    @cached_property
    def totals(self) -> UnitEffect:
        total = UnitEffect(0, "")
        for one in self.doings:
            total.add(one)
        return total


@dataclass(slots=True)
class UnitEffect:
    unit_id: int
    unit: str
    gets: int = 0
    loses: int = 0
    changed: int = 0
    moved: int = 0
    added: int = 0
    past: int = 0
    cancelled: int = 0
    reports: int = 0
    left: int = 0

    @property
    def total(self) -> int:
        return self.gets + self.loses + self.changed

    def add(self, one: Doing) -> None:
        self.gets += one.kind in {"new", "on"}
        self.loses += one.kind in {"off", "ended"}
        self.changed += one.kind in {"changed", "role"}
        self.moved += len(one.plan.moved)
        self.added += len(one.plan.added) + len(one.plan.restored)
        self.past += one.past
        self.cancelled += len(one.plan.cancelled)
        self.reports += one.reports
        self.left += one.left


def revision(draft_id: int, viewer: Viewer, *, today: date, keep_due: bool = True) -> Revision:
    """Raises NotFound where the draft is no other edition of a plan that the viewer runs.

    `keep_due`: what was due of tasks that are dropped stays due; else nothing of them is asked for any more.
    """
    revised = revised_plan(draft_id)
    draft = session.get(Draft, draft_id, populate_existing=True)
    if (
        revised is None
        or draft is None
        or not plan_view(revised[0], viewer).runs
        or draft.state not in ("review", "adopted")
    ):
        raise NotFound
    plan = session.get_one(Plan, revised[0])
    made = prepared(draft_id, day=today)
    held = assignments_of(plan.id)
    old, new = standing_items(plan.id, held), _items(made)
    said = pins(draft_id)
    comparison = compare(old, new, Pins(said))
    dates = _Dates(plan, draft, today)
    doings = list(_doings(comparison, held, made, dates, plan, today=today, keep_due=keep_due))
    units = names({one.unit_id for one in doings})
    return Revision(
        draft_id, draft.header["title"] or draft.file_name, plan.id, plan.name, plan.state, plan.year,
        draft.header["year"], draft.state == "review", comparison, tuple(doings), units, frozenset(said),
        readiness(draft_id, made), made, {key: dates.fresh(body) for key, _position, body in made.tasks},
    )  # fmt: skip


def _items(made: Prepared) -> list[Item]:
    return [
        Item(
            key, position, body["name"], body["requirement"], tuple(body["path"]), body["number"],
            frozenset((one.role, one.unit_id) for one in assigned),
            tuple(sorted(map(deadline_mark, body["deadlines"]))), tuple(plain(one["text"]) for one in body["targets"]),
        )
        for (key, position, body), assigned in zip(made.tasks, made.assigned, strict=True)
    ]  # fmt: skip


class _Dates:
    """What tasks owe by the edition in force and by the new one."""

    def __init__(self, plan: Plan, draft: Draft, today: date) -> None:
        policy, calendar = read_policy(plan.policy), workdays()
        self._today = today
        self._issued = clock.day_of(plan.issued_at) if plan.issued_at else today
        self._plan = {"year": plan.year, "proof": policy.proof, "roll": policy.roll, "workdays": calendar}
        self._base = plan.document_issued_on
        self._new_base = date.fromisoformat(draft.header["issued_on"]) if draft.header["issued_on"] else None
        before = session.scalar(select(Draft.milestones).where(Draft.id == plan.draft_id)) if plan.draft_id else ()
        self._phases, self._new_phases = read_phases(before or ()), read_phases(draft.milestones or ())
        self._known: dict[str, tuple[Dated, ...]] = {}

    def before(self, text: TaskText) -> tuple[Dated, ...]:
        phrases = _phrases(text.deadlines, text.requirement, text.sources)
        return self._of(phrases, self._issued, self._base, self._phases)

    def after(self, body: Mapping[str, Any], *, same: bool) -> tuple[Dated, ...]:
        """`same`: the words of time are those of the edition in force; then spans go on counting from its date."""
        phrases = _phrases(body["deadlines"], body["requirement"], body.get("source", {}))
        return self._of(phrases, self._issued, self._base if same else self._new_base or self._base, self._new_phases)

    def fresh(self, body: Mapping[str, Any]) -> tuple[Dated, ...]:
        """What a unit owes that gets the task now: of dates that have passed only where there is no other."""
        phrases = _phrases(body["deadlines"], body["requirement"], body.get("source", {}))
        found = self._of(phrases, self._today, self._new_base or self._base, self._new_phases)
        return tuple(one for one in found if one.due >= self._today) or found

    def _of(
        self, phrases: tuple[Phrase, ...], issued: date, base: date | None, phases: tuple[Phrase, ...]
    ) -> tuple[Dated, ...]:  # fmt: skip
        key = repr((phrases, issued, base, phases))
        if key not in self._known:
            self._known[key] = for_plan(phrases, issued=issued, base=base, phases=phases, **self._plan)  # type: ignore[arg-type]  # four values of four types
        return self._known[key]


def _phrases(deadlines: Any, requirement: str, sources: Mapping[str, Any]) -> tuple[Phrase, ...]:
    return read_phrases(deadlines, words_around(deadlines, requirement, sources))


def _doings(
    comparison: Comparison, held: Mapping[int, list[HeldAssignment]], made: Prepared, dates: _Dates, plan: Plan, *,
    today: date, keep_due: bool,
) -> Iterator[Doing]:  # fmt: skip
    bodies = {key: body for key, _position, body in made.tasks}
    assigned = {key: units for (key, _position, _body), units in zip(made.tasks, made.assigned, strict=True)}
    texts = _texts(one.old.key for one in comparison.changes if one.old is not None)
    touched = [one for one in comparison.changes if one.old is not None]
    owed = _owed([here.id for one in touched for here in held.get(one.old.key, ())] if plan.state != "adopted" else [])  # type: ignore[union-attr]  # of the plan's tasks
    for change in comparison.changes:
        here = held.get(change.old.key, []) if change.old else []
        news = {one.unit_id: one for one in assigned[change.new.key]} if change.new else {}
        replanned: tuple[Dated, ...] | None = None
        if change.old is not None and change.new is not None:
            before = dates.before(texts[change.old.key])
            after = dates.after(bodies[change.new.key], same=not change.deadlines)
            replanned = after if change.deadlines or [one.due for one in before] != [one.due for one in after] else None
        yield from _of_task(change, here, news, owed, replanned, dates.fresh(bodies[change.new.key]) if change.new else (),
                            today=today, keep_due=keep_due)  # fmt: skip


def _of_task(
    change: Change, here: Sequence[HeldAssignment], news: Mapping[int, NewAssignment], owed: Mapping[int, list[Held]],
    replanned: tuple[Dated, ...] | None, fresh: tuple[Dated, ...], *, today: date, keep_due: bool,
) -> Iterator[Doing]:  # fmt: skip
    printed = {one.unit_id for one in here if one.printed}
    by_unit = {one.unit_id: one for one in here}
    for unit_id, new in news.items():
        one = by_unit.get(unit_id)
        if one is None or (one.state in RELIEVED and one.ended):
            kind = "new" if change.kind == "new" else "on"
            due = _owes(new.role, fresh)
            again = replan(owed.get(one.id, []), due, day=today) if one is not None else Replan(added=due)
            past = sum(dated.due < today for dated in again.added)
            yield Doing(kind, change, unit_id, new.role, "", one, new, again, past)
    for one in here:
        if one.state in RELIEVED:
            continue
        there, mine = news.get(one.unit_id), owed.get(one.id, [])
        if one.ended:
            if there is not None:
                yield Doing("on", change, one.unit_id, there.role, "", one, there,
                            replan(mine, _owes(there.role, fresh), day=today))  # fmt: skip
            continue
        reports = sum(obligation.state in REPORTED for obligation in mine)
        if one.state != "done" and there is None and (change.new is None or one.unit_id in printed):
            cancelled, left = end(mine, day=today if keep_due else None)
            yield Doing("ended" if change.new is None else "off", change, one.unit_id, one.role, "", one, None,
                        Replan(cancelled=cancelled), 0, left, reports)  # fmt: skip
            continue
        if change.new is None:
            continue
        role = there.role if there is not None else one.role
        done = _replanned(one, role, mine, replanned, fresh, today)
        told = change.kind == "reworded" or change.targets or not done.is_empty
        if role != one.role or told:
            kind = "role" if role != one.role else "changed"
            yield Doing(kind, change, one.unit_id, role, one.role if role != one.role else "", one, there, done,
                        reports=reports)  # fmt: skip


def _owes(role: str, due: tuple[Dated, ...]) -> tuple[Dated, ...]:
    return due if role in REPORTING_ROLES else ()


def _replanned(
    one: HeldAssignment, role: str, mine: list[Held], replanned: tuple[Dated, ...] | None, fresh: tuple[Dated, ...], day: date
) -> Replan:  # fmt: skip
    """What changes of what an assignment owes that goes on."""
    if one.state not in LIVE or one.state == "done":
        return Replan()
    reported, reports = one.role in REPORTING_ROLES, role in REPORTING_ROLES
    if reported and not reports:
        return replan(mine, (), day=day)
    if reports and not reported:
        return replan(mine, fresh, day=day)
    return replan(mine, replanned, day=day) if reports and replanned is not None else Replan()


def _texts(task_ids: Iterable[int]) -> dict[int, TaskText]:
    wanted = sorted(task_ids)
    found: dict[int, TaskText] = {}
    for start in range(0, len(wanted), CHUNK):
        rows = session.scalars(select(TaskText).where(TaskText.task_id.in_(wanted[start : start + CHUNK])))
        found |= {one.task_id: one for one in rows}
    return found


def _owed(assignment_ids: Sequence[int]) -> dict[int, list[Held]]:
    found: dict[int, list[Held]] = {}
    for start in range(0, len(assignment_ids), CHUNK):
        rows = session.execute(
            select(
                Obligation.assignment_id, Obligation.id, Obligation.due_on, Obligation.original_due_on, Obligation.state,
                Obligation.kind, Obligation.period, Obligation.text, Obligation.excuse,
            )
            .where(Obligation.assignment_id.in_(assignment_ids[start : start + CHUNK]))
            .order_by(Obligation.assignment_id, Obligation.due_on)
        )  # fmt: skip
        for row in rows:
            state = EXCUSED if row.state == GONE and row.excuse else row.state
            found.setdefault(row.assignment_id, []).append(
                Held(row.id, row.due_on, row.original_due_on, state, row.kind, row.period, row.text)
            )
    return found
