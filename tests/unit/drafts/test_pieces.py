"""The source in pieces: nothing is lost, and any run of rows is a table of its own."""

from __future__ import annotations

from hypothesis import given, strategies as st

from imports.document import Area, Document, Paragraph, Table
from tracker.drafts.pieces import Piece, pieces_of, positions, shown


def table(rows: int = 6) -> Table:
    """Three columns; the first merged over rows 1 to 4, the title over the whole first row."""
    grid = [[f"r{row}c{column}" for column in range(3)] for row in range(rows)]
    grid[0][1] = grid[0][2] = ""
    for row in range(2, min(5, rows)):
        grid[row][0] = ""
    merges = [Area(0, 0, 0, 2), Area(1, 0, 4, 0)]
    labels = [f"表!{row + 1}" for row in range(rows)]
    return Table("表", grid, labels, ["A", "B", "C"], merges=merges, hidden_rows=frozenset({5}))


DOCUMENT = Document("xlsx", [Paragraph("line 1", "前言"), table(), Paragraph("line 9", "附注", noise=True)])


def test_every_block_is_cut_in_order():
    pieces = pieces_of(DOCUMENT)
    assert [piece.kind for piece in pieces] == ["paragraph", "sheet", *["row"] * 6, "paragraph"]
    assert [piece.position for piece in pieces] == list(range(9))


def test_rows_and_cells_are_found_by_their_locators():
    place = positions(pieces_of(DOCUMENT))
    assert place["表!4"] == place["表!B4"] == 5
    assert place["line 9"] == 8


def test_merged_cells_span_their_area():
    _before, _sheet, run, _after = shown(pieces_of(DOCUMENT))
    first, second, third = run.rows[:3]
    assert [(cell.text, cell.columns) for cell in first.cells] == [("r0c0", 3)]
    assert [(cell.text, cell.rows) for cell in second.cells] == [("r1c0", 4), ("r1c1", 1), ("r1c2", 1)]
    assert [cell.text for cell in third.cells] == ["r2c1", "r2c2"]
    assert run.rows[5].hidden


def width_of(rows) -> list[int]:
    """Columns that each row of a shown table fills, with what reaches into it from above."""
    widths = [0] * len(rows)
    for number, row in enumerate(rows):
        for cell in row.cells:
            for covered in range(number, number + cell.rows):
                widths[covered] += cell.columns
    return widths


@given(st.integers(2, 7), st.integers(2, 7))
def test_any_run_of_rows_is_a_whole_table(first, last):
    pieces = [piece for piece in pieces_of(DOCUMENT) if piece.kind == "row"]
    run = pieces[min(first, last) - 2 : max(first, last) - 1]
    (whole,) = shown(run)
    assert width_of(whole.rows) == [3] * len(run)


def test_a_run_that_begins_inside_a_merged_area_says_so():
    pieces = [piece for piece in pieces_of(DOCUMENT) if piece.kind == "row"]
    (run,) = shown(pieces[3:5])
    begun = run.rows[0].cells[0]
    assert (begun.continued, begun.rows, begun.locator) == (True, 2, "表!A2")


@given(st.lists(st.text(min_size=1, max_size=8), min_size=1, max_size=5))
def test_nothing_of_the_text_is_lost(texts):
    document = Document("text", [Paragraph(f"line {number}", text) for number, text in enumerate(texts, 1)])
    assert [piece.text for piece in shown(pieces_of(document))] == texts


def test_nothing_is_shown_of_nothing():
    assert shown([]) == []
    assert shown([Piece(0, "sheet", "空", {"caption": "", "columns": [], "rows": 0})])[0].kind == "sheet"
