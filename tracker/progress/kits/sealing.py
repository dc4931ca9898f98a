"""What a kit is known again by: a hidden sheet with the kit, its unit, its template, and what each row said, signed. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from tracker.drafts.marked.seal import SEAL as MARKED
from tracker.progress.kits.refusals import Refused
from tracker.web.seals import Broken, Lines, Seal

SEAL = Seal("luoshi-kit", b"progress.kit")
TEMPLATE = 2
"""Version of the table: goes up with every change of its columns. Only kits of the current one are taken back."""


@dataclass(frozen=True, slots=True)
class Head:
    kit: str
    """Public id of the kit."""
    place: str
    """Of which installation: see `seals.place_mark`."""
    unit_id: int
    unit: str
    at: str
    """When it was made: ISO, in UTC."""
    known_by: str
    """Header of the hidden column, which holds what a row is known again by."""
    headers: Mapping[str, str]
    """Key of a column by its header."""
    template: int = TEMPLATE


@dataclass(frozen=True, slots=True)
class Given:
    """A row as it was given out."""

    id: int
    """Of its obligation."""
    name: str
    due: str
    locked: Mapping[str, str]
    """Texts that nobody is to change, by the key of their column."""
    base: Mapping[str, str]
    """What the report said, by the key of its cells (`cells.texts_of`)."""
    columns: Mapping[str, str]
    """For columns that hold another cell in every row: key of the column → key of the cell."""
    units: Mapping[str, str] = field(default_factory=dict)
    """Of figures, by the key of their cells."""

    def cell_of(self, column: str) -> str | None:
        """The key of the cell that stands in a column; None where there is nothing to fill in."""
        key = self.columns.get(column, column)
        return key if key in self.base else None


def sealed(head: Head, rows: Iterable[Given], secret: bytes) -> Lines:
    said = {**asdict(head), "headers": dict(head.headers)}
    return SEAL.lines([("head", said), *(("row", asdict(row)) for row in rows)], secret)


def opened(lines: Sequence[Sequence[str]] | None, *, place: str, secret: bytes) -> tuple[Head, list[Given]]:
    """The head and the rows. Raises Refused, by the name of what is wrong, where it is not a kit of this installation and of
    the current template, whole as it was written."""
    form = lines[0][1] if lines and len(lines[0]) > 1 and lines[0][0] == "format" else ""
    if lines is None or form != SEAL.form:
        raise Refused("marked-workbook" if form == MARKED.form else "no-kit")
    claimed = SEAL.claimed(lines, "head")
    if isinstance(claimed, dict) and claimed.get("place") not in {place, None}:
        raise Refused("elsewhere", unit=_short(claimed.get("unit")))
    try:
        parts = SEAL.opened(lines, secret)
    except Broken as error:
        raise Refused("altered") from error
    head = parts[0][1]
    if head.get("template") != TEMPLATE:
        raise Refused("old-template", was=str(head.get("template")), now=str(TEMPLATE), unit=_short(head.get("unit")))
    return Head(**head), [Given(**row) for name, row in parts if name == "row"]


def _short(said: Any) -> str:
    return str(said or "")[:60]
