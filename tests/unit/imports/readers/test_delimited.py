"""CSV and TSV: every field as it is, every doubt at its line."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given, strategies as st

from imports.readers import limits
from tests.unit.imports.readers.help import codes, places, read, refusal, table_of


@pytest.mark.parametrize("delimiter", [",", "\t", ";", "|"])
def test_the_delimiter_is_found(delimiter: str) -> None:
    rows = [["任务", "单位", "时限"], ["建账", "市财政局、市档案局", "2026年6月底前"]]
    text = "\n".join(delimiter.join(row) for row in rows)
    assert table_of(read(text, "a.csv")).grid == rows


def test_rows_are_cited_by_line_and_blank_ones_left_out() -> None:
    table = table_of(read('任务,单位\n\n"建好\n台账",市档案局\n甲,乙\n', "a.csv"))
    assert table.row_labels == ["line 1", "line 3", "line 5"]
    assert table.cite(1, 0) == "line 3"


@pytest.mark.parametrize("text", ["-1.5", " =1+1", "=cmd|'/C calc'!A0", "87,345", '"', "'", "\ta"])
def test_a_field_is_kept_exactly(text: str) -> None:
    out = io.StringIO()
    csv.writer(out).writerows([["单位", "内容"], ["甲", text]])
    assert table_of(read(out.getvalue(), "a.csv")).grid[1][1] == text


def test_short_rows_are_filled_and_long_ones_reported() -> None:
    document = read("任务,单位\n甲\n乙,丙,丁\n", "a.csv")
    assert table_of(document).grid == [["任务", "单位", ""], ["甲", "", ""], ["乙", "丙", "丁"]]
    assert places(document, "ragged-row") == ("line 3",)


def test_a_quote_that_does_not_pair_is_kept_and_reported() -> None:
    document = read('任务,单位\n"甲"乙,丙\n', "a.csv")
    assert table_of(document).grid[1] == ['"甲"乙', "丙"]
    assert places(document, "quote-stray") == ("line 2",)


@pytest.mark.parametrize("rest", ["", "乙,1\n" * (limits.MAX_QUOTED_LINES + 5)])
def test_an_unclosed_quote_is_refused_at_its_line(rest: str) -> None:
    assert refusal(f'任务,单位\n"甲,1\n{rest}', "a.csv") == "quote-unclosed"


def test_limits_on_fields_and_columns() -> None:
    assert refusal("a," + "x" * (limits.MAX_CELL_CHARS + 1), "a.csv") == "cell-too-long"
    assert refusal("," * limits.MAX_COLUMNS, "a.csv") == "too-many-columns"
    assert refusal('"",' * limits.MAX_COLUMNS + "a", "a.csv") == "too-many-columns"


def test_without_a_name_even_columns_make_a_table_and_prose_does_not() -> None:
    assert read("任务,单位\n甲,乙\n", "").kind == "csv"
    assert read("一、总体要求。\n二、重点任务。\n", "").kind == "text"


@given(st.lists(st.lists(st.text("甲乙 ,\"'\n\r\t;|=", max_size=6), min_size=2, max_size=4), min_size=1, max_size=5))
def test_what_the_standard_writer_writes_comes_back(rows: list[list[str]]) -> None:
    width = max(map(len, rows))
    rows = [["a", *row, *[""] * (width - len(row)), "z"] for row in rows]
    out = io.StringIO()
    csv.writer(out).writerows([["h"] * len(rows[0]), *rows])
    document = read(out.getvalue().encode(), "a.csv")
    assert table_of(document).grid[1:] == rows
    assert codes(document) == []
