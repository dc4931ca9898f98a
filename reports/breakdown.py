"""The breakdown (任务分解表): a plan as the table it was issued as, chapters merged over their tasks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from reports.source import Source, source_cells, source_columns
from reports.words import N_, Translate, lapped
from reports.workbook import Column, Sheet

ROLE_LABELS: Mapping[str, str] = {
    "lead": N_("牵头单位"),
    "responsible": N_("责任单位"),
    "support": N_("配合单位"),
    "supervise": N_("督办单位"),
}
MOST_LEVELS = 3
"""Columns for headings; deeper ones share the last, else nothing is left for the tasks."""


@dataclass(frozen=True, slots=True)
class BreakdownRow:
    path: tuple[str, ...]
    """Headings above the task, outermost first."""
    number: str | None
    task: str
    requirement: str
    units: Mapping[str, str]
    """Unit names by role, as they are to be printed."""
    deadline: str
    targets: str = ""
    source: Source | None = None


@dataclass(frozen=True, slots=True)
class Breakdown:
    plan: str
    as_of: date
    document: str
    """Title and number of the document the plan was read from."""
    levels: int
    """Most headings above a task."""
    roles: tuple[str, ...]
    """Roles that occur, in the order of their columns: keys of `ROLE_LABELS`."""
    rows: Iterable[BreakdownRow]
    has_targets: bool = False
    count: int | None = None


_TITLE = "任务分解表"


def build(model: Breakdown, _: Translate) -> list[Sheet]:
    levels = min(model.levels, MOST_LEVELS)
    return [
        Sheet(
            title=_("任务分解"),
            heading=_heading(model.plan, _),
            lines=(_("截至 %(date)s　　依据：%(document)s", date=model.as_of.isoformat(), document=model.document),),
            columns=(
                *(Column(_level_label(level, levels, _), 18, merge=True) for level in range(levels)),
                Column(_("序号"), 5, align="center"),
                Column(_("任务"), 24),
                Column(_("工作要求"), 40),
                *(Column(_(ROLE_LABELS[role]), 18) for role in model.roles),
                Column(_("完成时限"), 14),
                *((Column(_("目标值"), 14),) if model.has_targets else ()),
                *source_columns(_),
            ),
            rows=_rows(model, levels),
            count=model.count,
            filter=False,
        )
    ]


def _heading(plan: str, _: Translate) -> str:
    said = _("%(plan)s任务分解表", plan=plan)
    return lapped(plan, _TITLE) if said == f"{plan}{_TITLE}" else said


def _level_label(level: int, levels: int, _: Translate) -> str:
    return _("工作领域") if levels == 1 else _("第%(n)s级标题", n=level + 1)


def _rows(model: Breakdown, levels: int) -> Iterator[tuple[object, ...]]:
    for row in model.rows:
        yield (
            *_headings(row.path, levels),
            row.number,
            row.task,
            row.requirement,
            *(row.units.get(role) for role in model.roles),
            row.deadline,
            *((row.targets,) if model.has_targets else ()),
            *source_cells(row.source),
        )


def _headings(path: tuple[str, ...], levels: int) -> tuple[str | None, ...]:
    if not levels:
        return ()
    own = (*path[: levels - 1], " / ".join(path[levels - 1 :]))
    return (*own[:levels], *(None,) * (levels - len(own)))
