"""Deadlines that had passed when the document was issued: as printed, or a wrong year."""

from __future__ import annotations

from collections.abc import Iterator

from imports.checks.places import place_of
from imports.problems import Problem
from imports.recognise.reading import Reading


def check(reading: Reading) -> Iterator[Problem]:
    issued = reading.draft.document.issued_on
    if issued is None:
        return
    for task in reading.draft.tasks:
        for deadline in task.deadlines:
            if deadline.date is not None and deadline.date < issued:
                place = place_of(task, "deadlines", deadline.text)
                params = {"text": deadline.text, "issued_on": issued.isoformat()}
                yield Problem("date-before-document", (place,), params)
