"""The dashboard, and what reporting costs the units."""

from __future__ import annotations

from tracker.dashboard.routes import burden, index
from tracker.dashboard.routes.blueprint import WATCHERS, pages

PARTS = (burden, index)

__all__ = ["PARTS", "WATCHERS", "pages"]
