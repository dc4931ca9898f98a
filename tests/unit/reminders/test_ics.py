"""Calendar files as RFC 5545 wants them."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import given, strategies as st

from tracker.reminders.ics import Event, calendar, escaped, folded

AT = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
texts = st.text(st.characters(blacklist_categories=("Cs",)))


def unescaped(text: str) -> str:
    plain, rest = "", iter(text)
    for char in rest:
        following = next(rest) if char == "\\" else ""
        plain += {"n": "\n"}.get(following, following) if following else char
    return plain


def test_a_day_is_a_date_and_its_id_stays():
    event = Event(
        "obligation-7@luoshi", date(2026, 12, 31), "报送：公开指南，逐项（市财政局）", "a;b\\c\nd", "https://x/7", 2
    )
    lines = calendar("云岫市任务报送", [event], at=AT).decode().split("\r\n")
    assert lines[0] == "BEGIN:VCALENDAR"
    assert lines[-2:] == ["END:VCALENDAR", ""]
    begin = lines.index("BEGIN:VEVENT")
    assert lines[begin : lines.index("END:VEVENT")] == [
        "BEGIN:VEVENT", "UID:obligation-7@luoshi", "DTSTAMP:20260302T010000Z", "DTSTART;VALUE=DATE:20261231",
        "DTEND;VALUE=DATE:20270101", "SEQUENCE:2", "SUMMARY:报送：公开指南，逐项（市财政局）", "TRANSP:TRANSPARENT",
        "DESCRIPTION:a\\;b\\\\c\\nd", "URL:https://x/7",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("alarm_on", "trigger"),
    [(date(2026, 12, 30), "-PT15H"), (date(2026, 12, 28), "-P2DT15H")],
)
def test_an_alarm_rings_at_nine_on_a_day_before(alarm_on, trigger):
    event = Event("a@luoshi", date(2026, 12, 31), "报送：公开指南，逐项", alarm_on=alarm_on)
    lines = calendar("云岫市", [event], at=AT).decode().split("\r\n")
    begin = lines.index("BEGIN:VALARM")
    assert begin < lines.index("END:VEVENT"), "within its event"
    assert lines[begin : lines.index("END:VALARM") + 1] == [
        "BEGIN:VALARM", "ACTION:DISPLAY", "DESCRIPTION:报送：公开指南，逐项", f"TRIGGER:{trigger}", "END:VALARM",
    ]  # fmt: skip


@given(texts)
def test_a_long_line_is_cut_between_characters_and_comes_back_whole(text):
    line = f"SUMMARY:{escaped(text)}"
    data = folded(line)
    pieces = data.split(b"\r\n")
    assert pieces[-1] == b""
    assert max(len(piece) for piece in pieces) <= 75
    assert all(piece.decode() is not None for piece in pieces)
    assert data.replace(b"\r\n ", b"").removesuffix(b"\r\n").decode() == line


@given(texts)
def test_a_text_comes_back_and_ends_no_line(text):
    value = escaped(text)
    assert not {"\r", "\n", "\x00"} & set(value)
    kept = "".join(char for char in text if char >= " " or char in "\n\t")
    assert unescaped(value) == kept
