"""A page from its text to its document."""

from __future__ import annotations

import re

from lxml import etree

from imports.document import Document, SourceKind
from imports.problems import Problem, UnreadableDocument
from imports.readers import limits
from imports.readers.html.blocks import PageReader
from imports.readers.names import shown

_CHARSET = re.compile(rb"""charset\s*=\s*["']?\s*([A-Za-z0-9_-]{2,20})""", re.IGNORECASE)
_ADDRESSES = (
    ("iframe", "src"),
    ("frame", "src"),
    ("embed", "src"),
    ("object", "data"),
    ("link", "href"),
    ("img", "src"),
    ("script", "src"),
)
_OWN_FORM = re.compile(r"\s*(?:data:|#|about:|javascript:|$)", re.IGNORECASE)
_SHOWN_ADDRESSES = 3


def declared_charset(data: bytes) -> str | None:
    """The charset a page declares in its first bytes."""
    match = _CHARSET.search(data[:4096])
    return match.group(1).decode("ascii") if match else None


def read_html(text: str, kind: SourceKind = "html") -> Document:
    """Paragraphs `paragraph 3` and tables `table 2`, in reading order. Raises UnreadableDocument beyond a limit."""
    root, problems = _parsed(text)
    reader = PageReader()
    reader.read(root)
    problems += [*reader.problems, *_references(root)]
    return Document(kind, reader.blocks, problems, declared_title=_title(root))


def _parsed(text: str) -> tuple[etree._Element, list[Problem]]:
    data = text.encode("utf-8", "replace")
    if len(data) > limits.MAX_HTML_BYTES or data.count(b"<") + data.count(b"=") > limits.MAX_HTML_NODES:
        raise UnreadableDocument("tree-too-large", part="HTML")
    parser = etree.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True, huge_tree=True)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise UnreadableDocument("nothing-to-read") from error
    if root is None:  # a page of one tag that is never closed (`<html`)
        raise UnreadableDocument("nothing-to-read")
    for entry in parser.error_log:
        if entry.type_name == "ERR_RESOURCE_LIMIT":
            raise UnreadableDocument("xml-too-deep", part="HTML")
    damaged = any(entry.level_name == "FATAL" for entry in parser.error_log)
    return root, [Problem("page-damaged")] if damaged else []


def _title(root: etree._Element) -> str:
    """The title of the article where the page names one (a government site's `ArticleTitle`), else of the page."""
    for item in root.iter("meta"):
        if (item.get("name") or "").lower() == "articletitle" and item.get("content"):
            return " ".join((item.get("content") or "").split())
    title = next(root.iter("title"), None)
    return " ".join("".join(map(str, title.itertext())).split()) if title is not None else ""


def _references(root: etree._Element) -> list[Problem]:
    """What the page would fetch from elsewhere: named, never fetched."""
    found: list[str] = []
    for tag, attribute in _ADDRESSES:
        found += [item.get(attribute) or "" for item in root.iter(tag)]
    for item in root.iter("meta"):
        if (item.get("http-equiv") or "").lower() == "refresh":
            found.append((item.get("content") or "").partition("=")[2])
    targets = list(dict.fromkeys(address.strip() for address in found if not _OWN_FORM.match(address)))
    if not targets:
        return []
    text = " ".join(shown(target) for target in targets[:_SHOWN_ADDRESSES])
    more = len(targets) - _SHOWN_ADDRESSES
    return [Problem("external-reference", params={"target": f"{text} …(+{more})" if more > 0 else text})]
