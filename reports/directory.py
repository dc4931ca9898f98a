"""The directory of units (组织机构) as a workbook that can be filled in and taken in again."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from reports.words import N_, Translate
from reports.workbook import Column, Sheet

NAME, SHORT, KIND, ABOVE, ALIASES, SINCE = N_("单位"), N_("简称"), N_("类别"), N_("上级"), N_("别名"), N_("自")
HEADERS = (NAME, SHORT, KIND, ABOVE, ALIASES, SINCE)


@dataclass(frozen=True, slots=True)
class DirectoryRow:
    name: str
    short_name: str
    kind: str
    """In words."""
    above: str
    aliases: tuple[str, ...]
    since: date


def build(rows: Iterable[DirectoryRow], *, city: str, day: date, _: Translate) -> list[Sheet]:
    return [
        Sheet(
            title=_("组织机构"),
            heading=_("%(title)s组织机构", title=city),
            lines=(_("截至 %(date)s。可以在表后续填，再导入：新的单位会新增，已有的单位补上别名和简称。", date=day.isoformat()),),
            columns=(
                Column(_(NAME), 34), Column(_(SHORT), 20), Column(_(KIND), 20), Column(_(ABOVE), 28),
                Column(_(ALIASES), 34), Column(_(SINCE), 12, "date"),
            ),
            rows=(
                (row.name, row.short_name, row.kind, row.above, "、".join(row.aliases), row.since) for row in rows
            ),
            freeze_columns=1,
        )
    ]  # fmt: skip
