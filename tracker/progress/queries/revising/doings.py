"""What adopting another edition does to each unit in each task, one after the other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from sqlalchemy import select

from tracker.db import session
from tracker.drafts.queries.adoption import PreparedDraft
from tracker.plans.adoption import NewAssignment
from tracker.plans.editions import Change, Comparison
from tracker.plans.models import Plan, TaskText
from tracker.plans.queries.editions import HeldAssignment
from tracker.plans.states import LIVE, REPORTING_ROLES
from tracker.progress.models import Obligation
from tracker.progress.obligations import Dated
from tracker.progress.queries.revising.dates import Dates
from tracker.progress.queries.revising.effects import Doing
from tracker.progress.replanning import EXCUSED, GONE, Held, Replan, end, replan

CHUNK = 500
REPORTED = ("reported", "returned", "accepted")
RELIEVED = ("moved", "withdrawn")


def doings(
    comparison: Comparison, held: Mapping[int, list[HeldAssignment]], made: PreparedDraft, dates: Dates, plan: Plan, *,
    today: date, keep_due: bool,
) -> Iterator[Doing]:  # fmt: skip
    bodies = {key: body for key, _position, body in made.tasks}
    assigned = {key: units for (key, _position, _body), units in zip(made.tasks, made.assigned, strict=True)}
    olds = [one.old.key for one in comparison.changes if one.old is not None]
    texts = _texts(olds)
    owed = owed_by([here.id for key in olds for here in held.get(key, ())] if plan.state != "adopted" else [])
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


def owed_by(assignment_ids: Sequence[int]) -> dict[int, list[Held]]:
    found: dict[int, list[Held]] = {}
    for start in range(0, len(assignment_ids), CHUNK):
        rows = session.execute(
            select(
                Obligation.assignment_id, Obligation.id, Obligation.due_on, Obligation.original_due_on, Obligation.state,
                Obligation.kind, Obligation.period, Obligation.text, Obligation.excuse, Obligation.milestone,
            )
            .where(Obligation.assignment_id.in_(assignment_ids[start : start + CHUNK]))
            .order_by(Obligation.assignment_id, Obligation.due_on)
        )  # fmt: skip
        for row in rows:
            state = EXCUSED if row.state == GONE and row.excuse == "suspended" else row.state
            found.setdefault(row.assignment_id, []).append(
                Held(row.id, row.due_on, row.original_due_on, state, row.kind, row.period, row.text, row.milestone)
            )
    return found
