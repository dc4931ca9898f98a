"""What was changed in a workbook, held against the draft as it was given out and as it stands now. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from tracker.drafts.bodies import Body
from tracker.drafts.marked.cells import corrected, is_cut, plain, texts

State = Literal["take", "conflict", "unclear", "removed", "cut"]
"""`take`: only the workbook changed it. `conflict`: both did. The others cannot be taken in, and are said."""


@dataclass(frozen=True, slots=True)
class Standing:
    """A task of the draft as it stands now."""

    id: int
    position: int
    body: Body
    removed: bool

    @property
    def name(self) -> str:
        return str(self.body["name"])


@dataclass(frozen=True, slots=True)
class Change:
    task_id: int
    position: int
    task: str
    key: str
    """The column, or the field, that was changed."""
    base: str
    theirs: str
    ours: str
    state: State

    @property
    def name(self) -> str:
        """Of the choice between the two."""
        return f"{self.task_id}-{self.key}"


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the workbook: the task it was given out as, or None; where it stands; its texts by column."""

    task_id: int | None
    place: str
    texts: Mapping[str, str]

    @property
    def summary(self) -> str:
        return "　".join(text for text in self.texts.values() if text)


@dataclass(frozen=True, slots=True)
class Merge:
    changes: list[Change]
    added: list[Row]
    """Rows that are no task of the draft."""
    missing: list[Standing]
    """Tasks that were given out and have no row any more."""
    same: int
    """Tasks whose rows were left as they were."""

    @property
    def conflicts(self) -> list[Change]:
        return [change for change in self.changes if change.state == "conflict"]

    @property
    def taken(self) -> list[Change]:
        return [change for change in self.changes if change.state == "take"]

    @property
    def left(self) -> list[Change]:
        """What cannot be taken in."""
        return [change for change in self.changes if change.state not in {"take", "conflict"}]

    @property
    def empty(self) -> bool:
        return not (self.changes or self.added or self.missing)


def rows_of(said: Iterable[Sequence[Any]]) -> list[Row]:
    """Rows as they are kept: (task id or None, place, texts)."""
    return [Row(one[0], one[1], {key: plain(text) for key, text in one[2].items()}) for one in said]


@dataclass(frozen=True, slots=True)
class Touched:
    """What of a workbook has to be held against the draft: most rows of a large one were left as they were."""

    base: dict[int, Mapping[str, str]]
    """What rows said that were changed, and those that are gone."""
    rows: list[Row]
    above: dict[str, int]
    """For places of rows that are no task the task of the nearest row above that is one."""
    same: int


def touched(base: Mapping[int, Mapping[str, str]], rows: Iterable[Row]) -> Touched:
    kept: list[Row] = []
    above: dict[str, int] = {}
    whole: set[int] = set()
    named: set[int] = set()
    last = 0
    for row in rows:
        if not any(row.texts.values()):
            continue
        own = base.get(row.task_id) if row.task_id is not None and row.task_id not in named else None
        if own is None or row.task_id is None:
            above[row.place] = last
            kept.append(row)
            continue
        last = row.task_id
        named.add(last)
        if all(own[key] == text for key, text in row.texts.items() if key in own):
            whole.add(last)
        else:
            kept.append(row)
    left = {number: texts for number, texts in base.items() if number not in whole}
    return Touched(left, kept, above, len(whole))


def merged(
    base: Mapping[int, Mapping[str, str]], rows: Iterable[Row], tasks: Mapping[int, Standing], year: int | None
) -> Merge:
    """`base` says what each row said when it was given out."""
    changes: list[Change] = []
    added: list[Row] = []
    seen: set[int] = set()
    same = 0
    for row in rows:
        blank = not any(row.texts.values())
        if row.task_id is None or row.task_id not in base or row.task_id in seen or row.task_id not in tasks:
            if not blank:
                added.append(row)
            continue
        if blank:
            continue
        seen.add(row.task_id)
        found = _changes(base[row.task_id], row.texts, tasks[row.task_id], year)
        same += not found
        changes += found
    missing = [tasks[number] for number in base if number in tasks and number not in seen and not tasks[number].removed]
    changes.sort(key=lambda change: change.position)
    return Merge(changes, added, sorted(missing, key=lambda task: task.position), same)


def _changes(
    base: Mapping[str, str], theirs: Mapping[str, str], task: Standing, year: int | None
) -> list[Change]:  # fmt: skip
    ours = texts(task.body, base)
    said = {key: text for key, text in theirs.items() if key in base and text != base[key] and text != ours.get(key)}
    if not said:
        return []
    _values, unclear = corrected(task.body, said, year)
    found = []
    for key, text in said.items():
        state: State = "take" if ours[key] == base[key] else "conflict"
        if task.removed:
            state = "removed"
        elif is_cut(task.body, key):
            state = "cut"
        elif key in unclear:
            state = "unclear"
        found.append(Change(task.id, task.position, task.name, key, base[key], text, ours[key], state))
    return found
