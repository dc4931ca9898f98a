"""What a person types about drafts."""

from __future__ import annotations

from tracker.drafts.forms.arranging import BulkFilterForm, BulkForm, LayoutForm, MoveForm, SplitForm
from tracker.drafts.forms.fields import FORMS, FieldForm
from tracker.drafts.forms.pages import (
    AdoptForm,
    CertainForm,
    FindingFilterForm,
    HeaderForm,
    ImportForm,
    MemoryFilterForm,
    UnitsForm,
)
from tracker.drafts.forms.workbooks import TakeInForm, WorkbookForm, chosen_before

__all__ = [
    "FORMS", "AdoptForm", "BulkFilterForm", "BulkForm", "CertainForm", "FieldForm", "FindingFilterForm", "HeaderForm",
    "ImportForm", "LayoutForm", "MemoryFilterForm", "MoveForm", "SplitForm", "TakeInForm", "UnitsForm", "WorkbookForm",
    "chosen_before",
]  # fmt: skip
