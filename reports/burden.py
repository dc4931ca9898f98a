"""What reporting costs the units (减负测量) in a month, as a workbook."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from reports.words import Translate
from reports.workbook import Column, Link, Sheet


@dataclass(frozen=True, slots=True)
class BurdenLine:
    unit: str
    page: str | None
    """The address of what is counted; None where it is not known."""
    due: int
    asked: int
    again: int
    handed_in: int
    files: int
    minutes: int | None
    """On average; None where it is not known of any."""
    unchanged: int | None
    """Percent of what was handed in; None where nothing was."""


@dataclass(frozen=True, slots=True)
class BurdenSheet:
    title: str
    month: str
    """2026-03."""
    rows: Sequence[BurdenLine]


def build(model: BurdenSheet, _: Translate) -> list[Sheet]:
    rows = (
        (Link(one.unit, one.page), one.due, one.asked, one.again, one.handed_in, one.files, one.minutes, one.unchanged)
        for one in model.rows
    )
    return [
        Sheet(
            title=_("减负测量"),
            heading=_("%(title)s减负测量", title=model.title),
            lines=(_("月份：%(month)s", month=model.month),),
            columns=(
                Column(_("单位"), 26, "link"),
                Column(_("应报"), 9, "integer", total="sum"),
                Column(_("询问和督办"), 12, "integer", total="sum"),
                Column(_("重复询问"), 10, "integer", total="sum"),
                Column(_("提交"), 9, "integer", total="sum"),
                Column(_("附件"), 9, "integer", total="sum"),
                Column(_("平均用时（分钟）"), 17, "integer"),
                Column(_("与上期一致"), 12, "percent", places=0),
            ),
            rows=rows,
            count=len(model.rows),
            freeze_columns=1,
        )
    ]
