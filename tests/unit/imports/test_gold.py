"""The seed documents read as their gold labels say (shared/gold/README.md tells how to judge)."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from imports.draft import Draft, DraftTask
from imports.pipeline import understand
from tests.shared import SHARED, needs_shared
from tests.unit.imports.stand_in import from_text

pytestmark = needs_shared

NAMES = ["000_199e0f2e642f3382", "002_29ae012ea45e5e0c", "004_d5ec7cb9b9c78786"]


@pytest.fixture(scope="module", params=NAMES)
def case(request: pytest.FixtureRequest) -> tuple[Draft, dict[str, Any]]:
    assert isinstance(SHARED, Path)
    gold = json.loads((SHARED / "gold" / f"{request.param}.json").read_text("utf-8"))
    return understand(from_text((SHARED / "seeds" / f"{request.param}.txt").read_text("utf-8"))), gold


def _pairs(draft: Draft, gold: dict[str, Any]) -> list[tuple[DraftTask, dict[str, Any]]]:
    pairs = []
    for label in gold["tasks"]:
        found = [task for task in draft.tasks if task.requirement.startswith(label["requirement_start"])]
        if len(found) > 1:
            found = [task for task in found if len(task.requirement) == label["requirement_chars"]]
        assert len(found) == 1, label["id"]
        pairs.append((found[0], label))
    return pairs


def test_every_task_is_read_once(case: tuple[Draft, dict[str, Any]]) -> None:
    draft, gold = case
    assert len(_pairs(draft, gold)) == len(draft.tasks) == gold["counts"]["tasks"]


def test_requirements_and_names(case: tuple[Draft, dict[str, Any]]) -> None:
    for task, label in _pairs(*case):
        assert task.requirement.endswith(label["requirement_end"])
        assert len(task.requirement) == label["requirement_chars"], label["id"]
        assert task.number == label["number"]
        assert task.path in (label["path"], label.get("path_printed"))
        if label["name_source"] == "heading" and task.path == label["path"]:
            assert task.name == label["name"]
        assert task.locator in {f"line {line}" for line in label["lines"]}


def test_units(case: tuple[Draft, dict[str, Any]]) -> None:
    for task, label in _pairs(*case):
        assert [unit.text for unit in task.units if unit.role == "lead"] == label["lead_units"], label["id"]
        assert [unit.text for unit in task.units if unit.role != "lead"] == label["responsible_units"], label["id"]
        assert {unit.role for unit in task.units} <= {"lead", "responsible"}
        assert [unit.text for unit in task.units if unit.collective] == label["collective"], label["id"]


def test_deadlines_and_targets(case: tuple[Draft, dict[str, Any]]) -> None:
    for task, label in _pairs(*case):
        read = [
            (entry.text, entry.kind, entry.date.isoformat() if entry.date else None, entry.recurrence)
            for entry in task.deadlines
        ]
        assert read == [(d["text"], d["kind"], d["date"], d["recurrence"]) for d in label["deadlines"]], label["id"]
        optional = {(entry["text"], entry["op"]) for entry in label.get("optional_targets", [])}
        targets = [(t.text, float(t.value), t.unit, t.op) for t in task.targets if not isinstance(t.value, tuple)]
        wanted = [(t["text"], float(t["value"]), t["unit"], t["op"]) for t in label["targets"]]
        assert [target for target in targets if (target[0], target[3]) not in optional] == wanted, label["id"]


def test_the_document_itself(case: tuple[Draft, dict[str, Any]]) -> None:
    draft, gold = case
    header = draft.document
    assert header.title in [gold["title"], *gold["titles_accepted"]]
    assert header.issuer == gold["issuer"]
    assert header.number == gold["doc_number"]
    assert header.issued_on is not None
    assert header.issued_on.isoformat() == gold["issue_date"]
    assert header.year == gold["year"]


def _read(number: str) -> Draft:
    assert isinstance(SHARED, Path)
    path = next((SHARED / "seeds").glob(f"{number}_*.txt"))
    return understand(from_text(path.read_text("utf-8")))


def test_the_shifted_block_of_the_table_is_reported_and_left_alone() -> None:
    draft = _read("002")
    problem = next(problem for problem in draft.problems if problem.code == "heading-shifted")
    assert {"line 130", "line 133", "line 136"} <= set(problem.locators)
    assert "line 127" not in problem.locators
    assert not any(unit.text in {"单位", "部门"} for task in draft.tasks for unit in task.units)


def test_the_plan_with_stages_gives_milestones() -> None:
    draft = _read("001")
    assert [(stage.name, str(stage.date)) for stage in draft.milestones] == [
        ("准备阶段", "2018-03-31"), ("实施阶段", "2018-04-30"), ("完善阶段", "2018-06-30"), ("验收阶段", "2018-07-30"),
    ]  # fmt: skip
    assert "二(三)1" in [task.number for task in draft.tasks]
    assert any(problem.code == "number-missing" for problem in draft.problems)


def test_the_list_of_points_without_units_gives_eighteen_tasks() -> None:
    draft = _read("003")
    assert len(draft.tasks) == 18
    assert [problem.code for problem in draft.problems if problem.code == "weight-rule"]
    assert str(draft.document.issued_on) == "2019-05-28"
