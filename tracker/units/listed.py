"""A table of units as people write one: which columns it has, and what its rows say. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tracker.units.matching import normal

COLUMNS: Mapping[str, frozenset[str]] = {
    "name": frozenset({"单位", "单位名称", "名称", "全称", "Unit"}),
    "short_name": frozenset({"简称", "Shortname"}),
    "kind": frozenset({"类别", "单位类别", "类型", "Kind"}),
    "above": frozenset({"上级", "上级单位", "所属", "主管单位", "Above", "Parent"}),
    "aliases": frozenset({"别名", "其他名称", "曾用名", "Aliases", "Alias"}),
}
"""What the head of a column may be called, white space apart."""

_BETWEEN = re.compile(r"[、,，;；/\n]+")


@dataclass(frozen=True, slots=True)
class Listed:
    place: str
    """Where the row stands: `Sheet1!7`."""
    name: str
    short_name: str
    kind: str
    above: str
    aliases: tuple[str, ...]


def header(row: Sequence[str]) -> dict[str, int]:
    """The column of each known head; empty where the row is none (it needs at least a name and a kind)."""
    heads = {normal(text): column for column, text in reversed(list(enumerate(row)))}
    found = {
        key: min(heads[one] for one in names & heads.keys()) for key, names in COLUMNS.items() if names & heads.keys()
    }
    return found if {"name", "kind"} <= found.keys() else {}


def listed(grid: Sequence[Sequence[str]], places: Sequence[str]) -> list[Listed] | None:
    """The rows below the head; None where the table has no such head. Rows without a name are left out."""
    start = next((number for number, row in enumerate(grid) if header(row)), None)
    if start is None:
        return None
    columns = header(grid[start])

    def said(row: Sequence[str], key: str) -> str:
        return row[columns[key]].strip() if key in columns else ""

    return [
        Listed(
            places[number], said(row, "name"), said(row, "short_name"), said(row, "kind"), said(row, "above"),
            tuple(filter(None, (one.strip() for one in _BETWEEN.split(said(row, "aliases"))))),
        )
        for number, row in enumerate(grid[start + 1 :], start + 1)
        if said(row, "name")
    ]  # fmt: skip
