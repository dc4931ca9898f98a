"""Another edition (修订稿) of a running plan: compared with what runs, and what adopting it does, before it is done."""

from __future__ import annotations

from datetime import date

from tracker.accounts.roles import Viewer
from tracker.db import session
from tracker.drafts.models import Draft
from tracker.drafts.queries.adoption import PreparedDraft, prepared, readiness
from tracker.drafts.queries.revising import pins, revised_plan
from tracker.errors import NotFound
from tracker.plans.editions import Item, Pins, compare
from tracker.plans.editions.item import plain
from tracker.plans.models import Plan
from tracker.plans.queries import plan_view
from tracker.plans.queries.editions import assignments_of, deadline_mark, standing_items
from tracker.progress.queries.revising.dates import Dates
from tracker.progress.queries.revising.doings import doings
from tracker.progress.queries.revising.effects import Doing, Revision
from tracker.units.queries import names

__all__ = ["Doing", "Revision", "revision"]


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
    dates = Dates(plan, draft, today)
    does = tuple(doings(comparison, held, made, dates, plan, today=today, keep_due=keep_due))
    units = names({one.unit_id for one in does})
    return Revision(
        draft_id, draft.header["title"] or draft.file_name, plan.id, plan.name, plan.state, plan.year,
        draft.header["year"], draft.state == "review", comparison, does, units, frozenset(said),
        readiness(draft_id, made), made, {key: dates.fresh(body) for key, _position, body in made.tasks},
    )  # fmt: skip


def _items(made: PreparedDraft) -> list[Item]:
    return [
        Item(
            key, position, body["name"], body["requirement"], tuple(body["path"]), body["number"],
            frozenset((one.role, one.unit_id) for one in assigned),
            tuple(sorted(map(deadline_mark, body["deadlines"]))), tuple(plain(one["text"]) for one in body["targets"]),
        )
        for (key, position, body), assigned in zip(made.tasks, made.assigned, strict=True)
    ]  # fmt: skip
