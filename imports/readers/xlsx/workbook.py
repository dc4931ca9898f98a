"""The parts of a workbook put together: sheets in their order, each with what it hides and what was set aside."""

from __future__ import annotations

from dataclasses import dataclass

from lxml import etree

from imports.document import Block, Document, Paragraph
from imports.problems import Problem, UnreadableDocument
from imports.readers import limits
from imports.readers.grid import Sheet, as_table
from imports.readers.names import kept, shown
from imports.readers.package import Package, Relation
from imports.readers.xlsx.content import SheetContent
from imports.readers.xlsx.sheet import SheetReader
from imports.readers.xlsx.strings import read_shared_strings
from imports.readers.xlsx.styles import read_styles
from imports.readers.xlsx.values import Values
from imports.readers.xml import parsed

_MAIN = "xl/workbook.xml"
_HIDDEN_STATES = ("hidden", "veryHidden")


@dataclass(frozen=True, slots=True)
class _Entry:
    """One sheet as the workbook lists it."""

    name: str
    relation: Relation | None
    hidden: bool


def read_xlsx(package: Package, all_digits: bool = False) -> Document:
    """Every worksheet with any text as a table named after it. Raises UnreadableDocument."""
    main = next((item.target for item in package.relations("") if item.kind == "officeDocument"), _MAIN)
    root = parsed(package.read(main), main)
    relations = package.relations(main)
    problems = _of_the_package(package, relations)
    reader = _sheet_reader(package, root, relations, all_digits)
    blocks: list[Block] = []
    budget = limits.MAX_GRID_CELLS
    for entry in _entries(root, relations):
        if entry.relation is not None and entry.relation.kind not in ("worksheet", ""):
            problems.append(Problem("chart-sheet", params={"sheet": shown(entry.name)}))
            continue
        if entry.relation is None or not package.has(entry.relation.target):
            raise UnreadableDocument("sheet-missing", sheet=shown(entry.name))
        part = entry.relation.target
        content = reader.read(package.chunks(part), entry.name, part)
        sheet = _sheet(entry, content)
        table = as_table(sheet, budget)
        if table is not None:
            budget -= len(table.grid) * len(table.grid[0])
            blocks.append(table)
        blocks += [Paragraph(entry.name, text, noise=True) for text in content.furniture]
        problems += [*sheet.problems, *_beside_the_cells(package, part, entry.name)]
    return Document("xlsx", blocks, problems)


def _entries(root: etree._Element, relations: list[Relation]) -> list[_Entry]:
    by_identifier = {relation.identifier: relation for relation in relations}
    entries: list[_Entry] = []
    for item in root.iterfind("{*}sheets/{*}sheet"):
        identifier = next((value for key, value in item.attrib.items() if str(key).endswith("}id")), "")
        entries.append(
            _Entry(
                name=item.get("name") or f"Sheet{len(entries) + 1}",
                relation=by_identifier.get(str(identifier)),
                hidden=item.get("state") in _HIDDEN_STATES,
            )
        )
    if not entries:
        raise UnreadableDocument("sheet-missing", sheet="Sheet1")
    if len(entries) > limits.MAX_SHEETS:
        raise UnreadableDocument("too-many-sheets", limit=str(limits.MAX_SHEETS))
    return entries


def _sheet_reader(package: Package, root: etree._Element, relations: list[Relation], all_digits: bool) -> SheetReader:
    parts = {relation.kind: relation.target for relation in relations if not relation.external}
    properties = root.find("{*}workbookPr")
    base_1904 = properties is not None and properties.get("date1904") in ("1", "true")
    strings = parts.get("sharedStrings")
    texts = read_shared_strings(package, strings) if strings and package.has(strings) else []
    return SheetReader(Values(texts, read_styles(package, parts.get("styles"), base_1904, all_digits)))


def _sheet(entry: _Entry, content: SheetContent) -> Sheet:
    sheet = Sheet(
        name=entry.name,
        cells=content.cells,
        merges=content.merges,
        hidden_rows=frozenset(content.hidden_rows),
        hidden_columns=content.hidden_columns,
        hidden=entry.hidden,
    )
    for code, places in (
        ("formula-cell", content.formulas),
        ("formula-no-value", content.formulas_without_value),
        ("formula-dde", content.calls_out),
        ("cell-error-value", content.error_values),
        ("style-missing", content.styles_missing),
    ):
        if places:
            sheet.problems.append(Problem(code, tuple(places)))
    if content.validations:
        sheet.problems.append(Problem("data-validation", (entry.name,)))
    return sheet


def _of_the_package(package: Package, relations: list[Relation]) -> list[Problem]:
    """Macros, links to other files and embedded objects: named, never opened."""
    problems = []
    if any(name.endswith("vbaproject.bin") or name.startswith("xl/macrosheets/") for name in package.names):
        problems.append(Problem("macro"))
    for relation in relations:
        if relation.kind == "externalLink" and not relation.external:
            targets = [item.target for item in package.relations(relation.target) if item.external]
            problems.append(Problem("external-link", params={"target": shown(" ".join(targets))}))
    if package.has("xl/connections.xml"):
        problems.append(Problem("external-link", params={"target": "connections.xml"}))
    embedded = sorted(name for name in package.names if name.startswith("xl/embeddings/"))
    if embedded:
        problems.append(Problem("embedded-object", params={"part": shown(embedded[0])}))
    return problems


def _beside_the_cells(package: Package, part: str, name: str) -> list[Problem]:
    """Comments and texts in shapes: no cells, yet a person sees them."""
    problems = []
    for relation in package.relations(part):
        if relation.external or not package.has(relation.target):
            continue
        if relation.kind == "comments":
            root = parsed(package.read(relation.target), relation.target)
            for comment in root.iterfind("{*}commentList/{*}comment"):
                text = kept("".join(item.text or "" for item in comment.iter("{*}t")))
                if text:
                    problems.append(Problem("cell-comment", (f"{name}!{comment.get('ref')}",), {"text": text}))
        elif relation.kind == "drawing":
            root = parsed(package.read(relation.target), relation.target)
            for body in root.iter("{*}txBody"):
                text = kept(" ".join("".join(item.text or "" for item in line.iter("{*}t")) for line in body))
                if text:
                    problems.append(Problem("shape-text", (name,), {"text": text}))
    return problems
