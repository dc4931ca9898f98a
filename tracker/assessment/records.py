"""The returns that were counted (报送记录), one short text a unit, as they stood on the day of the run. Pure.

A record is `12A2026-03-05`: the obligation's id, how it stood, the day it was due. They are separated by blanks. `A`
accepted and on time, `B` accepted and late, `T` on time and not accepted yet, `L` late and not accepted yet, `N` not
submitted.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

ACCEPTED_ON_TIME, ACCEPTED_LATE, ON_TIME, LATE, NOT_SUBMITTED = MARKS = ("A", "B", "T", "L", "N")
_RECORD = re.compile(r"(\d+)([ABTLN])(\d{4}-\d{2}-\d{2})")


@dataclass(frozen=True, slots=True)
class Record:
    obligation_id: int
    mark: str
    due_on: date

    @property
    def accepted(self) -> bool:
        return self.mark in {ACCEPTED_ON_TIME, ACCEPTED_LATE}

    @property
    def on_time(self) -> bool:
        return self.mark in {ACCEPTED_ON_TIME, ON_TIME}


def concerns(source: str, record: Record) -> bool:
    """Whether a record is to be shown under a leaf that counts by this source: shares show all that they are made of,
    deductions what they take off for."""
    if source in {"overdue_each", "all_on_time"}:
        return not record.on_time
    return source in {"accepted_share", "on_time_share"}


def counts(text: str) -> tuple[int, int, int]:
    """(due, accepted, on time) of a unit's records."""
    return (
        text.count(" ") + 1 if text else 0,
        text.count(ACCEPTED_ON_TIME) + text.count(ACCEPTED_LATE),
        text.count(ACCEPTED_ON_TIME) + text.count(ON_TIME),
    )


def records_of(text: str) -> Iterator[Record]:
    """The records one by one, by due date. Raises ValueError for a text that is none."""
    found = [_RECORD.fullmatch(part) for part in text.split()]
    if None in found:
        raise ValueError("not a text of records")
    read = [Record(int(one[1]), one[2], date.fromisoformat(one[3])) for one in found if one]
    return iter(sorted(read, key=lambda record: (record.due_on, record.obligation_id)))
