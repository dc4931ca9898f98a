"""Which reader reads a file, and what is said where its name claims something else."""

from __future__ import annotations

from pathlib import PurePath

from imports.document import Document, SourceKind
from imports.problems import Problem, UnreadableDocument
from imports.readers import limits
from imports.readers.converted import Target, converted, program
from imports.readers.delimited import read_delimited, sniffed_delimiter
from imports.readers.docx import read_docx
from imports.readers.encoding import decoded, is_text
from imports.readers.html import declared_charset, read_html
from imports.readers.mended import mended
from imports.readers.names import shown
from imports.readers.ole import stream_names
from imports.readers.package import Package
from imports.readers.pdf import read_pdf
from imports.readers.sniff import sniffed
from imports.readers.text import read_text
from imports.readers.webarchive import page_of
from imports.readers.xls import read_xls
from imports.readers.xlsx import read_xlsx
from imports.rest import collector_at_rest

_EXTENSIONS: dict[SourceKind, frozenset[str]] = {
    "xlsx": frozenset({"xlsx", "xlsm", "xltx", "xltm"}),
    "xls": frozenset({"xls", "xlt", "et", "ett"}),
    "docx": frozenset({"docx", "docm", "dotx", "dotm"}),
    "html": frozenset({"html", "htm", "xhtml", "shtml", "mht", "mhtml"}),
    "pdf": frozenset({"pdf"}),
    "csv": frozenset({"csv", "tsv", "txt", "tab"}),
    "text": frozenset({"txt", "md", "markdown", "text", "log", "csv", "tsv"}),
}
_KIND_NAMES: dict[SourceKind, str] = {
    "xlsx": "Excel 工作簿(xlsx)",
    "xls": "旧版 Excel 工作簿(xls)",
    "docx": "Word 文档(docx)",
    "html": "网页(HTML)",
    "pdf": "PDF 文件",
    "csv": "分隔文本(CSV)",
    "text": "纯文本",
}
_TEXT_EXTENSIONS = frozenset({"txt", "md", "markdown", "text"})
_TABLE_EXTENSIONS = frozenset({"csv", "tsv", "tab"})
_TABLE_TAG = "<table"
_CONVERTED = "file-converted"
_CONVERTIBLE: dict[str, tuple[str, Target]] = {
    "kind-old-word": ("doc", "docx"),
    "kind-rtf": ("rtf", "docx"),
    "kind-xml-word": ("xml", "docx"),
    "kind-binary-workbook": ("xlsb", "xlsx"),
    "kind-xml-workbook": ("xml", "xlsx"),
}
"""Codes of refusal for kinds that LibreOffice reads: the suffix it knows them by, and what it makes of them."""
_MEGABYTE = 1_000_000


def read_document(data: bytes, file_name: str, *, all_digits: bool = False) -> Document:
    """The document in `data`. The name only parts plain text from delimited text, which no content can. With `all_digits`
    numbers of workbooks are read as they are stored, however few digits their format shows.

    Raises UnreadableDocument for what cannot be read at all: empty, damaged, locked, too large, no document.
    """
    if not data:
        raise UnreadableDocument("file-empty")
    if len(data) > limits.MAX_FILE_BYTES:
        size = f"{len(data) / _MEGABYTE:.0f}"
        raise UnreadableDocument("file-too-large", size=size, limit=str(limits.MAX_FILE_BYTES // limits.MEBIBYTE))
    extension = PurePath(file_name.replace("\\", "/")).suffix.lstrip(".").lower()
    with collector_at_rest():
        document = mended(_read(data, extension, all_digits))
    if not _has_text(document):
        raise UnreadableDocument("nothing-to-read")
    expected = _EXTENSIONS.get(document.kind, frozenset())
    through = any(problem.code == _CONVERTED for problem in document.problems)
    if extension and extension not in expected and not through:
        params = {"extension": shown(extension, 12), "kind": _KIND_NAMES[document.kind]}
        document.problems.insert(0, Problem("name-mismatch", params=params))
    return document


def read_pasted(text: str, html: str | None = None) -> Document:
    """What a person pasted: its HTML flavour where that holds a table, else its lines.

    Raises UnreadableDocument where nothing was pasted or it is too large.
    """
    if len(text) > limits.MAX_FILE_BYTES or (html and len(html) > limits.MAX_HTML_BYTES):
        size = f"{max(len(text), len(html or '')) / _MEGABYTE:.0f}"
        raise UnreadableDocument("file-too-large", size=size, limit=str(limits.MAX_HTML_BYTES // limits.MEBIBYTE))
    document = read_html(html.replace("\0", ""), kind="paste") if html and _TABLE_TAG in html.lower() else None
    if document is None or not any(document.tables()):
        document = read_text(text.replace("\0", ""), kind="paste")
    document = mended(document)
    if not _has_text(document):
        raise UnreadableDocument("nothing-to-read")
    return document


def _read(data: bytes, extension: str, all_digits: bool) -> Document:
    """The document; where it is of a kind that only another program reads, by way of that program."""
    try:
        return _read_directly(data, extension, all_digits)
    except UnreadableDocument as refusal:
        way = _way(refusal.problem)
        if way is None or program() is None:
            raise
    suffix, target = way
    document = _read_directly(converted(data, suffix, target), target, all_digits)
    document.problems.insert(0, Problem(_CONVERTED, params={"kind": suffix}))
    return document


def _way(refused: Problem) -> tuple[str, Target] | None:
    """What a refused file is to be called for conversion, and what to make of it."""
    if refused.code == "kind-open-document":
        return ("ods", "xlsx") if "spreadsheet" in refused.params["kind"] else ("odt", "docx")
    return _CONVERTIBLE.get(refused.code)


def _read_directly(data: bytes, extension: str, all_digits: bool) -> Document:
    kind = sniffed(data)
    if kind == "zip":
        return _read_package(Package(data), all_digits)
    if kind == "ole":
        return _read_compound(data, all_digits)
    if kind == "pdf":
        return read_pdf(data)
    if kind == "web-archive":
        page, charset = page_of(data)
        return read_html(_text_of(page, charset or declared_charset(page)))
    if kind == "html":
        return read_html(_text_of(data, declared_charset(data)))
    return _read_text(_text_of(data), extension)


def _read_compound(data: bytes, all_digits: bool) -> Document:
    """An old workbook; a locked file and an old Word document are compound files, too."""
    streams = {name.lower() for name in stream_names(data)}
    if "encryptedpackage" in streams or "encryptioninfo" in streams:
        raise UnreadableDocument("encrypted")
    if "workbook" in streams or "book" in streams:
        document = read_xls(data, all_digits)
        if "_vba_project_cur" in streams or "_vba_project" in streams:
            document.problems.append(Problem("macro"))
        return document
    if "worddocument" in streams or "wpsdocument" in streams:
        raise UnreadableDocument("kind-old-word")
    if "powerpoint document" in streams:
        raise UnreadableDocument("kind-slides")
    raise UnreadableDocument("unknown-format")


def _read_package(package: Package, all_digits: bool) -> Document:
    """A workbook or a Word document; any other package is refused by the name of what it is."""
    names = package.names
    if "ofd.xml" in names:
        raise UnreadableDocument("kind-ofd")
    if "mimetype" in names and "content.xml" in names:
        package.check()
        kind = package.read("mimetype").decode("ascii", "replace")
        raise UnreadableDocument("kind-open-document", kind=shown(kind))
    if "[content_types].xml" not in names:
        raise UnreadableDocument("kind-archive", kind="ZIP")
    package.check()
    if any(name.startswith("ppt/") for name in names):
        raise UnreadableDocument("kind-slides")
    if "xl/workbook.bin" in names:
        raise UnreadableDocument("kind-binary-workbook")
    if any(name.startswith("xl/") for name in names):
        return read_xlsx(package, all_digits)
    if any(name.startswith("word/") for name in names):
        document = read_docx(package)
        if not _has_text(document) and any(name.startswith("word/media/") for name in names):
            raise UnreadableDocument("scan-in-word")
        return document
    raise UnreadableDocument("kind-archive", kind="ZIP")


def _read_text(text: str, extension: str) -> Document:
    if extension in _TABLE_EXTENSIONS or (extension not in _TEXT_EXTENSIONS and sniffed_delimiter(text)):
        return read_delimited(text)
    return read_text(text, markdown=extension in ("md", "markdown"))


def _text_of(data: bytes, declared: str | None = None) -> str:
    """The text of a page or a plain file; bytes that only happen to fit an encoding are none."""
    text = decoded(data, declared)
    if not is_text(text):
        raise UnreadableDocument("unknown-format")
    return text


def _has_text(document: Document) -> bool:
    if any(paragraph.text.strip() for paragraph in document.paragraphs()):
        return True
    return any(cell.strip() for table in document.tables() for row in table.grid for cell in row)
