"""Putting one task together from its pieces: notes off the requirement, units, deadlines, targets, a short title."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from imports.document import Piece
from imports.draft import Deadline, DraftTask, Extra, Role, Target, UnitExpression
from imports.phrases.chars import BLANKS, fold, one_line
from imports.phrases.deadlines import in_one_line, parse_deadlines, parse_time_cell, time_clause
from imports.phrases.targets import parse_targets
from imports.phrases.units import UnitReading, parse_units, take_notes
from imports.recognise.openly import named_openly

_SIGN = re.compile(r"[,;。:!?(《“〔\[)》”〕\]]")
_OPEN, _CLOSE = "(《“〔[", ")》”〕]"
_LONGEST_NAME = 40
_SHORTEST_CLAUSE = 4
_LONGEST_TIME = 24
_FIGURE = re.compile(r"\s*\d+(?:[./]\d+)?\s*")
"""In a remark a number is none of a day (`1.15` 亿元)."""
_COUNTS = re.compile(r"\d[余多]?[\u4e00-\u9fff%]")
_TELLS_ELSE = re.compile(r"投资|资金|[万亿]元|预算|来源|依据|见|附件|结转|去年|上年|往年|已|其中|第\d|文|[号〔年月日]")
"""What a remark with a figure may say that is not to be reached."""
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
    unit_cells: Sequence[tuple[Piece, Role]] = (),
    time_cells: Sequence[Piece] = (),
    remarks: Sequence[Piece] = (),
    goals: Sequence[Piece] = (),
    stages: Sequence[tuple[str, str]] = (),
    extras: list[Extra] | None = None,
    sources: dict[str, list[Piece]] | None = None,
    year: int | None,
) -> DraftTask:
    """One task. `requirement` is the text on one line, unit and time notes at its end still on it."""
    kept = sources if sources is not None else {}
    noted = _Noted(year)
    text = requirement
    if requirement and _NOTE_SIGNS.search(requirement):
        text = _off_notes(requirement, requirement_pieces, kept, noted)
    for (place, raw), role in unit_cells:
        noted.read(place, raw, role)
    noted.read_openly(requirement_pieces, text)
    if unit_cells:
        kept["units"] = [*kept.get("units", ()), *[piece for piece, _ in unit_cells]]
    if time_cells:
        kept["deadlines"] = [*kept.get("deadlines", ()), *time_cells]
    deadlines = list(parse_deadlines(text, year))
    targets = list(parse_targets(text, year))
    for _, raw in (*noted.amounts, *goals):
        deadlines += parse_deadlines(raw, year)
        targets += parse_targets(one_line(raw) if "\n" in raw else raw)
    for _, raw in time_cells:
        noted.deadlines.extend(parse_time_cell(in_one_line(raw), year))
    if remarks:
        targets += noted.read_remarks(remarks, counts=not targets)
    for time, action in stages:
        noted.deadlines.extend(replace(deadline, action=action) for deadline in parse_time_cell(time, year))
    if noted.deadlines:
        deadlines += _new(noted.deadlines, deadlines)
    kept["requirement"] = requirement_pieces
    locator = requirement_pieces[0][0] if requirement_pieces else next((piece[0] for piece, _ in unit_cells), "")
    return DraftTask(
        locator,
        path,
        number,
        name or short_title(text),
        text,
        _once(noted.units),
        deadlines,
        targets,
        [*(extras or []), *noted.persons],
        kept,
    )


class _Noted:
    """What unit cells and notes say: units, deadlines and people, in printed order."""

    __slots__ = ("amounts", "deadlines", "persons", "units", "year")

    def __init__(self, year: int | None) -> None:
        self.year = year
        self.units: list[UnitExpression] = []
        self.deadlines: list[Deadline] = []
        self.persons: list[Extra] = []
        self.amounts: list[Piece] = []

    def read_openly(self, pieces: Sequence[Piece], text: str) -> None:
        """Units that the text itself names at its beginning: `由市住建局负责,市财政局配合,6月底前完成…`. It stays whole."""
        if pieces and not self.units:
            self.units.extend(named_openly(text))

    def read_remarks(self, remarks: Sequence[Piece], *, counts: bool) -> list[Target]:
        """The deadlines of remarks, and where nothing else `counts` what is to be reached, the figures they say."""
        targets: list[Target] = []
        for _, raw in remarks:
            self.deadlines.extend(
                parse_deadlines(raw, self.year) or (() if _FIGURE.fullmatch(raw) else parse_time_cell(raw, self.year))
            )
            if counts and _COUNTS.search(raw) and not _TELLS_ELSE.search(raw):
                targets += parse_targets(raw)
        return targets

    def read(self, place: str, raw: str, role: Role) -> UnitReading:
        reading = parse_units(raw, role, self.year)
        self.units += reading.units
        if reading.amounts:
            self.amounts += [(place, amount) for amount in reading.amounts]
        if reading.deadlines:
            self.deadlines += reading.deadlines
        if reading.persons:
            self.persons.extend(Extra(label, who, place) for label, who in reading.persons)
        return reading


def _once(units: list[UnitExpression]) -> list[UnitExpression]:
    """Without what is said twice; one unit in two roles is said once in each."""
    if len(units) < 2 or len({(unit.text, unit.role) for unit in units}) == len(units):
        return units  # as most: what differs so is no repetition, and need not be compared in full
    return [unit for place, unit in enumerate(units) if unit not in units[:place]]


def _new(found: list[Deadline], known: Sequence[Deadline]) -> list[Deadline]:
    """Deadlines of cells and notes that the text does not already give."""
    if len(found) == 1 and not known:
        return found
    fresh: list[Deadline] = []
    for deadline in found:
        if not any(same_deadline(deadline, other) for other in (*known, *fresh)):
            fresh.append(deadline)
    return fresh


_DAY_TOLD = re.compile(
    r"[\d前后首初旬逢]|末月|最后|第|工作日|半月|[周期][一二三四五六日天]|[一二三四五六七八九十][日号]"
)
"""What says the day of a recurrence that has no name for it."""


def same_deadline(one: Deadline, other: Deadline) -> bool:
    """Do two expressions bind to the same time, however they are printed? Of 每季度 and 次季度首月10日前 one says more."""
    if (one.kind, one.date, one.recurrence) != (other.kind, other.date, other.recurrence):
        return False
    if one.date is None and (one.recurrence is None or ":" not in one.recurrence):
        telling = one.recurrence is None or _DAY_TOLD.search(one.text) or _DAY_TOLD.search(other.text)
        return one.text == other.text or not telling
    return True


def _off_notes(requirement: str, pieces: list[Piece], sources: dict[str, list[Piece]], noted: _Noted) -> str:
    """The requirement without the notes at its end, which are read and put down as sources."""
    taken = take_notes(requirement)
    place = pieces[-1][0] if pieces else ""
    for note in taken.notes:
        reading = noted.read(place, note.text, "responsible")
        field = "units" if reading.units or not reading.deadlines else "deadlines"
        sources.setdefault(field, []).append((place, note.text))
    return taken.body
