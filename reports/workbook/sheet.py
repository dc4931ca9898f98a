"""The nouns of a workbook: what a report says, and the writer puts on paper."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Literal, NamedTuple

from reports.words import LightKind

Kind = Literal["text", "number", "integer", "percent", "date", "datetime", "light", "link"]
Align = Literal["left", "center", "right"]


class RowOf(NamedTuple):
    """A row of another sheet of the same workbook, or a cell of it: its `Sheet.title`, the row's place in `Sheet.rows` and
    the column, both from 0."""

    sheet: str
    row: int
    col: int = 0


class RowsOf(NamedTuple):
    """The first column of another sheet of the same workbook: its `Sheet.title`, and how many rows of it."""

    sheet: str
    rows: int


class Link(NamedTuple):
    """A cell that leads somewhere: an http(s) address or a row of another sheet. Any other target leaves plain text."""

    text: str
    target: str | RowOf | None


class Formula(NamedTuple):
    """A number that follows from others. Our own formula, never a person's text.

    In `text`, `{row}` is the number of its own row, `{0}`, `{1}` … are the cells that it cites."""

    text: str
    value: Decimal
    """Shown before anything is recalculated."""
    cited: tuple[RowOf, ...] = ()


class Light(NamedTuple):
    """A light as people read it: shape and word in `text`; `kind` chooses the colour only."""

    kind: LightKind
    text: str


SHUT = object()
"""In a column that is filled in: a cell of it where there is nothing to fill in."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What may be typed into the cells of a column that is filled in; the office programs refuse anything else."""

    kind: Literal["text", "whole", "decimal"] = "text"
    low: int = -(10**15)
    high: int = 10**15
    """Of a number; the bounds are within it."""
    refusal: str = ""
    """Says why something was not taken; at most 255 characters."""
    firm: bool = True
    """False where anything else is taken once the person confirms it."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column. What its cells may hold goes by `kind`; None leaves an empty bordered cell in every kind.

    - `text`: str, always stored as text; anything else is stored as its `str()`
    - `number`, `integer`: Decimal, int, float or Formula, or a str that stands where there is no number (`—`)
    - `percent`: the same in percentage points (35 is 35 %)
    - `date`, `datetime`: date or datetime; an aware datetime is shown in China Standard Time
    - `light`: Light; `link`: Link or str
    """

    label: str
    width: float
    """In half-width characters of the body font."""
    kind: Kind = "text"
    places: int = 2
    """Decimals shown of a `number` or `percent`. Values come rounded; the sheet rounds nothing."""
    exact: bool = False
    """A `number` with all of its decimals, however many: what was marked or measured, not what was rounded."""
    total: Literal["sum"] | None = None
    """A sum under the column that follows the filter."""
    band: str = ""
    """A heading above this and the neighbouring columns of the same band."""
    merge: bool = False
    """Equal cells below each other become one, within one cell of the merged columns to the left."""
    align: Align | None = None
    hidden: bool = False
    """For what the workbook is known again by, and nobody reads."""
    typed: bool = False
    """What a person types here stays text, a date and a number, too."""
    hint: str = ""
    """Shown while a cell of the column is chosen."""
    choices: RowsOf | tuple[str, ...] = ()
    """Offered for choosing; anything else may be typed, except where `entry` refuses."""
    entry: Entry | None = None
    """Of a protected sheet: that its cells are filled in, all others being locked."""
    shaded: bool = False
    """Grey: nothing is to be typed here."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table of a report with its heading. `rows` is walked once and may be a generator."""

    title: str
    """Name of the tab; made fit for one where it is not (length, forbidden signs, repeats)."""
    heading: str
    columns: tuple[Column, ...]
    rows: Iterable[tuple[object, ...]]
    lines: tuple[str, ...] = ()
    """Under the heading: as of when, by which rules."""
    notes: tuple[str, ...] = ()
    """Under the table."""
    count: int | None = None
    """How many rows will come, where that is known: only for the progress that is reported."""
    freeze_columns: int = 0
    """Columns at the left that stay on the screen, and are repeated on every page of a table wider than one."""
    filter: bool = True
    heading_hint: str = ""
    """Shown while the heading is chosen, where a person is to type it."""
    break_on: int | None = None
    """A column whose change begins a new printed page."""
    protected: bool = False
    """Only columns with an `entry` can be changed. There is no password: it keeps from slips, not from intent."""


@dataclass(frozen=True, slots=True)
class Properties:
    """What the file says of itself. `created` in UTC, so that equal input gives equal bytes."""

    title: str
    author: str
    created: datetime
    subject: str = ""
