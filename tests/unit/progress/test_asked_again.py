"""Whether a question asks again what was answered before."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from tracker.progress.asked_again import Asked, already_answered

THEN = datetime(2026, 3, 2, 1, tzinfo=UTC)
NOW = THEN + timedelta(days=5)


def asked(text, answered=THEN + timedelta(days=1), number=1):
    return Asked(number, 7, text, THEN, answered)


@pytest.mark.parametrize(
    ("text", "again"),
    [
        ("请补充驿站建设台账。", True),
        ("请补充 驿站 建设的台账！", True),
        ("驿站选址为什么调整？", False),
        ("", False),
    ],
)
def test_alike_by_its_words(text, again):
    assert bool(already_answered(text, [asked("请补充驿站建设台账")], NOW)) is again


def test_what_was_not_answered_by_then_may_be_asked_again():
    waiting, later = asked("请补充台账", None), asked("请补充台账", NOW + timedelta(days=1))
    assert already_answered("请补充台账", [waiting, later], NOW) == []


def test_the_most_alike_stands_first():
    one, other = asked("请补充三月的建设台账", number=1), asked("请补充建设台账", number=2)
    assert already_answered("请补充建设台账", [one, other], NOW)[0] is other
