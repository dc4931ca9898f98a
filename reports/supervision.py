"""A supervision slip (督办单) with its reply slip (回执), to be printed, sealed and answered by hand or on the page; a circular
(通报) of what is overdue in a plan."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from reports.document import Banner, Block, Column, Document, Heading, Paragraph, Table
from reports.words import Translate


@dataclass(frozen=True, slots=True)
class Slip:
    name: str
    """云督〔2026〕3号."""
    owner: str
    unit: str
    colour: str
    """In words."""
    plans: Sequence[str]
    """On what it rests (督办依据): the plans that its items belong to."""
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
        (str(place), task, due_on.isoformat(), _late(due_on, slip.issued_on))
        for place, (task, due_on) in enumerate(slip.items, 1)
    ]
    blocks: list[Block] = [
        Banner(_("%(owner)s督办单", owner=slip.owner), slip.name, _("级别：%(colour)s", colour=slip.colour)),
        Paragraph(_("%(unit)s：", unit=slip.unit), look="flush"),
        Paragraph(slip.reason, look="body"),
        Paragraph(_("依据：%(plans)s", plans=_("、").join(_("《%(plan)s》", plan=plan) for plan in slip.plans)), look="body"),
        Table([Column(_("序号"), 14, "center"), Column(_("督办事项"), 81), Column(_("应报日期"), 34, "center"),
               Column(_("逾期（天）"), 27, "center")], tasks, is_large=True),
        Paragraph(_("督办要求：%(text)s", text=slip.demand), look="body"),
        Paragraph(_("请于%(day)s前填报回执。", day=_day(slip.reply_by, _)), look="body"),
        *_signed(slip.owner, slip.issued_on, _, issuer=slip.issuer),
        Heading(_("回执")),
        Table([Column(_("项目"), 30), Column(_("内容"), 126)],
              [(_("督办单编号"), slip.name), (_("承办单位"), slip.unit), (_("办理情况"), slip.reply or "\n" * 4),
               (_("填报"), slip.replied or _("　　　　　　（签章）　　　年　　月　　日"))], is_form=True),
    ]  # fmt: skip
    return Document(_("督办单 %(name)s", name=slip.name), slip.owner, slip.issued_at, blocks, language)


def _late(due_on: date, day: date) -> str:
    """Days; – where the date has not passed."""
    return str((day - due_on).days) if due_on < day else "–"


def _day(day: date, _: Translate) -> str:
    """As official papers write it, without zeros in front."""
    return _("%(year)s年%(month)s月%(day)s日", year=day.year, month=day.month, day=day.day)


def _signed(owner: str, day: date, _: Translate, *, issuer: str = "") -> list[Block]:
    """落款."""
    lines = [_("签发人：%(who)s", who=issuer)] if issuer else []
    return [Paragraph(line, look="signed") for line in (*lines, owner, _day(day, _))]


@dataclass(frozen=True, slots=True)
class Circular:
    plan: str
    owner: str
    items: Sequence[tuple[str, str, date]]
    """(unit, task, date that was missed), unit by unit."""
    made_at: datetime
    as_of: date


def circular(model: Circular, _: Translate, *, language: str = "zh-CN") -> Document:
    """A draft: looked over, numbered and signed before it goes out."""
    title = _("关于“%(plan)s”逾期报送情况的通报", plan=model.plan)
    units, day = len({unit for unit, _task, _due in model.items}), _day(model.as_of, _)
    rows = [
        (str(place), unit, task, due_on.isoformat(), _late(due_on, model.as_of))
        for place, (unit, task, due_on) in enumerate(model.items, 1)
    ]
    begun: list[Block] = [Heading(title, level=0), Paragraph(_("各有关单位："), look="flush")]
    signed = _signed(model.owner, model.as_of, _)
    if not rows:
        none = Paragraph(_("截至%(day)s，没有逾期未报的事项。", day=day), look="body")
        return Document(title, model.owner, model.made_at, [*begun, none, *signed], language)
    blocks: list[Block] = [
        *begun,
        Paragraph(_("截至%(day)s，%(units)s个单位共%(n)s项报送逾期，现通报如下。", day=day, units=units, n=len(rows)), look="body"),
        Table([Column(_("序号"), 14, "center"), Column(_("单位"), 36), Column(_("任务"), 45),
               Column(_("应报日期"), 34, "center"), Column(_("逾期（天）"), 27, "center")], rows, is_large=True),
        Paragraph(_("请以上单位立即补报，说明逾期原因，并落实整改措施。"), look="body"),
        *signed,
    ]  # fmt: skip
    return Document(title, model.owner, model.made_at, blocks, language)
