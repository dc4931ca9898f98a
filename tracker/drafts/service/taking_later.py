"""Taking in the workbook of a large draft (采纳): by a job, so that nobody waits for it, neither to read nor to write."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import select

from tracker.accounts.roles import Viewer
from tracker.db import session
from tracker.drafts.models import Draft, DraftWorkbook
from tracker.drafts.reading import Understood
from tracker.drafts.service.opening import open_draft
from tracker.drafts.service.rereading import is_large, understood_kept
from tracker.drafts.service.taking_in import Choices, decided_merge, take_in
from tracker.drafts.service.workbooks import waiting
from tracker.errors import NotFound
from tracker.outbox.models import BACK, Job
from tracker.outbox.room import poke_after_commit
from tracker.outbox.service import attempt

JOB_TAKE = "drafts.take"


def start_taking_in(draft_id: int, workbook_id: int, chosen: Choices, *, by: Viewer, at: datetime) -> int | Job:
    """Takes a workbook in, and returns how many tasks changed; that of a large draft is taken in by the job returned.

    Raises as `take_in` does.
    """
    draft = open_draft(draft_id, by=by)
    if not is_large(draft):
        return take_in(draft_id, workbook_id, chosen, by=by, at=at)
    decided_merge(draft, waiting(draft, workbook_id), chosen)
    payload = {
        "draft": draft_id, "workbook": workbook_id, "chosen": _said(chosen), "at": at.isoformat(),
        BACK: f"/drafts/{draft_id}/workbooks/{workbook_id}",
    }  # fmt: skip
    job = attempt(JOB_TAKE, workbook_id, payload, by=by, at=at)
    poke_after_commit()
    return job


def _said(chosen: Choices) -> dict[str, Any]:
    """What a person chose, as the job keeps it."""
    return {
        "since": chosen.since, "theirs": dict(chosen.theirs), "add": sorted(chosen.add), "remove": sorted(chosen.remove),
    }  # fmt: skip


def taken_at(workbook_id: int, at: datetime) -> bool:
    """Whether a workbook was taken in by the act of that moment."""
    taken = select(DraftWorkbook.id).where(
        DraftWorkbook.id == workbook_id, DraftWorkbook.state == "taken", DraftWorkbook.settled_at == at
    )
    return session.scalar(taken) is not None


def understood_returned(draft_id: int, workbook_id: int) -> Understood | None:
    """What a person's own document says that came back corrected: the long part of the work, before it is written.

    None where the workbook is a table of the tasks.
    """
    draft, held = session.get(Draft, draft_id), session.get(DraftWorkbook, workbook_id)
    if draft is None or held is None:
        raise NotFound
    if held.mode != "own":
        return None
    return understood_kept(draft, held.said["clean"], held.file_name, draft.layout)
