"""Writing the rectification ledger and spot checks. Each verb is one act with one audit entry."""

from __future__ import annotations

from tracker.rectification.service.checking import Seen, Wanted, conclude, draw_check, enter_result, void
from tracker.rectification.service.rectifying import (
    Measure,
    attach,
    detach,
    plan_measure,
    recall,
    report,
    save_report,
)  # fmt: skip
from tracker.rectification.service.registering import Found, assign, drop, hand_back, register
from tracker.rectification.service.verifying import close, send_back

__all__ = [
    "Found", "Measure", "Seen", "Wanted", "assign", "attach", "close", "conclude", "detach", "draw_check", "drop",
    "enter_result", "hand_back", "plan_measure", "recall", "register", "report", "save_report", "send_back",
    "void",
]  # fmt: skip
