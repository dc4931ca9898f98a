"""Long work of the room: issuing a large plan, adopting a large edition of its document."""

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
from tracker.progress.labels import issued_words, revised_words
from tracker.progress.queries.adopting import JOB_REVISION


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


@handles(JOB_REVISION)
def revise(context: JobContext) -> dict[str, Any]:
    """Compares the editions, then adopts in one transaction; a second time it finds what the first one did.

    It may be cancelled until it writes: an edition is adopted whole or not at all.
    """
    asked, person = context.payload, context.created_by
    if person is None:
        raise NotFound
    at, wishes = datetime.fromisoformat(asked["at"]), service.Wishes(**asked["wishes"])
    href = f"/plans/{asked['plan']}/editions"
    if service.adopted_at(asked["draft"], at):
        return {"href": href, "text": _("已采用修订稿。")}
    by = viewer_for(person, today=clock.today())
    context.tell(0, 2)
    service.as_seen(asked["draft"], wishes, seen=asked["seen"], by=by, at=at)
    context.tell(1, 2)
    with transaction():
        done = service.adopt_revision(asked["draft"], wishes, seen=asked["seen"], by=by, at=at)
    return {"href": href, "text": revised_words(done)}
