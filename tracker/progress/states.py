"""The states of obligations, returns and requests."""

from __future__ import annotations

OBLIGATION_STATES = ("open", "reported", "returned", "accepted", "cancelled")
"""待报送, 待核 (with the lead office), 退办, 已核, 已取消 (the assignment was moved or withdrawn)."""

UNFINISHED = ("open", "reported", "returned")

TIMINGS = ("none", "on_time", "extended", "late")
"""Whether the first submission reached the lead office by the due date: not yet; yes; only by the date of an extension
(延期内报送); no. Set once, never mended."""

PUNCTUAL = ("on_time", "extended")
"""Nothing is overdue that arrived so. For scoring only `on_time` is: the first date stays (原期限)."""

EXCUSES = ("", "suspended", "waived")
"""无, 挂账免报 (it fell due within a suspension, and is cancelled), 免责 (its lateness was excused)."""

REQUESTS = ("extension", "closing", "suspension", "waiver")
"""延期, 办结, 挂账, 免责."""

ABOUT_REPORTS = ("extension", "waiver")
"""Requests about one report; the others are about the whole task."""

REQUEST_STATES = ("asked", "granted", "refused", "taken_back", "lapsed", "ended")
"""待批, 同意, 不同意, 已撤回, 已失效 (something else settled it before it was decided), 已恢复 (of a suspension)."""

RETURN_STATES = ("draft", "own_review", "own_returned", "to_check", "returned", "accepted", "withdrawn")
"""草稿, 本单位审核, 本单位退回, 待核, 退办, 已核, 已撤回."""
