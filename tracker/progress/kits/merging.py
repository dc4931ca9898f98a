"""Three sides of a cell (三方合并): as the kit was given out, as it came back, as the draft stands now. Pure.

Cells are known by the id of their report and a key, never by where they stand. Nothing that either side typed is lost: it
stands in the result, or in a conflict that a person decides.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

Texts = Mapping[str, str]
"""What one report says, by the key of its cells, as `cells.canonical` writes it."""
State = Literal["take", "same", "conflict", "unread", "gone"]
"""`take`: only the kit changed it. `same`: both sides say the same. `conflict`: both changed it, differently. `unread`: it
is no number where one is wanted, or too long. `gone`: the draft has no such cell any more."""
Side = Literal["theirs", "ours", "both"]
SIDES: tuple[Side, ...] = ("theirs", "ours", "both")


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell that was changed in the kit."""

    report_id: int
    key: str
    base: str
    theirs: str
    ours: str
    state: State

    @property
    def name(self) -> str:
        """Of the choice between the sides."""
        return f"{self.report_id}-{self.key}"

    def settled(self, side: Side) -> str:
        """What the cell says once it is decided."""
        if side == "both":
            return joined(self.ours, self.theirs)
        return self.theirs if side == "theirs" else self.ours


def joined(ours: str, theirs: str) -> str:
    """Both texts, one under the other; lines that the one holds already are not said twice."""
    if _holds(ours, theirs):
        return ours
    return theirs if _holds(theirs, ours) else f"{ours}\n{theirs}"


def _holds(text: str, lines: str) -> bool:
    return f"\n{lines}\n" in f"\n{text}\n"


def merged(
    report_id: int, base: Texts, theirs: Texts, ours: Texts, *, settled: Texts = MappingProxyType({}),
    known: Mapping[str, Collection[str]] = MappingProxyType({}), unread: Iterable[str] = (),
) -> list[Cell]:  # fmt: skip
    """The cells that the kit changed, each with what becomes of it. `unread` names keys whose text cannot be read.

    `settled` is what was taken back of the same kit before: it is no change any more, and what comes now goes on from it.
    `known` is what others have said in files of the same kit: no change either, while another answer is held against it.
    A cell as it was given out is none: it may be the copy of somebody who filled in other rows. See `earlier`.
    """
    wrong = set(unread)
    found = []
    for key, given in base.items():
        before = settled.get(key, given)
        text = theirs.get(key, given)
        if text not in {given, before} and (key in settled or text not in known.get(key, ())):
            state: State = "unread" if key in wrong else _state(before, text, ours.get(key))
            found.append(Cell(report_id, key, before, text, ours.get(key, ""), state))
    return found


def _state(base: str, theirs: str, ours: str | None) -> State:
    if ours is None:
        return "gone"
    if theirs == ours:
        return "same"
    return "take" if ours == base else "conflict"


def taken(ours: Texts, cells: Iterable[Cell], sides: Mapping[str, Side]) -> dict[str, str]:
    """What the draft says afterwards. `sides` decides conflicts, by `Cell.name`; one that is not decided stays ours."""
    result = dict(ours)
    for cell in cells:
        if cell.state == "take":
            result[cell.key] = cell.theirs
        elif cell.state == "conflict":
            result[cell.key] = cell.settled(sides.get(cell.name, "ours"))
    return result


def settled_by(cells: Iterable[Cell]) -> dict[str, str]:
    """What is no change any more when the same kit comes back once more."""
    return {cell.key: cell.theirs for cell in cells if cell.state in {"take", "conflict", "same"}}
