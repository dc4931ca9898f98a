"""The returns and findings that were counted (报送记录、整改记录), one short text a unit, as they stood on the day of the run. Pure.

A record is `12A2026-03-05`: the obligation's id, how it stood, the day it was due. They are separated by blanks. `A`
accepted and on time, `B` accepted and late, `T` on time and not accepted yet, `L` late and not accepted yet, `N` not
submitted. Each time that the lead office sent a return back (退办) is a record of its own, with the id of that version:
`12S2026-03-05/345`. Where the scheme takes points off by the day, `12D2026-03-05/7` says by how many workdays a return
was or is late.

A record of a finding (问题) has the finding's id and the day by which it was to be put right: `P` reported as right in time
and not sent back (按时整改), `Q` not (逾期整改). `7G2026-03-05/31` is a rectification that was sent back (退回再改), with the id
of its report.
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
RECTIFIED, NOT_RECTIFIED, TO_DO_AGAIN = OF_FINDINGS = ("P", "Q", "G")
_SENT = re.compile(r"(\d+)S")
_DAYS = re.compile(r"D[\d-]{10}/(\d+)")
_RECORD = re.compile(r"(\d+)([ABTLNPQ])(\d{4}-\d{2}-\d{2})|(\d+)([SDG])(\d{4}-\d{2}-\d{2})/(\d+)")


@dataclass(frozen=True, slots=True)
class Record:
    obligation_id: int
    """0 for a finding."""
    mark: str
    due_on: date
    return_id: int | None = None
    """The version that was sent back."""
    days: int | None = None
    """Workdays by which it was late."""
    again: bool = False
    """It was not the first of its return that was sent back (退回未改)."""
    finding_id: int = 0
    """Of a record of a finding; `return_id` is then the report of its rectification that was sent back."""

    @property
    def accepted(self) -> bool:
        return self.mark in {ACCEPTED_ON_TIME, ACCEPTED_LATE}

    @property
    def on_time(self) -> bool:
        return self.mark in {ACCEPTED_ON_TIME, ON_TIME}


def concerns(source: str, record: Record) -> bool:
    """Whether a record is to be shown under a leaf that counts by this source: shares show all that they are made of,
    deductions what they take off for."""
    if record.finding_id:
        marks = {
            "rectified_share": {RECTIFIED, NOT_RECTIFIED},
            "unrectified_each": {NOT_RECTIFIED},
            "to_do_again_each": {TO_DO_AGAIN},
        }
        return record.mark in marks.get(source, ())
    if record.mark == DAYS_LATE or source == OVERDUE_DAYS:
        return record.mark == DAYS_LATE and source == OVERDUE_DAYS
    if record.mark == SENT_BACK:
        return source == "sent_back_each" or (source == "sent_again_each" and record.again)
    if source in {"overdue_each", "all_on_time"}:
        return not record.on_time
    return source in {"accepted_share", "on_time_share"}


def counts(text: str) -> tuple[int, ...]:
    """What a unit's records count up to, in the order of a tally's fields."""
    sent_back, days = text.count(SENT_BACK), text.count(DAYS_LATE)
    rectified, not_rectified, again = (text.count(mark) for mark in OF_FINDINGS)
    return (
        (text.count(" ") + 1 if text else 0) - sent_back - days - rectified - not_rectified - again,
        text.count(ACCEPTED_ON_TIME) + text.count(ACCEPTED_LATE),
        text.count(ACCEPTED_ON_TIME) + text.count(ON_TIME),
        sent_back,
        sent_back - len(set(_SENT.findall(text))) if sent_back else 0,
        sum(map(int, _DAYS.findall(text))) if days else 0,
        rectified + not_rectified,
        rectified,
        again,
    )


def records_of(text: str) -> Iterator[Record]:
    """The records one by one, by due date, what was sent back behind its duty. Raises ValueError for a text that is none."""
    found = [_RECORD.fullmatch(part) for part in text.split()]
    if None in found:
        raise ValueError("not a text of records")
    read = [_record(one) for one in found if one]
    read.sort(key=lambda record: (record.due_on, record.obligation_id, record.finding_id, record.return_id or 0))
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
        number, day, more = int(found[4]), date.fromisoformat(found[6]), int(found[7])
        if found[5] == DAYS_LATE:
            return Record(number, DAYS_LATE, day, days=more)
        if found[5] == TO_DO_AGAIN:
            return Record(0, TO_DO_AGAIN, day, return_id=more, finding_id=number)
        return Record(number, SENT_BACK, day, return_id=more)
    number, day = int(found[1]), date.fromisoformat(found[3])
    if found[2] in OF_FINDINGS:
        return Record(0, found[2], day, finding_id=number)
    return Record(number, found[2], day)
