"""The desk, a person's long work, and exports."""

from __future__ import annotations

from tracker.desk.routes import exports, finding, index, jobs
from tracker.desk.routes.blueprint import pages

PARTS = (exports, finding, index, jobs)

__all__ = ["PARTS", "pages"]
