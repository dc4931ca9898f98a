"""Deadlines that the calendar does not have (2月30日, 13月底)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from imports.checks.places import place_of
from imports.problems import Problem
from imports.recognise.reading import Reading

_YEAR = re.compile(r"20\d{2}|二[零〇]")


def check(reading: Reading) -> Iterator[Problem]:
    for task in reading.draft.tasks:
        for deadline in task.deadlines:
            unknown = deadline.date is None and deadline.kind in {"date", "month_end"}
            if unknown and (reading.year is not None or _YEAR.search(deadline.text)):
                yield Problem("date-impossible", (place_of(task, "deadlines", deadline.text),), {"text": deadline.text})
