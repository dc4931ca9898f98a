"""Pages of progress."""

from __future__ import annotations

from tracker.progress.routes import (
    assignments,
    claims,
    expanding,
    issuing,
    passing,
    questions,
    reading,
    reporting,
    requesting,
    reviewing,
    revising,
)
from tracker.progress.routes.blueprint import SEEING, pages

__all__ = [
    "SEEING", "assignments", "claims", "expanding", "issuing", "pages", "passing", "questions", "reading", "reporting",
    "requesting", "reviewing", "revising",
]  # fmt: skip
