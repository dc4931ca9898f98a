"""Long work of the room: issuing a large plan."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from flask_babel import gettext as _

from tracker import clock
from tracker.accounts.queries import viewer_for
from tracker.db import transaction
from tracker.errors import NotFound
from tracker.outbox.context import JobContext
from tracker.outbox.registry import handles
from tracker.progress import service
from tracker.progress.labels import issued_words


@handles(service.JOB)
def issue(context: JobContext) -> dict[str, Any]:
    """Works the dates out, then writes all of them in one transaction; a second time it finds what the first one did.

    It may be cancelled until it writes: a plan is issued whole or not at all.
    """
    asked, person = context.payload, context.created_by
    if person is None:
        raise NotFound
    at = datetime.fromisoformat(asked["at"])
    by = viewer_for(person, today=clock.today())
    href = f"/plans/{asked['plan']}"
    if service.issued_at(asked["plan"]) == at:
        return {"href": href, "text": _("计划已下发。")}
    due = service.reckon(asked["plan"], by=by, at=at, tell=lambda done, total: context.tell(done, 2 * total))
    context.tell(len(due), 2 * len(due))
    with transaction():
        done = service.issue_plan(asked["plan"], by=by, at=at, version=asked["version"], due=due)
    return {"href": href, "text": issued_words(done)}
