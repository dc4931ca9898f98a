"""What the operator's virus scanner says of files, asked before a request takes its turn to write.

The scanner may take seconds. On SQLite nobody else can write from the first statement of a writing request on, so a view
that takes files says so (`takes_files`): they are shown to the scanner before the view begins, and the service finds what
was said when it comes to keep them.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import wraps
from itertools import chain
from typing import IO, Any, BinaryIO, TypeVar, cast

from flask import current_app, g, request

from tracker.progress.evidence import RefusedFile, sniff
from tracker.progress.scanning import Unscanned, virus_in

log = logging.getLogger(__name__)
View = TypeVar("View", bound=Callable[..., Any])


def takes_files(view: View) -> View:
    """Marks a view that keeps files of evidence which are sent with its form."""

    @wraps(view)
    def looked_at(*arguments: Any, **named: Any) -> Any:
        for file in chain.from_iterable(request.files.listvalues()):
            look_ahead(file.stream)
        return view(*arguments, **named)

    return cast(View, looked_at)


def look_ahead(stream: IO[bytes]) -> None:
    """Asks the scanner about a file of this request. Called before the first statement that writes."""
    if not current_app.config["VIRUS_SCANNER"]:
        return
    file = cast(BinaryIO, stream)
    try:
        sniff(file)
    except RefusedFile:
        return  # it is not kept anyway, and whoever keeps files says why
    g.setdefault("scanned", {})[stream] = _asked(file)


def scan(stream: IO[bytes]) -> None:
    """Raises RefusedFile for what the scanner finds, and where it does not answer: then nothing is kept. Asks it now where
    nobody looked ahead."""
    if not current_app.config["VIRUS_SCANNER"]:
        return
    known: dict[IO[bytes], str] = g.get("scanned", {})
    cause = known[stream] if stream in known else _asked(cast(BinaryIO, stream))
    if cause:
        raise RefusedFile(cause)


def _asked(file: BinaryIO) -> str:
    """Why the file is not kept; empty where the scanner clears it."""
    try:
        found = virus_in(file, current_app.config["VIRUS_SCANNER"])
    except Unscanned as unscanned:
        log.warning("The virus scanner did not answer: %s", unscanned)
        return "unscanned"
    if found:
        log.warning("A file with %s was refused", found)
    return "virus" if found else ""
