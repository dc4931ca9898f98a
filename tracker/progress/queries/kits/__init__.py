"""Offline return kits (离线填报包): made, and held against the reports when they come back."""

from __future__ import annotations

from tracker.progress.queries.kits.lists import (
    BatchRow,
    KitRow,
    OfficeRow,
    ReturnedRow,
    batch_rows,
    batches,
    count_kits,
    office_page,
    owed_of,
    returned_here,
    waiting_kits,
)
from tracker.progress.queries.kits.making import MOST_REPORTS, Made, is_inside, leads, made_kit
from tracker.progress.queries.kits.returned import (
    Merged,
    ReturnedView,
    held_returned,
    is_handed_on,
    may_see,
    merged_reports,
    returned_view,
)

__all__ = [
    "MOST_REPORTS", "BatchRow", "KitRow", "Made", "Merged", "OfficeRow", "ReturnedRow", "ReturnedView", "batch_rows", "batches",
    "count_kits", "held_returned", "is_handed_on", "is_inside", "leads", "made_kit", "may_see", "merged_reports", "office_page", "owed_of",
    "returned_here", "returned_view", "waiting_kits",
]  # fmt: skip
