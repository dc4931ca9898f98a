"""The returns that were counted (报送记录), one short text a unit, as they stood on the day of the run. Pure.

A record is `12A2026-03-05`: the obligation's id, how it stood, the day it was due. They are separated by blanks. `A`
accepted and on time, `B` accepted and late, `T` on time and not accepted yet, `L` late and not accepted yet, `N` not
submitted. Each time that the lead office sent a return back (退办) is a record of its own, with the id of that version:
`12S2026-03-05/345`. Where the scheme takes points off by the day, `12D2026-03-05/7` says by how many workdays a return
was or is late.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from tracker.assessment.sources import OVERDUE_DAYS

ACCEPTED_ON_TIME, ACCEPTED_LATE, ON_TIME, LATE, NOT_SUBMITTED = MARKS = ("A", "B", "T", "L", "N")
SENT_BACK = "S"
DAYS_LATE = "D"
_SENT = re.compile(r"(\d+)S")
_DAYS = re.compile(r"D[\d-]{10}/(\d+)")
_RECORD = re.compile(r"(\d+)([ABTLN])(\d{4}-\d{2}-\d{2})|(\d+)([SD])(\d{4}-\d{2}-\d{2})/(\d+)")


@dataclass(frozen=True, slots=True)
class Record:
    obligation_id: int
    mark: str
    due_on: date
    return_id: int | None = None
    """The version that was sent back."""
    days: int | None = None
    """Workdays by which it was late."""
    again: bool = False
    """It was not the first of its return that was sent back (退回未改)."""

    @property
    def accepted(self) -> bool:
        return self.mark in {ACCEPTED_ON_TIME, ACCEPTED_LATE}

    @property
    def on_time(self) -> bool:
        return self.mark in {ACCEPTED_ON_TIME, ON_TIME}


def concerns(source: str, record: Record) -> bool:
    """Whether a record is to be shown under a leaf that counts by this source: shares show all that they are made of,
    deductions what they take off for."""
    if record.mark == DAYS_LATE or source == OVERDUE_DAYS:
        return record.mark == DAYS_LATE and source == OVERDUE_DAYS
    if record.mark == SENT_BACK:
        return source == "sent_back_each" or (source == "sent_again_each" and record.again)
    if source in {"overdue_each", "all_on_time"}:
        return not record.on_time
    return source in {"accepted_share", "on_time_share"}


def counts(text: str) -> tuple[int, int, int, int, int, int]:
    """(due, accepted, on time, sent back, sent back again, workdays late) of a unit's records."""
    sent_back, days = text.count(SENT_BACK), text.count(DAYS_LATE)
    return (
        (text.count(" ") + 1 if text else 0) - sent_back - days,
        text.count(ACCEPTED_ON_TIME) + text.count(ACCEPTED_LATE),
        text.count(ACCEPTED_ON_TIME) + text.count(ON_TIME),
        sent_back,
        sent_back - len(set(_SENT.findall(text))) if sent_back else 0,
        sum(map(int, _DAYS.findall(text))) if days else 0,
    )


def records_of(text: str) -> Iterator[Record]:
    """The records one by one, by due date, what was sent back behind its duty. Raises ValueError for a text that is none."""
    found = [_RECORD.fullmatch(part) for part in text.split()]
    if None in found:
        raise ValueError("not a text of records")
    read = [_record(one) for one in found if one]
    read.sort(key=lambda record: (record.due_on, record.obligation_id, record.return_id or 0))
    return _repeated_marked(read)


def _repeated_marked(records: list[Record]) -> Iterator[Record]:
    sent: set[int] = set()
    for record in records:
        if record.mark == SENT_BACK and record.obligation_id in sent:
            yield replace(record, again=True)
            continue
        if record.mark == SENT_BACK:
            sent.add(record.obligation_id)
        yield record


def _record(found: re.Match[str]) -> Record:
    if found[4]:
        obligation_id, day, number = int(found[4]), date.fromisoformat(found[6]), int(found[7])
        if found[5] == DAYS_LATE:
            return Record(obligation_id, DAYS_LATE, day, days=number)
        return Record(obligation_id, SENT_BACK, day, return_id=number)
    return Record(int(found[1]), found[2], date.fromisoformat(found[3]))
