"""One correction for many tasks: units, roles and deadlines of all that a person chose. Undone as one act."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import select

from imports.draft import Role
from tracker.accounts.models import Person
from tracker.accounts.roles import Viewer
from tracker.audit.service import Entry, record_all
from tracker.db import session
from tracker.drafts.bodies import Body, followed, read_units
from tracker.drafts.models import Draft, DraftEdit, DraftTask
from tracker.drafts.service.correcting import changes, entry
from tracker.drafts.service.opening import note_edits, open_draft, standing_tasks
from tracker.drafts.service.settling import renew_findings
from tracker.errors import Conflict, DomainError
from tracker.outbox.models import Job
from tracker.outbox.room import poke_after_commit
from tracker.outbox.service import enqueue
from tracker.plans.seen import seen_mark

AT_ONCE = 2_000
"""Tasks that are corrected, or put back, within the request: about a second of work."""
JOB_MANY = "drafts.correct"


@dataclass(frozen=True, slots=True)
class Bulk:
    """What is done to each task. `act`: role, rename, drop and add concern units, deadline and no_deadline the time."""

    act: str
    unit: str = ""
    """The expression that is given another role or text, or taken out."""
    text: str = ""
    role: Role = "responsible"
    deadline: Body | None = None


def start_correcting(
    draft_id: int, task_ids: Collection[int], wanted: Bulk, *, since: int, by: Viewer, at: datetime
) -> int | Job:
    """Corrects, and returns how many tasks changed; very many are corrected by the job that is returned."""
    if len(task_ids) <= AT_ONCE:
        return correct_many(draft_id, task_ids, wanted, since=since, by=by, at=at)
    draft = open_draft(draft_id, by=by)
    _refuse_overtaken(draft, frozenset(task_ids), _field(wanted), since, by)
    asked = {"draft": draft.id, "tasks": sorted(task_ids), "wanted": asdict(wanted), "since": since}
    key = f"{JOB_MANY}:{by.person_id}:{at:%Y%m%d%H%M}:{seen_mark(asked)}"
    job = enqueue(JOB_MANY, {**asked, "at": at.isoformat()}, key=key, by=by, at=at)
    poke_after_commit()
    return job


def _field(wanted: Bulk) -> str:
    return "deadlines" if wanted.act in {"deadline", "no_deadline"} else "units"


def correct_many(
    draft_id: int, task_ids: Collection[int], wanted: Bulk, *, since: int, by: Viewer, at: datetime
) -> int:
    """Returns how many tasks changed; done twice, none the second time. `since` is the newest correction the person saw.

    Raises Conflict where somebody else has since corrected the same field of one of the tasks.
    """
    draft = open_draft(draft_id, by=by)
    if not task_ids:
        raise DomainError(_("请至少勾选一项任务。"))
    field = _field(wanted)
    chosen = frozenset(task_ids)
    _refuse_overtaken(draft, chosen, field, since, by)
    edits: list[tuple[int, str, Any, Any]] = []
    entries: list[Entry] = []
    found = [task for task in standing_tasks(draft) if task.id in chosen]
    changed = [task for task in found if ACTS[wanted.act](task.body, wanted) != task.body[field]]
    for task in changed:
        after = followed(task.body, field, ACTS[wanted.act](task.body, wanted), draft.header["year"])
        for name, old, new in changes(task, field, after):
            edits.append((task.id, name, old, new))
            entries.append(entry("更正导入草稿", draft, task, name, old, new))
        task.body = after
    note_edits(draft, edits, by=by, at=at)
    record_all(entries, by=by, at=at)
    if changed:
        renew_findings(draft)
    return len(changed)


def _refuse_overtaken(draft: Draft, task_ids: Collection[int], field: str, since: int, by: Viewer) -> None:
    found = session.execute(
        select(Person.name, DraftTask.position, DraftTask.id)
        .select_from(DraftEdit)
        .join(Person, Person.id == DraftEdit.by_id)
        .join(DraftTask, DraftTask.id == DraftEdit.task_id)
        .where(DraftEdit.draft_id == draft.id, DraftEdit.field == field)
        .where(DraftEdit.seq > since, DraftEdit.by_id != by.person_id, DraftEdit.undone.is_(False))
        .order_by(DraftEdit.seq.desc())
    )
    overtaken = next((row for row in found if row.id in task_ids), None)
    if overtaken is not None:
        who, position, _id = overtaken
        raise Conflict(_("%(who)s刚刚改过第 %(n)s 项，没有覆盖。请核对下面的最新内容后再改。", who=who, n=position))


def _units(body: Body, wanted: Bulk, renew: Callable[[Body], Iterable[Body]]) -> list[Body]:
    found: list[Body] = []
    for unit in body["units"]:
        _put(found, renew(dict(unit)) if unit["text"] == wanted.unit else (dict(unit),))
    return found


def _put(units: list[Body], new: Iterable[Body]) -> None:
    """Each unit in each role once."""
    for now in new:
        if not any((one["text"], one["role"]) == (now["text"], now["role"]) for one in units):
            units.append(now)


def _role(body: Body, wanted: Bulk) -> list[Body]:
    return _units(body, wanted, lambda unit: ({**unit, "role": wanted.role},))


def _rename(body: Body, wanted: Bulk) -> list[Body]:
    return _units(body, wanted, lambda unit: read_units(wanted.text, unit["role"]))


def _drop(body: Body, wanted: Bulk) -> list[Body]:
    return _units(body, wanted, lambda _unit: ())


def _add(body: Body, wanted: Bulk) -> list[Body]:
    units = list(body["units"])
    _put(units, read_units(wanted.text, wanted.role))
    return units


def _deadline(_body: Body, wanted: Bulk) -> list[Body]:
    return [wanted.deadline] if wanted.deadline else []


ACTS: Mapping[str, Callable[[Body, Bulk], list[Body]]] = {
    "role": _role, "rename": _rename, "drop": _drop, "add": _add, "deadline": _deadline, "no_deadline": _deadline,
}  # fmt: skip
