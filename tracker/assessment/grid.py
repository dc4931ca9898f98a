"""The table in which an indicator is typed for many units: its columns, its rows read, each fault at its place. Pure.

Indicators that have one column each, in which what is typed replaces what stands, are typed side by side in one table.

Where one fact stands for a unit (a mark, a value, a finding), the row shows it, and another one typed replaces it. Where
any number may stand (deductions, scores of sources), the row begins empty, and what is typed is one more.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from tracker.assessment.binding import ENTERED_KINDS, entry_faults
from tracker.assessment.entry import Entry
from tracker.assessment.fact_words import FACT_NOTES, field_name
from tracker.assessment.scoring.numbers import read_number
from tracker.assessment.scoring.rules import FIGURES, KINDS, WEIGHTED, Field
from tracker.assessment.scoring.rules.mix import parts_of
from tracker.assessment.scoring.said import no_number
from tracker.assessment.scoring.wording import N_, Sentence
from tracker.assessment.sources import MOST_AT_ONCE
from tracker.assessment.words import CHOICES

SIDE_BY_SIDE = "*"
"""Stands where an indicator is asked for, and asks for all that can stand in one table."""
REASON = "reason"
_PART = "part-"


@dataclass(frozen=True, slots=True)
class Column:
    """One field of a row. `options` (key, text) are there to choose from; else it is typed. `first`: what stands there in
    a row that is empty."""

    name: str
    label: str
    options: tuple[tuple[str, str], ...] = ()
    is_text: bool = False
    first: str = ""
    said: bool = True
    """False: the label is a name that somebody gave, and the same in every language."""
    note: str = ""
    """What to know before it is filled in, to be translated."""


Row = Mapping[str, str]
"""What stands in a row, by the names of the columns."""


@dataclass(frozen=True, slots=True)
class Grid:
    """The table of one leaf, as the scheme stores it. `limit` is the greatest mark."""

    leaf: Mapping[str, Any]
    limit: Decimal | None

    @property
    def key(self) -> str:
        """Of the indicator."""
        return str(self.leaf["key"])

    @property
    def is_narrow(self) -> bool:
        """Whether it can stand beside others: one column, and what is typed replaces what stands."""
        return not self.adds and len(self.columns) == 1

    @property
    def rule(self) -> Mapping[str, Any]:
        rule: Mapping[str, Any] = self.leaf["rule"]
        return rule

    @property
    def kind(self) -> str:
        """Of the facts that are entered."""
        return ENTERED_KINDS[self.rule["kind"]]

    @property
    def adds(self) -> bool:
        """Whether what is typed stands beside what is there already."""
        return self.kind != "mark" and KINDS[self.rule["kind"]].many_facts

    @property
    def parts(self) -> list[str]:
        """The sources or levels of a score, each of which has a column."""
        if self.rule["kind"] not in WEIGHTED:
            return []
        return [part.name for part in parts_of(str(self.rule.get("parts", ""))) or ()]

    @property
    def columns(self) -> list[Column]:
        match self.kind:
            case "mark":
                return [Column("amount", N_("我的打分"))]
            case "value":
                return [Column("amount", N_("数值"))]
            case "met":
                return [Column("met", N_("是否达标"), (("", ""), ("1", N_("达标")), ("0", N_("未达标"))))]
            case "deduction":
                return [
                    Column("amount", N_("每次扣分")), Column("times", N_("发生次数"), first="1"),
                    Column(REASON, N_("理由"), is_text=True),
                ]  # fmt: skip
        if self.parts:
            return [Column(f"{_PART}{at}", part, said=False) for at, part in enumerate(self.parts)]
        rule = FIGURES[self.rule["kind"]]
        names = [one.name for one in rule.figures]
        columns = [_column(one, names) for one in rule.figures]
        return columns if rule.needs_facts else [*columns, Column(REASON, N_("理由"), is_text=True)]

    def first(self, standing: Row | None) -> Row:
        """What a row shows at first."""
        return {one.name: (standing or {}).get(one.name, one.first) for one in self.columns}

    def entry(self, **given: Any) -> Entry:
        """Of this indicator."""
        return Entry(kind=self.kind, indicator=self.key, **given)

    def cell(self, unit: int, column: str) -> str:
        """The name of a field of the table as it is sent."""
        return f"cell-{unit}-{self.key}-{column}"


def _column(one: Field, among: Sequence[str]) -> Column:
    options = tuple(CHOICES[one.name].items()) if one.type == "choice" else ()
    first = "" if one.default is None else str(one.default)
    return Column(
        one.name, field_name(one.name, among), options, is_text=one.type == "text", first=first,
        note=FACT_NOTES.get(one.name, ""),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Cells:
    """`typed` is what stands in the rows, `entries` what can be entered for which unit, `faults` why something cannot, by
    unit and column."""

    typed: dict[int, Row]
    entries: list[tuple[int, Entry]] = field(default_factory=list)
    faults: dict[tuple[int, str], str] = field(default_factory=dict)


def read_cells(sent: Mapping[str, str], units: Iterable[int], standing: Mapping[int, Row], grid: Grid) -> Cells:
    """Fields are named by `Grid.cell`. A row in which nothing is typed, or what stands already, changes nothing."""
    columns = grid.columns
    cells = Cells({
        unit: {one.name: sent.get(grid.cell(unit, one.name), "").strip() for one in columns} for unit in units
    })  # fmt: skip
    typing = [one for one in columns if not one.options] or columns
    for unit, row in cells.typed.items():
        as_shown = row == grid.first(standing.get(unit))
        if as_shown or all(row[one.name] in {"", one.first} for one in typing):
            continue
        given, faults = _read_row(grid, row)
        if faults:
            cells.faults.update({(unit, name): fault for name, fault in faults.items()})
        else:
            cells.entries.extend((unit, entry) for entry in given)
    return cells


def _read_row(grid: Grid, row: Row) -> tuple[list[Entry], dict[str, str]]:
    """What is entered by a row, and the faults of its columns; of use is only one of them."""
    match grid.kind:
        case "mark" | "value":
            fault = _amount_fault(row["amount"], grid)
            return [grid.entry(amount=read_number(row["amount"]))], {"amount": fault} if fault else {}
        case "met":
            fault = "" if row["met"] in {"0", "1"} else Sentence(N_("请选择达标或未达标。"))
            return [grid.entry(met=row["met"] == "1")], {"met": fault} if fault else {}
        case "deduction":
            return _deduction(grid, row)
    if grid.parts:
        return _scores(grid, row)
    figures = {name: text for name, text in row.items() if text and name != REASON}
    faults: dict[str, str] = {**entry_faults(grid.leaf, figures), **_reason_fault(row)}
    return [grid.entry(figures=figures, reason=row.get(REASON, ""))], faults


def _amount_fault(text: str, grid: Grid) -> str:
    number = read_number(text)
    if number is None:
        return no_number(text)
    if grid.kind != "value" and number < 0:
        return Sentence(N_("分值不能小于 0。"))
    if grid.kind == "mark" and grid.limit is not None and number > grid.limit:
        return Sentence(N_("超过了满分。"))
    return ""


def _deduction(grid: Grid, row: Row) -> tuple[list[Entry], dict[str, str]]:
    faults = _reason_fault(row)
    if fault := _amount_fault(row["amount"], grid):
        faults["amount"] = fault
    times = read_number(row["times"] or "1")
    if times is None or times != times.to_integral_value() or not 1 <= times <= MOST_AT_ONCE:
        return [], {**faults, "times": Sentence(N_("请填写 1 至 100 之间的整数。"))}
    return [grid.entry(amount=read_number(row["amount"]), times=int(times), reason=row[REASON])], faults


def _scores(grid: Grid, row: Row) -> tuple[list[Entry], dict[str, str]]:
    """One entry for each source that has a score."""
    given, faults = [], {}
    for at, part in enumerate(grid.parts):
        if text := row[f"{_PART}{at}"]:
            figures = {"part": part, "score": text}
            given.append(grid.entry(figures=figures))
            faults.update({f"{_PART}{at}": fault for fault in entry_faults(grid.leaf, figures).values()})
    return given, faults


def _reason_fault(row: Row) -> dict[str, str]:
    return {} if row.get(REASON, "-") else {REASON: Sentence(N_("请写明理由，被评单位将看到它。"))}
