"""A marked-up workbook that came back: what was changed in it, held against the draft as it stands now."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import select

from tracker.accounts.models import Person
from tracker.db import session
from tracker.drafts.bodies import TASK_FIELDS, Body, changed_fields, plain_value
from tracker.drafts.marked.merging import Change, Merge, Row, Standing, State, merged, rows_of
from tracker.drafts.models import DraftFinding, DraftTask, DraftWorkbook
from tracker.errors import NotFound


@dataclass(frozen=True, slots=True)
class Decided:
    """What was written beside a finding in the first sheet."""

    finding_id: int | None
    said: str
    """The finding, as the sheet said it."""
    accepted: bool
    reason: str
    lacks_reason: bool
    """An error that is to be taken as right without a word why."""


@dataclass(frozen=True, slots=True)
class WorkbookRow:
    """An upload in the list of them."""

    id: int
    file_name: str
    mode: str
    state: str
    who: str
    at: datetime
    exported_at: datetime


@dataclass(frozen=True, slots=True)
class Returned:
    row: WorkbookRow
    merge: Merge
    decided: list[Decided]
    gone: list[str]
    """Headers of columns that were taken out."""
    header: list[tuple[str, str, str]]
    """(field, before, after) of what the document says of itself, where the document itself was corrected."""
    further: int = 0
    """Rows and paragraphs of the document that changed, those of the tasks among them."""


def workbook_rows(draft_id: int) -> list[WorkbookRow]:
    """The newest first."""
    statement = (
        select(
            DraftWorkbook.id, DraftWorkbook.file_name, DraftWorkbook.mode, DraftWorkbook.state, Person.name,
            DraftWorkbook.at, DraftWorkbook.exported_at,
        )
        .join(Person, Person.id == DraftWorkbook.by_id)
        .where(DraftWorkbook.draft_id == draft_id)
        .order_by(DraftWorkbook.id.desc())
        .limit(50)
    )  # fmt: skip
    return [WorkbookRow(*row) for row in session.execute(statement)]


def _row(held: DraftWorkbook, name: str) -> WorkbookRow:
    return WorkbookRow(held.id, held.file_name, held.mode, held.state, name, held.at, held.exported_at)


def returned(draft_id: int, workbook_id: int, *, year: int | None) -> Returned:
    """Raises NotFound. A fixed number of statements."""
    found = session.execute(
        select(DraftWorkbook, Person.name)
        .join(Person, Person.id == DraftWorkbook.by_id)
        .where(DraftWorkbook.id == workbook_id, DraftWorkbook.draft_id == draft_id)
    ).first()
    if found is None:
        raise NotFound
    held, name = found
    said = held.said
    header = [(one[0], one[1] or "–", one[2] or "–") for one in said.get("header", [])]
    return Returned(
        _row(held, name),
        merge_of(held, year=year),
        decided_of(said),
        said.get("gone", []),
        header,
        said.get("further", 0),
    )


def merge_of(held: DraftWorkbook, *, year: int | None) -> Merge:
    statement = select(DraftTask).where(DraftTask.draft_id == held.draft_id)
    if held.mode == "table":
        statement = statement.where(DraftTask.id.in_([int(number) for number in held.said["base"]]))
    tasks = session.scalars(statement.order_by(DraftTask.position, DraftTask.id)).all()
    if held.mode == "own":
        return reread_merge(tasks, held.said["tasks"], {int(key): place for key, place in held.said["places"].items()})
    standing = {task.id: Standing(task.id, task.position, task.body, task.removed) for task in tasks}
    base = {int(number): texts for number, texts in held.said["base"].items()}
    found = merged(base, rows_of(held.said["rows"]), standing, year)
    return replace(found, same=found.same + held.said["same"])


def reread_merge(tasks: Sequence[DraftTask], bodies: Sequence[Body], places: Mapping[int, str]) -> Merge:
    """What reading the corrected document would change: fields that a person has corrected meanwhile are conflicts."""
    by_place: dict[str, list[DraftTask]] = {}
    for task in tasks:
        if task.original is not None:
            by_place.setdefault(places.get(task.id, task.original["locator"]), []).append(task)
    changes: list[Change] = []
    added: list[Row] = []
    for body in bodies:
        known = by_place.get(body["locator"])
        if not known:
            added.append(Row(None, body["locator"], {"name": body["name"], "requirement": body["requirement"]}))
            continue
        changes += _changes(known.pop(0), body)
    left = [task for held in by_place.values() for task in held if not task.stale]
    missing = [Standing(task.id, task.position, task.body, task.removed) for task in left if not task.removed]
    touched = {change.task_id for change in changes}
    return Merge(changes, added, sorted(missing, key=lambda one: one.position), len(bodies) - len(added) - len(touched))


def _changes(task: DraftTask, body: Body) -> list[Change]:
    original: Body = task.original or {}
    own = changed_fields(task.body, task.original)
    found: list[Change] = []
    extras = [_extras(one) for one in (original, body, task.body)]
    if extras[0] != extras[1] and not task.removed:
        one, other, now = extras
        found.append(Change(task.id, task.position, str(task.body["name"]), "extras", one, other, now, "take"))
    for name in TASK_FIELDS:
        if body[name] == original[name] or body[name] == task.body[name]:
            continue
        state: State = "conflict" if name in own else "take"
        shown = [str(plain_value(name, one[name]) or "") for one in (original, body, task.body)]
        if shown[0] != shown[1] and not task.removed:
            found.append(
                Change(task.id, task.position, str(task.body["name"]), name, shown[0], shown[1], shown[2], state)
            )
    return found


def _extras(body: Body) -> str:
    """Cells that belong to a task but to none of its fields: kept as they stand in the document."""
    return "\n".join(f"{one['label']}：{one['text']}" for one in body.get("extras", ()))


def decided_of(said: Mapping[str, Any]) -> list[Decided]:
    rows = said.get("decided", [])
    ids = [int(one[0]) for one in rows if one[0].isdecimal()]
    statement = select(DraftFinding.id, DraftFinding.severity).where(DraftFinding.id.in_(ids))
    severity = {row.id: row.severity for row in session.execute(statement)}
    once: dict[str, Decided] = {}
    for key, decision, reason, text in rows:
        number = int(key) if key.isdecimal() and int(key) in severity else None
        accepted = number is not None and decision == said.get("accepted")
        lacks = accepted and number is not None and severity[number] == "error" and not reason
        note = reason if accepted or not decision else f"{decision} {reason}".strip()
        once.setdefault(key or text, Decided(number, text, accepted and not lacks, note, lacks))
    return list(once.values())
