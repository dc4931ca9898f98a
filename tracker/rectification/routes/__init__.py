"""Pages of rectification."""

from __future__ import annotations

from tracker.rectification.queries.scope import DRAWING
from tracker.rectification.routes import (
    checking,
    deciding,
    ledger,
    rectifying,
    registering,
    requesting,
    reviewing,
    sheets,
)
from tracker.rectification.routes.blueprint import SEEING, pages

__all__ = [
    "DRAWING", "SEEING", "checking", "deciding", "ledger", "pages", "rectifying", "registering", "requesting",
    "reviewing", "sheets",
]  # fmt: skip
