"""A supervision slip (督办单) with its reply slip (回执), as a document to be printed, sealed and answered by hand or on the page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from reports.document import Block, Column, Document, Heading, Paragraph, Table
from reports.words import Translate


@dataclass(frozen=True, slots=True)
class Slip:
    name: str
    """云督〔2026〕3号."""
    owner: str
    unit: str
    colour: str
    """In words."""
    items: Sequence[tuple[str, date]]
    """(task, date that was missed)."""
    reason: str
    demand: str
    issued_at: datetime
    issued_on: date
    issuer: str
    reply_by: date
    reply: str
    replied: str
    """Who answered and when; empty where nobody has."""


def build(slip: Slip, _: Translate, *, language: str = "zh-CN") -> Document:
    tasks = [
        (str(place), task, due_on.isoformat(), str((slip.issued_on - due_on).days))
        for place, (task, due_on) in enumerate(slip.items, 1)
    ]
    blocks: list[Block] = [
        Heading(_("督办单"), level=0),
        Paragraph(_("编号：%(name)s　　级别：%(colour)s", name=slip.name, colour=slip.colour)),
        Paragraph(_("%(unit)s：", unit=slip.unit)),
        Paragraph(slip.reason),
        Table([Column(_("序号"), 14, "center"), Column(_("督办事项"), 92), Column(_("应报日期"), 28, "center"),
               Column(_("逾期（天）"), 22, "center")], tasks),
        Paragraph(_("督办要求：%(text)s", text=slip.demand)),
        Paragraph(_("请于 %(day)s 前填报回执。", day=slip.reply_by.isoformat())),
        Paragraph(_("%(owner)s　签发人：%(who)s　%(day)s", owner=slip.owner, who=slip.issuer, day=slip.issued_on.isoformat())),
        Heading(_("回执")),
        Table([Column(_("项目"), 30), Column(_("内容"), 126)],
              [(_("督办单编号"), slip.name), (_("承办单位"), slip.unit), (_("办理情况"), slip.reply or "\n\n\n\n"),
               (_("填报"), slip.replied or _("　　　　　　（签章）　　　年　　月　　日"))]),
    ]  # fmt: skip
    return Document(_("督办单 %(name)s", name=slip.name), slip.owner, slip.issued_at, blocks, language)
