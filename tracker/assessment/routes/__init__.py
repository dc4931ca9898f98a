"""Pages of assessment: schemes, facts, runs."""

from tracker.assessment.routes import (
    against,
    evaluators,
    facts,
    marks,
    notices,
    panel,
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
    "marks",
    "notices",
    "pages",
    "panel",
    "printed",
    "runs",
    "schemes",
    "self_scores",
    "studies",
    "trial",
    "units",
]
