"""Reading an upload in a process apart, with its bounds: what a file does to its reader, it cannot do to the server."""

from __future__ import annotations

from typing import Any

import structlog

from imports.apart import Fault, Request, run
from imports.problems import UnreadableDocument
from imports.readers import limits
from tracker.drafts.bodies import Body
from tracker.drafts.columns import Meanings
from tracker.drafts.layout import Layout, TableShape
from tracker.drafts.reading import Understood, from_whole

_READING = "tracker.drafts.reading"
_AT_ONCE_SECONDS = 8
"""A person waits no longer: converting a document and reading a long PDF are work for a job."""

log = structlog.get_logger()


def understood_apart(
    data: bytes, *, file_name: str, pasted: bool, year: int | None, most: int | None = None,
    meanings: Meanings | None = None,
) -> Understood | None:  # fmt: skip
    """What the file says, with what is remembered of columns. Raises UnreadableDocument.

    With `most`, None where it has more rows and paragraphs, or takes longer than a request may: then a job has to read it.
    """
    given = {"file_name": file_name, "pasted": pasted, "year": year, "most": most, "meanings": meanings}
    seconds = limits.PARSE_SECONDS if most is None else _AT_ONCE_SECONDS
    try:
        whole = _run(Request(f"{_READING}:read_whole", given, seconds=seconds), data)
    except UnreadableDocument as refusal:
        if most is None or refusal.problem.code != "too-slow":
            raise
        return None
    return None if whole is None else from_whole(whole)


def laid_out_apart(data: bytes, *, file_name: str, pasted: bool, year: int | None, layout: Layout) -> Understood:
    """What a file says, read again with what a person said of its tables. Raises UnreadableDocument."""
    given = {"file_name": file_name, "pasted": pasted, "year": year, "layout": layout}
    return from_whole(_run(Request(f"{_READING}:read_laid_out", given), data))


def shapes_apart(data: bytes, *, file_name: str, pasted: bool, layout: Layout) -> list[TableShape]:
    """The heads of a file's tables. Raises UnreadableDocument."""
    given = {"file_name": file_name, "pasted": pasted, "layout": layout}
    return [
        TableShape(**{**one, "rows": [tuple(row) for row in one["rows"]], "remembered": frozenset(one["remembered"])})
        for one in _run(Request(f"{_READING}:read_shapes", given), data)
    ]


def draft_apart(data: bytes, *, file_name: str, year: int | None) -> Body:
    """The draft of a file as the contract's JSON. Raises UnreadableDocument."""
    draft: Body = _run(Request(f"{_READING}:read_draft", {"file_name": file_name, "year": year}), data)
    return draft


def _run(request: Request, data: bytes) -> Any:
    try:
        return run(request, data)
    except Fault as fault:
        log.error("reading failed", file=request.given.get("file_name", ""), trace=fault.trace)
        raise


_MARKED = "tracker.drafts.marked.apart"


def marked_apart(data: bytes, book: Body) -> str | None:
    """A person's workbook with marks on it, in base64; None where it cannot be marked. Raises UnreadableDocument."""
    made: str | None = _run(Request(f"{_MARKED}:put_on", {"book": book}), data)
    return made


def look_into_apart(data: bytes, file_name: str) -> Body:
    """The cells of a workbook that came back. Raises UnreadableDocument."""
    found: Body = _run(Request(f"{_MARKED}:look_into", {"file_name": file_name}), data)
    return found


def take_off_apart(data: bytes, given: Body) -> Body:
    """A person's workbook without the marks, and how it reads. Raises UnreadableDocument."""
    found: Body = _run(Request(f"{_MARKED}:take_off", given), data)
    return found
