"""The deductions (扣分明细): every point that was taken, by which rule, for what, and what the unit said to it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from reports.source import Source, source_cells, source_columns
from reports.words import Translate
from reports.workbook import Column, Link, Sheet


@dataclass(frozen=True, slots=True)
class DeductionRow:
    unit: str
    group: str
    indicator: str
    rule: str
    """The rule's own words."""
    each: Decimal
    """Points an occurrence."""
    times: int
    points: Decimal
    """Points that were really taken, after caps, rounded by the scheme; above 0."""
    reason: str
    """失分原因."""
    evidence: str = ""
    evidence_url: str | None = None
    reply: str = ""
    """What the unit answered."""
    decision: str = ""
    source: Source | None = None


@dataclass(frozen=True, slots=True)
class Deductions:
    scheme: str
    version: str
    as_of: date
    rows: Iterable[DeductionRow]
    places: int = 2
    count: int | None = None


def build(model: Deductions, _: Translate) -> list[Sheet]:
    as_of = model.as_of.isoformat()
    return [
        Sheet(
            title=_("扣分明细"),
            heading=_("%(scheme)s扣分明细", scheme=model.scheme),
            lines=(_("截至 %(date)s　　方案版本：%(version)s", date=as_of, version=model.version),),
            columns=(
                Column(_("单位"), 14),
                Column(_("组别"), 10),
                Column(_("指标"), 16),
                Column(_("扣分规则"), 28),
                Column(_("每次扣分"), 9, "number", places=model.places),
                Column(_("次数"), 6, "integer"),
                Column(_("实扣分"), 9, "number", places=model.places, total="sum"),
                Column(_("失分原因"), 26),
                Column(_("佐证"), 16),
                Column(_("链接"), 8, "link"),
                Column(_("单位说明"), 22),
                Column(_("处理意见"), 14),
                *source_columns(_),
            ),
            rows=_rows(model.rows, _),
            count=model.count,
            freeze_columns=1,
        )
    ]


def _rows(rows: Iterable[DeductionRow], _: Translate) -> Iterator[tuple[object, ...]]:
    """The link stands beside the text that it belongs to: LibreOffice breaks no linked text into lines."""
    opens = _("打开")
    for row in rows:
        yield (
            row.unit,
            row.group,
            row.indicator,
            row.rule,
            row.each,
            row.times,
            row.points,
            row.reason,
            row.evidence,
            Link(opens, row.evidence_url) if row.evidence_url else None,
            row.reply,
            row.decision,
            *source_cells(row.source),
        )
