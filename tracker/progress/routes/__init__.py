"""Pages of progress."""

from __future__ import annotations

from tracker.progress.routes import (
    archiving,
    arriving,
    assignments,
    batch,
    chains,
    choosing,
    claims,
    expanding,
    issuing,
    kits,
    kits_back,
    lights,
    passed_files,
    passing,
    phrases,
    questions,
    reading,
    redating,
    reporting,
    requesting,
    reviewing,
    revising,
)
from tracker.progress.routes.blueprint import SEEING, pages

__all__ = [
    "SEEING", "archiving", "arriving", "assignments", "batch", "chains", "choosing", "claims", "expanding", "issuing", "kits",
    "kits_back", "lights", "pages", "passed_files", "passing", "phrases", "questions", "reading", "redating", "reporting", "requesting",
    "reviewing", "revising",
]  # fmt: skip
