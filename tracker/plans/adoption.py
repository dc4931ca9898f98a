"""What is adopted (入库): a document's tasks with their units known, as plain values."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from tracker.plans.states import ROLE_ORDER


@dataclass(frozen=True, slots=True)
class DocumentFacts:
    title: str = ""
    number: str = ""
    issuer: str = ""
    issued_on: date | None = None


@dataclass(frozen=True, slots=True)
class NewAssignment:
    unit_id: int
    unit_group: str
    role: str
    expression: str
    """The words of the document it comes from."""
    collective: bool
    locator: str


@dataclass(frozen=True, slots=True)
class NewTarget:
    text: str
    value: Decimal
    value_to: Decimal | None
    unit: str
    op: str
    words: str = ""
    """The clause of the document that it stands in; empty where that says no more."""


@dataclass(frozen=True, slots=True)
class NewTask:
    path: tuple[str, ...]
    number: str | None
    name: str
    requirement: str
    deadlines: list[dict[str, Any]]
    locator: str
    sources: dict[str, list[dict[str, str]]]
    """Field → list of {locator, text}."""
    weight: Decimal | None = None
    targets: list[NewTarget] = field(default_factory=list)
    assignments: list[NewAssignment] = field(default_factory=list)
    """One for each unit: see `strongest`."""


def strongest(assignments: Iterable[NewAssignment]) -> list[NewAssignment]:
    """One assignment for each unit: where it comes by several expressions the strongest role wins, then the first named."""
    kept: dict[int, NewAssignment] = {}
    for one in assignments:
        held = kept.get(one.unit_id)
        if held is None or ROLE_ORDER[one.role] < ROLE_ORDER[held.role]:
            kept[one.unit_id] = one
    return sorted(kept.values(), key=lambda one: ROLE_ORDER[one.role])


def fit(text: str, length: int) -> str:
    """The text, cut with … where it is longer than a column takes; the whole stands in the requirement."""
    return text if len(text) <= length else text[: length - 1] + "…"
