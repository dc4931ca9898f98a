"""The review page: tasks beside the pieces they were read from, findings at their places, page by page."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import case, func, select

from tracker.db import session
from tracker.drafts.bodies import TASK_FIELDS, changed_fields, places, plain_value
from tracker.drafts.models import DraftFinding, DraftPiece, DraftTask
from tracker.drafts.pieces import Piece, Shown, shown
from tracker.errors import NotFound
from tracker.plans.seen import seen_mark
from tracker.plans.wording import is_cut

TASKS_A_PAGE = 100
PIECES_A_PAGE = 1_200
FINDINGS_SHOWN = 300
_CELL = re.compile(r"^(.*!)[A-Z]{1,3}(\d+)$", re.DOTALL)


@dataclass(frozen=True, slots=True)
class FindingRow:
    id: int
    origin: str
    severity: str
    code: str
    params: dict[str, str]
    locators: list[str]
    settled: str


@dataclass(frozen=True, slots=True)
class TaskCard:
    id: int
    position: int
    body: dict[str, Any]
    original: dict[str, Any] | None
    removed: bool
    findings: list[FindingRow]

    @property
    def added(self) -> bool:
        return self.original is None

    @property
    def changed(self) -> tuple[str, ...]:
        return changed_fields(self.body, self.original)

    @property
    def sources(self) -> list[str]:
        return list(dict.fromkeys(places(self.body)))

    @property
    def name(self) -> str:
        return str(self.body["name"])

    @property
    def is_cut(self) -> bool:
        return is_cut(self.name, self.body["requirement"])

    def sources_of(self, field: str) -> list[str]:
        return list(dict.fromkeys(places(self.body, field)))

    def stands_at(self, locator: str) -> bool:
        """Whether it was read from this place: its own cell, or its row."""
        return locator in _reach(self.sources)

    def before(self, field: str) -> str:
        """What was read, as one line."""
        return str(plain_value(field, (self.original or {}).get(field)) or "")

    def mark(self, field: str) -> str:
        """Tells whether somebody else has changed the field since it was shown."""
        return seen_mark(self.body[field])


@dataclass(frozen=True, slots=True)
class ReviewPage:
    number: int
    pages: int
    cards: list[TaskCard]
    pieces: list[Shown]
    more: int | None
    """Position of the first piece that is not shown, where the source of this page is longer than a page takes."""
    at: str
    """The locator that was asked for, where it stands on this page."""


def review_page(draft_id: int, *, number: int = 1, at: str = "", begin: int | None = None) -> ReviewPage:
    """A page of tasks and the part of the source that belongs to it: pages part the source without a gap."""
    position = piece_position(draft_id, at) if at else None
    total = session.scalar(select(func.count()).select_from(DraftTask).where(DraftTask.draft_id == draft_id)) or 0
    pages = max(1, -(-total // TASKS_A_PAGE))
    if position is not None:
        before = select(func.count()).select_from(DraftTask)
        count = session.scalar(before.where(DraftTask.draft_id == draft_id, DraftTask.piece <= position)) or 0
        number = (max(count, 1) - 1) // TASKS_A_PAGE + 1
    number = min(max(number, 1), pages)
    tasks = session.scalars(
        select(DraftTask)
        .where(DraftTask.draft_id == draft_id)
        .order_by(DraftTask.position, DraftTask.id)
        .offset((number - 1) * TASKS_A_PAGE)
        .limit(TASKS_A_PAGE + 1)
    ).all()
    held, following = tasks[:TASKS_A_PAGE], tasks[TASKS_A_PAGE:]
    first = min(task.piece for task in held) if held and number > 1 else 0
    last = max(following[0].piece, held[-1].piece + 1) if following else None
    if position is not None and position >= first + PIECES_A_PAGE:
        begin = position - 50
    pieces, more = _pieces(draft_id, max(first, begin or 0), last)
    cards = cards_of(held, findings(draft_id, [task.body for task in held]))
    return ReviewPage(number, pages, cards, shown(pieces), more, at)


def piece_position(draft_id: int, locator: str) -> int | None:
    """Where a locator stands in the source: its own piece, or the row of its cell."""
    cell = _CELL.match(locator)
    wanted = [locator, f"{cell.group(1)}{cell.group(2)}"] if cell else [locator]
    return session.scalar(
        select(func.min(DraftPiece.position)).where(DraftPiece.draft_id == draft_id, DraftPiece.locator.in_(wanted))
    )


def _pieces(draft_id: int, first: int, last: int | None) -> tuple[list[Piece], int | None]:
    statement = (
        select(DraftPiece)
        .where(DraftPiece.draft_id == draft_id, DraftPiece.position >= first)
        .order_by(DraftPiece.position)
        .limit(PIECES_A_PAGE + 1)
    )
    if last is not None:
        statement = statement.where(DraftPiece.position < last)
    rows = session.scalars(statement).all()
    more = rows[PIECES_A_PAGE].position if len(rows) > PIECES_A_PAGE else None
    kept = rows[:PIECES_A_PAGE]
    return [Piece(row.position, row.kind, row.locator, row.body) for row in kept], more


def findings(draft_id: int, bodies: Iterable[Mapping[str, Any]] | None = None) -> list[FindingRow]:
    """Findings without unread pieces, the gravest first; with `bodies` those at the places of these tasks only."""
    rank = case({"error": 0, "warning": 1}, value=DraftFinding.severity, else_=2)
    statement = (
        select(DraftFinding)
        .where(DraftFinding.draft_id == draft_id, DraftFinding.origin != "unread")
        .order_by(rank, DraftFinding.position)
    )
    rows = [_row(row) for row in session.scalars(statement)]
    if bodies is None:
        return rows
    held = {place for body in bodies for place in _reach(places(body))}
    return [row for row in rows if held.intersection(row.locators)]


def _row(row: DraftFinding) -> FindingRow:
    return FindingRow(row.id, row.origin, row.severity, row.code, row.params, row.locators, row.settled)


def _reach(locators: Iterable[str]) -> set[str]:
    """Locators and the rows of those that are cells: a finding may cite either."""
    found = set()
    for locator in locators:
        found.add(locator)
        cell = _CELL.match(locator)
        if cell:
            found.add(f"{cell.group(1)}{cell.group(2)}")
    return found


def cards_of(tasks: Sequence[DraftTask], rows: Sequence[FindingRow]) -> list[TaskCard]:
    """Tasks with the open findings at their places; a finding that cites a heading stands at the first task below it."""
    reach = [(_reach([task.body["locator"]]), _reach(places(task.body))) for task in tasks]
    held: list[list[FindingRow]] = [[] for _ in tasks]
    for row in rows:
        if row.settled:
            continue
        wanted = set(row.locators)
        own = [number for number, (_main, every) in enumerate(reach) if every & wanted]
        shared = [number for number in own if not _only_heading(tasks[number].body, wanted)]
        for number in shared or own[:1]:
            held[number].append(row)
    return [
        TaskCard(task.id, task.position, task.body, task.original, task.removed, list(found))
        for task, found in zip(tasks, held, strict=True)
    ]


def _only_heading(body: Mapping[str, Any], wanted: set[str]) -> bool:
    """Whether a task touches these places by its headings only, which it shares with others."""
    return (
        not any(_reach(places(body, field)) & wanted for field in TASK_FIELDS if field != "path")
        and not _reach([body["locator"]]) & wanted
    )


def page_cards(draft_id: int, number: int) -> list[TaskCard]:
    """The cards of one review page, without the source."""
    tasks = session.scalars(
        select(DraftTask)
        .where(DraftTask.draft_id == draft_id)
        .order_by(DraftTask.position, DraftTask.id)
        .offset((number - 1) * TASKS_A_PAGE)
        .limit(TASKS_A_PAGE)
    ).all()
    return cards_of(tasks, findings(draft_id, [task.body for task in tasks]))


def filtered_findings(draft_id: int, which: str) -> list[FindingRow]:
    """`which`: a severity, `settled`, `unread`, or '' for open errors and warnings; where no task was read, also for the
    notes, which say why. No more than a page can show."""
    if which == "unread":
        return unread(draft_id)
    rows = findings(draft_id)
    if which == "settled":
        found = [row for row in rows if row.settled]
    elif which:
        found = [row for row in rows if row.severity == which and not row.settled]
    else:
        why = any(row.code == "no-tasks" for row in rows)
        found = [row for row in rows if (why or row.severity != "note") and not row.settled]
    return found[:FINDINGS_SHOWN]


def card(draft_id: int, task_id: int) -> TaskCard:
    task = session.get(DraftTask, task_id)
    if task is None or task.draft_id != draft_id:
        raise NotFound
    return cards_of([task], findings(draft_id, [task.body]))[0]


def unread(draft_id: int, *, limit: int = FINDINGS_SHOWN) -> list[FindingRow]:
    statement = (
        select(DraftFinding)
        .where(DraftFinding.draft_id == draft_id, DraftFinding.origin == "unread")
        .order_by(DraftFinding.position)
        .limit(limit)
    )
    return [_row(row) for row in session.scalars(statement)]


def page_of_task(draft_id: int, task_id: int) -> int:
    """The number of the review page on which a task stands."""
    task = session.get(DraftTask, task_id)
    if task is None or task.draft_id != draft_id:
        raise NotFound
    before = session.scalar(
        select(func.count()).select_from(DraftTask)
        .where(DraftTask.draft_id == draft_id, DraftTask.position < task.position)
    )  # fmt: skip
    return (before or 0) // TASKS_A_PAGE + 1
