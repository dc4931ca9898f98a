"""What a person types about findings and spot checks."""

from __future__ import annotations

from tracker.rectification.forms.acting import (
    AssignForm,
    MeasureForm,
    ReasonForm,
    RegisterForm,
    ReportForm,
    VerifyForm,
    drop_form,
    hand_back_form,
)  # fmt: skip
from tracker.rectification.forms.checking import CheckState, ConcludeForm, DrawForm, ItemForm, draw_form, void_form
from tracker.rectification.forms.filters import FindingFilters, wanted_findings

__all__ = [
    "AssignForm", "CheckState", "ConcludeForm", "DrawForm", "FindingFilters", "ItemForm", "MeasureForm", "ReasonForm",
    "RegisterForm", "ReportForm", "VerifyForm", "draw_form", "drop_form", "hand_back_form", "void_form", "wanted_findings",
]  # fmt: skip
