"""Pages of progress."""

from __future__ import annotations

from tracker.progress.routes import (
    assignments,
    claims,
    expanding,
    issuing,
    questions,
    reading,
    reporting,
    requesting,
    reviewing,
    revising,
)
from tracker.progress.routes.blueprint import SEEING, pages

__all__ = [
    "SEEING", "assignments", "claims", "expanding", "issuing", "pages", "questions", "reading", "reporting", "requesting", "reviewing",
    "revising",
]  # fmt: skip
