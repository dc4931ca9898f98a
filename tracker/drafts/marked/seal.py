"""What a marked-up workbook is known again by: a hidden sheet with the draft, the moment and what its rows said. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field

from tracker.web.seals import Lines, Seal

SEAL = Seal("luoshi-workbook-1", b"drafts.workbook")


@dataclass(frozen=True, slots=True)
class Head:
    mode: str
    """`own`: the person's own workbook; `table`: a table of the tasks."""
    draft_id: int
    title: str
    at: str
    """When it was given out: ISO, in UTC."""
    source: str
    """SHA-256 of the document that the draft was then read from."""
    seq: int
    """The newest correction that it shows."""
    checklist: str
    """Name of the first sheet."""
    known_by: str = ""
    """Header of the column that holds what a row is known again by."""
    accepted: str = ""
    """What is chosen in the first sheet for a finding that is right as it stands."""
    headers: Mapping[str, str] = field(default_factory=dict)
    """Key of a column by its header; none in the mode `own`."""


def sealed(head: Head, base: Iterable[tuple[int, Mapping[str, str]]], secret: bytes) -> Lines:
    """Lines of the hidden sheet."""
    said = {**asdict(head), "headers": dict(head.headers)}
    return SEAL.lines([("head", said), *(("row", list(one)) for one in base)], secret)


def opened(lines: Iterable[Sequence[str]], secret: bytes) -> tuple[Head, dict[int, dict[str, str]]]:
    """The head, and what each row said. Raises Broken where a line is missing, changed or of another installation."""
    (_name, head), *rows = SEAL.opened(lines, secret)
    return Head(**head), {int(number): texts for _row, (number, texts) in rows}
