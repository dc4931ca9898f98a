"""A table to fill in (空白模板), and the same table with the tasks of a draft: its columns are given, not known here."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from reports.words import Translate
from reports.workbook import Column, RowsOf, Sheet

BLANK_ROWS = 200
LONGEST_HINT = 255
"""Characters that the office programs show of a hint."""


@dataclass(frozen=True, slots=True)
class Field:
    """A column to fill in, as the specification of the reader says."""

    header: str
    width: float
    hint: str
    suggestions: tuple[str, ...] = ()
    of_units: bool = False


@dataclass(frozen=True, slots=True)
class Template:
    fields: tuple[Field, ...]
    examples: tuple[tuple[str, ...], ...]
    units: tuple[str, ...]
    """Names that are offered, in printed order."""
    not_read: str
    """Ends the heading of a sheet that is not read."""
    blank_rows: int = BLANK_ROWS


def build(model: Template, _: Translate) -> list[Sheet]:
    units = RowsOf("单位名单", len(model.units))
    lists = [
        Sheet(
            title="单位名单", heading=f"单位名单{model.not_read}", columns=(Column(_("单位"), 40),),
            rows=((name,) for name in model.units), filter=False,
        )
    ] if model.units else []  # fmt: skip
    return [
        Sheet(
            title="任务分解表", heading="", heading_hint=_("在这里填写文件的标题，如“云岫市2026年重点工作任务分解表”。"),
            columns=_columns(model, units), rows=((None,) * len(model.fields) for _row in range(model.blank_rows)), filter=False,
        ),
        Sheet(
            title="填写示例", heading=f"填写示例{model.not_read}", columns=_columns(model, RowsOf("", 0), hints=False),
            rows=model.examples, filter=False,
            notes=tuple(f"{field.header}：{field.hint}" for field in model.fields),
        ),
        *lists,
    ]  # fmt: skip


def _columns(model: Template, units: RowsOf, *, hints: bool = True) -> tuple[Column, ...]:
    return tuple(
        Column(
            field.header,
            field.width,
            typed=True,
            hint=field.hint[:LONGEST_HINT] if hints else "",
            choices=(units if field.of_units else field.suggestions) if hints else (),
        )
        for field in model.fields
    )


@dataclass(frozen=True, slots=True)
class Tasks:
    """The tasks of a draft, one a row, to be corrected in the workbook."""

    title: str
    lines: tuple[str, ...]
    fields: tuple[Field, ...]
    rows: Iterable[tuple[str, ...]]
    """What the row is known again by, then a text for each field."""
    known_by: str
    """Header of the hidden column."""
    count: int


def tasks_sheet(model: Tasks, _: Translate) -> Sheet:
    columns = tuple(
        Column(field.header, field.width, typed=True, hint=field.hint[:LONGEST_HINT], choices=field.suggestions)
        for field in model.fields
    )
    return Sheet(
        title=_("任务"),
        heading=model.title,
        lines=model.lines,
        columns=(Column(model.known_by, 8, typed=True, hidden=True), *columns),
        rows=model.rows,
        count=model.count,
    )
