"""The parts of an office package, changed one by one; a part that nobody touches goes on byte by byte."""

from __future__ import annotations

import posixpath
import zipfile
from io import BytesIO
from typing import Any

from lxml import etree

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE_LINKS = "http://schemas.openxmlformats.org/package/2006/relationships"
TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_TYPES_PART = "[Content_Types].xml"
_MOMENT = (1980, 1, 1, 0, 0, 0)
"""Equal content gives equal bytes."""


def q(name: str, space: str = MAIN) -> str:
    return f"{{{space}}}{name}"


def root_of(name: str, *, linking: bool = False) -> etree._Element:
    """A new part's root, named in the spreadsheet namespace without a prefix."""
    spaces: Any = {None: MAIN, "r": LINKS} if linking else {None: MAIN}
    return etree.Element(q(name), nsmap=spaces)


def parsed(data: bytes) -> etree._Element:
    """Raises etree.XMLSyntaxError. Nothing outside the part is looked at, and nothing in it unfolds."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    return etree.fromstring(data, parser)


class Parts:
    def __init__(self, data: bytes) -> None:
        self._archive = zipfile.ZipFile(BytesIO(data))
        self._entries = {_normal(entry.filename): entry for entry in self._archive.infolist()}
        self._new: dict[str, bytes] = {}
        self._trees: dict[str, etree._Element] = {}
        self._gone: set[str] = set()

    @property
    def names(self) -> set[str]:
        """Of all parts, in lower case and without a leading slash."""
        return (self._entries.keys() | self._new.keys() | self._trees.keys()) - self._gone

    def has(self, name: str) -> bool:
        return _normal(name) in self.names

    def size(self, name: str) -> int:
        entry = self._entries.get(_normal(name))
        return entry.file_size if entry is not None else 0

    def read(self, name: str) -> bytes:
        known = _normal(name)
        return self._new[known] if known in self._new else self._archive.read(self._entries[known])

    def tree(self, name: str) -> etree._Element:
        """The part as a tree; what is changed in it is written."""
        known = _normal(name)
        if known not in self._trees:
            self._trees[known] = parsed(self.read(known))
        return self._trees[known]

    def put(self, name: str, root: etree._Element) -> None:
        self._trees[_normal(name)] = root
        self._gone.discard(_normal(name))

    def drop(self, name: str) -> None:
        """Takes a part out, with its relationships and its entry among the types."""
        known = _normal(name)
        for gone in (known, _links_part(known)):
            self._gone.add(gone)
            self._trees.pop(gone, None)
        types = self.tree(_TYPES_PART)
        for item in list(types):
            if _normal(item.get("PartName") or "") == known:
                types.remove(item)

    def unused(self, pattern: str) -> str:
        """The first name of the pattern (`xl/comments{}.xml`) that no part has."""
        number = 1
        while self.has(pattern.format(number)):
            number += 1
        return pattern.format(number)

    # -- relationships and types -------------------------------------------------------------------------------------
    def links(self, part: str) -> list[etree._Element]:
        name = _links_part(part)
        return list(self.tree(name)) if self.has(name) else []

    def linked(self, part: str, kind: str) -> list[tuple[etree._Element, str]]:
        """Relationships of a kind (the last word of their type) to parts of the package, each with the part's name."""
        return [
            (item, target)
            for item in self.links(part)
            if (item.get("Type") or "").rsplit("/", 1)[-1] == kind
            and item.get("TargetMode") != "External"
            and self.has(target := resolved(part, item.get("Target") or ""))
        ]

    def link(self, part: str, kind: str, target: str) -> str:
        """Makes a relationship to another part; returns its id."""
        name = _links_part(part)
        if not self.has(name):
            spaces: Any = {None: PACKAGE_LINKS}
            self.put(name, etree.Element(q("Relationships", PACKAGE_LINKS), nsmap=spaces))
        root = self.tree(name)
        taken = {item.get("Id") for item in root}
        number = len(taken) + 1
        while f"rId{number}" in taken:
            number += 1
        etree.SubElement(
            root, q("Relationship", PACKAGE_LINKS), Id=f"rId{number}", Type=f"{LINKS}/{kind}", Target=f"/{target}"
        )
        return f"rId{number}"

    def unlink(self, item: etree._Element, target: str) -> None:
        """Takes a relationship out, and the part it leads to."""
        parent = item.getparent()
        if parent is not None:
            parent.remove(item)
        self.drop(target)

    def say_type(self, part: str, content_type: str) -> None:
        types = self.tree(_TYPES_PART)
        for item in types:
            if _normal(item.get("PartName") or "") == _normal(part):
                item.set("ContentType", content_type)
                return
        etree.SubElement(types, q("Override", TYPES), PartName=f"/{part}", ContentType=content_type)

    def say_extension(self, extension: str, content_type: str) -> None:
        types = self.tree(_TYPES_PART)
        if not any((item.get("Extension") or "").lower() == extension for item in types):
            types.insert(0, etree.Element(q("Default", TYPES), Extension=extension, ContentType=content_type))

    # -- out ---------------------------------------------------------------------------------------------------------
    def saved(self) -> bytes:
        out = BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
            for known, entry in self._entries.items():
                if known in self._gone:
                    continue
                self._write(archive, entry.filename.replace("\\", "/").lstrip("/"), known)
            for known in sorted((self._new.keys() | self._trees.keys()) - self._entries.keys() - self._gone):
                self._write(archive, known, known)
        return out.getvalue()

    def _write(self, archive: zipfile.ZipFile, name: str, known: str) -> None:
        tree = self._trees.get(known)
        data = self.read(known) if tree is None else etree.tostring(
            tree, xml_declaration=True, encoding="UTF-8", standalone=True
        )  # fmt: skip
        entry = zipfile.ZipInfo(name, _MOMENT)
        entry.compress_type = zipfile.ZIP_DEFLATED
        archive.writestr(entry, data)


def _normal(name: str) -> str:
    return name.replace("\\", "/").lstrip("/").lower()


def _links_part(part: str) -> str:
    folder, file = posixpath.split(_normal(part))
    return posixpath.join(folder, "_rels", f"{file}.rels")


def resolved(part: str, target: str) -> str:
    """The name of the part that a relationship of `part` leads to."""
    folder = posixpath.split(_normal(part))[0]
    joined = target if target.startswith("/") else posixpath.join(folder, target)
    return _normal(posixpath.normpath(joined.replace("\\", "/")))


_ORDER = (
    "sheetPr", "dimension", "sheetViews", "sheetFormatPr", "cols", "sheetData", "sheetCalcPr", "sheetProtection",
    "protectedRanges", "scenarios", "autoFilter", "sortState", "dataConsolidate", "customSheetViews", "mergeCells",
    "phoneticPr", "conditionalFormatting", "dataValidations", "hyperlinks", "printOptions", "pageMargins", "pageSetup",
    "headerFooter", "rowBreaks", "colBreaks", "customProperties", "cellWatches", "ignoredErrors", "smartTags", "drawing",
    "legacyDrawing", "legacyDrawingHF", "drawingHF", "picture", "oleObjects", "controls", "webPublishItems", "tableParts",
    "extLst",
)  # fmt: skip


def place_in(sheet: etree._Element, element: etree._Element) -> None:
    """Puts an element where the format wants it among the others of a sheet."""
    rank = {q(name): number for number, name in enumerate(_ORDER)}
    own = rank[element.tag]
    for number, other in enumerate(sheet):
        if rank.get(other.tag, own) > own:
            sheet.insert(number, element)
            return
    sheet.append(element)
