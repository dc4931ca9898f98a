"""Writing progress: issuing, signing, reporting, reviewing, checking. Each verb is one act with one audit entry."""

from __future__ import annotations

from tracker.progress.service.acting import lock_obligations
from tracker.progress.service.archiving import archive_plan, reopen_plan
from tracker.progress.service.assigning import (
    hand_back,
    keep,
    move,
    sign,
    sign_many,
    take_back_hand_back,
    withdraw,
)  # fmt: skip
from tracker.progress.service.calendar import import_calendar, seed_calendar
from tracker.progress.service.drafting import hand_in, recall, save_draft
from tracker.progress.service.evidence import attach, detach, reuse
from tracker.progress.service.expanding import expand_again
from tracker.progress.service.granting import Wish
from tracker.progress.service.issuing import JOB, Issued, issue_plan, issued_at, reckon, start_issue
from tracker.progress.service.redating import check_read, redate
from tracker.progress.service.requesting import (
    ask_for,
    end_suspension,
    grant_request,
    refuse_request,
    take_back_request,
)  # fmt: skip
from tracker.progress.service.reviewing import accept, accept_together, approve, begin_check, send_back, send_back_own
from tracker.progress.service.revised_work import Wishes
from tracker.progress.service.revising import (
    RevisionDone,
    adopt_revision,
    adopted_at,
    as_seen,
    start_revision,
)
from tracker.progress.service.waiting import issue_waiting, mark_seen

__all__ = [
    "JOB", "Issued", "RevisionDone", "Wish", "Wishes", "accept", "accept_together", "adopt_revision", "adopted_at",
    "approve", "archive_plan", "as_seen", "ask_for", "attach", "begin_check", "check_read", "detach",
    "end_suspension", "expand_again", "grant_request", "hand_back", "hand_in", "import_calendar", "issue_plan",
    "issue_waiting", "issued_at", "keep", "lock_obligations", "mark_seen", "move", "recall", "reckon", "redate",
    "refuse_request", "reopen_plan", "reuse", "save_draft", "seed_calendar", "send_back", "send_back_own", "sign",
    "sign_many", "start_issue", "start_revision", "take_back_hand_back", "take_back_request", "withdraw",
]  # fmt: skip
