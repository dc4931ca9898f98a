"""What a few words find, in every room, of what somebody may see."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from tracker.accounts.roles import UNIT_ROLES, WHOLE_VIEW, Viewer
from tracker.plans.queries import FoundTask, FoundUnit, PlanRow, find_doers, find_plans, find_tasks
from tracker.rectification.queries.findings import FindingFilter, FindingRow, finding_page
from tracker.reminders.queries.slips import SlipRow, slips_called
from tracker.web.paging import Page

FINDERS = (*WHOLE_VIEW, *UNIT_ROLES)
FEW = 8
"""Rows of everything but tasks: these are many, and have pages."""


@dataclass(frozen=True, slots=True)
class Found:
    text: str
    tasks: Page[FoundTask]
    units: list[FoundUnit]
    plans: list[PlanRow]
    findings: Page[FindingRow]
    slips: list[SlipRow]

    @property
    def words(self) -> list[str]:
        return self.text.split()

    @property
    def nothing(self) -> bool:
        return not (self.tasks.rows or self.units or self.plans or self.findings.rows or self.slips)


def find(viewer: Viewer, text: str, *, today: date, cursor: str | None = None) -> Found | None:
    """None where nothing was typed. A fixed number of statements, whatever is found."""
    if not text:
        return None
    return Found(
        text,
        find_tasks(viewer, text, cursor=cursor),
        find_doers(viewer, text, day=today)[:FEW],
        find_plans(viewer, text)[:FEW],
        finding_page(viewer, FindingFilter(text=text), today=today, size=FEW),
        slips_called(viewer, today, text, limit=FEW),
    )
