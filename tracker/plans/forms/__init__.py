"""What a person types about plans and tasks, and the field that names a unit."""

from __future__ import annotations

from tracker.plans.forms.pages import NOBODY, PolicyFields, PolicyForm, TaskFilterForm, WordingForm
from tracker.plans.forms.picking import UnitPick, suggestion

__all__ = [
    "NOBODY", "PolicyFields", "PolicyForm", "TaskFilterForm", "UnitPick", "WordingForm", "suggestion",
]  # fmt: skip
