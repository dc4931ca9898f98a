"""Reading a draft's document with the reader (识别程序) of today, where an older one had read it. Corrections are kept."""

from __future__ import annotations

from datetime import datetime

from flask_babel import gettext as _

from tracker.accounts.roles import Viewer
from tracker.drafts.queries.renewing import is_outdated
from tracker.drafts.service.opening import open_draft
from tracker.drafts.service.rereading import Reread, is_large, put_down, read_again
from tracker.errors import Conflict
from tracker.outbox.models import Job


def read_anew(draft_id: int, *, by: Viewer, at: datetime) -> Reread | Job:
    """Reads it again, or has a job do that where it is large. Raises Conflict where the reader of today read it."""
    draft = open_draft(draft_id, by=by)
    if not is_outdated(draft.reader_version):
        raise Conflict(_("这份草稿已经按现在的识别程序读过，无需重新识别。"))
    if is_large(draft):
        return put_down(draft, draft.layout, None, by=by, at=at)
    # its own layout, read anew: there is no older reader that could take it back
    return read_again(draft, draft.layout, by=by, at=at, undo=True)
