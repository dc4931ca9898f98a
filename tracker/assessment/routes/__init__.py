"""Pages of assessment: schemes, facts, runs."""

from tracker.assessment.routes import facts, notices, runs, schemes, trial, units
from tracker.assessment.routes.blueprint import pages

__all__ = ["facts", "notices", "pages", "runs", "schemes", "trial", "units"]
