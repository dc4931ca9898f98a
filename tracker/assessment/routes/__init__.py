"""Pages of assessment: schemes, facts, runs."""

from tracker.assessment.routes import (
    against,
    evaluators,
    facts,
    notices,
    printed,
    runs,
    schemes,
    self_scores,
    studies,
    trial,
    units,
)
from tracker.assessment.routes.blueprint import pages

__all__ = [
    "against",
    "evaluators",
    "facts",
    "notices",
    "pages",
    "printed",
    "runs",
    "schemes",
    "self_scores",
    "studies",
    "trial",
    "units",
]
