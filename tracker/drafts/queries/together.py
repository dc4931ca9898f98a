"""Several people at one draft: who is here, what others changed; and the tasks that one correction is to reach."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func, select

from tracker.accounts.models import Person
from tracker.accounts.roles import Viewer
from tracker.db import session
from tracker.drafts.models import DraftEdit, DraftPresence, DraftTask
from tracker.web.paging import Page, decode, encode

BULK_PAGE = 100
GONE_AFTER = timedelta(seconds=70)
"""Pages tell every 20 seconds; a hidden tab of some browsers once a minute."""


@dataclass(frozen=True, slots=True)
class Other:
    name: str
    task_id: int | None
    position: int | None
    """The task whose correction is open there."""


def others_here(draft_id: int, viewer: Viewer, *, at: datetime) -> list[Other]:
    """Who else has the draft open. One statement."""
    statement = (
        select(Person.name, DraftPresence.task_id, DraftTask.position)
        .select_from(DraftPresence)
        .join(Person, Person.id == DraftPresence.person_id)
        .join(DraftTask, DraftTask.id == DraftPresence.task_id, isouter=True)
        .where(DraftPresence.draft_id == draft_id, DraftPresence.person_id != viewer.person_id)
        .where(DraftPresence.seen_at > at - GONE_AFTER)
        .order_by(Person.name, Person.id)
    )
    return [Other(*row) for row in session.execute(statement)]


def news_of_others(draft_id: int, viewer: Viewer, *, since: int) -> list[tuple[str, int]]:
    """(name, how many) of corrections that others made after the one numbered `since`."""
    statement = (
        select(Person.name, func.count())
        .select_from(DraftEdit)
        .join(Person, Person.id == DraftEdit.by_id)
        .where(DraftEdit.draft_id == draft_id, DraftEdit.seq > since, DraftEdit.by_id != viewer.person_id)
        .group_by(Person.id, Person.name)
        .order_by(Person.name, Person.id)
    )
    return [(name, count) for name, count in session.execute(statement)]


@dataclass(frozen=True, slots=True)
class BulkRow:
    id: int
    position: int
    body: dict[str, Any]


def standing(draft_id: int) -> list[BulkRow]:
    """The tasks that were not removed, in order. One statement."""
    statement = (
        select(DraftTask.id, DraftTask.position, DraftTask.body)
        .where(DraftTask.draft_id == draft_id, DraftTask.removed.is_(False))
        .order_by(DraftTask.position, DraftTask.id)
    )
    return [BulkRow(*row) for row in session.execute(statement)]


def bulk_choices(rows: Iterable[BulkRow]) -> tuple[dict[str, int], dict[str, int]]:
    """Unit expressions and outermost headings, each with the number of tasks, in order of first occurrence."""
    units: dict[str, int] = {}
    headings: dict[str, int] = {}
    for row in rows:
        for text in dict.fromkeys(unit["text"] for unit in row.body["units"]):
            units[text] = units.get(text, 0) + 1
        if row.body["path"]:
            headings[row.body["path"][0]] = headings.get(row.body["path"][0], 0) + 1
    return units, headings


def bulk_tasks(
    rows: Iterable[BulkRow], *, unit: str = "", heading: str = "", text: str = "", without: bool = False
) -> list[BulkRow]:
    """Tasks of a unit expression, below a heading, with a text; `without`: that have no unit."""
    return [
        row
        for row in rows
        if (not unit or any(one["text"] == unit for one in row.body["units"]))
        and (not heading or row.body["path"][:1] == [heading])
        and (not text or text in row.body["requirement"] or text in row.body["name"])
        and not (without and row.body["units"])
    ]


def bulk_page(found: Sequence[BulkRow], cursor: str | None) -> Page[BulkRow]:
    """The part of what was found that is shown at once; its cursor is where it begins."""
    at = decode(cursor, 1) if cursor else None
    first = at[1][0] if at and isinstance(at[1][0], int) and 0 <= at[1][0] < len(found) else 0
    after = first + BULK_PAGE
    return Page(
        found[first:after],
        encode([after]) if after < len(found) else None,
        encode([max(0, first - BULK_PAGE)]) if first else None,
        len(found),
    )
