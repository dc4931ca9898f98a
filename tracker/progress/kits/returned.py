"""What is kept of a kit that came back, as JSON: of rows that were touched only. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from tracker.progress.kits.reading import Answer
from tracker.progress.kits.sealing import Given, Head

_LABELLED = re.compile(r"value|reached|expected")


def _label(found: re.Match[str]) -> str:
    """The column that says what stands in another one: target1 of value1, milestone1 of reached1 and expected1."""
    return "target" if found.group() == "value" else "milestone"


@dataclass(frozen=True, slots=True)
class Touched:
    """A report for which something was filled in."""

    id: int
    name: str
    due: str
    """As it was given out."""
    base: Mapping[str, str]
    theirs: Mapping[str, str]
    same: bool
    """Whether it is said to be the same as last time."""
    labels: Mapping[str, str]
    """Of figures and milestones, by the key of their cells."""
    units: Mapping[str, str] = field(default_factory=dict)
    """Of figures, likewise."""


@dataclass(frozen=True, slots=True)
class Done:
    """A cell that was written, or whose conflict was decided: all that either side had said stays readable."""

    id: int
    """Of its report."""
    key: str
    was: str
    """In the draft."""
    theirs: str
    now: str
    decided: bool
    """Whether both sides had changed it: then the draft was the unit's own."""


@dataclass(frozen=True, slots=True)
class Said:
    made_at: str
    """When the kit was given out: ISO, in UTC."""
    rows: list[Touched]
    untouched: int
    added: list[tuple[str, str]]
    """(place, texts) of rows that were not given out."""
    missing: list[tuple[str, str]]
    """(task, due) of rows that were taken out."""
    beside: list[tuple[str, str]] = field(default_factory=list)
    """(place, text) of what was written outside the columns that were given out."""
    notes: list[tuple[str, str, str]] = field(default_factory=list)
    """(kind, place, text) of comments and of texts in shapes; in kits that came before this was kept, among `beside`."""
    counts: Mapping[str, int] = field(default_factory=dict)
    """When it came: cells by what becomes of them (`merging.State`), and `barred` reports."""
    sides: Mapping[str, str] = field(default_factory=dict)
    """How conflicts were decided, once it was taken, by `Cell.name`."""
    done: list[Done] | None = None
    """What became of its cells, once it was taken; None, too, for kits that were taken before this was kept."""
    settled: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """What of it is no change any more, by the id of the report: see `merging.settled_by`."""
    replaced: bool = False
    """Whether the very same file was received once more."""

    @property
    def wrote(self) -> bool:
        """Whether it was taken in and brought anything."""
        return any(self.settled.values()) if self.done is None else bool(self.done)

    def kept(self) -> dict[str, Any]:
        return asdict(self)


def said_of(kept: Mapping[str, Any]) -> Said:
    rows = [Touched(**row) for row in kept["rows"]]
    pairs = {name: [tuple(one) for one in kept.get(name, ())] for name in ("added", "missing", "beside", "notes")}
    done = kept.get("done")
    return Said(**{**kept, "rows": rows, **pairs, "done": None if done is None else [Done(**one) for one in done]})


def said_in(head: Head, given: Iterable[Given], answer: Answer) -> Said:
    rows, missing, untouched = [], [], 0
    for one in given:
        if one.id in answer.missing:
            missing.append((one.name, one.due))
            continue
        theirs = {key: text for key, text in answer.theirs[one.id].items() if text != one.base[key]}
        same = one.id in answer.same
        if not theirs and not same:
            untouched += 1
            continue
        labels = {key: one.locked.get(_LABELLED.sub(_label, column), "") for column, key in one.columns.items()}
        rows.append(Touched(one.id, one.name, one.due, one.base, theirs, same, labels, one.units))
    return Said(head.at, rows, untouched, answer.added, missing, answer.beside)
