"""The states of obligations, returns and requests."""

from __future__ import annotations

from typing import Literal

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

RequestKind = Literal["extension", "closing", "suspension", "waiver"]

REQUESTS: tuple[RequestKind, ...] = ("extension", "closing", "suspension", "waiver")
"""Kinds of requests (申请): 延期, 办结, 挂账, 免责."""


def request_kind(text: str) -> RequestKind | None:
    """The kind that an address names; None where it names none."""
    return next((kind for kind in REQUESTS if kind == text), None)


ABOUT_REPORTS = ("extension", "waiver")
"""Requests about one report; the others are about the whole task."""

REQUEST_STATES = ("asked", "granted", "refused", "taken_back", "lapsed", "ended")
"""待批, 同意, 不同意, 已撤回, 已失效 (something else settled it before it was decided), 已恢复 (of a suspension)."""

RETURN_STATES = ("draft", "own_review", "own_returned", "to_check", "returned", "accepted", "withdrawn")
"""草稿, 本单位审核, 本单位退回, 待核, 退办, 已核, 已撤回."""

QUESTION_KINDS = ("urge", "supplement", "check")
"""催报, 请补充 (both of the unit that leads the task), 核验询问 (of the lead office)."""

QUESTION_STATES = ("asked", "answered", "disputed", "settled", "decided", "lapsed")
"""待答复, 已答复, 待协调 (before the lead office), 已了结, 已协调, 已失效 (the report came, or is asked for no more)."""

QUESTION_OPEN = ("asked", "answered", "disputed")

CLAIM_STATES = ("asked", "confirmed", "declined", "taken_back", "lapsed")
"""待确认, 已确认, 未确认, 已撤回, 已失效 (another unit was given the task)."""

PART_STATES = ("draft", "reported", "returned", "taken")
"""草稿, 已报, 退回, 已采用 (the unit above has handed in its own report): what a unit below reports (下级报送)."""

PARTS_ARRIVED = ("reported", "taken")
"""States in which the unit above has what was reported."""

KIT_STATES = ("waiting", "taken", "dropped", "refused")
"""待采纳, 已采纳, 已放弃, 未收: of a kit that came back (填报包)."""
