"""The rectification ledger (整改台账) as a workbook, and the sheet that goes along on a spot check (抽查表)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from reports.words import LIGHTS, LightKind, Translate
from reports.workbook import Column, Light, Link, Sheet


@dataclass(frozen=True, slots=True)
class FindingLine:
    number: int
    source: str
    """In words, as the other words here."""
    title: str
    text: str
    plan: str
    unit: str
    measure: str
    responsible: str
    planned_on: date | None
    due_on: date
    light: LightKind
    state: str
    times_returned: int
    done: str
    verified_at: datetime | None
    opinion: str
    page: str | None
    """The address of the finding; None where it is not known."""


@dataclass(frozen=True, slots=True)
class FindingLedger:
    title: str
    as_of: date
    scope: str
    """What chose the lines, in words."""
    rows: Iterable[FindingLine]
    count: int | None = None


def build(model: FindingLedger, _: Translate) -> list[Sheet]:
    return [
        Sheet(
            title=_("整改台账"),
            heading=_("%(title)s整改台账", title=model.title),
            lines=(_("截至 %(date)s　　范围：%(scope)s", date=model.as_of.isoformat(), scope=model.scope),),
            columns=(
                Column(_("编号"), 7, "link", align="center"),
                Column(_("来源"), 9),
                Column(_("问题概述"), 24),
                Column(_("问题详情"), 28),
                Column(_("计划"), 16),
                Column(_("责任单位"), 14),
                Column(_("整改措施"), 28),
                Column(_("责任人"), 10),
                Column(_("计划完成时间"), 11, "date"),
                Column(_("整改时限"), 11, "date"),
                Column(_("亮灯"), 9, "light"),
                Column(_("状态"), 9),
                Column(_("退回次数"), 7, "integer"),
                Column(_("整改完成情况"), 30),
                Column(_("核验时间"), 15, "datetime"),
                Column(_("核验意见"), 20),
            ),
            rows=_lines(model.rows, _),
            count=model.count,
            freeze_columns=3,
        )
    ]


def _lines(rows: Iterable[FindingLine], _: Translate) -> Iterator[tuple[object, ...]]:
    lights = {kind: Light(kind, _(text)) for kind, text in LIGHTS.items()}
    for row in rows:
        ended = row.light in {"done", "none"}
        yield (
            Link(str(row.number), row.page), row.source, row.title, row.text, row.plan, row.unit, row.measure,
            row.responsible, row.planned_on, row.due_on, None if ended else lights[row.light], row.state,
            row.times_returned, row.done, row.verified_at, row.opinion,
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class PlaceLine:
    position: int
    unit: str
    task: str
    term: str
    due_on: date
    percent: int
    reported: str
    """What the unit had reported."""
    risks: str
    result: str
    """Empty where it is still to be found out."""
    note: str


@dataclass(frozen=True, slots=True)
class CheckSheet:
    title: str
    drawn: str
    """Who drew it, when, by which seed from how many."""
    rows: Iterable[PlaceLine]
    count: int


def build_check(model: CheckSheet, _: Translate) -> list[Sheet]:
    """To be printed and filled in on the spot: result and remarks are left to the pen where they are not known yet."""
    return [
        Sheet(
            title=_("抽查表"),
            heading=_("%(title)s抽查表", title=model.title),
            lines=(model.drawn,),
            columns=(
                Column(_("序号"), 6, "integer", align="center"),
                Column(_("单位"), 14),
                Column(_("任务"), 24),
                Column(_("期次"), 14),
                Column(_("期限"), 11, "date"),
                Column(_("核定进度"), 8, "percent", places=0),
                Column(_("报送的完成情况"), 34),
                Column(_("抽中原因"), 14),
                Column(_("抽查结果"), 12),
                Column(_("抽查情况"), 30),
            ),
            rows=(
                (
                    one.position, one.unit, one.task, one.term, one.due_on, one.percent, one.reported, one.risks,
                    one.result, one.note,
                )
                for one in model.rows
            ),
            notes=(_("抽查人（签字）：　　　　　　　　被查单位（签字）：　　　　　　　　抽查日期：　　　　"),),
            count=model.count,
        )
    ]  # fmt: skip
