"""Pages of assessment: schemes, facts, runs."""

from tracker.assessment.routes import against, facts, notices, printed, runs, schemes, trial, units
from tracker.assessment.routes.blueprint import pages

__all__ = ["against", "facts", "notices", "pages", "printed", "runs", "schemes", "trial", "units"]
