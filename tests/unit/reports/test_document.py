"""Word documents: what is written comes back, whatever people typed; and the slip of one unit."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import docx
from hypothesis import given, settings, strategies as st

from reports import slip
from reports.document import Column, Document, Heading, Linked, Paragraph, Table, document_bytes
from reports.words import as_written
from tests.unit.reports.samples import score_sheet, unit_score

MADE = datetime(2026, 7, 2, 1, 30, tzinfo=UTC)
HOSTILE = '</w:t><w:p> & "引号" 第一行\n第二行 ]]> <script>'


def opened(*blocks: Heading | Paragraph | Table) -> Any:
    return docx.Document(io.BytesIO(document_bytes(Document("标题 <1>", "张三 & 李四", MADE, blocks))))


def test_text_comes_back_as_it_was() -> None:
    read = opened(Heading(HOSTILE, level=0), Heading("一、小标题"), Paragraph(HOSTILE), Paragraph("说明", is_note=True))
    assert [one.text for one in read.paragraphs] == [HOSTILE, "一、小标题", HOSTILE, "说明"]
    assert [one.style.name for one in read.paragraphs] == ["Title", "Heading1", "Normal", "Note"]
    assert (read.core_properties.title, read.core_properties.author) == ("标题 <1>", "张三 & 李四")
    assert read.core_properties.created.replace(tzinfo=UTC) == MADE


@settings(max_examples=40, deadline=None)
@given(st.text())
def test_any_text_makes_a_document_that_opens(text: str) -> None:
    table = Table([Column(text, 40)], [(text,), (Linked(text, f"https://a.example/?q={text}"),)])
    assert opened(Paragraph(text), table).tables[0].rows[1].cells[0].text is not None


def test_tables_repeat_their_labels_and_lead_on() -> None:
    rows = [("甲", Linked("报送", "https://luoshi.example/1?a=1&b=2")), ("乙", Linked("脚本", "javascript:alert(1)"))]
    read = opened(Table([Column("单位", 40), Column("依据", 60, "right")], rows, frozenset({1})))
    (table,) = read.tables
    assert [[cell.text for cell in row.cells] for row in table.rows] == [
        ["单位", "依据"],
        ["甲", "报送"],
        ["乙", "脚本"],
    ]
    assert "w:tblHeader" in table.rows[0]._tr.xml
    assert [one.text for one in table.rows[2].cells[0].paragraphs[0].runs if one.bold] == ["乙"]
    links = [one.target_ref for one in read.part.rels.values() if one.is_external]
    assert links == ["https://luoshi.example/1?a=1&b=2"]


def test_who_signs_stays_with_the_text_and_not_with_what_comes_after() -> None:
    """A reply slip that goes to the next page whole would take them along, half a page away from what they sign."""
    signed = [Paragraph(line, look="signed") for line in ("签发人：张三", "云岫市", "2026年12月16日")]
    reply = Table([Column("", 30), Column("", 126)], [("办理情况", "\n" * 6)], is_form=True)
    read = opened(
        Paragraph("松岚县：", look="flush"),
        Paragraph("第一段。\n第二段。", look="body"),
        *signed,
        Heading("回执"),
        reply,
    )

    def stays(one: Any) -> bool:
        own: bool | None = one.paragraph_format.keep_with_next
        return bool(one.style.paragraph_format.keep_with_next if own is None else own)

    assert [(one.text, stays(one)) for one in read.paragraphs[:7]] == [
        ("松岚县：", False), ("第一段。", False), ("第二段。", True), ("签发人：张三", True), ("云岫市", True),
        ("2026年12月16日", False), ("回执", True),
    ]  # fmt: skip


def test_equal_documents_are_equal_bytes() -> None:
    document = Document("题", "人", MADE, [Paragraph("文")])
    assert document_bytes(document) == document_bytes(document)


def test_the_page_is_upright_with_the_margins_of_official_documents() -> None:
    section = opened(Paragraph("文")).sections[0]
    assert [round(length.mm) for length in (section.page_width, section.page_height)] == [210, 297]
    assert [round(length.mm) for length in (section.top_margin, section.left_margin)] == [37, 28]


def test_the_slip_of_a_unit_says_what_the_sheet_says() -> None:
    whole = score_sheet()
    unit = whole.units[0]
    lines = [line for line in whole.lines if line.unit == unit.unit]
    facts = [fact for fact in whole.facts if fact.unit == unit.unit]
    made = slip.build(replace(whole, units=[unit], lines=lines, facts=facts), 2, as_written)
    read = docx.Document(io.BytesIO(document_bytes(made)))
    assert read.paragraphs[0].text == f"{unit.unit}考核得分说明"
    result, explanation, evidence = read.tables
    assert result.rows[1].cells[0].text == format(unit.total, "f")
    assert [row.cells[1].text for row in explanation.rows[1:]] == [line.text for line in lines]
    assert len(evidence.rows) == len(facts) + 1


def test_a_vetoed_unit_has_a_slip_without_a_total() -> None:
    whole = score_sheet()
    vetoed = unit_score("青禾县", "县区组", None, None, veto=True)
    made = slip.build(replace(whole, units=[vetoed], lines=[], facts=[]), 2, as_written)
    result = next(block for block in made.blocks if isinstance(block, Table))
    assert result.rows[0][:2] == ("■ 一票否决", "—")
