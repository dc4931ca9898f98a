"""The directory as people write it in tables: which columns they have, and what their rows say; read in a process apart."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from imports.apart import Request, run
from imports.readers import read_document
from tracker.units.matching import normal

Heads = Mapping[str, frozenset[str]]
UNITS: Heads = {
    "name": frozenset({"单位", "单位名称", "名称", "全称", "Unit"}),
    "short_name": frozenset({"简称", "Shortname"}),
    "kind": frozenset({"类别", "单位类别", "类型", "Kind"}),
    "above": frozenset({"上级", "上级单位", "所属", "主管单位", "Above", "Parent"}),
    "aliases": frozenset({"别名", "其他名称", "曾用名", "Aliases", "Alias"}),
    "since": frozenset({"自", "设立日期", "From"}),
    "until": frozenset({"至", "撤销日期", "To"}),
}
NAMES: Heads = {
    "name": frozenset({"单位", "单位名称", "Unit"}),
    "other": frozenset({"其他名称", "Othername"}),
    "sort": frozenset({"种类", "Sort"}),
    "since": UNITS["since"],
    "until": UNITS["until"],
}
ACTS: Heads = {
    "on": frozenset({"生效日期", "Takeseffect"}),
    "kind": frozenset({"改革", "Reorganisation"}),
    "before": frozenset({"改革前", "Before"}),
    "after": frozenset({"改革后", "After"}),
    "above": frozenset({"原上级", "Earlierabove"}),
    "document": frozenset({"文号", "Documentno."}),
    "reason": frozenset({"理由", "Reason"}),
}
"""What the head of a column may be called, white space apart: of units, of their further names, of acts."""
NEEDED = {"units": {"name", "kind"}, "names": {"name", "other", "sort"}, "acts": {"on", "kind", "before", "after"}}

_BETWEEN = re.compile(r"[、,，;；/\n]+")
_DAY = re.compile(r"(\d{4})\D+(\d{1,2})\D+(\d{1,2})")


@dataclass(frozen=True, slots=True)
class Row:
    """One row by its columns; a column that the table lacks is empty."""

    place: str
    """Where the row stands: `Sheet1!7`."""
    said: Mapping[str, str]

    def __getitem__(self, column: str) -> str:
        return self.said.get(column, "")

    def several(self, column: str) -> tuple[str, ...]:
        return tuple(filter(None, (one.strip() for one in _BETWEEN.split(self[column]))))

    def day(self, column: str) -> date | None:
        """None where nothing is written. Raises ValueError where it is no date."""
        if not self[column]:
            return None
        found = _DAY.search(self[column])
        if found is None:
            raise ValueError(self[column])
        return date(*(int(part) for part in found.groups()))


def header(row: Sequence[str], heads: Heads, needed: set[str]) -> dict[str, int]:
    """The column of each known head; empty where the row lacks one that is needed."""
    said = {normal(text): column for column, text in reversed(list(enumerate(row)))}
    found = {key: min(said[one] for one in names & said.keys()) for key, names in heads.items() if names & said.keys()}
    return found if needed <= found.keys() else {}


def listed(
    grid: Sequence[Sequence[str]], places: Sequence[str], heads: Heads = UNITS, needed: str = "units"
) -> list[Row] | None:
    """The rows below the head; None where the table has no such head. Rows without their first needed column are left out."""
    start = next((number for number, row in enumerate(grid) if header(row, heads, NEEDED[needed])), None)
    if start is None:
        return None
    columns = header(grid[start], heads, NEEDED[needed])
    first = "on" if needed == "acts" else "name"
    rows = [
        Row(places[number], {key: row[column].strip() for key, column in columns.items()})
        for number, row in enumerate(grid[start + 1 :], start + 1)
    ]
    return [row for row in rows if row[first]]


def listed_in(data: bytes, file_name: str) -> dict[str, list[Row]]:
    """Rows of units, of their further names and of acts that a file has. Raises UnreadableDocument."""
    found = run(Request(f"{__name__}:read_listed", {"file_name": file_name}), data)
    return {what: [Row(place, said) for place, said in rows] for what, rows in found.items()}


def read_listed(data: bytes, file_name: str) -> dict[str, list[tuple[str, Mapping[str, str]]]]:
    """The same as JSON: (place, what the row says). Of several tables of one sort the first with rows counts."""
    found: dict[str, list[Row]] = {"units": [], "names": [], "acts": []}
    for table in read_document(data, file_name).tables():
        for what, heads in (("acts", ACTS), ("names", NAMES), ("units", UNITS)):
            rows = listed(table.grid, table.row_labels, heads, what)
            if rows is not None:
                found[what] = found[what] or rows
                break
    return {what: [(row.place, row.said) for row in rows] for what, rows in found.items()}
