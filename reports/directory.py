"""The directory of units (组织机构) as a workbook that can be filled in and taken in again: units, names, acts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from reports.words import N_, Translate
from reports.workbook import Column, Sheet

NAME, SHORT, KIND, ABOVE, ALIASES = N_("单位"), N_("简称"), N_("类别"), N_("上级"), N_("别名")
SINCE, UNTIL = N_("自"), N_("至")
OTHER, SORT = N_("其他名称"), N_("种类")
ON, ACT, BEFORE, AFTER, EARLIER = N_("生效日期"), N_("改革"), N_("改革前"), N_("改革后"), N_("原上级")
DOCUMENT, REASON = N_("文号"), N_("理由")


@dataclass(frozen=True, slots=True)
class DirectoryRow:
    name: str
    short_name: str
    kind: str
    """In words."""
    above: str
    aliases: tuple[str, ...]
    since: date
    until: date | None = None


@dataclass(frozen=True, slots=True)
class NameRow:
    """A further name of a unit, with its period."""

    unit: str
    name: str
    sort: str
    """In words: 别名, 简称, 挂牌."""
    since: date | None
    until: date | None


@dataclass(frozen=True, slots=True)
class ActLine:
    """An act of reorganisation that is in effect."""

    on: date
    act: str
    """In words: 更名, 并入, 挂牌."""
    before: tuple[str, ...]
    after: tuple[str, ...]
    above: str
    """Of a move: below which unit it stood."""
    document: str
    reason: str


def build(
    rows: Iterable[DirectoryRow],
    names: Sequence[NameRow],
    acts: Sequence[ActLine],
    *,
    city: str,
    day: date,
    _: Translate,
) -> list[Sheet]:
    """The units; their further names and the acts where there are any."""
    sheets = [
        Sheet(
            title=_("组织机构"),
            heading=_("%(title)s组织机构", title=city),
            lines=(_("截至 %(date)s。可以在表后续填，再导入：新的单位会新增，已有的单位补上别名和简称。", date=day.isoformat()),),
            columns=(
                Column(_(NAME), 34), Column(_(SHORT), 20), Column(_(KIND), 20), Column(_(ABOVE), 28),
                Column(_(ALIASES), 34), Column(_(SINCE), 12, "date"), Column(_(UNTIL), 12, "date"),
            ),
            rows=(
                (row.name, row.short_name, row.kind, row.above, "、".join(row.aliases), row.since, row.until)
                for row in rows
            ),
            freeze_columns=1,
        ),
        Sheet(
            title=_("其他名称"),
            heading=_("其他名称和起止日期"),
            columns=(
                Column(_(NAME), 34), Column(_(OTHER), 34), Column(_(SORT), 12), Column(_(SINCE), 12, "date"),
                Column(_(UNTIL), 12, "date"),
            ),
            rows=((row.unit, row.name, row.sort, row.since, row.until) for row in names),
            freeze_columns=1,
        ),
        Sheet(
            title=_("机构改革"),
            heading=_("已生效的机构改革"),
            lines=(_("导入时补录没有的改革，只连接前后单位，不转移任务和人员。"),),
            columns=(
                Column(_(ON), 12, "date"), Column(_(ACT), 12), Column(_(BEFORE), 34), Column(_(AFTER), 34),
                Column(_(EARLIER), 24), Column(_(DOCUMENT), 24), Column(_(REASON), 40),
            ),
            rows=(
                (row.on, row.act, "、".join(row.before), "、".join(row.after), row.above, row.document, row.reason)
                for row in acts
            ),
        ),
    ]  # fmt: skip
    return [sheets[0], *([sheets[1]] if names else []), *([sheets[2]] if acts else [])]
