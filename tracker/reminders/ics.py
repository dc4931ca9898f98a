"""A calendar file (.ics, RFC 5545) of dates by which something is due. Standard library only.

calendar(name, events, at=moment) → the bytes of the file.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

LONGEST = 75
"""Octets of a line without its end (3.1)."""
ALARM_HOUR = 9
"""Of the day on which an alarm rings."""
_ESCAPED = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n", "\r": None})


@dataclass(frozen=True, slots=True)
class Event:
    """A whole day. `uid` stays the same for one thing, and `sequence` grows whenever it changes."""

    uid: str
    day: date
    summary: str
    description: str = ""
    url: str = ""
    sequence: int = 0
    alarm_on: date | None = None
    """The day before it on which its reader is to be told, at nine by their clock; None where they are not."""


def calendar(name: str, events: Iterable[Event], *, at: datetime) -> bytes:
    """A calendar that whoever subscribes to it reads again: what is no longer in it is gone."""
    lines = [
        "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Luoshi//Duties//ZH", "CALSCALE:GREGORIAN", "METHOD:PUBLISH",
        f"X-WR-CALNAME:{escaped(name)}", "REFRESH-INTERVAL;VALUE=DURATION:PT6H",
    ]  # fmt: skip
    for event in events:
        lines += _lines(event, at)
    lines.append("END:VCALENDAR")
    return b"".join(folded(line) for line in lines)


def _lines(event: Event, at: datetime) -> list[str]:
    lines = [
        "BEGIN:VEVENT", f"UID:{escaped(event.uid)}", f"DTSTAMP:{at.astimezone(UTC):%Y%m%dT%H%M%SZ}",
        f"DTSTART;VALUE=DATE:{event.day:%Y%m%d}", f"DTEND;VALUE=DATE:{event.day + timedelta(days=1):%Y%m%d}",
        f"SEQUENCE:{event.sequence}", f"SUMMARY:{escaped(event.summary)}", "TRANSP:TRANSPARENT",
    ]  # fmt: skip
    if event.description:
        lines.append(f"DESCRIPTION:{escaped(event.description)}")
    if event.url:
        lines.append(f"URL:{event.url}")
    if event.alarm_on is not None and event.alarm_on < event.day:
        lines += _alarm(event.summary, (event.day - event.alarm_on).days)
    return [*lines, "END:VEVENT"]


def _alarm(words: str, days: int) -> list[str]:
    """An alarm (3.6.6) so many days before a whole day, which begins at midnight wherever its reader is (3.3.5, form 1)."""
    ahead = f"P{days - 1}D" if days > 1 else "P"
    return [
        "BEGIN:VALARM", "ACTION:DISPLAY", f"DESCRIPTION:{escaped(words)}", f"TRIGGER:-{ahead}T{24 - ALARM_HOUR}H",
        "END:VALARM",
    ]  # fmt: skip


def escaped(text: str) -> str:
    """A text as a value (3.3.11), without the control characters that it may not hold."""
    return "".join(char for char in text if char >= " " or char in "\n\t").translate(_ESCAPED)


def folded(line: str) -> bytes:
    """A line cut so that none is longer than 75 octets, between characters and never within one (3.1)."""
    pieces, room = [bytearray()], LONGEST
    for char in line:
        data = char.encode()
        if len(pieces[-1]) + len(data) > room:
            pieces.append(bytearray())
            room = LONGEST - 1  # the blank that a continued line begins with
        pieces[-1] += data
    return b"\r\n ".join(bytes(piece) for piece in pieces) + b"\r\n"
