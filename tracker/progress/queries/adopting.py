"""Whether adopting another edition is long work."""

from __future__ import annotations

AT_ONCE_TASKS = 200
"""Tasks of an edition that is adopted within the request: about a second of work."""
JOB_REVISION = "progress.revise"


def is_large_revision(tasks: int) -> bool:
    """Whether adopting an edition of so many tasks is work for a job."""
    return tasks > AT_ONCE_TASKS
