"""The overdue list (逾期清单): what is late as of a day, by how much, and in whose hands."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from reports.source import Source, source_cells, source_columns
from reports.words import LIGHTS, ROLES, Translate
from reports.workbook import Column, Light, Sheet


@dataclass(frozen=True, slots=True)
class OverdueRow:
    unit: str
    group: str
    plan: str
    chapter: str
    number: str | None
    task: str
    role: str
    """Key of `reports.words.ROLES`."""
    due_on: date
    days: int
    """Calendar days since the due date."""
    percent: int | None
    """0–100, of the last accepted return."""
    state: str
    """Where it hangs, in words: 待报送, 本单位审核, 退办."""
    problems: str = ""
    source: Source | None = None


@dataclass(frozen=True, slots=True)
class Overdue:
    title: str
    as_of: date
    scope: str
    rows: Iterable[OverdueRow]
    count: int | None = None


def build(model: Overdue, _: Translate) -> list[Sheet]:
    return [
        Sheet(
            title=_("逾期清单"),
            heading=_("%(title)s逾期清单", title=model.title),
            lines=(_("截至 %(date)s　　范围：%(scope)s", date=model.as_of.isoformat(), scope=model.scope),),
            columns=(
                Column(_("单位"), 14),
                Column(_("组别"), 10),
                Column(_("计划"), 16),
                Column(_("章节"), 16),
                Column(_("序号"), 7, align="center"),
                Column(_("任务"), 28),
                Column(_("职责"), 6, align="center"),
                Column(_("期限"), 11, "date"),
                Column(_("逾期天数"), 9, "integer"),
                Column(_("进度"), 7, "percent", places=0),
                Column(_("状态"), 9, "light"),
                Column(_("所处环节"), 12),
                Column(_("存在问题"), 26),
                *source_columns(_),
            ),
            rows=_rows(model.rows, _),
            count=model.count,
            freeze_columns=1,
        )
    ]


def _rows(rows: Iterable[OverdueRow], _: Translate) -> Iterator[tuple[object, ...]]:
    light = Light("overdue", _(LIGHTS["overdue"]))
    roles = {key: _(text) for key, text in ROLES.items()}
    for row in rows:
        yield (
            row.unit,
            row.group,
            row.plan,
            row.chapter,
            row.number,
            row.task,
            roles[row.role],
            row.due_on,
            row.days,
            row.percent,
            light,
            row.state,
            row.problems,
            *source_cells(row.source),
        )
