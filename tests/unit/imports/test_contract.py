"""The JSON that `flask imports read --json` prints keeps to its forms, whatever document was read: keys, words, places."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from imports.pipeline import draft_json, understand
from imports.problems import UnreadableDocument
from imports.readers import read_document
from tests.files import zoo
from tests.files.zoo.wanted import Case
from tests.shared import SHARED, needs_shared

KEYS = {
    "document": {"title", "issuer", "number", "issued_on", "year"},
    "tasks": {"locator", "path", "number", "name", "requirement", "units", "deadlines", "targets"},
    "milestones": {"locator", "name", "date"},
    "problems": {"severity", "code", "locators", "message", "hint"},
    "unread": {"locator", "text"},
}
PLACE = re.compile(r"[^\n]+![A-Z]{1,3}[1-9]\d*|table [1-9]\d*(?: row [1-9]\d*)?|paragraph [1-9]\d*|line [1-9]\d*")
ROLES = {"lead", "responsible", "support", "supervise"}
KINDS = {"date", "month_end", "year_end", "recurring", "ongoing", "phase"}
AGAIN = re.compile(r"daily|weekly|monthly(?::\d{1,2})?|quarterly(?::\d{1,2})?|half_yearly|yearly(?::\d{2}-\d{2})?")


def _faults(printed: dict[str, Any]) -> Iterator[str]:
    for part, keys in KEYS.items():
        for one in [printed[part]] if part == "document" else printed[part]:
            if not keys <= one.keys():
                yield f"{part} lacks {keys - one.keys()}"
    for task in printed["tasks"]:
        yield from _faults_of(task)
    for problem in printed["problems"]:
        if problem["severity"] not in {"error", "warning", "note"} or "\n" in problem["message"] + problem["hint"]:
            yield f"problem {problem}"


def _faults_of(task: dict[str, Any]) -> Iterator[str]:
    if not PLACE.fullmatch(task["locator"]):
        yield f"place {task['locator']}"
    if not task["requirement"].strip() or not all(isinstance(part, str) and part for part in task["path"]):
        yield f"texts of {task['locator']}"
    for unit in task["units"]:
        sound = {"text", "role", "collective", "open"} <= unit.keys() and unit["role"] in ROLES and unit["text"].strip()
        if not sound or type(unit["collective"]) is not bool or type(unit["open"]) is not bool:
            yield f"unit {unit}"
    yield from (f"deadline {one}" for one in task["deadlines"] if not _is_deadline(one))
    yield from (f"target {one}" for one in task["targets"] if not _is_target(one))


def _is_deadline(one: dict[str, Any]) -> bool:
    dated = one["date"] is None or date.fromisoformat(one["date"]).isoformat() == one["date"]
    again = one["recurrence"] is None or (one["kind"] == "recurring" and AGAIN.fullmatch(one["recurrence"]) is not None)
    return bool(one["text"].strip()) and one["kind"] in KINDS and dated and again


def _is_target(one: dict[str, Any]) -> bool:
    values = one["value"] if one["op"] == "range" else [one["value"]]
    numbers = isinstance(values, list) and all(isinstance(value, int | float) for value in values)
    pair = one["op"] != "range" or len(values) == 2
    return numbers and pair and one["op"] in {">=", "<=", "=", "~", "range"} and isinstance(one["unit"], str)


@pytest.mark.parametrize("case", zoo.cases(), ids=lambda case: case.name)
def test_every_document_of_the_zoo(case: Case) -> None:
    printed = json.loads(json.dumps(draft_json(understand(case.read(), year=case.year)), ensure_ascii=False))
    assert list(_faults(printed)) == []


@needs_shared
def test_every_document_of_the_reference() -> None:
    assert SHARED is not None
    for path in sorted((SHARED / "seeds").iterdir()):
        try:
            printed = draft_json(understand(read_document(path.read_bytes(), path.name)))
        except UnreadableDocument:
            continue
        assert list(_faults(json.loads(json.dumps(printed)))) == [], path.name
