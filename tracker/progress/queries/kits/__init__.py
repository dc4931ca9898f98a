"""Offline return kits (离线填报包): made, and held against the reports when they come back."""

from __future__ import annotations

from tracker.progress.queries.kits.lists import (
    BatchRow,
    OfficeRow,
    ReturnedRow,
    batch_rows,
    batches,
    office_page,
    returned_here,
)
from tracker.progress.queries.kits.making import MOST_REPORTS, Made, is_inside, leads, made_kit
from tracker.progress.queries.kits.returned import (
    Merged,
    ReturnedView,
    held_returned,
    may_see,
    merged_reports,
    returned_view,
)

__all__ = [
    "MOST_REPORTS", "BatchRow", "Made", "Merged", "OfficeRow", "ReturnedRow", "ReturnedView", "batch_rows", "batches", "held_returned",
    "is_inside", "leads", "made_kit", "may_see", "merged_reports", "office_page", "returned_here", "returned_view",
]  # fmt: skip
