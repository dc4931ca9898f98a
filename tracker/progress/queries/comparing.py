"""The new edition beside the one in force, as the page of the comparison shows it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from tracker.db import session
from tracker.errors import NotFound
from tracker.plans.editions import Change, Item
from tracker.plans.editions.likeness import likeness, words_alike
from tracker.plans.models import Task, TaskTarget, TaskText
from tracker.plans.queries.editions import assignments_of, standing_items
from tracker.plans.states import ROLE_ORDER
from tracker.progress.differences import Piece, differences
from tracker.progress.queries.revising import Revision
from tracker.units.queries import names
from tracker.web.paging import PAGE_SIZE, Page, decode, encode

FACETS = ("reworded", "moved", "new", "dropped", "units", "deadlines", "targets", "kept")
"""What the list may be filtered by."""
LIKELY = 8
"""Tasks that are offered for a pairing, the likeliest first."""


@dataclass(frozen=True, slots=True)
class Side:
    """A task as one edition has it."""

    key: int
    position: int
    number: str | None
    name: str
    path: str
    requirement: str
    times: str
    targets: str
    locator: str


@dataclass(frozen=True, slots=True)
class ComparedRow:
    kind: str
    facets: frozenset[str]
    old: Side | None
    new: Side | None
    path: list[Piece]
    requirement: list[Piece]
    times: list[Piece]
    targets: list[Piece]
    units: list[tuple[str, str, str]]
    """(role, unit, `on`, `off` or `same`), by role."""
    relative: Item | None
    pinned: bool
    percent: int
    """How alike the two are."""


def compared_page(
    found: Revision, which: str, *, cursor: str | None = None, size: int = PAGE_SIZE
) -> Page[ComparedRow]:  # fmt: skip
    """A page of the changes that have a facet; all that are not just kept where `which` is ''. Five statements."""
    wanted = [one for one in found.comparison.changes if (which in one.facets if which else not one.untouched)]
    backwards, key = decode(cursor, 1) or (False, []) if cursor else (False, [])
    at = int(key[0]) if key else -1
    start = max(0, at - size) if backwards else at + 1
    shown = wanted[start : at if backwards else start + size]
    onward = encode([start + len(shown) - 1]) if start + len(shown) < len(wanted) else None
    return Page(_rows(found, shown), onward, encode([start], backwards=True) if start else None, len(wanted))


def _rows(found: Revision, changes: Sequence[Change]) -> list[ComparedRow]:
    olds = _olds([one.old.key for one in changes if one.old is not None])
    bodies = {key: (position, body) for key, position, body in found.prepared.tasks}
    units = names({unit for one in changes for item in (one.old, one.new) if item for _role, unit in item.units})
    rows = []
    for one in changes:
        old = olds.get(one.old.key) if one.old else None
        new = _new(one.new.key, *bodies[one.new.key]) if one.new else None
        rows.append(_row(one, old, new, units, found.pinned))
    return rows


def _row(
    one: Change, old: Side | None, new: Side | None, units: Mapping[int, str], pinned: frozenset[int]
) -> ComparedRow:  # fmt: skip
    def told(part: str) -> list[Piece]:
        return differences(getattr(old, part) if old else "", getattr(new, part) if new else "")

    return ComparedRow(
        one.kind, one.facets, old, new, told("path"), told("requirement"), told("times"), told("targets"),
        _units(one, units), one.relative, one.new is not None and one.new.key in pinned, round(one.sure * 100),
    )  # fmt: skip


def _units(one: Change, units: Mapping[int, str]) -> list[tuple[str, str, str]]:
    old = one.old.units if one.old else frozenset()
    new = one.new.units if one.new else frozenset()
    marks = {True: "on", False: "off"}
    both = one.old is not None and one.new is not None
    rows = [
        (role, units.get(unit, ""), marks[(role, unit) in new] if both and (role, unit) not in old & new else "same")
        for role, unit in sorted(old | new, key=lambda pair: (ROLE_ORDER[pair[0]], pair[1]))
    ]
    return sorted(rows, key=lambda row: ROLE_ORDER[row[0]])


def _olds(task_ids: Iterable[int]) -> dict[int, Side]:
    wanted = sorted(task_ids)
    targets: dict[int, list[str]] = {}
    rows = session.execute(
        select(TaskTarget.task_id, TaskTarget.text).where(TaskTarget.task_id.in_(wanted), TaskTarget.ended.is_(False))
        .order_by(TaskTarget.task_id, TaskTarget.position)
    )  # fmt: skip
    for row in rows:
        targets.setdefault(row.task_id, []).append(row.text)
    found = session.execute(
        select(Task, TaskText).join(TaskText, TaskText.task_id == Task.id).where(Task.id.in_(wanted)).order_by(Task.id)
    )
    return {
        task.id: Side(
            task.id, task.position, task.number, task.name, " › ".join(text.path), text.requirement,
            _joined(text.deadlines), "；".join(targets.get(task.id, ())), text.locator,
        )
        for task, text in found
    }  # fmt: skip


def _new(key: int, position: int, body: Mapping[str, Any]) -> Side:
    return Side(
        key, position, body["number"], body["name"], " › ".join(body["path"]), body["requirement"],
        _joined(body["deadlines"]), _joined(body["targets"]), body["locator"],
    )  # fmt: skip


def _joined(entries: Iterable[Mapping[str, Any]]) -> str:
    return "；".join(str(one["text"]) for one in entries)


@dataclass(frozen=True, slots=True)
class Pairing:
    """A task of the new edition, and the plan's tasks that it may be."""

    new: Side
    now: int | None
    """Which it is taken for."""
    pinned: bool
    likely: list[tuple[Side, int]]
    """(task, percent of its words that are alike), the likeliest first; the one it is taken for among them."""


def pairing(found: Revision, draft_task_id: int) -> Pairing:
    """Raises NotFound where the draft has no such task."""
    change = next(
        (one for one in found.comparison.changes if one.new is not None and one.new.key == draft_task_id), None
    )
    if change is None or change.new is None:
        raise NotFound
    new, now = change.new, change.old.key if change.old else None
    items = standing_items(found.plan_id, assignments_of(found.plan_id))
    ranked = sorted(
        items, key=lambda one: (one.key != now, -likeness(one, new), -words_alike(one, new), one.position)
    )[:LIKELY]  # fmt: skip
    sides = _olds([one.key for one in ranked])
    body = next((position, body) for key, position, body in found.prepared.tasks if key == draft_task_id)
    return Pairing(
        _new(draft_task_id, *body), now, draft_task_id in found.pinned,
        [(sides[one.key], round(words_alike(one, new) * 100)) for one in ranked],
    )  # fmt: skip
