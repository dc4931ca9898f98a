"""Reading progress: lists, queues, one return whole, counts for dashboards, rows for reports. Scoped to who asks."""

from __future__ import annotations

from tracker.progress.queries.assignments import (
    ORDERS,
    TABS,
    AssignmentView,
    assignment_counts,
    assignment_page,
    assignment_view,
)  # fmt: skip
from tracker.progress.queries.batch import OwedFilter, OwedRow, owed_page, owed_plans, owed_rows
from tracker.progress.queries.calendar import days_of, last_covered_year, workdays, years
from tracker.progress.queries.changes import compared
from tracker.progress.queries.choices import choices
from tracker.progress.queries.evidence import download, own_files, tasks_with_files
from tracker.progress.queries.exports import LedgerEntry, OverdueEntry, ledger_rows, overdue
from tracker.progress.queries.figures import targets
from tracker.progress.queries.hand_backs import (
    count_hand_backs,
    hand_back_view,
    hand_backs,
    next_hand_back,
    unfit_for,
)  # fmt: skip
from tracker.progress.queries.issuing import WHAT, IssuePreview, issue_list, issue_preview
from tracker.progress.queries.requests import (
    RequestRow,
    count_requests,
    next_request,
    request_view,
    requests,
    requests_for_report,
    requests_for_task,
    requests_waiting,
)  # fmt: skip
from tracker.progress.queries.returns import (
    ObligationView,
    VersionView,
    accepted_of,
    answered,
    going_on,
    last_accepted,
    obligation_view,
    version_view,
    versions,
)  # fmt: skip
from tracker.progress.queries.summaries import (
    ChapterCounts,
    Counts,
    MonthCounts,
    PlanCounts,
    UnitCounts,
    summary_by_chapter,
    summary_by_month,
    summary_by_plan,
    summary_by_unit,
    summary_total,
)  # fmt: skip
from tracker.progress.queries.timeline import timeline
from tracker.progress.queries.waiting import (
    DeskCounts,
    check_queue,
    count_checks,
    count_mine,
    count_reviews,
    counts_for_desk,
    left_in_queue,
    next_in_queue,
    review_queue,
)  # fmt: skip
from tracker.progress.queries.work import WorkFilter, WorkRow, work_page
from tracker.progress.queries.writing import earlier_files, next_owed, reported_percents

__all__ = [
    "ORDERS", "TABS", "WHAT", "AssignmentView", "ChapterCounts", "Counts", "DeskCounts", "IssuePreview", "LedgerEntry",
    "MonthCounts", "ObligationView", "OverdueEntry", "OwedFilter", "OwedRow", "PlanCounts", "RequestRow", "UnitCounts",
    "VersionView", "WorkFilter", "WorkRow", "accepted_of", "answered", "assignment_counts", "assignment_page", "assignment_view",
    "check_queue", "choices", "compared", "count_checks", "count_hand_backs", "count_mine", "count_requests",
    "count_reviews", "counts_for_desk", "days_of", "download", "earlier_files", "going_on", "hand_back_view",
    "hand_backs", "issue_list", "issue_preview", "last_accepted", "last_covered_year", "ledger_rows", "left_in_queue",
    "next_hand_back", "next_in_queue", "next_owed", "next_request", "obligation_view", "overdue", "owed_page",
    "owed_plans", "owed_rows", "own_files", "reported_percents", "request_view", "requests", "requests_for_report",
    "requests_for_task", "requests_waiting", "review_queue", "summary_by_chapter", "summary_by_month",
    "summary_by_plan", "summary_by_unit", "summary_total", "targets", "tasks_with_files", "timeline",
    "unfit_for", "version_view", "versions", "work_page", "workdays", "years",
]  # fmt: skip
