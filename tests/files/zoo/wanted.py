"""What a document of the zoo says, typed by hand in a short form, and how a draft is judged against it.

The rules are those of the gold labels: a task is matched by its requirement, then its fields are compared as printed.
Vague words of time are no deadlines; a name counts only where the document prints one (a heading of the task's own).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from imports.document import Document
from imports.draft import Deadline, Draft, DraftTask, Role, Target, UnitExpression

FIELDS = ("tasks", "requirement", "path", "number", "name", "units", "collective", "deadlines", "targets", "header")
_KINDS = {
    "d": "date", "m": "month_end", "y": "year_end", "r": "recurring", "o": "ongoing", "p": "phase",
}  # fmt: skip
_START = 8


@dataclass(frozen=True, slots=True)
class Wanted:
    """One task. Fields hold what is compared: tuples of strings, sorted where their order says nothing."""

    requirement: str
    path: tuple[str, ...]
    number: str | None
    name: str | None
    units: tuple[str, ...]
    collective: tuple[str, ...]
    deadlines: tuple[str, ...]
    targets: tuple[str, ...]


def task(
    requirement: str,
    path: str = "",
    no: str | None = None,
    *,
    name: str | None = None,
    lead: str = "",
    resp: str = "",
    co: str = "",
    watch: str = "",
    due: str = "",
    aim: str = "",
) -> Wanted:
    """`path` parts by ` > `. Units by blanks, `*` after a collective, `?` after an open one. `due`: `6月底前:m:2026-06-30`,
    `每月5日前:r:monthly:5`, `持续推进:o`. `aim`: `99%以上:>=:99:%`, `1—2家:range:1-2:家`."""
    roles: dict[Role, str] = {"lead": lead, "responsible": resp, "support": co, "supervise": watch}
    named = [(role, text) for role, texts in roles.items() for text in texts.split()]
    return Wanted(
        requirement,
        tuple(path.split(" > ")) if path else (),
        no,
        name,
        tuple(f"{role}:{text.rstrip('*?')}" for role, text in named),
        tuple(text for _, text in named if text[-1] in "*?"),
        tuple(_due(text) for text in due.split()),
        tuple(aim.split()),
    )


def _due(text: str) -> str:
    printed, kind, *rest = text.split(":", 2)
    return f"{printed}:{_KINDS[kind]}:{rest[0] if rest else ''}"


@dataclass(frozen=True, slots=True)
class Case:
    name: str
    read: Callable[[], Document]
    tasks: Sequence[Wanted]
    header: dict[str, str] = field(default_factory=dict)
    """`title`, `issuer`, `number`, `issued_on`, `year`: those that are compared."""
    says: frozenset[str] = frozenset()
    """Codes of problems that must be reported."""
    silent: frozenset[str] = frozenset()
    """Codes that must not be."""
    year: int | None = None


@dataclass(slots=True)
class Tally:
    right: int = 0
    wrong: int = 0
    """Read, but not wanted."""
    lost: int = 0
    """Wanted, but not read."""
    misses: list[str] = field(default_factory=list)

    @property
    def f1(self) -> float:
        total = 2 * self.right + self.wrong + self.lost
        return 2 * self.right / total if total else 1.0

    def compare(self, read: Iterable[str], wanted: Iterable[str], where: str) -> None:
        got, want = Counter(read), Counter(wanted)
        self.right += sum((got & want).values())
        for surplus in (got - want).elements():
            self.wrong += 1
            self.misses.append(f"{where}: + {surplus}")
        for missing in (want - got).elements():
            self.lost += 1
            self.misses.append(f"{where}: - {missing}")

    def add(self, other: Tally) -> None:
        self.right += other.right
        self.wrong += other.wrong
        self.lost += other.lost
        self.misses += other.misses


def judge(case: Case, draft: Draft) -> dict[str, Tally]:
    tallies = {name: Tally() for name in FIELDS}
    pairs, spare, missing = _matched(draft.tasks, case.tasks)
    tallies["tasks"].right = len(pairs)
    for read in spare:
        tallies["tasks"].wrong += 1
        tallies["tasks"].misses.append(f"{case.name}: + {read.number} {read.requirement[:40]}")
    for wanted in missing:
        tallies["tasks"].lost += 1
        tallies["tasks"].misses.append(f"{case.name}: - {wanted.number} {wanted.requirement[:40]}")
    for read, wanted in pairs:
        where = f"{case.name}/{wanted.requirement[:12]}"
        for name, got, want in _fields(read, wanted):
            tallies[name].compare(got, want, where)
    for name, value in case.header.items():
        found = getattr(draft.document, name)
        tallies["header"].compare([] if found is None else [f"{name} {found}"], [f"{name} {value}"], case.name)
    return tallies


def _matched(
    read: Sequence[DraftTask], wanted: Sequence[Wanted]
) -> tuple[list[tuple[DraftTask, Wanted]], list[DraftTask], list[Wanted]]:
    """Pairs in order: by the whole requirement first, then by its beginning; with them what is left of both."""
    left, missing = list(read), list(wanted)
    pairs: list[tuple[DraftTask, Wanted]] = []
    for length in (None, _START):
        for want in tuple(missing):
            found = next((one for one in left if one.requirement[:length] == want.requirement[:length]), None)
            if found is not None:
                left.remove(found)
                missing.remove(want)
                pairs.append((found, want))
    return pairs, left, missing


def _fields(read: DraftTask, wanted: Wanted) -> Iterator[tuple[str, Iterable[str], Iterable[str]]]:
    yield "requirement", [read.requirement], [wanted.requirement]
    yield "path", [" > ".join(read.path)], [" > ".join(wanted.path)]
    yield "number", [read.number or "-"], [wanted.number or "-"]
    if wanted.name is not None:
        yield "name", [read.name], [wanted.name]
    yield "units", [f"{unit.role}:{unit.text}" for unit in read.units], wanted.units
    yield "collective", [_marked(unit) for unit in read.units if unit.collective or unit.open], wanted.collective
    yield "deadlines", [_deadline(entry) for entry in read.deadlines], wanted.deadlines
    yield "targets", [_target(entry) for entry in read.targets], wanted.targets


def _marked(unit: UnitExpression) -> str:
    return unit.text + ("?" if unit.open else "*")


def _deadline(entry: Deadline) -> str:
    return f"{entry.text}:{entry.kind}:{entry.date or entry.recurrence or ''}"


def _target(entry: Target) -> str:
    value = "-".join(map(_plain, entry.value)) if isinstance(entry.value, tuple) else _plain(entry.value)
    return f"{entry.text}:{entry.op}:{value}:{entry.unit}"


def _plain(value: object) -> str:
    text = f"{value}"
    return text.rstrip("0").rstrip(".") if "." in text else text
