"""Findings follow the corrections: what is mended is settled, what comes back is open again, what is new is added."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from flask_babel import gettext as _
from sqlalchemy import func, insert, select

from tracker.accounts.roles import Viewer
from tracker.audit.service import record
from tracker.db import session
from tracker.drafts.bodies import TASK_FIELDS, Body, changed_fields, places, restored
from tracker.drafts.models import Draft, DraftFinding, DraftTask
from tracker.drafts.reading import Finding, Key, checked
from tracker.drafts.service.opening import note_edit, open_draft
from tracker.drafts.service.receiving import finding_row
from tracker.drafts.wording import FIELD_OF, message
from tracker.errors import DomainError, NotFound
from tracker.web.locale import in_chinese


def renew_findings(draft: Draft) -> None:
    """Holds the findings against the tasks as they stand now. A fixed number of statements, but for new findings."""
    session.flush()
    tasks = session.scalars(
        select(DraftTask).where(DraftTask.draft_id == draft.id).order_by(DraftTask.position, DraftTask.id)
    ).all()
    standing = [_as_headed(task) for task in tasks if not task.removed]
    now = {one.key: one for one in checked(restored(draft.header, draft.header_read, standing))}
    rows = session.scalars(
        select(DraftFinding).where(DraftFinding.draft_id == draft.id, DraftFinding.origin != "unread")
    ).all()
    touched = _touched(tasks)
    seen: set[Key] = set()
    for row in rows:
        key = key_of(row)
        if row.origin == "check":
            seen.add(key)
            _follow(row, now.get(key))
        else:
            seen.add(key)
            _mend(row, touched)
    known = seen | _beside(draft)
    add_findings(draft, [one for key, one in now.items() if key not in known and not _said_before(one, rows)])
    session.flush()


def _said_before(one: Finding, rows: Sequence[DraftFinding]) -> bool:
    """Whether the reader said the same of one of these places, in the light of the whole document."""
    return any(
        row.origin == "reader" and row.code == one.code and set(row.locators) & set(one.locators) for row in rows
    )


def key_of(row: DraftFinding) -> Key:
    return row.code, tuple(sorted(row.params.items()))


def _beside(draft: Draft) -> set[Key]:
    """What the checks said of the tasks alone when they were read, and not of the document: no news."""
    kept = draft.header_read.get("beside", [])
    return {(code, tuple((name, value) for name, value in params)) for code, params in kept}


def _follow(row: DraftFinding, now: Finding | None) -> None:
    if now is None:
        row.settled = "mended"
    else:
        news = set(now.locators) - set(row.locators)
        if row.settled == "mended" or (row.settled == "accepted" and news):
            row.settled = ""
        if row.locators != list(now.locators):
            row.locators = list(now.locators)


def _as_headed(task: DraftTask) -> Body:
    """A task as the checks are to see it: a name that its heading gave, corrected alone, does not set the heading right."""
    body, read = task.body, task.original
    alone = read is not None and body["path"] == read["path"] and read["path"][-1:] == [read["name"]]
    return {**body, "name": read["name"]} if alone and read is not None else body


Touched = set[tuple[str, str]]
"""(place of the source, field) whose reading a person corrected; '' for the field is any."""


def _touched(tasks: Sequence[DraftTask]) -> Touched:
    """A field that was corrected stands for its own places and for its task's; a task that was taken out for all of them."""
    found: Touched = set()
    for task in tasks:
        if task.original is None:
            continue
        if task.removed:
            found.update((place, field) for place in places(task.original) for field in (*TASK_FIELDS, ""))
        for field in changed_fields(task.body, task.original):
            for place in (task.original["locator"], *places(task.original, field)):
                found.update(((place, field), (place, "")))
    return found


def _mend(row: DraftFinding, touched: Touched) -> None:
    """What the reader said of a field is mended by that field at every place; what it said of no field in particular by any."""
    field = FIELD_OF.get(row.code, "")
    done = bool(row.locators) and all((locator, field) in touched for locator in row.locators)
    if done and not row.settled:
        row.settled = "mended"
    elif not done and row.settled == "mended":
        row.settled = ""


def add_findings(draft: Draft, news: Sequence[Finding]) -> None:
    """Keeps new findings behind those that are there."""
    if not news:
        return
    last = session.scalar(select(func.max(DraftFinding.position)).where(DraftFinding.draft_id == draft.id)) or 0
    session.execute(
        insert(DraftFinding), [finding_row(draft.id, last + number, one) for number, one in enumerate(news, 1)]
    )


def accept_finding(draft_id: int, finding_id: int, *, reason: str = "", by: Viewer, at: datetime) -> None:
    """Says that a person has looked and it is right as it stands (核对无误). For an error the reason must be given."""
    draft = open_draft(draft_id, by=by)
    finding = _finding(draft, finding_id)
    if finding.severity == "error" and not reason.strip():
        raise DomainError(_("这是错误：请更正；确认原文就是如此的，请写明理由。"), field="reason")
    settle(draft, finding, "accepted", by, at, reason.strip())


def reopen_finding(draft_id: int, finding_id: int, *, by: Viewer, at: datetime) -> None:
    draft = open_draft(draft_id, by=by)
    settle(draft, _finding(draft, finding_id), "", by, at, "")


def _finding(draft: Draft, finding_id: int) -> DraftFinding:
    finding = session.get(DraftFinding, finding_id)
    if finding is None or finding.draft_id != draft.id or finding.origin == "unread":
        raise NotFound
    return finding


def settle(
    draft: Draft, finding: DraftFinding, settled: str, by: Viewer, at: datetime, reason: str, *, act: int | None = None
) -> None:  # fmt: skip
    """Marks a finding; `act` where that belongs to something larger that is undone as one."""
    if finding.settled == settled:
        return
    note_edit(draft, "settled", finding.settled, settled, by=by, at=at, finding_id=finding.id, act=act)
    finding.settled = settled
    with in_chinese():
        said = message(finding.code, finding.params)
    record("确认提示无误" if settled else "重新打开提示", by=by, at=at, subject=("draft", draft.id), unit_id=draft.unit_id,
           detail={"提示": said, "位置": finding.locators[:10],
                   **({"理由": reason} if reason else {})})  # fmt: skip
    session.flush()
