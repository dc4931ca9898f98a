"""What a list of waiting things is narrowed to (筛选): kept in the address, from the list to each decision and the next one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, or_, select

from tracker.plans.models import Assignment, Task
from tracker.progress.models import Obligation
from tracker.units.queries import subtree


@dataclass(frozen=True, slots=True)
class Narrowed:
    plan_id: int | None = None
    unit_id: int | None = None
    """The unit and everything below it."""
    text: str = ""
    """Words of a task's name, or its number."""

    def of(self, owner: type[Assignment] | type[Obligation]) -> list[ColumnElement[bool]]:
        """The conditions on what has a plan, a unit and a task."""
        found = []
        if self.plan_id is not None:
            found.append(owner.plan_id == self.plan_id)
        if self.unit_id is not None:
            found.append(owner.unit_id.in_(subtree([self.unit_id])))
        if self.text:
            found.append(owner.task_id.in_(tasks_named(self.text)))
        return found

    @property
    def address(self) -> dict[str, Any]:
        """The part of an address that says it; empty where nothing is left out."""
        asked = {"plan": self.plan_id, "unit": self.unit_id, "text": self.text}
        return {name: value for name, value in asked.items() if value not in {None, ""}}


EVERYTHING = Narrowed()


def tasks_named(words: str) -> Select[tuple[int]]:
    """Ids of the tasks whose name holds the words, or whose number they are."""
    return select(Task.id).where(or_(Task.name.contains(words, autoescape=True), Task.number == words))
