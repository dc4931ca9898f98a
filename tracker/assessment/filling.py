"""The table of a typing page filled from a workbook (第三方结果): which cell is whose, and what was noticed, at its cell. Pure."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from tracker.assessment.grid import Cells, Column, Grid, Row
from tracker.assessment.printed.found import Noticed
from tracker.assessment.printed.heads import LOOKED_AT, plain, squeezed
from tracker.assessment.printed.tables import Printed
from tracker.assessment.scoring.wording import N_, Sentence, listed

UNITS = frozenset(
    "单位|单位名称|被考核单位|被考评单位|被评单位|参评单位|责任单位|考核对象|评估对象|测评对象|县区|县市区|部门|地区|名称".split(
        "|"
    )
)
RESULTS = frozenset("得分|分数|评分|打分|成绩|结果|数值|考核得分|测评得分|评估得分|评价得分|总分|最终得分".split("|"))
"""What the one column of a table of one indicator may be called besides its own name."""
_NO_UNIT = re.compile(r"^(合计|总计|小计|平均|均值|最高|最低|备注|说明|注[：:]|填表|制表|审核|复核|统计时间)")


@dataclass(frozen=True, slots=True)
class Known:
    """What a printed name is: a unit, or the `likely` name of one."""

    unit_id: int | None
    likely: str = ""


@dataclass(frozen=True, slots=True)
class Filled:
    """By indicator, unit and column: what a cell says, and its address."""

    rows: dict[str, dict[int, dict[str, str]]] = field(default_factory=dict)
    places: dict[str, dict[int, dict[str, str]]] = field(default_factory=dict)
    noticed: list[Noticed] = field(default_factory=list)

    @property
    def units(self) -> int:
        """How many units have something."""
        return len({unit for rows in self.rows.values() for unit in rows})


def filled(
    tables: Sequence[Printed], grids: Sequence[Grid], *, known: Callable[[str], Known], units: Mapping[int, str],
    closed: Mapping[int, str],
) -> Filled | None:  # fmt: skip
    """What the first table with a column of units and one of the grids' says; further ones are named. None where there is
    none. `units` are those of the page by name, `closed` those that the reader may not enter for, and why."""
    found = [(table, head) for table in tables if (head := _head_of(table.grid, grids)) is not None]
    if not found:
        return None
    reader = _Reader(*found[0], known, units, closed)
    reader.read()
    for other, _ in found[1:]:
        reader.notice(other.places[0][0], N_("这张表没有读入：一次只读第一张结果表"))
    return reader.made


_Target = tuple[Grid, Column]


@dataclass(frozen=True, slots=True)
class _Head:
    row: int
    units: int
    targets: Mapping[int, _Target]


def _head_of(table: Sequence[Sequence[str]], grids: Sequence[Grid]) -> _Head | None:
    names = dict(_names(grids))
    for row, cells in enumerate(table[:LOOKED_AT]):
        heads = [plain(text) for text in cells]
        units = next((column for column, head in enumerate(heads) if head in UNITS), None)
        targets = {column: names[head] for column, head in enumerate(heads) if head in names and column != units}
        if units is not None and targets:
            return _Head(row, units, targets)
    return None


def _names(grids: Sequence[Grid]) -> Iterator[tuple[str, _Target]]:
    """What the heads of columns may be called."""
    for grid in grids:
        columns = grid.columns
        for column in columns:
            if len(columns) == 1:
                yield plain(str(grid.leaf.get("name", ""))), (grid, column)
            if len(grids) == 1:
                yield plain(column.label), (grid, column)
                if len(columns) == 1:
                    yield from ((name, (grid, column)) for name in RESULTS)


class _Reader:
    def __init__(
        self, table: Printed, head: _Head, known: Callable[[str], Known], units: Mapping[int, str],
        closed: Mapping[int, str],
    ) -> None:  # fmt: skip
        self._grid, self._places, self._head = table.grid, table.places, head
        self._known, self._units, self._closed = known, units, closed
        self._targets: dict[int, _Target] = {}
        self._seen: dict[int, str] = {}
        self.made = Filled()

    def notice(self, place: str, template: str, /, *, doubt: bool = True, **parts: str) -> None:
        self.made.noticed.append(Noticed(place, Sentence(template, **parts), doubt))

    def read(self) -> None:
        self._columns()
        for row in range(self._head.row + 1, len(self._grid)):
            cells = self._grid[row]
            if any(squeezed(text) for text in cells) and cells != self._grid[self._head.row]:
                self._row(row)
        left = [name for unit, name in self._units.items() if unit not in self._seen and unit not in self._closed]
        if left:
            place = self._places[self._head.row][self._head.units]
            self.notice(place, N_("表里没有这些单位，它们没有录入：%(names)s"), names=listed(left))

    def _columns(self) -> None:
        places, taken = self._places[self._head.row], set[tuple[str, str]]()
        for column, text in enumerate(self._grid[self._head.row]):
            target = self._head.targets.get(column)
            if target is None:
                if squeezed(text) and column != self._head.units:
                    self.notice(places[column], N_("没有读入这一栏：%(name)s"), doubt=False, name=squeezed(text))
            elif (slot := (target[0].key, target[1].name)) in taken:
                self.notice(places[column], N_("“%(name)s”有两栏，只读第一栏"), name=squeezed(text))
            else:
                taken.add(slot)
                self._targets[column] = target

    def _row(self, row: int) -> None:
        place, name = self._places[row][self._head.units], squeezed(self._grid[row][self._head.units])
        first = next(squeezed(text) for text in self._grid[row] if squeezed(text))
        if _NO_UNIT.match(name or first):
            self.notice(place, N_("没有读入这一行：%(name)s"), doubt=False, name=name or first)
        elif not name:
            if any(squeezed(self._grid[row][column]) for column in self._targets):
                self.notice(place, N_("这一行没有写单位，没有读入"))
        elif (unit := self._unit(place, name)) is not None:
            self._seen[unit] = place
            for column in self._targets:
                self._cell(row, column, unit)

    def _unit(self, place: str, name: str) -> int | None:
        found = self._known(name)
        if found.unit_id is None:
            template = (
                N_("没有叫“%(name)s”的单位，是不是“%(likely)s”？") if found.likely else N_("没有叫“%(name)s”的单位")
            )
            self.notice(place, template, name=name, likely=found.likely)
        elif found.unit_id in self._seen:
            self.notice(place, N_("“%(name)s”在 %(place)s 已有一行，这一行没有读入"), name=name,
                        place=self._seen[found.unit_id])  # fmt: skip
        elif found.unit_id in self._closed:
            self.notice(
                place, N_("“%(name)s”没有读入：%(reason)s"), doubt=False, name=name, reason=self._closed[found.unit_id]
            )
        elif found.unit_id not in self._units:
            self.notice(place, N_("“%(name)s”不是这张表里的参评单位"), name=name)
        else:
            return found.unit_id
        return None

    def _cell(self, row: int, column: int, unit: int) -> None:
        (grid, target), place = self._targets[column], self._places[row][column]
        text = self._grid[row][column].strip()
        if not text:
            if not target.is_text:
                self.notice(place, N_("空白，没有录入：空白不等于零分"), doubt=False)
            return
        if target.options:
            key = next((key for key, word in target.options if text in {key, word}), None)
            if key is None:
                words = listed([Sentence(word) for _key, word in target.options if word])
                self.notice(place, N_("“%(text)s”不是可填的内容：%(words)s"), text=text, words=words)
                return
            text = key
        elif not target.is_text:
            text = text.removesuffix("分").strip()
        self.made.rows.setdefault(grid.key, {}).setdefault(unit, {})[target.name] = text
        self.made.places.setdefault(grid.key, {}).setdefault(unit, {})[target.name] = place


def fields(made: Filled, grids: Sequence[Grid], standing: Mapping[str, Mapping[int, Row]]) -> dict[str, str]:
    """The fields of the page as if somebody had typed what the workbook says over what stands there."""
    return {
        grid.cell(unit, column.name): made.rows.get(grid.key, {}).get(unit, {}).get(column.name, shown[column.name])
        for grid in grids
        for unit, row in standing[grid.key].items()
        for shown in (grid.first(row),)
        for column in grid.columns
    }


Origins = Mapping[tuple[str, int], tuple[str, Row]]
"""By indicator and unit: the addresses of the cells that a row of the page was filled from, and what it then said."""


def origins_of(made: Filled, typed: Mapping[str, Cells]) -> str:
    """As the page carries it from filling to saving."""
    return json.dumps(
        [
            [key, unit, "、".join(places.values()), typed[key].typed[unit]]
            for key, by_unit in made.places.items()
            for unit, places in by_unit.items()
        ],
        ensure_ascii=False,
    )  # fmt: skip


def read_origins(text: str) -> Origins:
    """What `origins_of` wrote; nothing of what it did not."""
    try:
        return {(str(key), int(unit)): (str(place), dict(row)) for key, unit, place, row in json.loads(text)}
    except (ValueError, TypeError):
        return {}
