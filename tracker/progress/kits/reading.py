"""A kit that came back, held against what was given out: rows by their hidden id, cells by their header. Pure.

Nothing is known by its place: rows may be sorted and columns moved. What was locked must be as it was.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from tracker.progress.kits.cells import AGREED, DECLINED, PERCENT, canonical
from tracker.progress.kits.refusals import Refused
from tracker.progress.kits.sealing import Given, Head

SAME = "same"
"""Column in which a person says that nothing has changed since last time."""
MOST_NAMED = 8
"""Cells that a refusal names; of more it says how many."""


@dataclass(frozen=True, slots=True)
class Row:
    mark: str
    """What stands in the hidden column."""
    label: str
    """Where the row stands, for people: `填报表!7`."""
    cells: Mapping[str, tuple[str, str]]
    """Address and text, by the key of the column."""
    beside: tuple[tuple[str, str], ...] = ()
    """Address and text of cells in columns that were not given out, a header of theirs before the text; so is what neither
    agrees nor declines where a person says that nothing has changed."""

    @property
    def summary(self) -> str:
        return "　".join(text for _address, text in (*self.cells.values(), *self.beside) if text)


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back."""

    theirs: dict[int, dict[str, str]]
    """Report → what its cells say now, by their keys."""
    same: list[int]
    """Reports for which nothing is said to have changed since last time."""
    added: list[tuple[str, str]]
    """(place, texts) of rows that were not given out."""
    missing: list[int]
    """Reports that were given out and have no row any more."""
    beside: list[tuple[str, str]]
    """(place, text) of what was written in the rows of reports, outside their columns."""


def mark_of(report_id: int) -> str:
    return f"R{report_id}"


def answer_in(tables: Mapping[str, Any], head: Head, given: Sequence[Given]) -> Answer:
    """What the workbook says. Where a sheet was copied, the one that was filled in counts; raises Refused where several say
    something, and not the same: nobody knows then which is meant."""
    found = rows_of(tables, head)
    if len(found) == 1:
        return answer_of(given, *found.values())
    filled = {sheet: rows for sheet, rows in found.items() if _is_filled(given, rows)} or found
    if len({_texts(rows) for rows in filled.values()}) > 1:
        raise Refused("several-tables", names="、".join([*filled][:MOST_NAMED]))
    return answer_of(given, next(iter(filled.values())))


def _texts(rows: Iterable[Row]) -> frozenset[tuple[str, ...]]:
    return frozenset((row.mark, *(text for _address, text in (*row.cells.values(), *row.beside))) for row in rows)


def _is_filled(given: Sequence[Given], rows: Iterable[Row]) -> bool:
    """Whether a table is not as it was given out."""
    try:
        answer = answer_of(given, rows)
    except Refused:
        return True
    base = {one.id: one.base for one in given}
    changed = any(text != base[number][key] for number, said in answer.theirs.items() for key, text in said.items())
    return bool(changed or answer.same or answer.added or answer.missing or answer.beside)


def rows_of(tables: Mapping[str, Any], head: Head) -> dict[str, list[Row]]:
    """Sheet → its rows, of those that have the hidden column: one, or more where it was copied. `tables`: name of a sheet →
    {"columns": letters, "rows": [place, texts]}. Raises Refused where the hidden column or another one is gone."""
    found = {}
    for sheet, table in tables.items():
        rows = table["rows"]
        for number, (_label, texts) in enumerate(rows):
            names = [text.strip() for text in texts]
            if head.known_by in names:
                lacking = [name for name in head.headers if name not in names]
                if lacking:
                    raise Refused("columns-gone", names="、".join(lacking[:MOST_NAMED]))
                found[sheet] = list(_rows(sheet, rows[number + 1 :], names, table["columns"], head))
                break
    if not found:
        raise Refused("columns-gone", names=head.known_by)
    return found


def _rows(sheet: str, rows: Sequence[Any], names: Sequence[str], letters: Sequence[str], head: Head) -> Iterator[Row]:
    own = names.index(head.known_by)
    places = {key: names.index(header) for header, key in head.headers.items()}
    others = [(at, f"{name}：" if name else "") for at, name in enumerate(names) if at not in {own, *places.values()}]
    for label, texts in rows:
        number = label.rpartition("!")[2]
        cells = {key: (f"{sheet}!{letters[at]}{number}", texts[at]) for key, at in places.items()}
        beside = tuple(
            (f"{sheet}!{letters[at]}{number}", f"{name}{texts[at].strip()}") for at, name in others if texts[at].strip()
        )
        row = Row(texts[own].strip(), label, cells, beside)
        if row.mark and _same(row) not in AGREED | DECLINED:
            address, said = cells[SAME]
            row = replace(row, beside=(*beside, (address, f"{names[places[SAME]]}：{said.strip()}")))
        if row.mark or row.summary.strip():
            yield row


def _same(row: Row) -> str:
    """What a person says to nothing having changed since last time."""
    return row.cells[SAME][1].strip().casefold() if SAME in row.cells else ""


def answer_of(given: Iterable[Given], rows: Iterable[Row]) -> Answer:
    """Raises Refused where an id stands twice or a locked cell is not as it was given out."""
    known = {mark_of(one.id): one for one in given}
    found: dict[str, Row] = {}
    added = []
    for row in rows:
        if row.mark in found:
            raise Refused("twice", first=found[row.mark].label, second=row.label, name=known[row.mark].name)
        if row.mark in known:
            found[row.mark] = row
        else:
            added.append((row.label, row.summary))
    changed = [address for mark, row in found.items() for address in _changed(known[mark], row)]
    if changed:
        raise Refused("cells-changed", cells="、".join(changed[:MOST_NAMED]), n=str(len(changed)))
    return Answer(
        {known[mark].id: dict(_typed(known[mark], row)) for mark, row in found.items()},
        [known[mark].id for mark, row in found.items() if _same(row) in AGREED],
        added,
        [one.id for mark, one in known.items() if mark not in found],
        [written for row in found.values() for written in row.beside],
    )


def _changed(given: Given, row: Row) -> Iterator[str]:
    """Addresses of cells that were locked and are not as they were given out."""
    for key, (address, text) in row.cells.items():
        locked = key in given.locked or (key != SAME and given.cell_of(key) is None)
        if locked and canonical("done", text) != given.locked.get(key, ""):
            yield address


def _typed(given: Given, row: Row) -> Iterator[tuple[str, str]]:
    for column, (_address, text) in row.cells.items():
        key = given.cell_of(column)
        if key is not None and column not in given.locked:
            said = canonical(key, text, given.units.get(key, ""))
            if said or key != PERCENT:  # an emptied percent says nothing: a report has one always
                yield key, said
