"""Reading drafts: the list, the review page, the expressions to match, what stands in the way of adopting."""

from __future__ import annotations

from tracker.drafts.queries.adoption import Readiness, prepared, readiness
from tracker.drafts.queries.drafts import DraftRow, DraftView, draft_view, drafts, original
from tracker.drafts.queries.heads import tables
from tracker.drafts.queries.joining import Joinable, joinable
from tracker.drafts.queries.matching import (
    Matched,
    certain,
    certain_mark,
    matched,
    matched_one,
    offered,
    since,
    unit_names,
)
from tracker.drafts.queries.memory import Memory, memories, memories_used
from tracker.drafts.queries.returned import Returned, WorkbookRow, returned, workbook_rows
from tracker.drafts.queries.review import (
    FindingRow,
    ReviewPage,
    TaskCard,
    card,
    filtered_findings,
    findings,
    page_cards,
    page_of_task,
    review_page,
    unread,
)
from tracker.drafts.queries.together import (
    BulkRow,
    Other,
    bulk_choices,
    bulk_page,
    bulk_tasks,
    news_of_others,
    others_here,
    standing,
)
from tracker.drafts.queries.workbook import WRITTEN_AT_ONCE, workbook_of, workbook_size
from tracker.drafts.resolve import Resolved

__all__ = [
    "WRITTEN_AT_ONCE", "BulkRow", "DraftRow", "DraftView", "FindingRow", "Joinable", "Matched", "Memory", "Other",
    "Readiness", "Resolved", "Returned", "ReviewPage", "TaskCard", "WorkbookRow", "bulk_choices", "bulk_page",
    "bulk_tasks", "card", "certain", "certain_mark", "draft_view", "drafts", "filtered_findings", "findings",
    "joinable", "matched", "matched_one", "memories", "memories_used", "news_of_others", "offered", "original",
    "others_here", "page_cards", "page_of_task", "prepared", "readiness", "returned", "review_page", "since",
    "standing", "tables", "unit_names", "unread", "workbook_of", "workbook_rows", "workbook_size",
]  # fmt: skip
