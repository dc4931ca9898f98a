"""Deadlines that had passed when the document was issued: as printed, or a wrong year."""

from __future__ import annotations

from collections.abc import Iterator

from imports.problems import Problem
from imports.recognise.reading import Reading


def check(reading: Reading) -> Iterator[Problem]:
    issued = reading.draft.document.issued_on
    if issued is None:
        return
    for task in reading.draft.tasks:
        for deadline in task.deadlines:
            if deadline.date is not None and deadline.date < issued:
                yield Problem(
                    "date-before-document", (task.locator,), {"text": deadline.text, "issued_on": issued.isoformat()}
                )
