"""What a person types about progress."""

from __future__ import annotations

from tracker.progress.forms.acting import (
    REQUEST_FORMS,
    ActForm,
    CalendarForm,
    DecisionForm,
    HandBackForm,
    RequestDecisionForm,
    ResumeForm,
    RulingForm,
    number,
)  # fmt: skip
from tracker.progress.forms.filters import WorkFilters, wanted_work
from tracker.progress.forms.reporting import ReturnForm, prefilled, repeated, return_form, shown_values

__all__ = [
    "REQUEST_FORMS", "ActForm", "CalendarForm", "DecisionForm", "HandBackForm", "RequestDecisionForm", "ResumeForm",
    "ReturnForm", "RulingForm", "WorkFilters", "number", "prefilled", "repeated", "return_form", "shown_values", "wanted_work",
]  # fmt: skip
