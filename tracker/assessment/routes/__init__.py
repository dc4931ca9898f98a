"""Pages of assessment: schemes, facts, runs."""

from tracker.assessment.routes import facts, runs, schemes, trial, units
from tracker.assessment.routes.blueprint import pages

__all__ = ["facts", "pages", "runs", "schemes", "trial", "units"]
