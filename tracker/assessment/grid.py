"""The table in which one indicator is typed for many units: its cells read, each fault at its place. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from tracker.assessment.scoring.numbers import read_number
from tracker.assessment.sources import N_


@dataclass(frozen=True, slots=True)
class Cells:
    """`typed` is what stands in the fields, `values` what changed and can be entered, `faults` why others cannot."""

    typed: dict[int, str]
    values: dict[int, Decimal | bool] = field(default_factory=dict)
    faults: dict[int, str] = field(default_factory=dict)


def read_cells(
    sent: Mapping[str, str], units: Iterable[int], standing: Mapping[int, str], kind: str, limit: Decimal | None
) -> Cells:
    """Fields `cell-ID`. An empty field, or one that says what stands already, changes nothing."""
    cells = Cells({unit: sent.get(f"cell-{unit}", "").strip() for unit in units})
    for unit, text in cells.typed.items():
        if not text or text == standing.get(unit):
            continue
        if kind == "met":
            if text in {"0", "1"}:
                cells.values[unit] = text == "1"
            else:
                cells.faults[unit] = N_("请选择达标或未达标。")
            continue
        number = read_number(text)
        if number is None:
            cells.faults[unit] = N_("请填写数字，例如 36.5。")
        elif kind == "mark" and number < 0:
            cells.faults[unit] = N_("分值不能小于 0。")
        elif kind == "mark" and limit is not None and number > limit:
            cells.faults[unit] = N_("超过了满分。")
        else:
            cells.values[unit] = number
    return cells
