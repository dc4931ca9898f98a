"""Comments at cells: ours behind those that are there, and the shapes that show them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from lxml import etree

from reports.markup.model import AUTHOR, BEGIN
from reports.markup.parts import LINKS, Parts, place_in, q, root_of
from reports.workbook.text import fit, printed_lines

_COMMENTS_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"
_VML_TYPE = "application/vnd.openxmlformats-officedocument.vmlDrawing"
_V, _O, _X = (
    "urn:schemas-microsoft-com:vml",
    "urn:schemas-microsoft-com:office:office",
    "urn:schemas-microsoft-com:office:excel",
)
_WIDTH = 42
"""Half-width characters of a line of a comment."""
_EMPTY_VML = (
    f'<xml xmlns:v="{_V}" xmlns:o="{_O}" xmlns:x="{_X}"><o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data="{{number}}"/>'
    '</o:shapelayout><v:shapetype id="_x0000_t202" coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe">'
    '<v:stroke joinstyle="miter"/><v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype></xml>'
)


def add_comments(parts: Parts, part: str, texts: Mapping[str, str], *, number: int) -> None:
    """`texts` by cell (`D7`). `number` is the sheet's own among all, for the ids of shapes."""
    sheet = parts.tree(part)
    held = parts.linked(part, "comments")
    if held:
        root = parts.tree(held[0][1])
    else:
        name = parts.unused("xl/luoshicomments{}.xml")
        root = root_of("comments")
        etree.SubElement(root, q("authors"))
        etree.SubElement(root, q("commentList"))
        parts.put(name, root)
        parts.say_type(name, _COMMENTS_TYPE)
        parts.link(part, "comments", name)
    author = _author(root)
    listed = root.find(q("commentList"))
    assert listed is not None
    known = {item.get("ref"): item for item in listed}
    new = []
    for ref, text in texts.items():
        said = f"{BEGIN}\n{fit(text, '…')}"
        if ref in known:
            body = known[ref].find(q("text"))
            _run(body if body is not None else etree.SubElement(known[ref], q("text")), f"\n{said}")
        else:
            item = etree.SubElement(listed, q("comment"), ref=ref, authorId=str(author))
            _run(etree.SubElement(item, q("text")), said)
            new.append((ref, said))
    _in_order(listed)
    _show(parts, part, sheet, new, number)


def _author(root: etree._Element) -> int:
    authors = root.find(q("authors"))
    assert authors is not None
    for number, item in enumerate(authors):
        if item.text == AUTHOR:
            return number
    etree.SubElement(authors, q("author")).text = AUTHOR
    return len(authors) - 1


def _run(body: etree._Element, text: str) -> None:
    for plain in list(body.iterfind(q("t"))):  # a text without runs becomes the first of them
        first = etree.Element(q("r"))
        body.insert(body.index(plain), first)
        first.append(plain)
    run = etree.SubElement(body, q("r"))
    look = etree.SubElement(run, q("rPr"))
    etree.SubElement(look, q("sz"), val="9")
    etree.SubElement(look, q("rFont"), val="宋体")
    piece = etree.SubElement(run, q("t"))
    piece.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    piece.text = text


def _in_order(listed: etree._Element) -> None:
    listed[:] = sorted(listed, key=lambda item: cell_of(item.get("ref") or "A1"))


def cell_of(ref: str) -> tuple[int, int]:
    """Row and column of `D7`, from 0."""
    letters = ref.rstrip("0123456789")
    column = 0
    for letter in letters.upper():
        column = column * 26 + ord(letter) - 64
    return int(ref[len(letters) :] or 1) - 1, column - 1


def _show(
    parts: Parts, part: str, sheet: etree._Element, new: Iterable[tuple[str, str]], number: int
) -> None:  # fmt: skip
    held = sheet.find(q("legacyDrawing"))
    drawings = {item.get("Id"): target for item, target in parts.linked(part, "vmlDrawing")}
    target = drawings.get(held.get(q("id", LINKS)), "") if held is not None else ""
    if not target:
        target = parts.unused("xl/drawings/luoshi{}.vml")
        parts.put(target, etree.fromstring(_EMPTY_VML.format(number=number)))
        parts.say_extension("vml", _VML_TYPE)
        link = parts.link(part, "vmlDrawing", target)
        if held is None:
            held = etree.Element(q("legacyDrawing"))
            place_in(sheet, held)
        held.set(q("id", LINKS), link)
    root = parts.tree(target)
    taken = len(root)
    for offset, (ref, text) in enumerate(new):
        root.append(_shape(ref, text, f"_x0000_s{number * 1024 + 512 + taken + offset}"))


def _shape(ref: str, text: str, name: str) -> etree._Element:
    row, column = cell_of(ref)
    lines = min(printed_lines(text, _WIDTH) + 1, 24)
    shape = etree.Element(
        f"{{{_V}}}shape", {"id": name, "type": "#_x0000_t202", f"{{{_O}}}insetmode": "auto", "fillcolor": "#fffbe6",
        "style": f"position:absolute;margin-left:80pt;margin-top:5pt;width:200pt;height:{lines * 13}pt;z-index:1;visibility:hidden"},
        nsmap={"v": _V, "o": _O, "x": _X},
    )  # fmt: skip
    etree.SubElement(shape, f"{{{_V}}}fill", color2="#fffbe6")
    etree.SubElement(shape, f"{{{_V}}}textbox", style="mso-direction-alt:auto")
    data = etree.SubElement(shape, f"{{{_X}}}ClientData", ObjectType="Note")
    etree.SubElement(data, f"{{{_X}}}MoveWithCells")
    etree.SubElement(data, f"{{{_X}}}SizeWithCells")
    anchor = etree.SubElement(data, f"{{{_X}}}Anchor")
    anchor.text = (
        f"{column + 1}, 12, {max(row - 1, 0)}, 6, {column + 4}, 20, {max(row - 1, 0) + max(lines * 13 // 18, 2) + 1}, 4"
    )
    etree.SubElement(data, f"{{{_X}}}AutoFill").text = "False"
    etree.SubElement(data, f"{{{_X}}}Row").text = str(row)
    etree.SubElement(data, f"{{{_X}}}Column").text = str(column)
    return shape


def remove_comments(parts: Parts, part: str) -> None:
    """Takes ours off again; a comment of which nothing is left goes, with its shape."""
    for item, target in parts.linked(part, "comments"):
        root = parts.tree(target)
        gone = set()
        for comment in list(root.iter(q("comment"))):
            own = "".join(piece.text or "" for piece in comment.iter(q("t")))
            if BEGIN not in own:
                continue
            left = own.split(BEGIN, 1)[0].strip()
            if left:
                _keep(comment, left)
            else:
                gone.add(cell_of(comment.get("ref") or "A1"))
                parent = comment.getparent()
                assert parent is not None
                parent.remove(comment)
        if gone:
            _remove_shapes(parts, part, gone)
        if next(root.iter(q("comment")), None) is None:
            parts.unlink(item, target)


def _keep(comment: etree._Element, text: str) -> None:
    body = comment.find(q("text"))
    assert body is not None
    for child in list(body):
        body.remove(child)
    etree.SubElement(body, q("t")).text = text


def _remove_shapes(parts: Parts, part: str, gone: set[tuple[int, int]]) -> None:
    for item, target in parts.linked(part, "vmlDrawing"):
        root = parts.tree(target)
        for shape in list(root.iterfind(f"{{{_V}}}shape")):
            row, column = shape.find(f".//{{{_X}}}Row"), shape.find(f".//{{{_X}}}Column")
            if row is not None and column is not None and (int(row.text or 0), int(column.text or 0)) in gone:
                root.remove(shape)
        held = parts.tree(part).find(q("legacyDrawing"))
        if root.find(f"{{{_V}}}shape") is None and held is not None and held.get(q("id", LINKS)) == item.get("Id"):
            parts.tree(part).remove(held)
            parts.unlink(item, target)
