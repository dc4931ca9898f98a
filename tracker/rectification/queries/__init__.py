"""Reading the rectification ledger and spot checks. Scoped to who asks."""

from __future__ import annotations

from tracker.rectification.queries.checks import (
    CheckRow,
    CheckView,
    ItemRow,
    check_view,
    checks,
    count_checks_open,
    frame_of,
)
from tracker.rectification.queries.finding import FindingView, deduction, finding_file, finding_view
from tracker.rectification.queries.findings import (
    MINE,
    FindingFilter,
    FindingRow,
    count_findings,
    finding_page,
    finding_rows,
    findings_waiting,
    struck_off,
    waiting_findings,
)

__all__ = [
    "MINE", "CheckRow", "CheckView", "FindingFilter", "FindingRow", "FindingView", "ItemRow", "check_view", "checks",
    "count_checks_open", "count_findings", "deduction", "finding_file", "finding_page", "finding_rows", "finding_view",
    "findings_waiting", "frame_of", "struck_off", "waiting_findings",
]  # fmt: skip
