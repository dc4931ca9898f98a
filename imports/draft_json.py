"""The draft as the contract's JSON, and back again: a stored draft restores to an equal one."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from imports.draft import (
    Deadline,
    Draft,
    DraftHeader,
    DraftTask,
    Extra,
    Milestone,
    Target,
    UnitExpression,
    Unread,
)
from imports.problems import Problem

Json = dict[str, Any]
"""Values read back from JSON have no better type than Any: every reader below names the keys it takes."""


def draft_json(draft: Draft) -> Json:
    """The contract's object. Beyond it: `source` and `extras` of a task, `columns` and `source` of the document, the stage
    text of a milestone, parameters of a problem, the kind of an unread text."""
    header = draft.document
    return {
        "document": {
            "title": header.title,
            "issuer": header.issuer,
            "number": header.number,
            "issued_on": _iso(header.issued_on),
            "year": header.year,
            "source": _sources(header.sources),
            "columns": _pieces(header.columns),
        },
        "tasks": [_task(task) for task in draft.tasks],
        "milestones": [
            {
                "locator": milestone.locator,
                "name": milestone.name,
                "date": _iso(milestone.date),
                "text": milestone.text,
                "source": _pieces(milestone.sources),
            }
            for milestone in draft.milestones
        ],
        "problems": [
            {**problem.as_json(), "params": dict(problem.params), "follows_from": problem.follows_from}
            for problem in draft.problems
        ],
        "unread": [{"locator": piece.locator, "text": piece.text, "kind": piece.kind} for piece in draft.unread],
    }


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _pieces(pieces: Any) -> list[Json]:
    return [{"locator": locator, "text": text} for locator, text in pieces]


def _sources(sources: Mapping[str, list[tuple[str, str]]]) -> Json:
    return {name: _pieces(pieces) for name, pieces in sources.items()}


def _task(task: DraftTask) -> Json:
    return {
        "locator": task.locator,
        "path": list(task.path),
        "number": task.number,
        "name": task.name,
        "requirement": task.requirement,
        "units": [_unit(unit) for unit in task.units],
        "deadlines": [
            {
                "text": deadline.text,
                "kind": deadline.kind,
                "date": _iso(deadline.date),
                "recurrence": deadline.recurrence,
                "action": deadline.action,
            }
            for deadline in task.deadlines
        ],
        "targets": [_target(target) for target in task.targets],
        "extras": [{"label": extra.label, "text": extra.text, "locator": extra.locator} for extra in task.extras],
        "source": _sources(task.sources),
    }


def _unit(unit: UnitExpression) -> Json:
    found: Json = {"text": unit.text, "role": unit.role, "collective": unit.collective, "open": unit.open}
    if unit.also is not None:
        found["also"] = unit.also
    return found


def _number(value: Decimal) -> int | float:
    return int(value) if value == value.to_integral_value() else float(value)


def _target(target: Target) -> Json:
    value = target.value
    shown = [_number(part) for part in value] if isinstance(value, tuple) else _number(value)
    return {"text": target.text, "value": shown, "unit": target.unit, "op": target.op}


def draft_from_json(data: Mapping[str, Any]) -> Draft:
    """Restores what `draft_json` made. Raises KeyError, TypeError or ValueError where the object is none of ours."""
    header = data["document"]
    return Draft(
        DraftHeader(
            header["title"],
            header["issuer"],
            header["number"],
            _day(header["issued_on"]),
            header["year"],
            _sources_from(header.get("source", {})),
            _pieces_from(header.get("columns", [])),
        ),
        [_task_from(task) for task in data["tasks"]],
        [
            Milestone(
                stage["locator"],
                stage["name"],
                _day(stage["date"]),
                stage.get("text", ""),
                tuple(_pieces_from(stage.get("source", []))),
            )
            for stage in data["milestones"]
        ],
        [
            Problem(problem["code"], tuple(problem["locators"]), problem.get("params", {}), problem.get("follows_from"))
            for problem in data["problems"]
        ],
        [Unread(piece["locator"], piece["text"], piece.get("kind", "text")) for piece in data["unread"]],
    )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _pieces_from(pieces: list[Json]) -> list[tuple[str, str]]:
    return [(piece["locator"], piece["text"]) for piece in pieces]


def _sources_from(sources: Mapping[str, list[Json]]) -> dict[str, list[tuple[str, str]]]:
    return {name: _pieces_from(pieces) for name, pieces in sources.items()}


def _task_from(task: Json) -> DraftTask:
    return DraftTask(
        task["locator"],
        list(task["path"]),
        task["number"],
        task["name"],
        task["requirement"],
        [
            UnitExpression(unit["text"], unit["role"], unit["collective"], unit["open"], unit.get("also"))
            for unit in task["units"]
        ],
        [
            Deadline(entry["text"], entry["kind"], _day(entry["date"]), entry["recurrence"], entry.get("action"))
            for entry in task["deadlines"]
        ],
        [Target(entry["text"], _value(entry["value"]), entry["unit"], entry["op"]) for entry in task["targets"]],
        [Extra(extra["label"], extra["text"], extra["locator"]) for extra in task.get("extras", [])],
        _sources_from(task.get("source", {})),
    )


def _value(value: int | float | list[int | float]) -> Decimal | tuple[Decimal, Decimal]:
    if isinstance(value, list):
        low, high = value
        return Decimal(str(low)), Decimal(str(high))
    return Decimal(str(value))
