"""PDF files: text, ruled tables and columns; a scan and a damaged file said in words."""

from __future__ import annotations

from imports.document import Area
from imports.pipeline import understand
from tests.unit.imports.readers.help import read, refusal, table_of, texts

WIDTH, HEIGHT = 400, 300
SONG = (
    "<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/UniGB-UCS2-H/DescendantFonts[<</Type/Font"
    "/Subtype/CIDFontType0/BaseFont/STSong-Light/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 4>>/DW 1000>>]>>"
)
"""A font that every reader of PDF has: none is within the file."""


def pdf(*pages: str, picture: bool = False) -> bytes:
    """A PDF of one stream of drawing a page, in Helvetica and Song; with `picture` each page shows one."""
    objects = ["<</Type/Catalog/Pages 2 0 R>>", "", "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>", SONG]
    kids = []
    for page in pages:
        content = page + ("q 300 0 0 200 50 50 cm BI /W 1 /H 1 /CS /G /BPC 8 ID x EI Q" if picture else "")
        objects.append(f"<</Length {len(content)}>>stream\n{content}\nendstream")
        resources = "" if picture else "/Resources<</Font<</F 3 0 R/S 4 0 R>>>>"
        objects.append(
            f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 {WIDTH} {HEIGHT}]{resources}/Contents {len(objects)} 0 R>>"
        )
        kids.append(f"{len(objects)} 0 R")
    objects[1] = f"<</Type/Pages/Kids[{' '.join(kids)}]/Count {len(kids)}>>"
    if picture:
        objects[2] = "<</Subtype/Image>>"
    out = b"%PDF-1.4\n"
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n{body}\nendobj\n".encode()
    start = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    out += b"".join(f"{place:010} 00000 n \n".encode() for place in places)
    return out + f"trailer<</Root 1 0 R/Size {len(objects) + 1}>>\nstartxref\n{start}\n%%EOF".encode()


def written(text: str, left: int, top: int) -> str:
    return f"BT /F 10 Tf {left} {HEIGHT - top - 10} Td ({text}) Tj ET "


def printed(text: str, left: int, top: int) -> str:
    """Chinese, each line of it below the other."""
    return "".join(
        f"BT /S 10 Tf {left} {HEIGHT - top - 10 - 12 * row} Td <{line.encode('utf-16-be').hex()}> Tj ET "
        for row, line in enumerate(text.split("\n"))
    )


def boxed(left: int, top: int, right: int, bottom: int) -> str:
    return f"{left} {HEIGHT - bottom} {right - left} {bottom - top} re S "


def test_lines_that_fill_the_page_are_one_paragraph() -> None:
    long = "x" * 60
    document = read(pdf(written(long, 50, 50) + written("goes on.", 50, 64) + written("next", 70, 78)), "a.pdf")
    assert texts(document) == [f"{long}goes on.", "next"]


def test_a_ruled_table_keeps_its_merged_areas_and_goes_on_over_the_page() -> None:
    first = boxed(50, 50, 250, 70) + boxed(50, 70, 150, 90) + boxed(150, 70, 250, 90)
    first += written("title", 60, 54) + written("a", 60, 74) + written("b", 160, 74) + written("- 1 -", 180, 285)
    second = boxed(50, 20, 150, 40) + boxed(150, 20, 250, 40) + boxed(50, 40, 150, 60) + boxed(150, 40, 250, 60)
    second += written("rest", 160, 24) + written("c", 60, 44) + written("d", 160, 44)
    document = read(pdf(first, second), "a.pdf")
    table = table_of(document)
    assert table.grid == [["title", ""], ["a", "b\nrest"], ["c", "d"]]
    assert table.merges == [Area(0, 0, 0, 1)]
    assert [(paragraph.text, paragraph.noise) for paragraph in document.paragraphs()] == [("- 1 -", True)]


def test_a_printed_breakdown_table_is_read_as_tasks() -> None:
    """Its first column is merged over two rows, its cells are broken over lines."""
    edges = [(20, 90), (90, 230), (230, 310), (310, 390)]
    page = printed("云岫市2026年重点工作任务分解表", 110, 10)
    page += "".join(boxed(left, 30, right, 50) for left, right in edges) + boxed(20, 50, 90, 130)
    page += "".join(boxed(left, top, right, top + 40) for top in (50, 90) for left, right in edges[1:])
    for top, cells in (
        (33, ("工作任务", "工作要求", "责任单位", "完成时限")),
        (53, ("优化营商\n环境", "推行开办企业一次办理，办\n结率达到95%以上。", "市财政局、\n市税务局", "6月底前")),
        (93, ("", "通报办理情况。", "各县区政府", "每月5日前")),
    ):
        page += "".join(printed(text, left + 3, top) for (left, _), text in zip(edges, cells, strict=True) if text)
    draft = understand(read(pdf(page), "a.pdf"), year=2026)
    assert draft.document.title == "云岫市2026年重点工作任务分解表"
    assert [
        (task.requirement, [unit.text for unit in task.units], [one.text for one in task.deadlines])
        for task in draft.tasks
    ] == [
        ("推行开办企业一次办理，办结率达到95%以上。", ["市财政局", "市税务局"], ["6月底前"]),
        ("通报办理情况。", ["各县区政府"], ["每月5日前"]),
    ]
    assert [task.path for task in draft.tasks] == [["优化营商环境"], ["优化营商环境"]]


def test_what_a_narrow_cell_breaks_is_one_and_what_an_author_breaks_is_not() -> None:
    """The room for a line is what its cell leaves beside the padding: 5 points here, so 7 signs of 10 points in 80."""
    edges, rows = [(20, 100), (100, 180)], [(20, 60), (60, 100)]
    page = "".join(boxed(left, top, right, bottom) for top, bottom in rows for left, right in edges)
    for (left, top), text in {
        (20, 20): "市住房和城乡建\n设局", (100, 20): "市财政局\n市税务局",
        (20, 60): "累计增长百分之\n2.办好实事", (100, 60): "达到九成以上的\n，按月通报",
    }.items():  # fmt: skip
        page += printed(text, left + 5, top + 3)
    assert table_of(read(pdf(page), "a.pdf")).grid == [
        ["市住房和城乡建设局", "市财政局\n市税务局"],
        ["累计增长百分之\n2.办好实事", "达到九成以上的，按月通报"],
    ]


def test_a_cell_that_the_page_cuts_goes_on_without_a_break_where_its_line_was_full() -> None:
    first = boxed(20, 200, 100, 280) + boxed(100, 200, 180, 280) + printed("改造老旧小区", 25, 203)
    first += printed("市住房和城乡建", 105, 203)
    second = "".join(boxed(left, top, left + 80, top + 40) for top in (20, 60) for left in (20, 100))
    second += printed("设局", 105, 23) + printed("新建学校", 25, 63) + printed("市教育局", 105, 63)
    assert table_of(read(pdf(first, second), "a.pdf")).grid == [
        ["改造老旧小区", "市住房和城乡建设局"],
        ["新建学校", "市教育局"],
    ]


def test_lines_of_a_short_letter_are_paragraphs() -> None:
    """None of them is full, though the longest is as long as any; and what a label begins is a paragraph of its own."""
    assert texts(read(pdf(printed("关于做好有关工作的通知\n云政办发〔2026〕8号", 60, 40)), "a.pdf")) == [
        "关于做好有关工作的通知",
        "云政办发〔2026〕8号",
    ]
    full = "各县区政府要做好宣传解释工作，每周三报送信访情况。"
    lines = ["一" + full[:-2] + "，"] * 3 + [full + "。", "出席：李明、王芳。"]
    assert texts(read(pdf(printed("\n".join(lines), 60, 40)), "a.pdf"))[-1] == "出席：李明、王芳。"


def test_a_line_whose_bracket_had_no_room_goes_on_too() -> None:
    """A bracket that opens takes the next character along, so that the line before it is shorter."""
    full = "考核结果分为优秀良好合格不合格四个等次按得分高低来评定"
    lines = [full, full[:-3], "（含）以上为优秀。", full, full]
    drawn = "".join(printed(line, 54 if row == 1 else 50, 40 + 12 * row) for row, line in enumerate(lines))
    found = texts(read(pdf(drawn), "a.pdf"))
    assert full + full[:-3] + "（含）以上为优秀。" in found


def test_columns_without_any_rule_are_a_table() -> None:
    lines = [["no", "task", "unit"], ["1", "open the", "a"], ["", "data", ""], ["2", "train", "b"]]
    page = "".join(
        written(text, left, 40 + 14 * row)
        for row, cells in enumerate(lines)
        for left, text in zip((50, 100, 250), cells, strict=True)
    )
    assert table_of(read(pdf(page), "a.pdf")).grid == [
        ["no", "task", "unit"],
        ["1", "open the\ndata", "a"],
        ["2", "train", "b"],
    ]


def test_a_scan_is_known() -> None:
    assert refusal(pdf("", picture=True), "a.pdf") == "scan-in-pdf"


def test_a_damaged_file_is_refused() -> None:
    assert refusal(b"%PDF-1.4\ntrailer<</Root 9 0 R>>", "a.pdf") in {"damaged-pdf", "empty-pdf"}
