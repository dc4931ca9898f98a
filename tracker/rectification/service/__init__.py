"""Writing the rectification ledger and spot checks. Each verb is one act with one audit entry."""

from __future__ import annotations

from tracker.rectification.service.checking import Seen, Wanted, conclude, draw_check, enter_result, void
from tracker.rectification.service.rectifying import (
    Measure,
    attach,
    detach,
    hand_in,
    plan_measure,
    recall,
    save_report,
)  # fmt: skip
from tracker.rectification.service.registering import Found, assign, drop, hand_back, register
from tracker.rectification.service.requesting import ask_for, grant_request, refuse_request, take_back_request
from tracker.rectification.service.reviewing import approve, send_back_own
from tracker.rectification.service.verifying import close, send_back

__all__ = [
    "Found", "Measure", "Seen", "Wanted", "approve", "ask_for", "assign", "attach", "close", "conclude", "detach",
    "draw_check", "drop", "enter_result", "grant_request", "hand_back", "hand_in", "plan_measure", "recall",
    "refuse_request", "register", "save_report", "send_back", "send_back_own", "take_back_request", "void",
]  # fmt: skip
