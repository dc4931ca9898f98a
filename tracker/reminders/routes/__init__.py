"""Pages of reminders."""

from __future__ import annotations

from tracker.reminders.routes import mine, overseeing, slips
from tracker.reminders.routes.blueprint import pages

__all__ = ["mine", "overseeing", "pages", "slips"]
