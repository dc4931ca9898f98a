"""Pages of who runs the place."""

from __future__ import annotations

from tracker.admin.routes import acts, audit, collectives, directory, people, units
from tracker.admin.routes.blueprint import pages

PARTS = (acts, audit, collectives, directory, people, units)

__all__ = ["PARTS", "pages"]
