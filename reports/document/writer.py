"""A document as a .docx: a zip of few parts, each written out as text. Whatever people typed is escaped."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from datetime import UTC
from urllib.parse import quote
from xml.sax.saxutils import escape, quoteattr
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from reports.document.model import TEXT_WIDTH, Banner, Block, Cell, Document, Heading, Linked, Paragraph, Table
from reports.workbook.text import fit

_TWIPS = 56.6929
"""A millimetre in twentieths of a point, the unit of the format."""
_EPOCH = (1980, 1, 1, 0, 0, 0)
"""Of the parts in the zip, so that equal documents give equal bytes; when it was made stands in its properties."""
_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_R = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_IN_ADDRESS = "%/:=&?~#+!$,;'@()*[]"
"""Signs that stand in an address as they are."""
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

_TYPES = f"""<Types xmlns="{_PACKAGE}/content-types">\
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>\
<Default Extension="xml" ContentType="application/xml"/>\
<Override PartName="/word/document.xml" ContentType="{_WORD}.document.main+xml"/>\
<Override PartName="/word/styles.xml" ContentType="{_WORD}.styles+xml"/>\
<Override PartName="/word/footer1.xml" ContentType="{_WORD}.footer+xml"/>\
<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>\
</Types>"""
_ROOT = f"""<Relationships xmlns="{_PACKAGE}/relationships">\
<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="word/document.xml"/>\
<Relationship Id="rId2" Type="{_PACKAGE}/relationships/metadata/core-properties" Target="docProps/core.xml"/>\
</Relationships>"""
_FONTS = '<w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:cs="Times New Roman" w:eastAsia="{0}" w:hint="eastAsia"/>'


def _style(key: str, font: str, half_points: int, paragraph: str = "", run: str = "") -> str:
    default = ' w:default="1"' if key == "Normal" else ""
    return (
        f'<w:style w:type="paragraph"{default} w:styleId="{key}"><w:name w:val="{key}"/><w:pPr>{paragraph}</w:pPr>'
        f'<w:rPr>{_FONTS.format(font)}{run}<w:sz w:val="{half_points}"/><w:szCs w:val="{half_points}"/></w:rPr></w:style>'
    )


_LINE = '<w:spacing w:line="580" w:lineRule="exact"/>'
"""Twenty-two lines to a page."""
_RULE = '<w:pBdr><w:bottom w:val="single" w:sz="12" w:space="6" w:color="C00000"/></w:pBdr>'
_ACROSS = f'<w:tabs><w:tab w:val="right" w:pos="{round(TEXT_WIDTH * _TWIPS)}"/></w:tabs>'
_STYLES = f"""<w:styles {_W}>\
{_style("Normal", "仿宋_GB2312", 24, '<w:spacing w:line="360" w:lineRule="exact"/>')}\
{_style("Title", "方正小标宋简体", 36, '<w:keepNext/><w:spacing w:after="120"/><w:jc w:val="center"/>')}\
{_style("Heading1", "黑体", 26, '<w:keepNext/><w:spacing w:before="200" w:after="60"/><w:outlineLvl w:val="0"/>')}\
{_style("Note", "仿宋_GB2312", 18, '<w:spacing w:before="40" w:after="80"/>', '<w:color w:val="595959"/>')}\
{_style("Banner", "方正小标宋简体", 60, '<w:keepNext/><w:spacing w:after="160"/><w:jc w:val="center"/>', '<w:color w:val="C00000"/>')}\
{_style("Number", "仿宋_GB2312", 32, f'<w:keepNext/>{_RULE}{_ACROSS}<w:spacing w:after="320"/>')}\
{_style("Flush", "仿宋_GB2312", 32, _LINE)}\
{_style("Body", "仿宋_GB2312", 32, f'{_LINE}<w:ind w:firstLineChars="200" w:firstLine="640"/>')}\
{_style("Signed", "仿宋_GB2312", 32, f'{_LINE}<w:ind w:rightChars="400" w:right="1280"/><w:jc w:val="right"/>')}\
{_style("Cell", "仿宋_GB2312", 20, '<w:spacing w:before="20" w:after="20"/>')}\
{_style("Large", "仿宋_GB2312", 24, '<w:spacing w:before="40" w:after="40"/>')}\
{_style("Form", "仿宋_GB2312", 24, '<w:keepNext/><w:spacing w:before="60" w:after="60"/>')}\
</w:styles>"""
_FOOTER = f"""<w:ftr {_W}><w:p><w:pPr><w:pStyle w:val="Note"/><w:jc w:val="center"/></w:pPr>\
<w:r><w:t xml:space="preserve">— </w:t></w:r><w:r><w:fldChar w:fldCharType="begin"/></w:r>\
<w:r><w:instrText xml:space="preserve"> PAGE </w:instrText></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>\
<w:r><w:t xml:space="preserve"> —</w:t></w:r></w:p></w:ftr>"""
_PAGE = (
    '<w:sectPr><w:footerReference w:type="default" r:id="rId2"/><w:pgSz w:w="11906" w:h="16838"/>'
    '<w:pgMar w:top="2098" w:right="1474" w:bottom="1984" w:left="1588" w:header="851" w:footer="1417" w:gutter="0"/></w:sectPr>'
)
_BORDERS = "".join(
    f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="808080"/>'
    for side in ("top", "left", "bottom", "right", "insideH", "insideV")
)


def document_bytes(document: Document) -> bytes:
    """The file. Links to anything but http and https stay plain text."""
    links: dict[str, str] = {}
    follow = [*document.blocks[1:], None]
    body = "".join(
        _block(block, links, stays=_is_signed(after)) for block, after in zip(document.blocks, follow, strict=True)
    )
    parts = {
        "[Content_Types].xml": _TYPES,
        "_rels/.rels": _ROOT,
        "docProps/core.xml": _properties(document),
        "word/document.xml": f"<w:document {_W} {_R}><w:body>{body}{_PAGE}</w:body></w:document>",
        "word/styles.xml": _STYLES,
        "word/footer1.xml": _FOOTER,
        "word/_rels/document.xml.rels": _relations(links),
    }
    target = io.BytesIO()
    with ZipFile(target, "w", ZIP_DEFLATED) as folder:
        for name, text in parts.items():
            folder.writestr(ZipInfo(name, _EPOCH), (_HEAD + text).encode(), ZIP_DEFLATED)
    return target.getvalue()


def _properties(document: Document) -> str:
    made = document.created.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return (
        f'<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" '
        'xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{_text(document.title)}</dc:title><dc:creator>{_text(document.author)}</dc:creator>"
        f"<dc:language>{document.language}</dc:language>"
        f'<dcterms:created xsi:type="dcterms:W3CDTF">{made}</dcterms:created></cp:coreProperties>'
    )


def _relations(links: dict[str, str]) -> str:
    given = "".join(
        f'<Relationship Id="{key}" Type="{_OFFICE}/hyperlink" Target={_address(url)} TargetMode="External"/>'
        for url, key in links.items()
    )
    return (
        f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1" Type="{_OFFICE}/styles" Target="styles.xml"/>'
        f'<Relationship Id="rId2" Type="{_OFFICE}/footer" Target="footer1.xml"/>{given}</Relationships>'
    )


def _address(url: str) -> str:
    """As an attribute, with whatever an address cannot hold written out."""
    return quoteattr(quote(url, safe=_IN_ADDRESS, errors="replace"))


def _is_signed(block: Block | None) -> bool:
    return isinstance(block, Paragraph) and block.look == "signed"


def _block(block: Block, links: dict[str, str], *, stays: bool) -> str:
    """`stays`: not on another page than what follows, as who signs has to stand below the text."""
    if isinstance(block, Table):
        return _table(block, links)
    if isinstance(block, Heading):
        return _paragraph(_run(block.text), "Heading1" if block.level else "Title")
    if isinstance(block, Banner):
        across = f"{_run(block.left)}<w:r><w:tab/></w:r>{_run(block.right)}"
        return _paragraph(_run(block.text), "Banner") + _paragraph(across, "Number")
    if block.look:
        lines = [line for line in block.text.splitlines() if line.strip()]
        return "".join(
            _paragraph(_run(line), block.look.capitalize(), stays=stays and place == len(lines))
            for place, line in enumerate(lines, 1)
        )
    return _paragraph(_run(block.text), "Note" if block.is_note else "Normal")


def _paragraph(inside: str, style: str, align: str = "", *, stays: bool = False) -> str:
    place = ("<w:keepNext/>" if stays else "") + (f'<w:jc w:val="{align}"/>' if align else "")
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{place}</w:pPr>{inside}</w:p>'


def _run(text: str, properties: str = "") -> str:
    lines = [f'<w:t xml:space="preserve">{_text(line)}</w:t>' for line in text.split("\n")]
    return f"<w:r>{f'<w:rPr>{properties}</w:rPr>' if properties else ''}{'<w:br/>'.join(lines)}</w:r>"


def _text(text: str) -> str:
    """Text as the format can hold it: without the control characters that XML has no room for."""
    return escape(fit(text, "…"))


def _table(table: Table, links: dict[str, str]) -> str:
    widths = [round(column.width * _TWIPS) for column in table.columns]
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    head = "" if table.is_form else _row([column.label for column in table.columns], table, widths, links, is_head=True)
    rows = "".join(
        _row(row, table, widths, links, is_strong=place in table.strong) for place, row in enumerate(table.rows)
    )
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/>{_FLUSH}<w:tblBorders>{_BORDERS}</w:tblBorders>'
        f'<w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{head}{rows}</w:tbl>'
        + _paragraph("", "Note")
    )


def _row(
    cells: Sequence[Cell], table: Table, widths: Iterable[int], links: dict[str, str], *, is_head: bool = False,
    is_strong: bool = False,
) -> str:  # fmt: skip
    style = "Form" if table.is_form else "Large" if table.is_large else "Cell"
    asks = [is_head or (table.is_form and place == 0) for place in range(len(cells))]
    inside = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{_LABEL if asked else ""}</w:tcPr>'
        + _paragraph(_cell(cell, links, is_strong=asked or is_strong), style, "center" if asked else column.align)
        + "</w:tc>"
        for cell, column, width, asked in zip(cells, table.columns, widths, asks, strict=True)
    )
    return f"<w:tr><w:trPr><w:cantSplit/>{'<w:tblHeader/>' if is_head else ''}</w:trPr>{inside}</w:tr>"


_FLUSH = '<w:tblInd w:w="108" w:type="dxa"/>'
"""The lines of a table stand at the margins: without it they lie outside, by what cells keep free."""
_LINK = '<w:color w:val="1F4E9E"/><w:u w:val="single"/>'
_LABEL = '<w:shd w:val="clear" w:color="auto" w:fill="EAEEF5"/><w:vAlign w:val="center"/>'


def _cell(cell: Cell, links: dict[str, str], *, is_strong: bool) -> str:
    if isinstance(cell, Linked) and cell.url is not None and cell.url.startswith(("http://", "https://")):
        key = links.setdefault(cell.url, f"link{len(links)}")
        return f'<w:hyperlink r:id="{key}">{_run(cell.text, _LINK)}</w:hyperlink>'
    text = cell.text if isinstance(cell, Linked) else cell
    return _run(text, "<w:b/>" if is_strong else "")
