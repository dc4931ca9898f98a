"""Web pages: reading order, data tables with spans, furniture apart, nothing fetched or run."""

from __future__ import annotations

import time

import pytest

from imports.document import Area
from imports.readers import limits
from tests.unit.imports.readers.help import codes, places, read, refusal, table_of, texts


def page(body: str, head: str = "") -> str:
    return f"<!DOCTYPE html><html><head>{head}</head><body>{body}</body></html>"


def test_headings_paragraphs_and_line_breaks() -> None:
    document = read(page("<h1>要点<br>通知</h1><p>　一、 总体\n 要求</p>游离<b>粗</b>体<div>甲<p>乙</div>丙"), "a.html")
    assert [(item.text, item.heading_level) for item in document.paragraphs()] == [
        ("要点", 1), ("通知", 1), ("　一、 总体 要求", None), ("游离粗体", None), ("甲", None), ("乙", None), ("丙", None),
    ]  # fmt: skip
    assert next(document.paragraphs()).locator == "paragraph 1"


def test_spans_become_areas() -> None:
    document = read(
        page(
            "<table><tr><th rowspan=2>序号<th colspan=2>任务</tr><tr><td>名称<td>单位</tr>"
            "<tr><td>1<td rowspan=0>甲<br>乙<p>丙</p><td>市财政局</tr><tr><td>2<td>市档案局</tr></table>"
        ),
        "a.html",
    )
    table = table_of(document)
    assert table.grid == [
        ["序号", "任务", ""],
        ["", "名称", "单位"],
        ["1", "甲\n乙\n丙", "市财政局"],
        ["2", "", "市档案局"],
    ]
    assert table.merges == [Area(0, 0, 1, 0), Area(0, 1, 0, 2), Area(2, 1, 3, 1)]
    assert table.cite(3, 0) == "table 1 row 4"
    assert codes(document) == []


def test_a_span_never_leaves_its_row_group_nor_the_table() -> None:
    document = read(
        page(
            "<table><thead><tr><td rowspan=9>甲<td>乙</tr></thead><tbody><tr><td>丙<td colspan=5000>丁</tr></tbody></table>"
        ),
        "a.html",
    )
    assert table_of(document).grid == [["甲", "乙"], ["丙", "丁"]]
    assert places(document, "cell-clipped") == ("table 1",)


def test_huge_spans_cost_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    begin = time.process_time()
    cell = '<tr><td rowspan="65534" colspan="1000">x</td></tr>'
    table = table_of(read(page(f"<table>{cell * 50}</table>"), "a.html"))
    assert (len(table.grid), len(table.grid[0])) == (50, 50)
    assert time.process_time() - begin < 2
    monkeypatch.setattr(limits, "MAX_GRID_CELLS", 3_000)
    assert refusal(page(f"<table>{cell * 60}</table>"), "a.html") == "grid-too-large"
    assert refusal(page(f"<table>{cell * 200}</table>"), "a.html") == "grid-too-large"


@pytest.mark.parametrize(
    "body",
    [
        "<table><tr><td>导航<td>正文<table><tr><td>一<td>二<tr><td>三<td>四</table></table>",
        "<table role=presentation><tr><td>一<td>二</table>",
        "<table><tr><td>一</table>",
        "<table><tr><td><h1>一</h1><td>二</table>",
    ],
)
def test_tables_that_arrange_the_page_are_walked_as_text(body: str) -> None:
    document = read(page(body), "a.html")
    assert texts(document)
    assert [table.grid for table in document.tables()] in ([], [[["一", "二"], ["三", "四"]]])


def test_a_small_table_in_a_cell_follows_its_table() -> None:
    inner = "<table><tr><td>内一<td>内二</table>"
    document = read(page(f"<table><tr><td>任务<td>说明<td>单位<tr><td>甲<td>前{inner}后<td>乙</table>完"), "a.html")
    outer, nested = document.tables()
    assert outer.grid == [["任务", "说明", "单位"], ["甲", "前\n后", "乙"]]
    assert nested.grid == [["内一", "内二"]]
    assert codes(document) == ["nested-table"]


def test_rows_and_cells_that_old_pages_wrap_in_forms() -> None:
    document = read(
        page("<table>游<form><tr><form><td>一<td>二</td></form>离<td>三</tr></form><caption>附表</caption></table>"),
        "a.html",
    )
    assert table_of(document).grid == [["一", "二", "三"]]
    assert texts(document) == ["附表", "游 离"]


def test_scripts_and_styles_are_no_content() -> None:
    body = "<script>alert('脚本')</script><style>p{}</style><template>模板</template><iframe>框</iframe><p>正文<script>x</script></p>"
    assert texts(read(page(body), "a.html")) == ["正文"]


@pytest.mark.parametrize(
    "tag", ["nav", "footer", 'div class="breadcrumb x"', 'div id="site-footer"', "div role=navigation", "select"]
)
def test_furniture_is_kept_as_noise(tag: str) -> None:
    name = tag.split(maxsplit=1)[0]
    document = read(page(f"<{tag}>首页<table><tr><td>一<td>二</table></{name}><p>正文</p>"), "a.html")
    noise = [item.text for item in document.paragraphs() if item.noise]
    assert "首页" in noise[0]
    assert [item.text for item in document.paragraphs() if not item.noise] == ["正文"]
    assert not list(document.tables())


def test_what_is_hidden_is_marked_and_told() -> None:
    document = read(
        page(
            "<p style='display: none'>藏</p><p hidden>匿</p><p>明</p><table><tr><td>一<span style='display:none'>暗</span><td>二"
            "<tr style='visibility:hidden'><td>三<td>四<tr><td style='display:none'>无<td>五</table>"
        ),
        "a.html",
    )
    assert [(item.text, item.hidden) for item in document.paragraphs()] == [("藏", True), ("匿", True), ("明", False)]
    table = table_of(document)
    assert table.grid == [["一", "二"], ["三", "四"], ["五", ""]]
    assert table.hidden_rows == frozenset({1})
    assert [problem.params["text"] for problem in document.problems if problem.code == "hidden-text"] == [
        "藏",
        "匿",
        "暗",
        "无",
    ]


def test_ordered_lists_get_the_numbers_a_browser_shows() -> None:
    document = read(
        page(
            "<ol start=3><li>甲<li><p>乙</p><li value=9>丙<ul><li>丁</ul></ol><ol type=a><li>戊<li>2.己</ol><ol style='list-style:none'>"
            "<li>庚</ol>"
        ),
        "a.html",
    )
    assert texts(document) == ["3.甲", "4.乙", "9.丙", "丁", "a.戊", "2.己", "庚"]


def test_verbatim_text_keeps_its_lines() -> None:
    assert texts(read(page("<pre>一、甲\n  二、乙</pre>"), "a.html")) == ["一、甲", "  二、乙"]


@pytest.mark.parametrize(
    ("declared", "encoding"), [("gb2312", "gb18030"), ("utf-8", "utf-8"), ("big5", "big5"), ("gb2312", "utf-8")]
)
def test_the_declared_charset_counts_where_it_fits(declared: str, encoding: str) -> None:
    text = page("<p>政務公開</p>", f'<meta http-equiv="Content-Type" content="text/html; charset={declared}">')
    assert texts(read(text.encode(encoding), "a.html")) == ["政務公開"]


def test_addresses_elsewhere_are_told_and_never_fetched() -> None:
    document = read(
        page(
            '<img src="http://127.0.0.1:9/x.png"><iframe src="file:///etc/passwd"></iframe><img src="data:x"><p>正文</p>',
            '<meta http-equiv="refresh" content="0;url=http://127.0.0.1:9/">',
        ),
        "a.html",
    )
    (problem,) = document.problems
    assert problem.code == "external-reference"
    assert "file:///etc/passwd" in problem.params["target"]
    assert texts(document) == ["正文"]


def test_the_title_is_the_articles_where_the_page_names_it() -> None:
    assert read(page("x", "<title> 通知_云岫市\n政府 </title>"), "a.html").declared_title == "通知_云岫市 政府"
    assert (
        read(page("x", '<title>网站</title><meta name="ArticleTitle" content="要点">'), "a.html").declared_title
        == "要点"
    )


def test_pages_nest_deep_without_harm() -> None:
    assert texts(read(page("<div>" * 1500 + "深" + "</div>" * 1500 + "<p>尾"), "a.html")) == ["深", "尾"]
    assert refusal(page("<div>" * 5000 + "深"), "a.html") == "xml-too-deep"
    begin = time.process_time()
    read(page("<table><tr><td>x<td>y<td>z" * 600 + "<b>q</b>" * 50_000), "a.html")
    assert time.process_time() - begin < 5


def test_a_page_without_text_says_so() -> None:
    assert refusal("<script>alert(1)</script>", "a.pdf") == "nothing-to-read"


def test_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MAX_PARAGRAPHS", 2)
    assert refusal(page("<p>一<p>二<p>三"), "a.html") == "too-many-paragraphs"
    monkeypatch.setattr(limits, "MAX_HTML_NODES", 5)
    assert refusal(page("<p>一<p>二"), "a.html") == "tree-too-large"


def test_a_page_of_one_tag_that_is_never_closed_holds_nothing() -> None:
    assert refusal("<html", "a.html") == "nothing-to-read"
