"""From the tables of a workbook to a draft of a scheme, with what was noticed on the way, each at its cell."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import islice
from typing import Any

from tracker.assessment.printed.around.passages import Passage
from tracker.assessment.printed.around.reading import settings_around
from tracker.assessment.printed.extras import SAID, Extras, extra_kind
from tracker.assessment.printed.found import Leaf, Noticed, Read, summed
from tracker.assessment.printed.heads import Role, head_of, heading_kind, squeezed
from tracker.assessment.printed.implied import with_points_column
from tracker.assessment.printed.points import most_points, points_of, shown
from tracker.assessment.printed.prose import table_of_text
from tracker.assessment.printed.rules import exact_rule, source_of
from tracker.assessment.printed.settings import read_setting, settings_head
from tracker.assessment.printed.standards import gives_more, limit_of_some, most_of, rule_with_numbers, told, told_rule
from tracker.assessment.printed.tables import Printed
from tracker.assessment.printed.tree import OWN_POINTS, below, sources_of, tree_of
from tracker.assessment.printed.unread import unread_columns
from tracker.assessment.scoring.wording import N_, Sentence

_SUM = re.compile(r"^(合计|总计|总分|小计)")
_SUM_ALONE = re.compile(r"(合计|总计|小计)([（(].*[）)])?")
_NOTE = re.compile(r"^(注|备注|附注|说明|填表说明)([：:\d１-９一]|$)")
SUM_OF_ALL = N_("合计写的是 %(stated)s，各项相加是 %(sum)s")
SUM_OF_PART = N_("小计写的是 %(stated)s，各项相加是 %(sum)s")
LONGEST_NAME = 60
"""Characters of a name that is taken from a longer text."""


def read_printed(tables: Sequence[Printed], paragraphs: Sequence[Passage] = ()) -> Read | None:
    """The scheme of the first table that looks like one, or of running text; None where none does. Further such tables are
    named. The settings are those of a table of settings, or else what the text around the scheme says."""
    tables = list(map(with_points_column, tables))
    found = [(table, head) for table in tables if (head := head_of(table.grid)) is not None]
    if not found:
        in_text = table_of_text(paragraphs)
        return None if in_text is None else read_printed([in_text[0], *tables], in_text[1])
    table, (row, roles) = found[0]
    reader = _Reader(table, row, roles)
    reader.read()
    for other, _ in found[1:]:
        reader.notice(other.places[0][0], N_("这张表没有读入：一个方案只读第一张考核表"))
    if not reader.leaves:
        return None
    body = tree_of(reader.leaves) | reader.extras.settings()
    settings = next((one for one in tables if settings_head(one.grid) is not None), None)
    if settings is not None:
        for note in reader.notes:
            reader.notice(note.place, N_("没有读入这一行：%(name)s"), doubt=False, name=note.text[:LONGEST_NAME])
        _read_settings(settings, body, reader)
        return Read(body, sources_of(reader.leaves), reader.noticed, len(reader.leaves), has_settings=True)
    noticed, told = settings_around([*paragraphs, *_around(tables, found), *reader.notes], body)
    return Read(body, sources_of(reader.leaves), reader.noticed + noticed, len(reader.leaves), told_around=told)


def _around(tables: Sequence[Printed], schemes: Sequence[tuple[Printed, tuple[int, Any]]]) -> Iterator[Passage]:
    """The rows over the head of the scheme, and those of tables that are none: grades are often printed in one."""
    heads = {id(table): 0 for table, _ in schemes} | {id(table): head for table, (head, _) in schemes[:1]}
    for table in tables:
        rows = zip(table.grid, table.places, strict=True)
        for cells, places in islice(rows, heads.get(id(table))):
            yield Passage(places[0], " ".join(dict.fromkeys(filter(None, map(squeezed, cells)))))


def _read_settings(table: Printed, body: dict[str, Any], reader: _Reader) -> None:
    for row in range((settings_head(table.grid) or 0) + 1, len(table.grid)):
        label, text = (cell.strip() for cell in table.grid[row][:2])
        if text and not read_setting(label, text, body):
            reader.notice(table.places[row][1], N_("没有读懂方案规则“%(name)s”：%(text)s"), name=label, text=text)


class _Reader:
    def __init__(self, table: Printed, head: int, roles: Mapping[int, Role]) -> None:
        self._table, self._grid, self._places, self._head, self._roles = table, table.grid, table.places, head, roles
        self._columns = {
            role: [at for at, held in sorted(roles.items()) if held == role] for role in set(roles.values())
        }
        *self._of_levels, own = self._columns["points"]
        self._columns["points"] = [own]
        self._named = {column for column, role in roles.items() if role != "aside"}
        self._stated: dict[tuple[str, ...], tuple[str, Decimal]] = {}
        self._above: list[str] = []
        self._headings: dict[int, str] = {}
        self._summed_up, self._in_notes = 0, False
        self._indicator = ""
        self.extras = Extras()
        self.leaves: list[Leaf] = []
        self.notes: list[Passage] = []
        """The rows below the table, and what it says of a veto."""
        self.noticed: list[Noticed] = []

    def notice(self, place: str, template: str, /, *, doubt: bool = True, **parts: str) -> None:
        self.noticed.append(Noticed(place, Sentence(template, **parts), doubt))

    def read(self) -> None:
        self.noticed += unread_columns(self._table, self._head, self._roles, self._columns["points"][0])
        for row in range(self._head + 1, len(self._grid)):
            if any(squeezed(text) for text in self._grid[row]) and self._grid[row] != self._grid[self._head]:
                self._row(row)
        self._check_sum()

    def _text(self, row: int, role: Role) -> str:
        texts = [self._grid[row][column].strip() for column in self._columns.get(role, ())]
        return "\n".join(text for text in texts if text)

    def _texts(self, row: int) -> Iterable[str]:
        """What stands in the row, each text once."""
        return dict.fromkeys(text.strip() for text in self._grid[row] if text.strip())

    def _place(self, row: int, role: Role) -> str:
        columns = self._columns.get(role) or self._columns["points"]
        return self._places[row][columns[0]]

    def _row(self, row: int) -> None:
        first = next((squeezed(text) for text in self._grid[row] if squeezed(text)), "")
        self._in_notes = (self._in_notes or bool(_NOTE.match(first))) and not self._text(row, "points")
        if self._in_notes:
            self.notes.append(Passage(self._places[row][0], "\n".join(self._texts(row)), is_note=True))
            return
        alone = (squeezed(self._text(row, role)) for role in ("level", "indicator", "content"))
        if _SUM.match(first) or any(_SUM_ALONE.fullmatch(text) for text in alone):
            self._sum_row(row, part="小计" in "".join(self._grid[row]))
            return
        if self._heading(row):
            return
        self._levels(row)
        tops = (*self._headings.values(), *self._above[:1])
        begins = next(
            (text for column, text in enumerate(map(squeezed, self._grid[row])) if text and column in self._named), ""
        )
        worth = self._text(row, "points")
        says = "" if points_of(worth) is not None or most_points(worth) is not None else worth
        extra = extra_kind((*tops, begins, says))
        if extra is not None:
            self._extra(row, extra)
            return
        indicator, points = self._text(row, "indicator"), self._text(row, "points")
        number = points_of(points)
        if number is not None and number < 0:
            self._extra(row, "penalty")
            return
        if indicator:
            self._indicator = indicator
        if indicator or points:
            self._leaf(row, indicator, points)
        elif self.leaves:
            more = "\n".join(filter(None, (self._text(row, "content"), self._text(row, "criteria"))))
            self.leaves[-1].criteria = "\n".join(filter(None, (self.leaves[-1].criteria, more)))

    def _heading(self, row: int) -> bool:
        """A text alone in its row, with a heading's number or points of its own: a level above those of the columns, until
        the next heading of its kind."""
        columns = [*self._columns.get("level", ()), *self._columns["indicator"]]
        text = " ".join(self._grid[row][min(columns)].split())
        kind = heading_kind(text)
        if kind is None or {squeezed(cell) for cell in self._grid[row]} - {""} != {squeezed(text)}:
            return False
        self._end_headings(kind)
        self._headings[kind] = text
        self._above, self._indicator = [], ""
        return True

    def _end_headings(self, kind: int) -> None:
        self._headings = {one: text for one, text in self._headings.items() if one < kind}

    def _path(self, levels: int | None = None) -> tuple[str, ...]:
        """What stands above an indicator, or above the first so many columns of levels."""
        return (*self._headings.values(), *filter(None, self._above[:levels]))

    def _levels(self, row: int) -> None:
        """A text in a level's column begins a new one; what stood to the right of it is over."""
        for depth, column in enumerate(self._columns.get("level", ())):
            text = " ".join(self._grid[row][column].split())
            if text:
                if text != (self._above[depth] if depth < len(self._above) else None):
                    self._indicator = ""
                kind = None if depth else heading_kind(text)
                if kind is not None:
                    self._end_headings(kind)
                self._above = [*(self._above + [""] * depth)[:depth], text]
        levels = self._columns.get("level", ())
        for column in self._of_levels:
            path = self._path(sum(level < column for level in levels))
            number = points_of(self._grid[row][column])
            if path and number is not None:
                self._stated[path] = (self._places[row][column], number)

    def _leaf(self, row: int, indicator: str, points: str) -> None:
        content, criteria = self._text(row, "content"), self._text(row, "criteria")
        name = indicator or content or self._indicator
        if not indicator and not content:
            name = f"{self._indicator}（{1 + sum(leaf.name.startswith(self._indicator) for leaf in self.leaves)}）"
        full, name = name, " ".join(name.split())[:LONGEST_NAME]
        said = (
            [content if content != full else "", criteria] if len(full) <= LONGEST_NAME else [full, content, criteria]
        )
        worth = self._points(row, points, name)
        name = name if points else OWN_POINTS.sub("", name).strip() or name
        rule = self._rule(row, "\n".join(filter(None, (content, criteria))), points_of(worth))
        leaf = Leaf(
            self._path(), name, worth, "\n".join(filter(None, said)), rule,
            source_of(self._text(row, "source")), self._place(row, "points"),
        )  # fmt: skip
        if (leaf.path, leaf.name) in {(one.path, one.name) for one in self.leaves}:
            self.notice(self._place(row, "indicator"), N_("同一项目下“%(name)s”出现两次"), name=name)
        self.leaves.append(leaf)

    def _points(self, row: int, text: str, name: str) -> str:
        """As the cell says; an empty one, as the name does: 机关党建（20分）."""
        own = None if text else OWN_POINTS.search(name)
        number = points_of(own[1] if own else text)
        if number is None:
            where, number = self._place(row, "points"), most_points(text)
            if number is not None:
                self.notice(
                    where, N_("分值“%(text)s”按满分 %(points)s 读入，请核对"), text=squeezed(text), points=shown(number)
                )
                return shown(number)
            if text:
                self.notice(where, N_("分值“%(text)s”不是数"), text=text)
            else:
                self.notice(where, N_("没有分值"))
            return text
        return shown(number)

    def _rule(self, row: int, said: str, points: Decimal | None) -> dict[str, Any]:
        kind = self._text(row, "kind")
        if kind:
            rule, unread = exact_rule(kind, self._text(row, "parameters"))
            for piece in unread:
                self.notice(self._place(row, "parameters"), N_("没有读懂计分参数“%(text)s”"), text=piece)
            if rule is not None:
                return rule
            self.notice(self._place(row, "kind"), N_("没有“%(kind)s”这种计分方式"), kind=kind)
        counted = None if points is None else rule_with_numbers(said, points)
        if counted is not None:
            self.noticed.append(Noticed(self._place(row, "criteria"), told(counted)))
        if gives_more(said, points) and (counted is None or counted["kind"] != "bands"):
            self.notice(
                self._place(row, "criteria"), N_("评分标准里还有加分：本项得分不会超过分值，多出的请按“加分”录入")
            )
        if "否决" in said:
            self.notice(
                self._place(row, "criteria"), N_("评分标准里有一票否决：得分不会自动按它算，发生时请录入否决和事由")
            )
        self._limited(row, said, points)
        rule, sure = told_rule(said) if counted is None else (counted, True)
        if not sure:
            self.notice(self._place(row, "criteria"), N_("从评分标准看不出怎样计分，先按“直接计分”，请选择计分方式"))
        return rule

    def _limited(self, row: int, said: str, points: Decimal | None) -> None:
        limit = None if points is None else limit_of_some(said, points)
        if limit is not None:
            template = N_("评分标准里有的扣分另有限额（%(points)s 分），没有读入：请拆成几项，或改用“限额扣分”")
            self.notice(self._place(row, "criteria"), template, points=shown(limit))

    def _extra(self, row: int, kind: str) -> None:
        place, text = self._place(row, "points"), self._text(row, "points")
        if kind == "veto":
            self.notice(place, N_("一票否决是方案规则，不列为指标；事由在录入时写明"), doubt=False)
            said = "，".join(self._texts(row))
            self.notes.append(Passage(place, said if "否决" in said else "一票否决，" + said))
            return
        number = points_of(text) or most_points(text) or most_of(self._text(row, "criteria"))
        if number is None:
            self.notice(place, N_("没有读出这一项最多加减多少分：请在方案里填上限"))
            return
        named = (self._text(row, "indicator"), self._text(row, "content"), *reversed(self._above))
        self.extras.add(kind, next(filter(None, named), ""), number)
        self.notice(place, SAID[kind], doubt=False)

    def _sum_row(self, row: int, *, part: bool) -> None:
        """A 合计 is of all that stands above it, a 小计 of what stands above it since the last one, or of a level."""
        stated, last = points_of(self._text(row, "points")), self.leaves[-1].path if part and self.leaves else ()
        since = self.leaves[self._summed_up :] if part else self.leaves
        sums = [summed(since), *(summed(below(self.leaves, last[:depth])) for depth in range(1, len(last) + 1))]
        self._summed_up = len(self.leaves)
        if stated is not None and sums[0] is not None and stated not in sums:
            template = SUM_OF_PART if part else SUM_OF_ALL
            self.notice(self._place(row, "points"), template, stated=shown(stated), sum=shown(sums[0]))

    def _check_sum(self) -> None:
        total = summed(self.leaves)
        if total is not None and total != 100:
            self.notice(self._place(self._head, "points"), N_("各项分值合计 %(sum)s，不是 100"), sum=shown(total))
        for path in dict.fromkeys(leaf.path[: depth + 1] for leaf in self.leaves for depth in range(len(leaf.path))):
            held_by = below(self.leaves, path)
            own, held = OWN_POINTS.search(path[-1]), summed(held_by)
            place, stated = (held_by[0].place, Decimal(own[1])) if own else self._stated.get(path, ("", held))
            if held is not None and stated != held:
                self.notice(place, N_("“%(name)s”写的分值与下级相加的 %(sum)s 不等"), name=path[-1], sum=shown(held))
