"""The states of obligations and returns."""

from __future__ import annotations

OBLIGATION_STATES = ("open", "reported", "returned", "accepted", "cancelled")
"""待报送, 待核 (with the lead office), 退办, 已核, 已取消 (the assignment was moved or withdrawn)."""

UNFINISHED = ("open", "reported", "returned")

TIMINGS = ("none", "on_time", "late")
"""Whether the first submission reached the lead office by the due date: not yet, yes, no. Set once, never mended."""

RETURN_STATES = ("draft", "own_review", "own_returned", "to_check", "returned", "accepted", "withdrawn")
"""草稿, 本单位审核, 本单位退回, 待核, 退办, 已核, 已撤回."""
