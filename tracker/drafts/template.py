"""The blank template (空白模板) as a workbook: the specification of the reader, with the units of the day to choose from. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from imports.template import COLUMNS, EXAMPLES, NOT_READ, TemplateColumn
from reports.template import Field, Template

Say = Callable[[str], str]
MOST_UNITS = 2_000
"""Names offered; of a larger directory those at its top."""


def field(column: TemplateColumn, say: Say, *, header: str = "") -> Field:
    return Field(header or column.header, column.width, say(column.hint), column.suggestions, column.of_units)


def template(units: Iterable[str], say: Say) -> Template:
    names = tuple(dict.fromkeys(units))[:MOST_UNITS]
    return Template(tuple(field(column, say) for column in COLUMNS), EXAMPLES, names, NOT_READ)
