"""Papers that go along (随身表单) as documents: the sheet of a finding (问题整改单), and that of a spot check place by place.

What is not known yet is left to the pen; whoever signs finds a place for it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from reports.document import Block, Column, Document, Heading, Linked, Paragraph, Table
from reports.rectification import CheckSheet, PlaceLine
from reports.words import Translate

BLANK = "　" * 12
ROOM = "\n".join([BLANK] * 4)
"""Lines to be written on by hand."""
Row = tuple[str, str | Linked]


@dataclass(frozen=True, slots=True)
class RoundLine:
    """One report of the rectification, as it is printed."""

    number: int
    done: str
    who: str
    """Who wrote, signed and approved it, in words."""
    before: Sequence[str]
    after: Sequence[str]
    """Names of the files."""
    opinion: str


@dataclass(frozen=True, slots=True)
class FindingSheet:
    number: int
    title: str
    text: str
    source: str
    """In words, as the other words here."""
    unit: str
    plan: str
    state: str
    due_on: date
    original_due_on: date
    measure: str
    responsible: str
    planned_on: date | None
    rounds: Sequence[RoundLine]
    page: str
    at: datetime


def finding_document(model: FindingSheet, _: Translate, *, author: str = "", language: str = "zh-CN") -> Document:
    """To be taken along, signed and filed: what was found, what is to be done about it, and what was reported."""
    title = _("问题整改单")
    due = model.due_on.isoformat()
    if model.original_due_on != model.due_on:
        due = _("%(day)s（原期限 %(first)s）", day=due, first=model.original_due_on.isoformat())
    blocks: list[Block] = [
        Heading(title, level=0),
        Paragraph(_("第 %(n)s 号　截至 %(date)s", n=model.number, date=model.at.date().isoformat()), is_note=True),
        _facts(
            [
                (_("问题概述"), Linked(model.title, model.page)),
                (_("问题详情"), model.text or "—"),
                (_("来源"), model.source),
                (_("责任单位"), model.unit),
                (_("所属计划"), model.plan or "—"),
                (_("整改时限"), due),
                (_("状态"), model.state),
            ],
            _,
        ),
        Heading(_("整改措施")),
        _facts(
            [
                (_("措施"), model.measure or ROOM),
                (_("责任人"), model.responsible or BLANK),
                (_("计划完成时间"), model.planned_on.isoformat() if model.planned_on else BLANK),
            ],
            _,
        ),
    ]
    for one in model.rounds:
        blocks += [Heading(_("第 %(n)s 次整改报送", n=one.number)), _round(one, _)]
    blocks += [Heading(_("现场核验")), _facts([(_("核验情况"), ROOM), (_("核验结论"), _("□ 销号　□ 退回再改"))], _)]
    blocks.append(Paragraph(_signing(_)))
    return Document(title, author, model.at, blocks, language)


def _round(one: RoundLine, _: Translate) -> Table:
    files = _("、")
    return _facts(
        [
            (_("整改完成情况"), one.done),
            (_("办理人员"), one.who),
            (_("整改前佐证"), files.join(one.before) or "—"),
            (_("整改后佐证"), files.join(one.after) or "—"),
            (_("核验意见"), one.opinion or "—"),
        ],
        _,
    )


def check_document(
    model: CheckSheet, at: datetime, _: Translate, *, author: str = "", language: str = "zh-CN"
) -> Document:  # fmt: skip
    """One table a place, with room to write beside what the unit had reported."""
    title = _("%(title)s抽查表", title=model.title)
    blocks: list[Block] = [Heading(title, level=0), Paragraph(model.drawn, is_note=True)]
    for one in model.rows:
        blocks += [Heading(_("第 %(n)s 项　%(unit)s", n=one.position, unit=one.unit)), _place(one, _)]
    blocks.append(Paragraph(_signing(_)))
    return Document(title, author, at, blocks, language)


def _place(one: PlaceLine, _: Translate) -> Table:
    return _facts(
        [
            (_("任务"), one.task),
            (_("期次"), f"{one.term}　{one.due_on.isoformat()}"),
            (_("核定进度"), f"{one.percent}%"),
            (_("报送的完成情况"), one.reported or "—"),
            (_("抽中原因"), one.risks or _("随机")),
            (_("抽查结果"), one.result or _("□ 未发现问题　□ 发现问题")),
            (_("抽查情况"), one.note or ROOM),
        ],
        _,
    )


def _signing(_: Translate) -> str:
    return _("抽查人（签字）：　　　　　　　　被查单位（签字）：　　　　　　　　抽查日期：　　　　")


def _facts(rows: Sequence[Row], _: Translate) -> Table:
    return Table([Column(_("事项"), 34), Column(_("内容"), 122)], rows)
