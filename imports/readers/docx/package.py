"""The parts of a Word document put together."""

from __future__ import annotations

from lxml import etree

from imports.document import Document
from imports.problems import Problem
from imports.readers.docx.body import BodyReader
from imports.readers.docx.marks import join_deleted_marks
from imports.readers.docx.numbering import read_numbering
from imports.readers.docx.styles import read_styles
from imports.readers.docx.tags import NAMESPACE, PARAGRAPH, STRICT_NAMESPACE, TEXT, W
from imports.readers.names import kept, shown
from imports.readers.package import Package, Relation
from imports.readers.xml import parsed

_MAIN = "word/document.xml"
_SEPARATORS = ("separator", "continuationSeparator", "continuationNotice")


def read_docx(package: Package) -> Document:
    """Paragraphs and tables in document order, then footnotes, endnotes, headers and footers. Raises UnreadableDocument."""
    main = next((item.target for item in package.relations("") if item.kind == "officeDocument"), _MAIN)
    root = _tree(package, main)
    join_deleted_marks(root)
    relations = package.relations(main)
    reader = BodyReader(
        read_styles(_related(package, relations, "styles")),
        read_numbering(_related(package, relations, "numbering")),
    )
    for body in root.iterchildren(f"{W}body"):
        reader.read(body)
    for kind in ("footnote", "endnote"):
        _read_notes(reader, _related(package, relations, f"{kind}s"), kind)
    for kind in ("header", "footer"):
        _read_furniture(reader, package, relations, kind)
    problems = [*reader.problems, *_comments(_related(package, relations, "comments"))]
    return Document("docx", reader.blocks, [*problems, *_of_the_package(package, relations)])


def _tree(package: Package, part: str) -> etree._Element:
    data = package.read(part)
    return parsed(data.replace(STRICT_NAMESPACE.encode(), NAMESPACE.encode()), part)


def _related(package: Package, relations: list[Relation], kind: str) -> etree._Element | None:
    for relation in relations:
        if relation.kind == kind and not relation.external and package.has(relation.target):
            return _tree(package, relation.target)
    return None


def _read_notes(reader: BodyReader, root: etree._Element | None, kind: str) -> None:
    number = 0
    for note in root.iterchildren(f"{W}{kind}") if root is not None else ():
        if note.get(f"{W}type") not in _SEPARATORS:
            number += 1
            reader.read_apart(note, f"{kind} {number}")


def _read_furniture(reader: BodyReader, package: Package, relations: list[Relation], kind: str) -> None:
    parts = [item.target for item in relations if item.kind == kind and not item.external]
    for number, part in enumerate(parts, 1):
        if package.has(part):
            reader.read_apart(_tree(package, part), f"{kind} {number}", noise=True)


def _comments(root: etree._Element | None) -> list[Problem]:
    problems = []
    for comment in root.iterchildren(f"{W}comment") if root is not None else ():
        lines = ("".join(item.text or "" for item in line.iter(TEXT)) for line in comment.iter(PARAGRAPH))
        text = kept(" ".join(lines))
        if text:
            problems.append(Problem("comment-text", params={"text": text}))
    return problems


def _of_the_package(package: Package, relations: list[Relation]) -> list[Problem]:
    """Macros, links to other files and embedded objects: named, never opened."""
    problems = []
    if any(name.endswith("vbaproject.bin") for name in package.names):
        problems.append(Problem("macro"))
    embedded = sorted(name for name in package.names if name.startswith("word/embeddings/"))
    embedded += [item.target for item in relations if item.kind == "aFChunk"]
    if embedded:
        problems.append(Problem("embedded-object", params={"part": shown(" ".join(embedded))}))
    linked = [item.target for item in relations if item.external and item.kind != "hyperlink"]
    if linked:
        problems.append(Problem("external-link", params={"target": shown(" ".join(linked))}))
    return problems
