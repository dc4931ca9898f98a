"""Pages of progress."""

from __future__ import annotations

from tracker.progress.routes import assignments, closing, extending, issuing, reading, reporting, reviewing, revising
from tracker.progress.routes.blueprint import SEEING, pages

__all__ = [
    "SEEING", "assignments", "closing", "extending", "issuing", "pages", "reading", "reporting", "reviewing",
    "revising",
]  # fmt: skip
