"""Pages of reminders."""

from __future__ import annotations

from tracker.reminders.routes import calendars, mine, overseeing, slips
from tracker.reminders.routes.blueprint import pages

__all__ = ["calendars", "mine", "overseeing", "pages", "slips"]
