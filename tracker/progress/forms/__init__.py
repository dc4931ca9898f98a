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
from tracker.progress.forms.batch import BatchFilters, RowForm, row_form, wanted_reports
from tracker.progress.forms.filters import FileFilters, QueueFilters, WorkFilters, narrowed, wanted_work
from tracker.progress.forms.reporting import ReturnForm, made_of
from tracker.progress.queries.beginning import first_values, repeated

__all__ = [
    "REQUEST_FORMS", "ActForm", "BatchFilters", "CalendarForm", "DecisionForm", "FileFilters", "HandBackForm",
    "QueueFilters", "RequestDecisionForm", "ResumeForm", "ReturnForm", "RowForm", "RulingForm", "WorkFilters",
    "first_values", "made_of", "narrowed", "number", "repeated", "row_form", "wanted_reports", "wanted_work",
]  # fmt: skip
