"""The progress ledger (进展台账): every assignment with what was due, what was reported and where it comes from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from reports.source import Source, source_cells, source_columns
from reports.words import LIGHTS, ROLES, LightKind, Translate
from reports.workbook import Column, Light, Sheet


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """One obligation, or an assignment that owes none: then `due_on`, `period` and the dates are empty."""

    plan: str
    path: tuple[str, ...]
    number: str | None
    task: str
    requirement: str
    unit: str
    role: str
    """Key of `reports.words.ROLES`."""
    due_on: date | None
    period: str
    """What the date is for, in the document's words: 每季度末月20日前."""
    percent: int | None
    """0–100, of the last accepted return."""
    light: LightKind
    done: str = ""
    problems: str = ""
    submitted_at: datetime | None = None
    accepted_at: datetime | None = None
    source: Source | None = None


@dataclass(frozen=True, slots=True)
class Ledger:
    title: str
    """What the ledger is of: the plan's name, or the unit's."""
    as_of: date
    scope: str
    """The filter that chose the rows, in words."""
    rows: Iterable[LedgerRow]
    count: int | None = None


def build(model: Ledger, _: Translate) -> list[Sheet]:
    return [
        Sheet(
            title=_("进展台账"),
            heading=_("%(title)s进展台账", title=model.title),
            lines=(_("截至 %(date)s　　范围：%(scope)s", date=model.as_of.isoformat(), scope=model.scope),),
            columns=(
                Column(_("计划"), 12),
                Column(_("章节"), 14),
                Column(_("序号"), 5, align="center"),
                Column(_("任务"), 18),
                Column(_("工作要求"), 27),
                Column(_("单位"), 12),
                Column(_("职责"), 5, align="center"),
                Column(_("期限"), 11, "date"),
                Column(_("期次"), 10),
                Column(_("进度"), 6, "percent", places=0),
                Column(_("状态"), 8, "light"),
                Column(_("进展情况"), 27),
                Column(_("存在问题"), 16),
                Column(_("报送时间"), 15.5, "datetime"),
                Column(_("核收时间"), 15.5, "datetime"),
                *source_columns(_),
            ),
            rows=_rows(model.rows, _),
            count=model.count,
        )
    ]


def _rows(rows: Iterable[LedgerRow], _: Translate) -> Iterator[tuple[object, ...]]:
    lights = {kind: Light(kind, _(text)) for kind, text in LIGHTS.items()}
    roles = {key: _(text) for key, text in ROLES.items()}
    for row in rows:
        yield (
            row.plan,
            " / ".join(row.path),
            row.number,
            row.task,
            row.requirement,
            row.unit,
            roles[row.role],
            row.due_on,
            row.period,
            row.percent,
            lights[row.light],
            row.done,
            row.problems,
            row.submitted_at,
            row.accepted_at,
            *source_cells(row.source),
        )
