"""Correcting what was read. Every correction is kept with its old value, in the record and for undoing."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import select

from tracker.accounts.models import Person
from tracker.accounts.roles import Viewer
from tracker.audit.service import Entry, record, record_all
from tracker.db import session
from tracker.drafts.bodies import HEADER_FIELDS, TASK_FIELDS, Body, blank_task, followed, plain_value, reread_deadlines
from tracker.drafts.models import Draft, DraftEdit, DraftTask
from tracker.drafts.service.opening import make_room, note_edit, open_draft, standing_tasks, task_label, task_of
from tracker.drafts.service.settling import renew_findings, renew_findings_near
from tracker.errors import Conflict, DomainError
from tracker.plans.labels import FIELD_LABELS
from tracker.plans.seen import seen_mark
from tracker.web.locale import in_chinese

HEADER_NAMES = {"title": "标题", "issuer": "发文单位", "number": "文号", "issued_on": "发文日期", "year": "年度"}


def correct_field(draft_id: int, task_id: int, field: str, value: Any, *, seen: str, by: Viewer, at: datetime) -> None:
    """Sets one field of a task. `seen` is the mark of the value the person saw; Conflict where it has changed since."""
    draft = open_draft(draft_id, by=by)
    task = task_of(draft, task_id)
    if field not in TASK_FIELDS:
        raise DomainError(_("没有这个栏目。"))
    before = task.body[field]
    if seen_mark(before) != seen:
        raise Conflict(_conflict(draft, task_id, field))
    if before == value:
        return
    read = task.body
    change(draft, task, field, value, by=by, at=at)
    renew_findings_near(draft, task, read)


def change(
    draft: Draft, task: DraftTask, field: str, value: Any, *, by: Viewer, at: datetime, act: int | None = None
) -> int:
    """Sets a field, and with it what was read from it; returns the act, to which more may be added.

    A corrected requirement brings its own deadlines and targets, a corrected heading the name that it gave.
    """
    after = followed(task.body, field, value, draft.header["year"])
    for name, old, new in changes(task, field, after):
        act = note_edit(draft, name, old, new, by=by, at=at, task_id=task.id, act=act).act
        record_all([entry("更正导入草稿", draft, task, name, old, new)], by=by, at=at)
    task.body = after
    assert act is not None
    return act


def changes(task: DraftTask, field: str, after: Body) -> list[tuple[str, Any, Any]]:
    """(field, before, after) of what changes in a task, the field that was corrected first."""
    names = [field, *(one for one in TASK_FIELDS if one != field)]
    return [(name, task.body[name], after[name]) for name in names if after[name] != task.body[name]]


def set_field(task: DraftTask, field: str, value: Any) -> None:
    task.body = {**task.body, field: value}


def entry(action: str, draft: Draft, task: DraftTask, field: str, before: Any, after: Any) -> Entry:
    """What the record says of a corrected field."""
    with in_chinese():
        changes = {str(FIELD_LABELS[field]): (plain_value(field, before), plain_value(field, after))}
        return Entry(action, ("draft", draft.id), draft.unit_id, changes, {"任务": task_label(task)})


def _conflict(draft: Draft, task_id: int | None, field: str) -> str:
    """Names who changed it and to what, so that two people can settle it."""
    row = session.execute(
        select(Person.name, DraftEdit.after)
        .join(Person, Person.id == DraftEdit.by_id)
        .where(DraftEdit.draft_id == draft.id, DraftEdit.task_id == task_id, DraftEdit.field == field)
        .order_by(DraftEdit.seq.desc())
        .limit(1)
    ).first()
    if row is None or field == "header":
        return _(
            "%(who)s刚刚改过这里，没有覆盖。您填写的内容仍在下方，请刷新核对后再保存。",
            who=row.name if row else _("他人"),
        )
    return _(
        "%(who)s刚刚把这里改为“%(value)s”，没有覆盖。您填写的内容仍在下方，请核对后再保存。",
        who=row.name, value=str(plain_value(field, row.after) or "")[:60],
    )  # fmt: skip


def correct_header(draft_id: int, values: dict[str, Any], *, seen: str, by: Viewer, at: datetime) -> None:
    """Sets title, issuer, number, issued_on (ISO or None) and year. A new year is carried into deadlines that print none."""
    draft = open_draft(draft_id, by=by)
    before = draft.header
    if seen_mark(before) != seen:
        raise Conflict(_conflict(draft, None, "header"))
    after = {**before, **{name: values[name] for name in HEADER_FIELDS}}
    if before == after:
        return
    set_header(draft, after)
    note_edit(draft, "header", before, after, by=by, at=at)
    record_header("更正文件信息", draft, before, after, by=by, at=at)
    renew_findings(draft)


def set_header(draft: Draft, header: dict[str, Any]) -> None:
    before, after = draft.header["year"], header["year"]
    draft.header = header
    if before != after:
        for task in standing_tasks(draft):
            renewed = reread_deadlines(task.body["deadlines"], before, after)
            if renewed != task.body["deadlines"]:
                set_field(task, "deadlines", renewed)
    session.flush()


def record_header(
    action: str, draft: Draft, before: dict[str, Any], after: dict[str, Any], *, by: Viewer, at: datetime
) -> None:
    record(action, by=by, at=at, subject=("draft", draft.id), unit_id=draft.unit_id,
           changes={label: (before[name], after[name]) for name, label in HEADER_NAMES.items()})  # fmt: skip


def add_task(draft_id: int, after_id: int | None, *, by: Viewer, at: datetime) -> int:
    """Adds an empty task behind another (None: at the end) and returns its id; the place in the source is the other's."""
    draft = open_draft(draft_id, by=by)
    tasks = list(session.scalars(select(DraftTask).where(DraftTask.draft_id == draft.id).order_by(DraftTask.position)))
    before = task_of(draft, after_id) if after_id is not None else (tasks[-1] if tasks else None)
    position = before.position if before else 0
    make_room(draft, position)
    body = blank_task(before.body["locator"] if before else "")
    body["path"] = list(before.body["path"]) if before else []
    body["name"] = _("新任务")
    task = DraftTask(
        draft_id=draft.id, position=position + 1, piece=before.piece if before else 0, body=body, original=None
    )
    session.add(task)
    session.flush()
    note_edit(draft, "added", False, True, by=by, at=at, task_id=task.id)
    record("导入草稿添加任务", by=by, at=at, subject=("draft", draft.id), unit_id=draft.unit_id,
           detail={"任务": task_label(task)})  # fmt: skip
    renew_findings(draft)
    return task.id


def remove_task(draft_id: int, task_id: int, *, by: Viewer, at: datetime) -> None:
    """Leaves a task out of what is adopted. It stays readable and can be restored."""
    _set_removed(draft_id, task_id, True, by, at)


def restore_task(draft_id: int, task_id: int, *, by: Viewer, at: datetime) -> None:
    _set_removed(draft_id, task_id, False, by, at)


def _set_removed(draft_id: int, task_id: int, removed: bool, by: Viewer, at: datetime) -> None:
    draft = open_draft(draft_id, by=by)
    task = task_of(draft, task_id)
    if task.removed == removed:
        return
    task.removed = removed
    note_edit(draft, "removed", not removed, removed, by=by, at=at, task_id=task.id)
    record("导入草稿移除任务" if removed else "导入草稿恢复任务", by=by, at=at, subject=("draft", draft.id),
           unit_id=draft.unit_id, detail={"任务": task_label(task)})  # fmt: skip
    renew_findings(draft)
