"""What is gathered while a document is read: the draft in the making and the facts that checks ask for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import NamedTuple

from imports.document import Document, Piece, Table
from imports.draft import Draft, DraftHeader, DraftTask, Unread, UnreadKind
from imports.phrases.units import UnitReading
from imports.problems import Problem


class PrintedLabel(NamedTuple):
    """A numbering label where it stands: what the check of gaps and repetitions counts."""

    group: str
    """Labels of one group are siblings: the same form under the same heading, or one number column of one table."""
    value: int
    cite: str
    locator: str
    running: str
    """The wider group that the numbers may run on through: the same form across headings."""


class PrintedTotal(NamedTuple):
    """A row such as `合计 39项`."""

    locator: str
    printed: int
    rows: tuple[int, int]
    """Tasks of the table down to here, and since the total before."""


@dataclass(frozen=True, slots=True)
class BodyItem:
    """An item of running text that was set aside because the document has a task table."""

    locator: str
    number: str | None
    title: str
    text: str
    path: tuple[str, ...]


@dataclass(slots=True)
class Reading:
    document: Document
    draft: Draft = field(default_factory=lambda: Draft(DraftHeader()))
    labels: list[PrintedLabel] = field(default_factory=list)
    body: list[BodyItem] = field(default_factory=list)
    findings: list[Problem] = field(default_factory=list)
    """Problems that only the recognisers can see (an empty table, a filled-down unit cell)."""
    order: dict[int, int] = field(default_factory=dict)
    """Position of each task's block in the document, by the task's identity: the draft keeps the reading order."""
    totals: list[PrintedTotal] = field(default_factory=list)
    counted: dict[str, int] = field(default_factory=dict)
    """By the locators of what stands around a table's rows (titles, notes), how many tasks the table has."""
    whole_rows: defaultdict[int, set[int]] = field(default_factory=lambda: defaultdict(set))
    """By the table's identity its rows of which every cell is cited by a task: the last look passes over them."""

    other_tables: list[str] = field(default_factory=list)
    """Locators of tables in which nobody is asked to do anything, also of those that were flattened to lines."""

    odd_unit_cells: list[tuple[str, UnitReading]] | None = None
    """Unit cells that checks ask about, looked up at the first question."""

    @property
    def year(self) -> int | None:
        return self.draft.document.year

    def add_row(self, task: DraftTask, table: Table, row: int, position: int) -> None:
        """A task that was read from a row of a table."""
        self.add_task(task, position)
        cited = set(map(id, chain.from_iterable(task.sources.values())))  # the very pieces of the table, if it is so
        if cited.issuperset(map(id, table.pieces(row).values())):
            self.whole_rows[id(table)].add(row)

    def add_task(self, task: DraftTask, position: int) -> None:
        self.order[id(task)] = position
        self.draft.tasks.append(task)

    def set_aside(self, pieces: Sequence[Piece], kind: UnreadKind = "text") -> None:
        self.draft.unread.extend(Unread(locator, text, kind) for locator, text in pieces if text.strip())

    def find(self, code: str, *locators: str, **params: str) -> None:
        self.findings.append(Problem(code, tuple(locators), params))
