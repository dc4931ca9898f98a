"""Taking in what was changed in a marked-up workbook (采纳): one act, which is undone as one."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import func, select, update

from tracker.accounts.roles import Viewer
from tracker.audit.service import Entry, record, record_all
from tracker.db import session
from tracker.drafts.bodies import Body, blank_task, followed
from tracker.drafts.marked.cells import corrected
from tracker.drafts.marked.merging import Change, Merge, Row
from tracker.drafts.models import Draft, DraftEdit, DraftFinding, DraftTask, DraftWorkbook
from tracker.drafts.queries.returned import Decided, decided_of, merge_of
from tracker.drafts.reading import Finding, Key, Understood
from tracker.drafts.service.correcting import changes as changes_of, entry
from tracker.drafts.service.opening import make_room, note_edits, open_draft
from tracker.drafts.service.receiving import renew_pieces
from tracker.drafts.service.rereading import read_again, understood_again
from tracker.drafts.service.settling import add_findings, key_of, renew_findings, settle
from tracker.drafts.service.workbooks import waiting
from tracker.errors import Conflict, DomainError
from tracker.web.locale import counted as _n

ORDER = ("requirement", "path", "number", "name", "units", "deadlines", "targets")
"""What is read from another field comes after it."""


@dataclass(frozen=True, slots=True)
class Choices:
    """What a person chose on the page that shows what would change."""

    since: int
    """The newest correction of the draft that the page showed."""
    theirs: Mapping[str, bool] = field(default_factory=dict)
    """For conflicts, by `Change.name`: whether the workbook's is taken."""
    add: Collection[int] = ()
    """Which of the new rows become tasks, from 0."""
    remove: Collection[int] = ()
    """Ids of tasks without a row that are taken out."""


@dataclass(slots=True)
class _Act:
    """What is kept of the act."""

    draft: Draft
    edits: list[tuple[int | None, str, Any, Any]]
    entries: list[Entry] = field(default_factory=list)
    tasks: int = 0


def decided_merge(draft: Draft, held: DraftWorkbook, chosen: Choices) -> Merge:
    """What the workbook changes. Raises DomainError where a conflict was not decided, Conflict where the draft was corrected
    since the page was made."""
    newest = session.scalar(select(func.max(DraftEdit.seq)).where(DraftEdit.draft_id == draft.id)) or 0
    if newest != chosen.since:
        raise Conflict(_("草稿在这期间又有更正，没有写入。下面已按最新内容重新比对，请核对后再确认。"))
    merge = merge_of(held, year=draft.header["year"])
    undecided = [one for one in merge.conflicts if one.name not in chosen.theirs]
    if undecided:
        raise DomainError(_n("还有 %(n)s 处两边都改过，请逐处选择用哪一个。", len(undecided)))
    return merge


def take_in(
    draft_id: int, workbook_id: int, chosen: Choices, *, by: Viewer, at: datetime, found: Understood | None = None
) -> int:
    """Returns how many tasks changed. What was not taken in stays in the draft as findings, so that nothing is lost.

    `found` is what the person's own document says, where that is known already. Raises as `decided_merge` does.
    """
    draft = open_draft(draft_id, by=by)
    held = waiting(draft, workbook_id)
    merge = decided_merge(draft, held, chosen)
    decided = decided_of(held.said)
    accepted = _accepted(decided)  # reading again gives findings other numbers
    act = _Act(draft, [(None, "workbook", None, held.id)])
    taken = [*merge.taken, *(one for one in merge.conflicts if chosen.theirs[one.name])]
    if held.mode == "own":
        _reread(act, held, taken, found, by, at)
    else:
        _correct(act, taken)
        _add_rows(act, merge, held, chosen.add)
        _remove(act, chosen.remove, merge)
    number = note_edits(draft, act.edits, by=by, at=at)
    record_all(act.entries, by=by, at=at)
    _say_left(draft, held, merge, chosen, decided)
    _settle(draft, accepted, number, by, at)
    held.state, held.settled_by, held.settled_at = "taken", by.person_id, at
    record("采纳批注工作簿", by=by, at=at, subject=("draft", draft.id), unit_id=draft.unit_id,
           detail={"文件名": held.file_name, "变化任务": act.tasks, "两处都改": len(merge.conflicts)})  # fmt: skip
    renew_findings(draft)
    return act.tasks


def _correct(act: _Act, taken: list[Change]) -> None:
    by_task: dict[int, dict[str, str]] = {}
    for one in taken:
        by_task.setdefault(one.task_id, {})[one.key] = one.theirs
    year = act.draft.header["year"]
    for task in _tasks(act.draft, by_task):
        values, _unclear = corrected(task.body, by_task[task.id], year)
        for name in sorted(values, key=ORDER.index):
            _set(act, task, name, values[name])
    act.tasks += len(by_task)


def _tasks(draft: Draft, ids: Collection[int]) -> list[DraftTask]:
    if not ids:
        return []
    statement = select(DraftTask).where(DraftTask.draft_id == draft.id, DraftTask.id.in_(ids))
    return list(session.scalars(statement.order_by(DraftTask.position, DraftTask.id)))


def _set(act: _Act, task: DraftTask, name: str, value: Any) -> None:
    if task.body[name] == value:
        return
    after = followed(task.body, name, value, act.draft.header["year"])
    for one, old, new in changes_of(task, name, after):
        act.edits.append((task.id, one, old, new))
        act.entries.append(entry("更正导入草稿", act.draft, task, one, old, new))
    task.body = after


def _add_rows(act: _Act, merge: Merge, held: DraftWorkbook, wanted: Collection[int]) -> None:
    """New rows that a person wants become tasks behind the task of the row above them."""
    above: dict[str, int] = held.said["above"]
    for number, row in enumerate(merge.added):
        if number not in wanted:
            continue
        after = session.get(DraftTask, above.get(row.place, 0))
        position = after.position if after is not None and after.draft_id == act.draft.id else _last(act.draft)
        make_room(act.draft, position)
        task = DraftTask(
            draft_id=act.draft.id, position=position + 1, piece=after.piece if after else 0,
            body=_new_body(row, act.draft.header["year"], after.body["locator"] if after else ""), original=None,
        )  # fmt: skip
        session.add(task)
        session.flush()
        act.edits.append((task.id, "added", False, True))
        act.tasks += 1


def _last(draft: Draft) -> int:
    return session.scalar(select(func.max(DraftTask.position)).where(DraftTask.draft_id == draft.id)) or 0


def _new_body(row: Row, year: int | None, locator: str) -> Body:
    body = {**blank_task(locator), "name": _("新任务")}
    said = {key: text for key, text in row.texts.items() if text}
    values, _unclear = corrected(body, said, year)
    for name in sorted(values, key=ORDER.index):
        body = followed(body, name, values[name], year)
    if "name" not in values and values.get("requirement"):
        body["name"] = values["requirement"][:40]
    return body


def _remove(act: _Act, wanted: Collection[int], merge: Merge) -> None:
    missing = {task.id for task in merge.missing}
    for task in _tasks(act.draft, missing.intersection(wanted)):
        task.removed = True
        act.edits.append((task.id, "removed", False, True))
        act.tasks += 1


def _reread(
    act: _Act, held: DraftWorkbook, taken: list[Change], found: Understood | None, by: Viewer, at: datetime
) -> None:
    """Puts the corrected document in the place of the old one and reads it; what was decided for it goes with it."""
    draft = act.draft
    places = {int(key): place for key, place in held.said["places"].items()}
    stood = {
        str(task.id): task.original["locator"]
        for task in session.scalars(select(DraftTask).where(DraftTask.draft_id == draft.id))
        if task.original is not None
    }
    before = {"key": draft.file_key, "sha256": draft.sha256, "name": draft.file_name, "places": stood}
    draft.file_key = draft.sha256 = held.said["clean"]
    draft.file_name = held.file_name
    after = {"key": draft.file_key, "sha256": draft.sha256, "name": draft.file_name}
    session.flush()
    found = found or understood_again(draft.id, draft.layout)
    renew_pieces(draft, found)
    done = read_again(draft, draft.layout, by=by, at=at, found=found, places=places)
    act.edits.append((None, "file", before, after))
    act.tasks += done.new + done.gone + done.changed
    for task in _tasks(draft, {one.task_id for one in taken}):
        original = task.original or {}
        for name in sorted({one.key for one in taken if one.task_id == task.id and one.key in ORDER}, key=ORDER.index):
            if task.body[name] != original[name]:
                act.edits.append((task.id, name, task.body[name], original[name]))
                act.entries.append(entry("更正导入草稿", draft, task, name, task.body[name], original[name]))
                task.body = {**task.body, name: original[name]}


def _say_left(
    draft: Draft, held: DraftWorkbook, merge: Merge, chosen: Choices, decided: Iterable[Decided]
) -> None:  # fmt: skip
    """What was not taken in, as findings: nobody's typing is lost."""
    mark = {"workbook": str(held.id)}
    news: list[Finding] = []
    for change in merge.left:
        text = f"第 {change.position} 项“{change.task}”：{change.theirs}"
        news.append(Finding("reader", "warning", "workbook-left", {"text": text, **mark}, ()))
    if held.mode == "table":
        for number, row in enumerate(merge.added):
            if number not in chosen.add:
                news.append(Finding("reader", "warning", "workbook-row-added", {"text": row.summary, **mark}, ()))
        for task in merge.missing:
            if task.id not in chosen.remove:
                said = {"text": task.name, **mark}
                news.append(Finding("reader", "warning", "workbook-row-gone", said, (task.body["locator"],)))
    for one in decided:
        if one.lacks_reason or not one.accepted:
            text = f"{one.said} —— {one.reason}" if one.reason else one.said
            code = "workbook-unreasoned" if one.lacks_reason else "workbook-remark"
            severity = "warning" if one.lacks_reason else "note"
            news.append(Finding("reader", severity, code, {"text": text, **mark}, ()))
    add_findings(draft, news)


def _accepted(decided: Iterable[Decided]) -> dict[Key, str]:
    """What the first sheet takes as right as it stands, by what the findings say, each with the reason."""
    reasons = {one.finding_id: one.reason for one in decided if one.accepted and one.finding_id is not None}
    rows = session.scalars(select(DraftFinding).where(DraftFinding.id.in_(reasons)).order_by(DraftFinding.id))
    return {key_of(row): reasons[row.id] for row in rows}


def _settle(draft: Draft, accepted: Mapping[Key, str], act: int, by: Viewer, at: datetime) -> None:
    rows = session.scalars(
        select(DraftFinding)
        .where(DraftFinding.draft_id == draft.id, DraftFinding.settled == "", DraftFinding.origin != "unread")
        .order_by(DraftFinding.position)
    ).all()
    for row in rows:
        if key_of(row) in accepted:
            settle(draft, row, "accepted", by, at, accepted[key_of(row)], act=act)


def put_back(draft: Draft, edit: DraftEdit, *, by: Viewer, at: datetime) -> None:
    """Undoes the act's own part: the workbook waits again, or the old document is read again."""
    if edit.field == "file":
        if draft.file_key != edit.after["key"]:
            raise Conflict(_("原文件后来又被替换过，没有撤销。"))
        before = edit.before
        draft.file_key, draft.sha256, draft.file_name = before["key"], before["sha256"], before["name"]
        places = {int(number): place for number, place in before["places"].items()}
        session.flush()
        found = understood_again(draft.id, draft.layout)
        renew_pieces(draft, found)
        read_again(draft, draft.layout, by=by, at=at, undo=True, found=found, places=places)
        return
    held = session.get(DraftWorkbook, edit.after)
    assert held is not None
    held.state, held.settled_by, held.settled_at = "waiting", None, None
    for row in session.scalars(
        select(DraftFinding).where(DraftFinding.draft_id == draft.id, DraftFinding.code.like("workbook-%"))
    ).all():
        if row.params.get("workbook") == str(held.id):
            session.execute(
                update(DraftEdit).where(DraftEdit.finding_id == row.id).values(finding_id=None, undone=True)
            )
            session.delete(row)
    record("撤销采纳批注工作簿", by=by, at=at, subject=("draft", draft.id), unit_id=draft.unit_id,
           detail={"文件名": held.file_name})  # fmt: skip
    session.flush()
