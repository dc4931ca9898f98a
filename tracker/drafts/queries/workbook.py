"""The marked-up workbook (批注工作簿) of a draft: the person's own file where it is a workbook, else a table of the tasks."""

from __future__ import annotations

import re
from base64 import b64decode
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePath
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import func, select

from reports.markup import Anchor, Book, Item, Level, Place, Words, mark_workbook
from reports.template import Tasks, tasks_sheet
from reports.workbook import Properties, Sheet, workbook_bytes
from reports.workbook.page import rows_above
from tracker import storage
from tracker.accounts.roles import Role, Viewer
from tracker.db import session
from tracker.drafts.apart import marked_apart
from tracker.drafts.bodies import changed_fields, places, plain_value
from tracker.drafts.marked import cells
from tracker.drafts.marked.seal import Head, sealed
from tracker.drafts.models import Draft, DraftEdit, DraftPiece, DraftTask
from tracker.drafts.queries.review import FindingRow, cards_of, findings, unread
from tracker.drafts.template import field
from tracker.drafts.wording import FIELD_OF, SETTLED_LABELS, hint, in_words, message
from tracker.errors import NotFound
from tracker.plans.labels import FIELD_LABELS
from tracker.plans.states import ROLES
from tracker.units.queries import covers
from tracker.web.locale import moment
from tracker.web.places import place as place_words
from tracker.web.seals import secret

WRITTEN_AT_ONCE = 2_000
"""Tasks; of more a job writes the workbook."""
KNOWN_BY = "行号（勿改）"
"""Header of the hidden column."""
_CELL = re.compile(r"^(.+)!([A-Z]{1,3}\d+)$", re.DOTALL)
_ROW = re.compile(r"^.+!\d+$", re.DOTALL)
_MOST_UNREAD = 5_000


@dataclass(frozen=True, slots=True)
class Made:
    name: str
    data: bytes


@dataclass(frozen=True, slots=True)
class _Ground:
    """Everything of a draft that its workbook is made from."""

    draft: Draft
    tasks: Sequence[DraftTask]
    rows: list[FindingRow]
    aside: list[FindingRow]
    seq: int
    at: datetime
    by: str

    @property
    def title(self) -> str:
        return str(self.draft.header["title"] or self.draft.file_name)


def workbook_size(draft_id: int) -> int:
    """How many tasks a draft has."""
    return session.scalar(select(func.count()).select_from(DraftTask).where(DraftTask.draft_id == draft_id)) or 0


def workbook_of(draft_id: int, viewer: Viewer, *, at: datetime) -> Made:
    """Raises NotFound where the viewer has no such draft under review. A fixed number of statements."""
    draft = session.get(Draft, draft_id)
    if draft is None or draft.state != "review" or not covers(viewer, draft.unit_id, Role.LEAD_OFFICE):
        raise NotFound
    tasks = session.scalars(
        select(DraftTask).where(DraftTask.draft_id == draft_id).order_by(DraftTask.position, DraftTask.id)
    ).all()
    seq = session.scalar(select(func.max(DraftEdit.seq)).where(DraftEdit.draft_id == draft_id)) or 0
    base = _Ground(
        draft, tasks, findings(draft_id), unread(draft_id, limit=_MOST_UNREAD), seq, at, viewer.name
    )  # fmt: skip
    data = None if draft.pasted else _own(base)
    stem = re.sub(r"[\x00-\x1f/\\]", " ", PurePath(draft.file_name).stem)[:120]
    return Made(_("%(name)s（批注）.xlsx", name=stem), data if data is not None else _table(base))


# -- the person's own workbook -----------------------------------------------------------------------------------------


def _own(base: _Ground) -> bytes | None:
    """None where the document is no workbook that can be marked."""
    data = storage.load(base.draft.file_key)
    if not data.startswith(b"PK"):
        return None
    first = _first_cells(base)

    def at(locators: Iterable[str]) -> tuple[Place, ...]:
        return tuple(_place(locator, first) for locator in locators)

    items = [_item(row, at(row.locators)) for row in base.rows]
    items += [
        Item("done", text, "", at(cells_ or [task.body["locator"]])) for task, _name, cells_, text in _corrections(base)
    ]
    anchors = [
        Anchor(f"t{task.id}", found.group(1), found.group(2))
        for task in base.tasks
        if task.original is not None and not task.stale and (found := _CELL.match(task.original["locator"]))
    ]
    words = _words(base, _("请直接在后面各表的单元格里更正，可以增删行；颜色和批注只是标记，不改变单元格的内容。"))
    book = _book(base, words, [*items, *_aside(base, at)], "own", (), anchors)
    made = marked_apart(data, _book_json(book))
    return None if made is None else b64decode(made)


def _first_cells(base: _Ground) -> dict[str, str]:
    """For rows that findings cite as a whole the first cell of theirs with any text."""
    wanted = {locator for row in (*base.rows, *base.aside) for locator in row.locators if _ROW.match(locator)}
    found: dict[str, str] = {}
    if not wanted:
        return found
    statement = select(DraftPiece.locator, DraftPiece.body).where(
        DraftPiece.draft_id == base.draft.id, DraftPiece.kind == "row"
    )
    for locator, body in session.execute(statement.order_by(DraftPiece.position)):
        if locator in wanted:
            cell = next((cell[4] for cell in body["cells"] if cell[1].strip()), "")
            found[locator] = cell or locator
    return found


def _place(locator: str, first: Mapping[str, str]) -> Place:
    found = _CELL.match(first.get(locator, locator))
    return Place(found.group(1), found.group(2), place_words(locator)) if found else Place("", "", place_words(locator))


def _corrections(base: _Ground) -> Iterator[tuple[DraftTask, str, list[str], str]]:
    """(task, field, places it was read from, what was corrected)."""
    for task in base.tasks:
        if task.removed or task.original is None:
            continue
        for name in changed_fields(task.body, task.original):
            before, now = (plain_value(name, body[name]) or "–" for body in (task.original, task.body))
            text = _("%(field)s：“%(before)s”改为“%(now)s”", field=FIELD_LABELS[name], before=before, now=now)
            yield task, name, list(dict.fromkeys(places(task.original, name))), text


# -- a table of the tasks ----------------------------------------------------------------------------------------------


def _table(base: _Ground) -> bytes:
    standing = [task for task in base.tasks if not task.removed]
    columns = cells.columns(task.body for task in standing)
    keys = [column.key for column in columns]
    rows = [(task.id, cells.texts(task.body, keys)) for task in standing]
    sheet = tasks_sheet(
        Tasks(
            title=base.title, lines=(_("在这张表里更正。行可以排序；新增的行和删去的行上传后逐一询问。"),),
            fields=tuple(field(column, _) for column in columns), known_by=KNOWN_BY, count=len(rows),
            rows=((f"T{number}", *(said[key] for key in keys)) for number, said in rows),
        ), in_words,
    )  # fmt: skip
    data = workbook_bytes([sheet], properties=Properties(base.title, base.by, base.at), translate=in_words)
    words = _words(base, _("请在后面的“任务”表里更正，一行一项任务；颜色和批注只是标记，不改变单元格的内容。"))
    items = _table_items(base, standing, _Grid(sheet, keys))
    headers = {column.header: column.key for column in columns}
    return mark_workbook(data, _book(base, words, items, "table", rows, (), headers))


@dataclass(frozen=True, slots=True)
class _Grid:
    """Where tasks stand in the table."""

    sheet: Sheet
    keys: list[str]

    def at(self, number: int, key: str, shown: str) -> Place:
        column = chr(ord("B") + self.keys.index(key))
        return Place(self.sheet.title, f"{column}{rows_above(self.sheet) + number + 1}", shown)

    def key_of(self, field_name: str, body: Mapping[str, Any]) -> str:
        if field_name == "units":
            return next((role for role in ROLES if any(u["role"] == role for u in body["units"])), "responsible")
        if field_name == "path":
            return f"level{max(1, min(len(body['path']), sum(key.startswith('level') for key in self.keys)))}"
        return field_name if field_name in self.keys else "requirement"


def _table_items(base: _Ground, standing: Sequence[DraftTask], grid: _Grid) -> list[Item]:
    held: dict[int, list[Place]] = {}
    for number, card in enumerate(cards_of(standing, base.rows)):
        for row in card.findings:
            key = grid.key_of(FIELD_OF.get(row.code, "requirement"), card.body)
            shown = _("第 %(n)s 项（%(place)s）", n=card.position, place=place_words(card.body["locator"]))
            held.setdefault(row.id, []).append(grid.at(number, key, shown))
    items = [_item(row, tuple(held.get(row.id) or _nowhere(row.locators))) for row in base.rows]
    number_of = {task.id: number for number, task in enumerate(standing)}
    for task, name, _cells, text in _corrections(base):
        key = grid.key_of(name, task.body)
        items.append(
            Item("done", text, "", (grid.at(number_of[task.id], key, _("第 %(n)s 项", n=task.position)),))
        )  # fmt: skip
    return [*items, *_aside(base, _nowhere)]


def _nowhere(locators: Iterable[str]) -> tuple[Place, ...]:
    return tuple(Place("", "", place_words(locator)) for locator in locators)


# -- what both have ----------------------------------------------------------------------------------------------------


def _item(row: FindingRow, at: tuple[Place, ...]) -> Item:
    level: Level = "error" if row.severity == "error" else "warning" if row.severity == "warning" else "note"
    state = str(SETTLED_LABELS[row.settled]) if row.settled else ""
    said, todo = message(row.code, row.params), hint(row.code, row.params)
    return Item(level, said, todo, at, state, str(row.id), mark=not row.settled)


def _aside(base: _Ground, at: Any) -> list[Item]:
    return [
        Item("note", _("没有读入：%(text)s", text=row.params["text"]), "", at(row.locators), mark=False)
        for row in base.aside
    ]


def _words(base: _Ground, how: str) -> Words:
    open_ = [row.severity for row in base.rows if not row.settled]
    counts = {level: open_.count(level) for level in ("error", "warning", "note")}
    return Words(
        sheet=_("核对清单"),
        heading=_("%(title)s核对清单", title=base.title),
        lines=(
            _("待核对：■ 错误 %(errors)s 处　▲ 警告 %(warnings)s 处　● 说明 %(notes)s 处；没有读入 %(aside)s 处。%(at)s由%(who)s下载。",
              errors=counts["error"], warnings=counts["warning"], notes=counts["note"], aside=len(base.aside),
              at=moment(base.at), who=base.by),
            how,
            _("改好后保存，在核对页面“批注工作簿”里上传：先显示会改变什么，确认后才写入。不用改的，在“处理”一栏选“核对无误”；属于错误的，还要在“说明”里写理由。"),
        ),
        labels=(_("序号"), _("级别"), _("位置"), _("问题"), _("怎样处理"), _("状态"), _("处理"), _("说明")),
        levels={"error": _("错误"), "warning": _("警告"), "note": _("说明"), "done": _("已更正")},
        accepted=_("核对无误"),
        nothing=_("没有需要核对的地方。"),
        page=_("第 &P 页 共 &N 页"),
    )  # fmt: skip


def _book(
    base: _Ground, words: Words, items: Sequence[Item], mode: str, rows: Iterable[tuple[int, Mapping[str, str]]],
    anchors: Iterable[Anchor], headers: Mapping[str, str] | None = None,
) -> Book:  # fmt: skip
    head = Head(
        mode, base.draft.id, base.title, base.at.isoformat(), base.draft.sha256, base.seq, words.sheet,
        KNOWN_BY if headers else "", words.accepted, headers or {},
    )  # fmt: skip
    rank = {"error": 0, "warning": 1, "done": 3}
    ordered = sorted(items, key=lambda item: (bool(item.state), rank.get(item.level, 2)))
    return Book(words, tuple(ordered), sealed(head, rows, secret()), tuple(anchors))


def _book_json(book: Book) -> dict[str, Any]:
    words = book.words
    return {
        "words": {name: getattr(words, name) for name in Words.__slots__} | {"levels": dict(words.levels)},
        "items": [{name: getattr(item, name) for name in Item.__slots__} for item in book.items],
        "seal": book.seal,
        "anchors": book.anchors,
    }
