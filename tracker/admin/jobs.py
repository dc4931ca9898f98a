"""Long work of the room: walking the whole audit record."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext as _

from tracker.admin.service.audit import KIND
from tracker.audit.queries import verify_chain
from tracker.errors import DomainError
from tracker.outbox.context import JobContext
from tracker.outbox.registry import handles


@handles(KIND)
def verify(context: JobContext) -> dict[str, Any]:
    context.tell(0, 0)
    verdict = verify_chain()
    if verdict.broken_at is not None:
        raise DomainError(
            _(
                "审计链在第 %(n)s 条断开；此前 %(rows)s 条完好。请立即保全数据库并核对备份。",
                n=verdict.broken_at,
                rows=verdict.rows,
            )
        )
    return {"text": _("已核对 %(rows)s 条，审计链完好。链头哈希 %(hash)s", rows=verdict.rows, hash=verdict.head)}
