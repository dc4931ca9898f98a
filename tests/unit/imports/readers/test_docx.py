"""Word documents: document order, automatic numbers, areas, and what is tracked, hidden or set beside the text."""

from __future__ import annotations

import pytest
from docx.document import Document as WordDocument

from imports.document import Area, Paragraph, Table
from imports.readers import limits
from tests.files.office import packed, parts_of, word, word_body
from tests.unit.imports.readers.help import codes, places, read, refusal, table_of, texts


def p(text: str, properties: str = "", run: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:rPr>{run}</w:rPr><w:t>{text}</w:t></w:r></w:p>"


def tc(content: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{content if content.startswith('<') else p(content)}</w:tc>"


def tr(*cells: str, properties: str = "") -> str:
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(cells)}</w:tr>"


def tbl(*rows: str) -> str:
    return f"<w:tbl><w:tblPr/>{''.join(rows)}</w:tbl>"


def numbered(level: int, number: int = 1) -> str:
    return f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'


def levels(*patterns: tuple[str, str], more: str = "") -> str:
    entries = "".join(
        f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/></w:lvl>'
        for at, (form, text) in enumerate(patterns)
    )
    return (
        f'<w:abstractNum w:abstractNumId="7">{entries}</w:abstractNum>'
        f'<w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num>{more}'
    )


def test_paragraphs_and_tables_come_in_document_order() -> None:
    def fill(document: WordDocument) -> None:
        document.add_heading("任务分解", 2)
        document.add_paragraph("前文")
        table = document.add_table(2, 2)
        for at, text in enumerate(["任务", "单位", "建账", "市档案局"]):
            table.cell(at // 2, at % 2).text = text
        document.add_paragraph("")
        document.add_paragraph("后文")

    document = read(word(fill), "a.docx")
    assert [type(block) for block in document.blocks] == [Paragraph, Paragraph, Table, Paragraph]
    assert [(block.locator, block.text, block.heading_level) for block in document.paragraphs()] == [
        ("paragraph 1", "任务分解", 2),
        ("paragraph 2", "前文", None),
        ("paragraph 3", "后文", None),
    ]
    table = table_of(document)
    assert table.grid == [["任务", "单位"], ["建账", "市档案局"]]
    assert table.cite(1, 1) == "table 1 row 2"


def test_merged_cells_across_and_down() -> None:
    document = read(
        word_body(
            tbl(
                tr(tc("甲", '<w:vMerge w:val="restart"/>'), tc("乙", '<w:gridSpan w:val="2"/>')),
                tr(tc("", "<w:vMerge/>"), tc("丙"), tc("丁")),
                tr(tc("戊", '<w:vMerge w:val="restart"/>'), tc("己"), tc("庚")),
                tr(tc("压", '<w:vMerge w:val="continue"/>'), tc("辛"), tc("壬")),
            )
        ),
        "a.docx",
    )
    table = table_of(document)
    assert table.grid == [["甲", "乙", ""], ["", "丙", "丁"], ["戊", "己", "庚"], ["", "辛", "壬"]]
    assert sorted(table.merges, key=lambda area: (area.top, area.left)) == [
        Area(0, 0, 1, 0),
        Area(0, 1, 0, 2),
        Area(2, 0, 3, 0),
    ]
    assert places(document, "merged-hidden-text") == ("table 1 row 4",)


def test_a_continued_cell_without_a_beginning_stands_for_itself() -> None:
    table = table_of(read(word_body(tbl(tr(tc("甲"), tc("乙")), tr(tc("丙", "<w:vMerge/>"), tc("丁")))), "a.docx"))
    assert table.grid == [["甲", "乙"], ["丙", "丁"]]
    assert table.merges == []


def test_columns_in_which_no_cell_begins_are_left_out() -> None:
    wide = '<w:gridSpan w:val="3"/>'
    before = '<w:gridBefore w:val="3"/>'
    table = table_of(read(word_body(tbl(tr(tc("甲", wide), tc("乙")), tr(tc("丙"), properties=before))), "a.docx"))
    assert table.grid == [["甲", "乙"], ["", "丙"]]
    assert table.merges == []


def test_automatic_numbers_are_put_before_the_text() -> None:
    numbering = levels(
        ("chineseCountingThousand", "%1、"), ("chineseCounting", "(%2)"), ("decimal", "%3."), ("decimal", "%1.%4")
    )
    body = "".join(
        p(text, numbered(level))
        for level, text in [
            (0, "总体要求"),
            (1, "目标"),
            (1, "原则"),
            (0, "任务"),
            (1, "财政"),
            (2, "公开"),
            (2, "解读"),
            (3, "附"),
        ]
    )
    assert texts(read(word_body(body, numbering=numbering), "a.docx")) == [
        "一、总体要求", "(一)目标", "(二)原则", "二、任务", "(一)财政", "1.公开", "2.解读", "二.1 附",
    ]  # fmt: skip


def test_numbers_go_on_in_another_list_of_the_same_form_unless_it_starts_anew() -> None:
    more = (
        '<w:num w:numId="2"><w:abstractNumId w:val="7"/></w:num>'
        '<w:num w:numId="3"><w:abstractNumId w:val="7"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride></w:num>'
    )
    body = "".join(p("项", numbered(0, number)) for number in (1, 2, 3, 3, 0, 9))
    found = read(word_body(body, numbering=levels(("decimal", "%1、"), more=more)), "a.docx")
    assert texts(found) == ["1、项", "2、项", "5、项", "6、项", "项", "项"]


def test_a_cell_that_holds_only_its_automatic_number() -> None:
    row = tr(tc(p("", numbered(0))), tc("任务"))
    table = table_of(read(word_body(tbl(row, row), numbering=levels(("decimal", "%1"))), "a.docx"))
    assert table.grid == [["1", "任务"], ["2", "任务"]]


def test_styles_bring_outline_level_and_number() -> None:
    styles = (
        '<w:style w:type="paragraph" w:styleId="a"><w:name w:val="公文一级"/><w:pPr><w:outlineLvl w:val="1"/>'
        '<w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="b"><w:name w:val="x"/><w:basedOn w:val="a"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="c"><w:name w:val="heading 3"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="d"><w:name w:val="toc 1"/></w:style>'
    )
    body = "".join(p(name, f'<w:pStyle w:val="{name}"/>') for name in "abcd") + p("e", '<w:outlineLvl w:val="0"/>')
    found = list(read(word_body(body, styles=styles, numbering=levels(("decimal", "%1、"))), "a.docx").paragraphs())
    assert [(item.text, item.heading_level, item.noise) for item in found] == [
        ("1、a", 2, False), ("2、b", 2, False), ("c", 3, False), ("d", None, True), ("e", 1, False),
    ]  # fmt: skip


def test_tracked_insertions_count_and_deletions_do_not() -> None:
    body = (
        "<w:p><w:r><w:t>市</w:t></w:r><w:ins><w:r><w:t>财政局</w:t></w:r></w:ins><w:del><w:r><w:delText>旧</w:delText></w:r></w:del>"
        f"</w:p>{tbl(tr(tc('留')), tr(tc('删'), properties='<w:del/>'))}"
    )
    document = read(word_body(body), "a.docx")
    assert texts(document) == ["市财政局"]
    assert table_of(document).grid == [["留"]]
    assert codes(document) == ["tracked-changes", "deleted-row"]


def test_content_controls_are_opened_at_every_level() -> None:
    def control(content: str) -> str:
        return f"<w:sdt><w:sdtPr/><w:sdtContent>{content}</w:sdtContent></w:sdt>"

    run = "<w:r><w:t>市档案局</w:t></w:r>"
    body = control(p("一")) + tbl(control(tr(control(tc("二")), tc(f"<w:p>{control(run)}</w:p>"))))
    document = read(word_body(body), "a.docx")
    assert texts(document) == ["一"]
    assert table_of(document).grid == [["二", "市档案局"]]


def test_hidden_text_is_apart_and_told() -> None:
    body = (
        p("全藏", run="<w:vanish/>")
        + "<w:p><w:r><w:t>明</w:t></w:r><w:r><w:rPr><w:vanish/></w:rPr><w:t>暗</w:t></w:r></w:p>"
    )
    document = read(word_body(body), "a.docx")
    assert [(item.text, item.hidden) for item in document.paragraphs()] == [("全藏", True), ("明", False)]
    assert [problem.params["text"] for problem in document.problems] == ["全藏", "暗"]


def test_struck_text_is_left_out_and_told() -> None:
    body = "<w:p><w:r><w:rPr><w:strike/></w:rPr><w:t>市住建局、</w:t></w:r><w:r><w:t>市环卫中心</w:t></w:r></w:p>" + p(
        "全划", run="<w:dstrike/>"
    )
    document = read(word_body(body), "a.docx")
    assert texts(document) == ["市环卫中心"]
    assert [(problem.code, problem.params["text"]) for problem in document.problems] == [
        ("struck-text", "市住建局、"),
        ("struck-text", "全划"),
    ]


def test_signs_that_are_elements() -> None:
    body = '<w:p><w:r><w:t>甲</w:t><w:tab/><w:t>乙</w:t><w:br/><w:t>丙</w:t><w:noBreakHyphen/><w:sym w:font="x" w:char="F0FC"/></w:r></w:p>'
    assert texts(read(word_body(body), "a.docx")) == ["甲\t乙\n丙-\uf0fc"]


def test_text_boxes_follow_their_paragraph_once() -> None:
    box = f"<w:txbxContent>{p('框中')}</w:txbxContent>"
    body = (
        '<w:p><w:r><w:t>正文</w:t><mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
        f"<mc:Choice><w:drawing>{box}</w:drawing></mc:Choice><mc:Fallback><w:pict>{box}</w:pict></mc:Fallback>"
        "</mc:AlternateContent></w:r></w:p>"
    )
    assert texts(read(word_body(body), "a.docx")) == ["正文", "框中"]


def test_a_table_within_a_cell_follows_as_a_table_of_its_own() -> None:
    inner = tbl(tr(tc("内一"), tc("内二")))
    document = read(word_body(tbl(tr(tc("外"), tc(p("前") + inner + p("后")))) + p("完")), "a.docx")
    outer, nested = document.tables()
    assert outer.grid == [["外", "前\n后"]]
    assert (nested.locator, nested.grid) == ("table 2", [["内一", "内二"]])
    assert places(document, "nested-table") == ("table 1",)


def test_notes_headers_and_comments() -> None:
    document = read(
        word_body(
            p("正文"),
            footnotes=f'<w:footnote w:type="separator">{p("-")}</w:footnote><w:footnote>{p("脚注一")}</w:footnote>',
            header=p("内部资料"),
            comments=f"<w:comment>{p('请核')}</w:comment>",
        ),
        "a.docx",
    )
    assert [(item.locator, item.text, item.noise) for item in document.paragraphs()] == [
        ("paragraph 1", "正文", False),
        ("footnote 1", "脚注一", False),
        ("header 1", "内部资料", True),
    ]
    assert [problem.params for problem in document.problems] == [{"text": "请核"}]


def test_the_strict_variant_is_read_alike() -> None:
    parts = {
        name: part.replace(
            b"schemas.openxmlformats.org/wordprocessingml/2006/main", b"purl.oclc.org/ooxml/wordprocessingml/main"
        )
        for name, part in parts_of(word_body(p("正文"))).items()
    }
    assert texts(read(packed(parts), "a.docx")) == ["正文"]


def test_hidden_table_rows() -> None:
    document = read(word_body(tbl(tr(tc("甲")), tr(tc("乙"), properties="<w:hidden/>"))), "a.docx")
    assert table_of(document).hidden_rows == frozenset({1})
    assert places(document, "hidden-rows") == ("table 1 row 2",)


def test_active_parts_are_told_and_never_opened() -> None:
    parts = parts_of(word_body(p("正文"))) | {"word/vbaProject.bin": b"x", "word/embeddings/o.bin": b"x"}
    assert codes(read(packed(parts), "a.docm")) == ["macro", "embedded-object"]


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ("<w:p>" * 300 + "</w:p>" * 300, "xml-too-deep"),
        (tbl(tr(tc("甲", f'<w:gridSpan w:val="{limits.MAX_COLUMNS + 1}"/>'))), "too-many-columns"),
        ("<w:p>", "damaged"),
        ("", "nothing-to-read"),
    ],
)
def test_what_is_refused(body: str, code: str) -> None:
    assert refusal(word_body(body), "a.docx") == code


def test_a_paragraph_whose_mark_was_deleted_is_one_with_the_next() -> None:
    gone = "<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t>{}</w:t></w:r></w:p>"
    numbered = '<w:p><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr><w:r><w:t>丙</w:t></w:r></w:p>'
    numbering = (
        '<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:lvlText w:val="%1."/></w:lvl></w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>'
    )
    document = read(
        word_body(gone.format("甲") + gone.format("乙") + numbered + gone.format("末"), numbering=numbering), "a.docx"
    )
    assert texts(document) == ["1.甲乙丙", "末"]
    assert codes(document) == ["tracked-changes"]
