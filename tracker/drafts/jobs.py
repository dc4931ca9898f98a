"""Reading a large document, as a job."""

from __future__ import annotations

from typing import Any

from tracker import clock
from tracker.db import transaction
from tracker.drafts.service import read_waiting
from tracker.drafts.service.receiving import JOB
from tracker.outbox.context import JobContext
from tracker.outbox.registry import handles


@handles(JOB)
def read(context: JobContext) -> dict[str, Any]:
    """Reads the draft of the job; done twice it does nothing."""
    draft_id = int(context.payload["draft_id"])
    context.tell(0, 1)
    with transaction():
        state = read_waiting(draft_id, at=clock.now())
    text = "读入完成,请核对。" if state == "review" else "这份文件无法读取,请看原因。"
    return {"href": f"/drafts/{draft_id}", "text": text}
