"""Pages of reminders."""

from __future__ import annotations

from tracker.reminders.routes import calendars, issuing, mine, overseeing, slips
from tracker.reminders.routes.blueprint import pages

__all__ = ["calendars", "issuing", "mine", "overseeing", "pages", "slips"]
