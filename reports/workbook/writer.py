"""Sheets in, one .xlsx out: streamed row by row, with progress, and able to stop."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from io import BytesIO
from itertools import chain, islice
from tempfile import TemporaryDirectory
from typing import BinaryIO, NamedTuple, cast

from xlsxwriter import Workbook
from xlsxwriter.utility import xl_range_abs, xl_rowcol_to_cell

from reports.words import N_, Translate, as_written
from reports.workbook.cells import Place, putter
from reports.workbook.library import TextSheet
from reports.workbook.page import bounds, row_height, rows_above, set_up_page, write_notes, write_top
from reports.workbook.running import Heights, Merges, PageBreaks, Sums, asks_for_notice
from reports.workbook.sheet import Column, Properties, RowOf, RowsOf, Sheet
from reports.workbook.styles import BODY_FONT, BODY_SIZE, Styles
from reports.workbook.text import tab_names

ROW_LIMIT = 1_048_576
"""Rows of a sheet in the office programs; a longer table goes on in a further tab."""
ROWS_A_REPORT = 500
NOTHING, TOTAL = N_("没有记录"), N_("合计")
CUT_MARK = N_("…（超出单元格长度，已截断）")

OnRows = Callable[[int, int | None], None]
ShouldStop = Callable[[], bool]


class ExportStopped(Exception):
    """The export was called off while it ran; nothing useful has been written."""


def workbook_bytes(sheets: Sequence[Sheet], *, properties: Properties, translate: Translate = as_written) -> bytes:
    """The whole file, for a report small enough to answer with at once."""
    target = BytesIO()
    write_workbook(sheets, target, properties=properties, translate=translate)
    return target.getvalue()


def write_workbook(
    sheets: Sequence[Sheet],
    target: BinaryIO,
    *,
    properties: Properties,
    translate: Translate = as_written,
    on_rows: OnRows | None = None,
    should_stop: ShouldStop | None = None,
    row_limit: int = ROW_LIMIT,
) -> None:
    """Writes an .xlsx to `target`, open for binary writing.

    `on_rows(done, total)` is called before the first row, every 500 rows and at the end; `total` is None where a sheet
    does not say its count. `should_stop()` is asked as often.

    Raises ExportStopped where `should_stop` says so, ValueError for no sheet or a row as long as its columns are not.
    """
    if not sheets:
        raise ValueError("a workbook needs a sheet")
    with TemporaryDirectory(prefix="report-") as folder:
        options = {
            "constant_memory": True,
            "tmpdir": folder,
            "use_zip64": True,
            "default_format_properties": {"font_name": BODY_FONT, "font_size": BODY_SIZE},
        }
        watch = _Watch(sheets, on_rows, should_stop)
        _Book(Workbook(target, options), sheets, say=translate, watch=watch, row_limit=row_limit).write(properties)


class _Watch:
    """Counts rows, tells how far it is, asks whether to stop."""

    def __init__(self, sheets: Sequence[Sheet], on_rows: OnRows | None, should_stop: ShouldStop | None) -> None:
        counts = [sheet.count for sheet in sheets]
        self._total = None if None in counts else sum(count for count in counts if count is not None)
        self._on_rows, self._should_stop = on_rows, should_stop
        self.done = 0

    def tell(self) -> None:
        if self._on_rows is not None:
            self._on_rows(self.done, self._total)
        if self._should_stop is not None and self._should_stop():
            raise ExportStopped

    def over(self, rows: Iterable[tuple[object, ...]]) -> Iterator[tuple[object, ...]]:
        for row in rows:
            yield row
            self.done += 1
            if not self.done % ROWS_A_REPORT:
                self.tell()


class _Tabs:
    """Names of tabs, also of those that a long table goes on in, given out before the tabs are made."""

    def __init__(self, sheets: Sequence[Sheet]) -> None:
        self._names = tab_names(sheet.title for sheet in sheets)
        self._taken = list(self._names)
        self._further: dict[tuple[int, int], str] = {}

    def name(self, index: int, part: int) -> str:
        if part == 0:
            return self._names[index]
        if (index, part) not in self._further:
            self._taken = tab_names([*self._taken, self._names[index]])
            self._further[index, part] = self._taken[-1]
        return self._further[index, part]


class _Book:
    def __init__(
        self, workbook: Workbook, sheets: Sequence[Sheet], *, say: Translate, watch: _Watch, row_limit: int
    ) -> None:
        self._workbook, self._styles = workbook, Styles(workbook)
        self._sheets, self._say, self._watch, self._row_limit = sheets, say, watch, row_limit
        self._tabs = _Tabs(sheets)
        self._index = {sheet.title: index for index, sheet in reversed(list(enumerate(sheets)))}
        self._papers: list[TextSheet] = []

    def write(self, properties: Properties) -> None:
        self._workbook.set_properties(
            {
                "title": properties.title,
                "author": properties.author,
                "subject": properties.subject,
                "created": properties.created,
            }
        )
        try:
            self._watch.tell()
            for index, sheet in enumerate(self._sheets):
                self._sheet(index, sheet)
            self._watch.tell()
        except BaseException:
            for paper in self._papers:
                paper.release()
            raise
        self._workbook.close()

    def _sheet(self, index: int, sheet: Sheet) -> None:
        rows = self._watch.over(sheet.rows)
        parts: list[_Part] = []
        sums = Sums(sheet.columns)
        following: tuple[object, ...] | None = None
        while not parts or following is not None:
            again = () if following is None else (following,)
            paper = self._paper(self._tabs.name(index, len(parts)))
            write_top(paper, sheet, self._styles)
            end = self._fill(paper, sheet, islice(chain(again, rows), self._capacity(sheet)), sums)
            self._close_table(paper, sheet, end)
            parts.append(_Part(self._tabs.name(index, len(parts)), paper, end))
            following = next(rows, None)
        self._close_sheet(sheet, sums, parts)

    def _close_sheet(self, sheet: Sheet, sums: Sums, parts: list[_Part]) -> None:
        """What stands once, under the last part: sums where columns ask for them, then the notes."""
        last = parts[-1]
        end = last.end
        if end == rows_above(sheet):
            end = self._nothing(last, sheet)
        elif sums.values:
            end = self._totals(sheet, sums, parts)
        write_notes(last.paper, end, sheet, self._styles)

    def _paper(self, name: str) -> TextSheet:
        paper = cast("TextSheet", self._workbook.add_worksheet(name, worksheet_class=TextSheet))
        self._papers.append(paper)
        return paper

    def _capacity(self, sheet: Sheet) -> int:
        return self._row_limit - rows_above(sheet) - 1 - len(sheet.notes)

    def _locate(self, place: RowOf) -> str | None:
        index = self._index.get(place.sheet)
        if index is None:
            return None
        sheet = self._sheets[index]
        part, row = divmod(place.row, self._capacity(sheet))
        quoted = self._tabs.name(index, part).replace("'", "''")
        return f"'{quoted}'!{xl_rowcol_to_cell(rows_above(sheet) + row, place.col)}"

    def _fill(self, paper: TextSheet, sheet: Sheet, rows: Iterable[tuple[object, ...]], sums: Sums) -> int:
        """Writes the rows and gives the row after the last."""
        mark = self._say(CUT_MARK)
        puts = [
            putter(Place(paper, col, column, self._styles, mark, self._locate))
            for col, column in enumerate(sheet.columns)
        ]
        heights = Heights(sheet.columns)
        row = above = rows_above(sheet)
        noticed = _noticed(paper, sheet, rows, sums, above) if asks_for_notice(sheet) else rows
        for cells in noticed:
            _check_width(sheet, cells)
            for put, value in zip(puts, cells, strict=True):
                put(row, value)
            lines = heights.lines(cells)
            if lines > 1:
                paper.height(row, row_height(lines))
            row += 1
        return row

    def _close_table(self, paper: TextSheet, sheet: Sheet, end: int) -> None:
        above, last = rows_above(sheet), len(sheet.columns) - 1
        if sheet.filter and end > above:
            paper.autofilter(above - 1, 0, end - 1, last)
        if end > above:
            self._offer(paper, sheet, above, end)
        if sheet.protected:
            paper.protect("", {"format_columns": True, "format_rows": True})
        set_up_page(paper, sheet, self._say)

    def _offer(self, paper: TextSheet, sheet: Sheet, above: int, end: int) -> None:
        """Hints and choices of what is to be filled in; they refuse nothing but where a column has an `entry`."""
        if sheet.heading_hint:
            paper.data_validation(0, 0, 0, 0, {"validate": "any", "input_message": sheet.heading_hint})
        for col, column in enumerate(sheet.columns):
            if column.choices or column.hint or column.entry:
                rule: dict[str, object] = {"validate": "any", "input_message": column.hint}
                source = self._choices(column)
                if source:
                    rule |= {"validate": "list", "source": source, "show_error": column.entry is not None}
                paper.data_validation(above, col, end - 1, col, rule | bounds(column.entry))

    def _choices(self, column: Column) -> str | list[str]:
        if not isinstance(column.choices, RowsOf):
            return list(column.choices)
        first, last = self._locate(RowOf(column.choices.sheet, 0)), column.choices.rows
        if first is None or not last:
            return []
        place, _sign, cell = first.rpartition("!")
        top = int(cell.lstrip("A"))
        return f"={place}!$A${top}:$A${top + last - 1}"

    def _nothing(self, part: _Part, sheet: Sheet) -> int:
        style = self._styles.line()
        for col in range(1, len(sheet.columns)):
            part.paper.blank(part.end, col, style)
        part.paper.text(part.end, 0, self._say(NOTHING), style)
        if len(sheet.columns) > 1:
            part.paper.span(part.end, 0, part.end, len(sheet.columns) - 1)
        return part.end + 1

    def _totals(self, sheet: Sheet, sums: Sums, parts: list[_Part]) -> int:
        paper, end = parts[-1].paper, parts[-1].end
        label_at = next((col for col in range(len(sheet.columns)) if col not in sums.values), None)
        for col, column in enumerate(sheet.columns):
            style = self._styles.total(column)
            if col in sums.values:
                places = ",".join(part.cells(rows_above(sheet), col, parts[-1]) for part in parts)
                paper.formula(end, col, f"=SUBTOTAL(109,{places})", style, sums.values[col])
            elif col == label_at:
                paper.text(end, col, self._say(TOTAL), style)
            else:
                paper.blank(end, col, style)
        return end + 1


class _Part(NamedTuple):
    """One tab of a sheet, and the row after its last row of data."""

    name: str
    paper: TextSheet
    end: int

    def cells(self, above: int, col: int, seen_from: _Part) -> str:
        """The data of one column, as a formula on another part names it."""
        cells: str = xl_range_abs(above, col, self.end - 1, col)
        quoted = self.name.replace("'", "''")
        return cells if self.name == seen_from.name else f"'{quoted}'!{cells}"


def _check_width(sheet: Sheet, cells: tuple[object, ...]) -> None:
    if len(cells) != len(sheet.columns):
        raise ValueError(f"a row of {sheet.title!r} has {len(cells)} cells for {len(sheet.columns)} columns")


def _noticed(
    paper: TextSheet, sheet: Sheet, rows: Iterable[tuple[object, ...]], sums: Sums, above: int
) -> Iterator[tuple[object, ...]]:
    merges, breaks = Merges(paper, sheet.columns), PageBreaks(sheet.break_on)
    row = above
    for cells in rows:
        _check_width(sheet, cells)
        sums.take(cells)
        breaks.take(row, cells)
        yield merges.take(row, cells)
        row += 1
    merges.finish(row - 1)
    paper.set_h_pagebreaks(breaks.rows)
