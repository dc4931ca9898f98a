"""Marked-up workbooks (批注工作簿): given out, taken back, their corrections taken in as anyone's corrections are.

What stands in one that came back is kept in `DraftWorkbook.said`. Mode `table`: `base` (task id → texts when it was given
out) and `rows` ([task id, place, texts]) of what was touched, `above` (place of a new row → task above it), `same`
(rows left as they were), `gone` (headers). Mode `own`: `clean` (key of the file without marks), `places`
(task id → where it stands now), `tasks`, `header`. Both: `decided` and `accepted`, of the first sheet.
"""

from __future__ import annotations

from base64 import b64decode
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import select, update

from imports.problems import UnreadableDocument
from tracker import storage
from tracker.accounts.roles import Viewer
from tracker.audit.service import record
from tracker.db import session
from tracker.drafts.apart import look_into_apart, take_off_apart
from tracker.drafts.bodies import HEADER_FIELDS, Body
from tracker.drafts.marked.apart import decided, rows_by_header
from tracker.drafts.marked.merging import rows_of, touched
from tracker.drafts.marked.seal import Head, opened
from tracker.drafts.models import Draft, DraftPiece, DraftWorkbook
from tracker.drafts.queries.returned import decided_of, merge_of
from tracker.drafts.service.opening import open_draft
from tracker.drafts.wording import unreadable
from tracker.errors import DomainError, NotFound
from tracker.outbox.service import enqueue
from tracker.web.seals import Broken, secret

JOB = "drafts.workbook"


def ask_workbook(draft_id: int, *, locale: str, by: Viewer, at: datetime) -> int:
    """Has the workbook of a large draft written by a job; returns its id."""
    open_draft(draft_id, by=by)
    key = f"{JOB}:{draft_id}:{by.person_id}:{at.isoformat()}"
    return enqueue(JOB, {"draft_id": draft_id, "locale": locale}, key=key, by=by, at=at).id


def receive_workbook(draft_id: int, *, data: bytes, file_name: str, by: Viewer, at: datetime) -> int:
    """Keeps a workbook that came back and what was changed in it; nothing of it is taken in yet. Returns its id.

    Raises DomainError(field="file") for a file that is none, or not of this draft as it stands.
    """
    try:
        found = look_into_apart(data, file_name)  # before the turn to write is taken: nobody waits for it
        draft = open_draft(draft_id, by=by)
        head, base = _known(found, draft)
        said = _of_table(found, head, base) if head.mode == "table" else _of_own(data, file_name, head, draft)
    except UnreadableDocument as error:
        raise DomainError(unreadable(error), field="file") from error
    said["decided"] = decided(found["tables"].get(found["checklist"] or head.checklist, ()))
    said["accepted"] = head.accepted
    held = DraftWorkbook(
        draft_id=draft.id, mode=head.mode, file_name=file_name[:255], file_key=storage.save_bytes(data).key,
        exported_at=datetime.fromisoformat(head.at), said=said, state="waiting", by_id=by.person_id, at=at,
    )  # fmt: skip
    if (
        merge_of(held, year=draft.header["year"]).empty
        and not decided_of(said)
        and not said.get("header")
        and not said.get("further")
    ):
        raise DomainError(
            _("这份工作簿和下载时一样，没有改动。请在其中更正并保存后再上传。"), field="file"
        )  # fmt: skip
    session.execute(
        update(DraftWorkbook)
        .where(DraftWorkbook.draft_id == draft.id, DraftWorkbook.state == "waiting")
        .values(state="dropped", settled_by=by.person_id, settled_at=at)
    )
    session.add(held)
    session.flush()
    record("上传批注工作簿", by=by, at=at, subject=("draft", draft.id), unit_id=draft.unit_id,
           detail={"文件名": held.file_name, "SHA-256": held.file_key})  # fmt: skip
    return held.id


def _known(found: Mapping[str, Any], draft: Draft) -> tuple[Head, dict[int, dict[str, str]]]:
    """What the workbook was given out as. Raises DomainError where it is not of this draft as it stands."""
    if found["seal"] is None:
        raise DomainError(
            _("这不是从这里下载的批注工作簿。请先在本页下载，在其中更正并保存，再上传那一份；新的文件请到“导入分解表”导入。"), field="file"
        )  # fmt: skip
    try:
        head, base = opened(found["seal"], secret())
    except Broken as error:
        raise DomainError(
            _("这份工作簿的识别信息不完整，或者不是由本系统下载的，无法确认改了什么。请重新下载一份，把更正填进去再上传。"), field="file"
        ) from error  # fmt: skip
    if head.draft_id != draft.id:
        raise DomainError(
            _("这是另一份导入稿“%(title)s”的批注工作簿。请到那份导入稿的“批注工作簿”里上传。", title=head.title), field="file"
        )  # fmt: skip
    if head.mode == "own" and head.source != draft.sha256:
        raise DomainError(
            _("这份工作簿下载之后，原文件已经被替换过，不能再按它更正。请重新下载一份，把更正填进去再上传。"), field="file"
        )  # fmt: skip
    return head, base


def _of_table(found: Mapping[str, Any], head: Head, base: Mapping[int, Mapping[str, str]]) -> dict[str, Any]:
    read = rows_by_header(found["tables"], head.known_by, dict(head.headers))
    if read is None:
        raise DomainError(
            _(
                "工作簿里找不到任务表：表头或隐藏的“%(name)s”列被删掉了。请重新下载一份，把更正填进去再上传。",
                name=head.known_by,
            ),
            field="file",
        )
    rows, gone = read
    kept = touched(base, rows_of((_number(mark), place, texts) for mark, place, texts in rows))
    return {
        "base": {str(number): dict(texts) for number, texts in kept.base.items()},
        "rows": [[row.task_id, row.place, dict(row.texts)] for row in kept.rows],
        "above": kept.above,
        "same": kept.same,
        "gone": gone,
    }


def _number(mark: str) -> int | None:
    return int(mark[1:]) if mark[:1] == "T" and mark[1:].isdecimal() and len(mark) < 12 else None


def _of_own(data: bytes, file_name: str, head: Head, draft: Draft) -> dict[str, Any]:
    given = {"file_name": file_name, "checklist": head.checklist, "year": draft.header["year"], "layout": draft.layout}
    found = take_off_apart(data, given)
    body: Body = found["whole"]["body"]
    if not body["tasks"]:
        raise DomainError(_("更正后的文件里读不出任务，没有采纳。请核对表头行是否还在。"), field="file")
    places = {name.removeprefix("t"): place for name, place in found["anchors"].items()}
    document = body["document"]
    before = draft.header_read
    header = [
        [name, before.get(name), document[name]]
        for name in HEADER_FIELDS
        if name != "year" and document[name] != before.get(name) and draft.header[name] == before.get(name)
    ]
    return {
        "clean": storage.save_bytes(b64decode(found["file"])).key,
        "places": places,
        "tasks": body["tasks"],
        "header": header,
        "further": _further(draft, found["whole"]["pieces"]),
    }


def _further(draft: Draft, pieces: list[list[Any]]) -> int:
    """How many rows and paragraphs of the document are other ones than before."""
    statement = select(DraftPiece.kind, DraftPiece.locator, DraftPiece.body).where(DraftPiece.draft_id == draft.id)
    before = [[kind, place, body] for kind, place, body in session.execute(statement.order_by(DraftPiece.position))]
    same = sum(old == new for old, new in zip(before, pieces, strict=False))
    return max(len(before), len(pieces)) - same


def drop_workbook(draft_id: int, workbook_id: int, *, by: Viewer, at: datetime) -> None:
    """Puts a workbook away that waits; it stays in the list."""
    draft = open_draft(draft_id, by=by)
    held = waiting(draft, workbook_id)
    held.state, held.settled_by, held.settled_at = "dropped", by.person_id, at
    record("放弃批注工作簿", by=by, at=at, subject=("draft", draft.id), unit_id=draft.unit_id,
           detail={"文件名": held.file_name})  # fmt: skip
    session.flush()


def waiting(draft: Draft, workbook_id: int) -> DraftWorkbook:
    """Raises NotFound, or DomainError where it was taken in or put away meanwhile."""
    held = session.scalar(
        select(DraftWorkbook).where(DraftWorkbook.id == workbook_id, DraftWorkbook.draft_id == draft.id)
    )
    if held is None:
        raise NotFound
    if held.state != "waiting":
        raise DomainError(_("这份批注工作簿已经采纳或放弃，没有重复写入。"))
    return held
