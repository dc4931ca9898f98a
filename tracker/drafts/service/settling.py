"""Findings follow the corrections: what is mended is settled, what comes back is open again, what is new is added."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from flask_babel import gettext as _
from sqlalchemy import func, insert, select

from tracker.accounts.roles import Viewer
from tracker.audit.service import record
from tracker.db import session
from tracker.drafts.bodies import TASK_FIELDS, Body, changed_fields, places, restored
from tracker.drafts.models import Draft, DraftFinding, DraftTask
from tracker.drafts.near import Difference, differences, takes_all
from tracker.drafts.queries.checking import Corrected, Standing, all_standing, corrected, neighbours
from tracker.drafts.reading import Finding, Key, checked
from tracker.drafts.service.opening import note_edit, open_draft
from tracker.drafts.service.receiving import finding_row
from tracker.drafts.wording import FIELD_OF, message
from tracker.errors import DomainError, NotFound
from tracker.web.locale import in_chinese


def renew_findings(draft: Draft) -> None:
    """Holds the findings against the tasks as they stand now. A fixed number of statements, but for new findings."""
    session.flush()
    changed = corrected(draft.id)
    standing = [_as_headed(body, changed.get(number)) for number, body in all_standing(draft.id)]
    now = _said(draft, standing)
    rows = _rows(draft)
    touched = _touched(changed.values())
    for row in rows:
        if row.origin == "check":
            _follow(row, now.get(key_of(row)))
        else:
            _mend(row, touched)
    known = {key_of(row) for row in rows} | _beside(draft)
    add_findings(draft, [one for key, one in now.items() if key not in known and not _said_before(one, rows)])
    session.flush()


def renew_findings_near(draft: Draft, task: DraftTask, before: Body) -> None:
    """The same where fields of one task were corrected, which was `before` so, and the tasks stand as they stood.

    Only the neighbours of the task are checked, as they were and as they are: so much work in a large draft as in a small
    one. What cannot be told from them is told from all tasks.
    """
    session.flush()
    near = None if takes_all(before, task.body) else neighbours(draft.id, task.id, before, task.body)
    rows = _rows(draft)
    news = _news(draft, task, before, near, rows) if near is not None else None
    if news is None:
        renew_findings(draft)
        return
    for row in rows:
        if row.origin == "check" and key_of(row) in news:
            places = news[key_of(row)].carried(() if row.settled == "mended" else row.locators)
            _follow(row, Finding(row.origin, row.severity, row.code, row.params, places) if places else None)
    _mend_near(draft, task, [row for row in rows if row.origin == "reader"])
    session.flush()


def _news(
    draft: Draft, task: DraftTask, before: Body, near: Standing, rows: Sequence[DraftFinding]
) -> dict[Key, Difference] | None:
    """What the checks say otherwise of these tasks than `before`; None where it is news, or of all of the document."""
    was = _said(draft, [before if number == task.id else body for number, body in near])
    found = {one.key: one for one in differences(was, _said(draft, [body for _number, body in near]))}
    unknown = found.keys() - {key_of(row) for row in rows} - _beside(draft)
    return None if unknown or any(one.wholly for one in found.values()) else found


def _said(draft: Draft, standing: Sequence[Body]) -> dict[Key, Finding]:
    """What the checks say of these tasks."""
    return {one.key: one for one in checked(restored(draft.header, draft.header_read, standing))}


def _rows(draft: Draft) -> Sequence[DraftFinding]:
    """All findings but what was left unread."""
    return session.scalars(
        select(DraftFinding).where(DraftFinding.draft_id == draft.id, DraftFinding.origin != "unread")
    ).all()


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


def _as_headed(body: Body, changed: Corrected | None) -> Body:
    """A task as the checks are to see it: a name that its heading gave, corrected alone, does not set the heading right."""
    if changed is None:
        return body
    read = changed.read
    alone = body["path"] == read["path"] and read["path"][-1:] == [read["name"]]
    return {**body, "name": read["name"]} if alone else body


Touched = set[tuple[str, str]]
"""(place of the source, field) whose reading a person corrected; '' for the field is any."""


def _touched(tasks: Iterable[Corrected]) -> Touched:
    """A field that was corrected stands for its own places and for its task's; a task that was taken out for all of them."""
    found: Touched = set()
    for task in tasks:
        if task.removed:
            found.update((place, field) for place in places(task.read) for field in (*TASK_FIELDS, ""))
        for field in changed_fields(task.body, task.read):
            for place in (task.read["locator"], *places(task.read, field)):
                found.update(((place, field), (place, "")))
    return found


def _mend_near(draft: Draft, task: DraftTask, rows: Iterable[DraftFinding]) -> None:
    """What the reader said of a place of this task, among others."""
    here = set(places(task.original)) if task.original is not None else set()
    concerned = [row for row in rows if not here.isdisjoint(row.locators)]
    touched = _touched(corrected(draft.id).values()) if concerned else set()
    for row in concerned:
        _mend(row, touched)


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
