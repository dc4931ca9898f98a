"""From bytes to what a draft stores: pieces of the source, tasks, findings. Pure; raises UnreadableDocument.

`read_whole`, `read_laid_out`, `read_shapes` and `read_draft` run in a process apart (`tracker.drafts.apart`): what they
take and give is JSON.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from imports.checks import run_checks
from imports.document import Document, Table
from imports.draft import Draft
from imports.draft_json import draft_json
from imports.pipeline import understand
from imports.problems import Problem, UnreadableDocument
from imports.readers import read_document, read_pasted
from imports.recognise.reading import Reading
from reports.markup import SEAL
from tracker.drafts.bodies import Body, places, stored
from tracker.drafts.columns import remembered_layout, used_columns
from tracker.drafts.layout import WORDS, Layout, laid_out, shapes
from tracker.drafts.pieces import Piece, pieces_of, positions

READER_VERSION = "22"
"""Changes when the same bytes may read differently."""


def pasted_bytes(text: str, html: str | None) -> bytes:
    """What a person pasted, as the file it is kept as."""
    return json.dumps({"text": text, "html": html or None}, ensure_ascii=False, sort_keys=True).encode()


def read_bytes(data: bytes, file_name: str, *, pasted: bool) -> Document:
    """Raises UnreadableDocument."""
    if not pasted:
        return read_document(data, file_name)
    kept = json.loads(data)
    return read_pasted(kept["text"], kept["html"])


def size_of(document: Document) -> int:
    """Rows and paragraphs: what the time of understanding follows."""
    return sum(len(block.grid) if isinstance(block, Table) else 1 for block in document.blocks)


Key = tuple[str, tuple[tuple[str, str], ...]]


@dataclass(frozen=True, slots=True)
class Finding:
    """A problem with its origin: `reader` stays until settled, `check` follows the tasks, `unread` lists what was left."""

    origin: str
    severity: str
    code: str
    params: dict[str, str]
    locators: tuple[str, ...]

    @property
    def key(self) -> Key:
        return self.code, tuple(sorted(self.params.items()))


@dataclass(frozen=True, slots=True)
class Understood:
    body: Body
    """The draft as JSON."""
    pieces: list[Piece]
    piece_of_task: list[int]
    findings: list[Finding]
    beside: set[Key]
    """Keys of what the checks say of the tasks alone, without the document around them: what they go on to say as long as
    nobody corrects it."""
    layout: dict[str, Any] = field(default_factory=dict)
    """How tables were taken by what is remembered of their columns: see `tracker.drafts.columns`."""


def understood(document: Document, year: int | None, layout: Layout | None = None) -> Understood:
    """`layout`: what a person said of its tables."""
    draft = understand(laid_out(document, layout or {}), year=year)
    body = stored(draft)
    pieces = pieces_of(document)
    place = positions(pieces)
    beside = {finding.key for finding in checked(replace(draft, milestones=[], problems=[], unread=[]))}
    tasks = [_piece(task, place) for task in body["tasks"]]
    told = [
        Finding("reader", "note", "column-remembered", {"header": header, "meaning": WORDS.get(kind, header)}, (place,))
        for place, header, kind in used_columns(document, layout or {})
    ]
    return Understood(body, pieces, tasks, [*told, *_findings(draft, beside)], beside)


def read_whole(
    data: bytes, *, file_name: str, pasted: bool, year: int | None, most: int | None,
    meanings: Mapping[str, tuple[str, int]] | None = None,
) -> Body | None:  # fmt: skip
    """What `understood` makes of a file, as JSON; None where it has more than `most` rows and paragraphs.

    `meanings` is what is remembered of columns: see `tracker.drafts.columns`.
    """
    document = read_bytes(data, file_name, pasted=pasted)
    if any(table.locator == SEAL for table in document.tables()):
        raise UnreadableDocument("marked-workbook")
    if most is not None and size_of(document) > most:
        return None
    layout = remembered_layout(document, meanings or {})
    return {**whole_of(document, year, layout), "layout": layout}


def read_laid_out(data: bytes, *, file_name: str, pasted: bool, year: int | None, layout: Layout) -> Body:
    """What `understood` makes of a file whose tables a person has said something of, as JSON."""
    return whole_of(read_bytes(data, file_name, pasted=pasted), year, layout)


def read_shapes(data: bytes, *, file_name: str, pasted: bool, layout: Layout) -> list[Body]:
    """The heads of a file's tables as a person is shown them, as JSON."""
    found = shapes(read_bytes(data, file_name, pasted=pasted), layout)
    return [{**asdict(shape), "remembered": sorted(shape.remembered)} for shape in found]


def whole_of(document: Document, year: int | None, layout: Layout | None = None) -> Body:
    """What `understood` makes of a document, as JSON."""
    found = understood(document, year, layout)
    return {
        "body": found.body,
        "pieces": [[piece.kind, piece.locator, piece.body] for piece in found.pieces],
        "piece_of_task": found.piece_of_task,
        "findings": [[one.origin, one.severity, one.code, one.params, one.locators] for one in found.findings],
        "beside": list(found.beside),
    }


def from_whole(whole: Body) -> Understood:
    """What `read_whole` gave, after it went through JSON."""
    return Understood(
        whole["body"],
        [Piece(position, *piece) for position, piece in enumerate(whole["pieces"])],
        whole["piece_of_task"],
        [Finding(one[0], one[1], one[2], one[3], tuple(one[4])) for one in whole["findings"]],
        {(code, tuple((name, value) for name, value in params)) for code, params in whole["beside"]},
        whole.get("layout", {}),
    )


def read_draft(data: bytes, *, file_name: str, year: int | None) -> Body:
    """The draft of a file as the contract's JSON."""
    return draft_json(understand(read_document(data, file_name), year=year))


def _piece(task: Body, place: Mapping[str, int]) -> int:
    return next((place[locator] for locator in places(task) if locator in place), 0)


def _findings(draft: Draft, followed: set[Key]) -> list[Finding]:
    said = [finding_of(problem, "reader") for problem in draft.problems]
    found = [
        Finding("check", one.severity, one.code, one.params, one.locators) if one.key in followed else one
        for one in said
    ]
    unread = [
        Finding("unread", "note", "unread", {"text": piece.text, "kind": piece.kind}, (piece.locator,))
        for piece in draft.unread
    ]
    return folded(found) + unread


def finding_of(problem: Problem, origin: str) -> Finding:
    return Finding(origin, problem.severity, problem.code, dict(problem.params), tuple(problem.locators))


def checked(draft: Draft) -> list[Finding]:
    """What the checks say of the tasks alone, without the document around them."""
    reading = Reading(Document("text", []), draft)
    return folded(finding_of(problem, "check") for problem in run_checks(reading))


def folded(findings: Iterable[Finding]) -> list[Finding]:
    """Equal findings as one with all their places."""
    kept: dict[Any, Finding] = {}
    for one in findings:
        held = kept.get((one.origin, one.key))
        locators = one.locators if held is None else tuple(dict.fromkeys((*held.locators, *one.locators)))
        kept[one.origin, one.key] = Finding(one.origin, one.severity, one.code, one.params, locators)
    return list(kept.values())
