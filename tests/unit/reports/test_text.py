"""Text stays text: what a cell, a tab and a column can take."""

from __future__ import annotations

import importlib.util
from types import ModuleType

import pytest
from hypothesis import given, settings, strategies as st

from reports.workbook import Column, Light, Link, Sheet, workbook_bytes
from reports.workbook.sheet import Kind
from reports.workbook.text import CELL_LIMIT, LOOKS_LIKE_FORMULA, fit, printed_lines, tab_names
from tests.shared import SHARED, needs_shared
from tests.unit.reports.reading import cells, formulas, part, part_names, table, written
from tests.unit.reports.samples import PROPERTIES

OWN = (
    "=1+1", "＝1+1", "+86-531-1234567", "－5", "-1.5", "@here", "＠here", "﹦1", "−3", "\t=1", "\r=1", "\n=1", "  =1", "'=1", '"=1',
    "{=1}", "=HYPERLINK(\"http://127.0.0.1:9/\",\"x\")", "<r><t>x</t></r>", "<r>", "<r></x></r>", "&amp;", "_x0041_", "a_x000D_b",
    "http://127.0.0.1:9/", "mailto:a@b.example", "internal:'表'!A1", "TRUE", "1E5", "00123", "2026-01-02", "]]>", "a\rb", "尾\n",
    "#REF!", "\u200b=1", "\u202e=1", "𠮷" * 20,
)  # fmt: skip


KINDS: tuple[Kind, ...] = ("text", "number", "date", "light", "link")


def injections() -> list[str]:
    if SHARED is None:
        return []
    spec = importlib.util.spec_from_file_location("make_hostile", SHARED / "hostile" / "make_hostile.py")
    assert spec is not None
    assert spec.loader is not None
    module: ModuleType = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return [str(text) for text in module.INJECTIONS]


def in_every_place(texts: list[str]) -> Sheet:
    columns = (
        *(Column(text, 20, kind) for kind, text in zip(KINDS, texts, strict=False)),
        Column(texts[0], 10, "link", band=texts[1]),
    )  # fmt: skip
    rows = [(text, text, text, Light("near", text), text, Link(text, "https://luoshi.example/1")) for text in texts]
    return Sheet(texts[0], texts[1], columns, rows, lines=tuple(texts), notes=tuple(texts))


def first_data_row(sheet: Sheet) -> int:
    return 1 + len(sheet.lines) + 2 + 1


def check_read_back(texts: list[str]) -> None:
    sheet = in_every_place(texts)
    book = written([sheet])
    assert formulas(book) == []
    paper = book.worksheets[0]
    first = first_data_row(sheet)
    for row, text in enumerate(texts, first):
        shown = text.replace("_x0041_", "_x005F_x0041_").replace("_x000D_", "_x005F_x000D_")
        assert [paper.cell(row, col).value for col in range(1, 7)] == [shown] * 6
        assert {paper.cell(row, col).data_type for col in range(1, 7)} == {"s"}
        assert paper.cell(row, 1).quotePrefix == bool(LOOKS_LIKE_FORMULA.match(text))


def test_no_text_of_our_own_list_becomes_anything_else() -> None:
    check_read_back(list(OWN))


@needs_shared
def test_no_text_of_the_hostile_corpus_becomes_anything_else() -> None:
    texts = injections()
    assert len(texts) > 30
    check_read_back(texts)


@pytest.mark.parametrize(
    "text", ["=1", " =1", "\t1", "＝1", "+1", "－1", "＠A1", "﹦1", "-1.5", "'=1", '"=1', "\u200b=1", "%=1"]
)
def test_what_a_spreadsheet_may_take_for_a_formula_is_known(text: str) -> None:
    assert LOOKS_LIKE_FORMULA.match(text)


@pytest.mark.parametrize("text", ["市财政局", "1-2月", "a=1", "", "（一）", "100%"])
def test_ordinary_text_is_not_taken_for_a_formula(text: str) -> None:
    assert not LOOKS_LIKE_FORMULA.match(text)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.text(st.characters(exclude_characters="_"), max_size=30), min_size=1, max_size=20))
def test_any_text_comes_back_as_it_fits(texts: list[str]) -> None:
    paper = written([table([Column("内容", 20)], [(text,) for text in texts])]).worksheets[0]
    for row, text in enumerate(texts, 3):
        assert (paper.cell(row, 1).value or "") == fit(text, "…")


def test_control_characters_are_shown_and_half_characters_replaced() -> None:
    assert fit("a\x00b\x1fc\ud800d\uffffe\r\nf", "…") == "a␀b␟c\ufffdd\ufffde\nf"


def test_text_of_escapes_is_escaped_for_the_programs_that_read_them() -> None:
    data = workbook_bytes([table([Column("内容", 20)], [("_x0041_",)])], properties=PROPERTIES)
    assert "<t>_x005F_x0041_</t>" in part(data, "xl/worksheets/sheet1.xml")


def test_markup_is_written_as_text() -> None:
    data = workbook_bytes([table([Column("内容", 20)], [("<r><evil/></r>",)])], properties=PROPERTIES)
    assert "&lt;r&gt;&lt;evil/&gt;&lt;/r&gt;" in part(data, "xl/worksheets/sheet1.xml")


@pytest.mark.parametrize("char", ["x", "字", "😀"])
def test_too_long_text_is_cut_where_it_can_be_seen(char: str) -> None:
    cut = fit(char * 40_000, "…（截断）")
    assert cut.endswith("…（截断）")
    assert len(cut.encode("utf-16-le")) // 2 in {CELL_LIMIT, CELL_LIMIT - 1}


def test_text_that_just_fits_is_whole() -> None:
    assert fit("字" * CELL_LIMIT, "…") == "字" * CELL_LIMIT


@settings(max_examples=100, deadline=None)
@given(st.lists(st.text(max_size=50), min_size=1, max_size=8))
def test_names_of_tabs_are_fit_and_each_once(titles: list[str]) -> None:
    names = tab_names(titles)
    assert len({name.casefold() for name in names}) == len(titles)
    for name in names:
        assert 1 <= len(name.encode("utf-16-le", "surrogatepass")) // 2 <= 31
        assert not set("[]:*?/\\") & set(name)
        assert name[0] != "'"
        assert name[-1] != "'"


def test_repeated_names_of_tabs_are_numbered() -> None:
    assert tab_names(["县区", "县区", "A/B", "a:b", ""]) == ["县区", "县区 (2)", "A B", "a b (2)", "Sheet"]


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("市财政局", 8, 1),
        ("市财政局", 7, 2),
        ("abcdefgh", 8, 1),
        ("a\nb", 8, 2),
        ("\n\n", 8, 3),
        ("", 8, 1),
        ("字" * 30, 20, 3),
    ],
)
def test_lines_that_a_text_takes(text: str, width: float, lines: int) -> None:
    assert printed_lines(text, width) == lines


def test_the_file_has_nothing_that_runs_or_fetches() -> None:
    from_everywhere = workbook_bytes([in_every_place(list(OWN))], properties=PROPERTIES)
    path_parts = {name.split("/")[1] for name in part_names(from_everywhere) if name.startswith("xl/")}
    assert path_parts <= {"workbook.xml", "styles.xml", "worksheets", "theme", "_rels", "sharedStrings.xml"}


def test_every_cell_has_its_border() -> None:
    paper = written([table([Column("甲", 8), Column("乙", 8, "number")], [(None, None), ("a", 1)])]).worksheets[0]
    assert all(cell.border.left.style == "thin" for cell in cells(paper) if cell.row > 1)
