"""Putting one task together from its pieces: notes off the requirement, units, deadlines, targets, a short title."""

from __future__ import annotations

import re
from collections.abc import Sequence

from imports.draft import Deadline, DraftTask, Extra, Role, UnitExpression
from imports.phrases.chars import BLANKS, fold, one_line
from imports.phrases.deadlines import parse_deadlines, parse_time_cell, time_clause
from imports.phrases.targets import parse_targets
from imports.phrases.units import parse_units, take_notes
from imports.recognise.reading import Piece

_SIGN = re.compile(r"[,;。:!?(《“〔\[)》”〕\]]")
_OPEN, _CLOSE = "(《“〔[", ")》”〕]"
_LONGEST_NAME = 40
_SHORTEST_CLAUSE = 4
_LONGEST_TIME = 24
_NOTE_SIGNS = re.compile(r"[(（【\[]")


def short_title(requirement: str) -> str:
    """The requirement's first clause, as printed; a leading deadline is passed over."""
    start, depth = 0, 0
    for found in _SIGN.finditer(fold(requirement)):
        sign, position = found.group(), found.start()
        if sign in _OPEN:
            depth += 1
        elif sign in _CLOSE:
            depth = max(0, depth - 1)
        elif depth == 0:
            clause = requirement[start:position].strip(BLANKS)
            if len(clause) >= _SHORTEST_CLAUSE and (len(clause) > _LONGEST_TIME or time_clause(clause, 2000) is None):
                return _shortened(clause)
            start = position + 1
    rest = requirement[start:].strip(BLANKS) or requirement.strip(BLANKS)
    return _shortened(rest)


def _shortened(clause: str) -> str:
    if len(clause) <= _LONGEST_NAME:
        return clause
    cut = clause.rfind("、", 20, _LONGEST_NAME)
    return clause[: cut if cut > 0 else _LONGEST_NAME]


def build_task(
    *,
    requirement: str,
    requirement_pieces: list[Piece],
    path: list[str],
    number: str | None = None,
    name: str = "",
    unit_cells: Sequence[tuple[str, str, Role]] = (),
    time_cells: Sequence[Piece] = (),
    remarks: Sequence[Piece] = (),
    goals: Sequence[Piece] = (),
    extras: list[Extra] | None = None,
    sources: dict[str, list[Piece]] | None = None,
    year: int | None,
) -> DraftTask:
    """One task. `requirement` is the text on one line, unit and time notes at its end still on it."""
    locator = requirement_pieces[0][0] if requirement_pieces else next((cell[0] for cell in unit_cells), "")
    kept = sources if sources is not None else {}
    units: list[UnitExpression] = []
    noted: list[Deadline] = []
    persons: list[Extra] = []
    text = requirement
    if requirement and _NOTE_SIGNS.search(requirement):
        text = _off_notes(requirement, requirement_pieces, kept, units, noted, persons, year)
    for place, raw, role in unit_cells:
        reading = parse_units(raw, role, year)
        units.extend([unit for unit in reading.units if unit not in units] if units else reading.units)
        if reading.deadlines:
            noted.extend(reading.deadlines)
        if reading.persons:
            persons.extend(Extra(label, who, place) for label, who in reading.persons)
    if unit_cells:
        kept.setdefault("units", []).extend([(place, raw) for place, raw, _ in unit_cells])
    deadlines = list(parse_deadlines(text, year))
    for _, raw in goals:
        deadlines.extend(parse_deadlines(raw, year))
    for place, raw in time_cells:
        noted.extend(parse_time_cell(one_line(raw), year))
        kept.setdefault("deadlines", []).append((place, raw))
    for _, raw in remarks:
        noted.extend(parse_deadlines(raw, year) or parse_time_cell(raw, year))
    for deadline in noted:
        if not any(_same(deadline, known) for known in deadlines):
            deadlines.append(deadline)
    targets = list(parse_targets(text))
    for _, raw in goals:
        targets.extend(parse_targets(raw))
    kept["requirement"] = requirement_pieces
    return DraftTask(
        locator,
        path,
        number,
        name or short_title(text),
        text,
        units,
        deadlines,
        targets,
        [*(extras or []), *persons],
        kept,
    )


def _same(one: Deadline, other: Deadline) -> bool:
    return (
        one.kind == other.kind
        and one.date == other.date
        and one.recurrence == other.recurrence
        and (one.date is not None or one.recurrence is not None or one.text == other.text)
    )


def _off_notes(
    requirement: str,
    pieces: list[Piece],
    sources: dict[str, list[Piece]],
    units: list[UnitExpression],
    deadlines: list[Deadline],
    persons: list[Extra],
    year: int | None,
) -> str:
    taken = take_notes(requirement)
    place = pieces[-1][0] if pieces else ""
    for note in taken.notes:
        reading = parse_units(note.text, "responsible", year)
        units.extend(unit for unit in reading.units if unit not in units)
        deadlines.extend(reading.deadlines)
        persons.extend(Extra(label, who, place) for label, who in reading.persons)
        field = "units" if reading.units or not reading.deadlines else "deadlines"
        sources.setdefault(field, []).append((place, note.text))
    return taken.body
