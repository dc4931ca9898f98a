"""The states of findings and spot checks, and what they come from. Standard library only."""

from __future__ import annotations

from tracker.progress.states import RequestKind

SOURCES = {
    "report": "报送核验",
    "spot_check": "定期抽查",
    "deduction": "考核扣分",
    "leader": "领导批示",
    "other": "其他来源",
}
"""What a finding comes from, with the word that the record of acts keeps."""

FINDING_STATES = ("registered", "assigned", "in_hand", "own_review", "reported", "sent_back", "closed", "dropped")
"""待交办, 待制定措施, 整改中, 本单位审核, 待核验, 退回再改, 已销号, 已撤销."""

UNITS_TURN = ("assigned", "in_hand", "sent_back")
"""States in which the unit has something to do."""

WITH_UNIT = (*UNITS_TURN, "own_review")
"""States in which the unit has it: to act on, or in its own review."""

OPEN = ("registered", *WITH_UNIT, "reported")

TIMINGS = ("none", "on_time", "extended", "late")
"""Whether what waits to be verified, or was struck off, came by the due date, or by that of an extension; `none` while
nothing has come."""

REQUESTS: tuple[RequestKind, ...] = ("extension", "waiver")
"""What a unit may ask for (申请): 延期, 免责."""

REQUEST_STATES = ("asked", "granted", "refused", "taken_back", "lapsed")
"""As of requests about reports: see `tracker.progress.states`."""

EXCUSES = ("", "waived")
"""无, 免责: its lateness was excused."""

PHASES = ("finding", "before", "after")
"""What a file shows: what was found (问题佐证), how it was before (整改前), how it is now (整改后)."""

CHECK_STATES = ("drawn", "concluded", "void")
"""抽查中, 已办结, 已作废."""

RESULTS = {"": "未录入", "clean": "未发现问题", "found": "发现问题"}
"""What was seen at a place, with the word that the record of acts keeps."""

DRAWN_FROM = ("reports", "closed")
"""What a spot check draws from: 已核收的报送, 已办结的任务 (each by its last accepted report)."""
