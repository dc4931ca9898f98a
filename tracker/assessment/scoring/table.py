"""A result as a table that a person can read in a terminal."""

from __future__ import annotations

from collections.abc import Callable
from unicodedata import east_asian_width

from tracker.assessment.scoring.results import Result, UnitResult
from tracker.assessment.scoring.wording import N_

_HEAD = (
    N_("组别"),
    N_("名次"),
    N_("单位"),
    N_("基础分"),
    N_("加分"),
    N_("扣分"),
    N_("总分"),
    N_("等次"),
    N_("一票否决"),
)
_LARGER = N_("计入综合考核")
"""After the total, where the scheme says what it counts for."""
_AT = 7
_NONE = "—"
_YES = N_("是")


def result_table(result: Result, translate: Callable[[str], str] = str) -> str:
    """One line a unit, groups together and best rank first; units without a rank stand last in their group. Its words
    are in the language of `translate`."""
    groups = list(dict.fromkeys(unit.group for unit in result.units))
    place = {group: at for at, group in enumerate(groups)}
    ordered = sorted(result.units, key=lambda unit: (place[unit.group], unit.rank is None, unit.rank or 0))
    yes = translate(_YES)
    rows = [tuple(map(translate, _HEAD)), *(_row(unit, yes) for unit in ordered)]
    if any(unit.larger is not None for unit in ordered):
        larger = [translate(_LARGER), *(unit.larger or _NONE for unit in ordered)]
        rows = [(*row[:_AT], one, *row[_AT:]) for row, one in zip(rows, larger, strict=True)]
    widths = [max(_width(row[column]) for row in rows) for column in range(len(rows[0]))]
    return "\n".join(
        "  ".join(cell + " " * (width - _width(cell)) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in rows
    )


def _row(unit: UnitResult, yes: str) -> tuple[str, ...]:
    return (
        unit.group,
        _NONE if unit.rank is None else str(unit.rank),
        unit.key,
        unit.base or _NONE,
        unit.bonus or _NONE,
        unit.penalty or _NONE,
        unit.total or _NONE,
        unit.grade or _NONE,
        yes if unit.veto else "",
    )


def _width(text: str) -> int:
    return sum(2 if east_asian_width(character) in "WF" else 1 for character in text)
