"""What a newer reader would read otherwise."""

from __future__ import annotations

from typing import Any

from tracker.drafts.bodies import blank_task
from tracker.drafts.renewal import HeldTask, header_renewal, renewal


def body(place: str, **values: Any) -> dict[str, Any]:
    return {**blank_task(place), "name": place, **values}


def test_new_gone_and_changed_with_corrections_kept():
    held = [
        HeldTask(body("A1"), body("A1"), False),
        HeldTask(body("A2", requirement="改过"), body("A2", requirement="一"), False),
        HeldTask(body("A3"), body("A3"), False),
        HeldTask(body("A9"), None, False),
        HeldTask(body("A8"), body("A8"), True),
    ]
    found = [body("A1"), body("A2", requirement="二", number="2"), body("A4")]
    rows = renewal(held, found)
    assert [(row.kind, row.locator) for row in rows] == [("changed", "A2"), ("new", "A4"), ("gone", "A3")]
    assert [(one.field, one.before, one.after, one.kept) for one in rows[0].fields] == [
        ("number", "–", "2", False), ("requirement", "一", "二", True),
    ]  # fmt: skip


def test_the_same_reading_makes_no_difference():
    assert renewal([HeldTask(body("A1", name="更正"), body("A1"), False)], [body("A1")]) == []


def test_the_header():
    read = {"title": "甲", "issuer": None, "number": None, "issued_on": None, "year": 2025}
    (year,) = header_renewal({**read, "year": 2026}, read, {**read, "year": 2024})
    assert (year.field, year.before, year.after, year.kept) == ("year", "2025", "2024", True)
