"""What a person types about drafts."""

from __future__ import annotations

from tracker.drafts.forms.fields import FORMS, FieldForm
from tracker.drafts.forms.pages import KIND_NAMES, AdoptForm, FindingFilterForm, HeaderForm, ImportForm, UnitsForm

__all__ = [
    "FORMS", "KIND_NAMES", "AdoptForm", "FieldForm", "FindingFilterForm", "HeaderForm", "ImportForm", "UnitsForm",
]  # fmt: skip
