"""What one worksheet holds, as its pass leaves it."""

from __future__ import annotations

from dataclasses import dataclass, field

from imports.readers.names import column_letters

Bounds = tuple[int, int, int, int]
"""top, left, bottom, right: 0-based, inclusive."""


@dataclass(slots=True)
class SheetContent:
    """Row and column numbers are 0-based; `cells` has only what shows any text."""

    name: str
    cells: dict[int, dict[int, str]] = field(default_factory=dict)
    merges: list[Bounds] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: list[tuple[int, int]] = field(default_factory=list)
    """Runs of columns, first and last."""
    formulas: list[str] = field(default_factory=list)
    """Locators (`Sheet1!D7`), likewise below."""
    formulas_without_value: list[str] = field(default_factory=list)
    calls_out: list[str] = field(default_factory=list)
    error_values: list[str] = field(default_factory=list)
    styles_missing: list[str] = field(default_factory=list)
    validations: int = 0
    furniture: list[str] = field(default_factory=list)
    """Headers and footers of the printed page, without their format codes."""

    def place(self, row: int, column: int) -> str:
        return f"{self.name}!{column_letters(column)}{row + 1}"
