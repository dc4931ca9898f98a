"""What a person types about progress."""

from __future__ import annotations

from tracker.progress.forms.acting import (
    ActForm,
    CalendarForm,
    ClosingDecisionForm,
    ClosingForm,
    DecisionForm,
    ExtensionForm,
    GrantForm,
    HandBackForm,
    RulingForm,
    number,
)  # fmt: skip
from tracker.progress.forms.filters import WorkFilters, wanted_work
from tracker.progress.forms.reporting import ReturnForm, repeated, return_form, shown_values

__all__ = [
    "ActForm", "CalendarForm", "ClosingDecisionForm", "ClosingForm", "DecisionForm", "ExtensionForm", "GrantForm",
    "HandBackForm", "ReturnForm", "RulingForm", "WorkFilters", "number", "repeated", "return_form", "shown_values",
    "wanted_work",
]  # fmt: skip
