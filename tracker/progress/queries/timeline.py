"""What was done with a task, act by act (办理过程)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import and_, or_, select

from tracker.audit.models import AuditEntry
from tracker.db import session
from tracker.progress.models import Obligation
from tracker.web.paging import PAGE_SIZE


@dataclass(frozen=True, slots=True)
class Event:
    """One act on an assignment or one of its obligations."""

    at: datetime
    who: str
    what: str
    obligation_id: int | None
    changes: tuple[tuple[str, Any, Any], ...]
    detail: tuple[tuple[str, Any], ...]


INNER = (
    "起草进展", "上传佐证材料", "移除佐证材料", "提交本单位审核", "本单位退回", "撤回报送",
    "起草下级报送", "下级报送", "撤回下级报送", "退回下级报送",
    "催报", "请补充", "核验询问", "答复询问", "追问", "了结询问", "提请协调", "协调决定",
)  # fmt: skip
"""Acts that have not left the unit, and what is said in questions: others are not told of them here."""


def timeline(assignment_id: int, *, inside: bool) -> list[Event]:
    """Acts on an assignment and its obligations, newest first."""
    ids = list(session.scalars(select(Obligation.id).where(Obligation.assignment_id == assignment_id)))
    statement = (
        select(AuditEntry)
        .where(
            or_(
                and_(AuditEntry.subject_kind == "assignment", AuditEntry.subject_id == assignment_id),
                and_(AuditEntry.subject_kind == "obligation", AuditEntry.subject_id.in_(ids)),
            )
        )
        .order_by(AuditEntry.seq.desc())
        .limit(PAGE_SIZE * 2)
    )
    if not inside:
        statement = statement.where(AuditEntry.action.not_in(INNER))
    return [_event(one) for one in session.scalars(statement)]


def _event(one: AuditEntry) -> Event:
    return Event(
        one.at, one.actor_name, one.action, one.subject_id if one.subject_kind == "obligation" else None,
        tuple((name, old, new) for name, (old, new) in sorted(one.body.get("changes", {}).items())),
        tuple(sorted(one.body.get("detail", {}).items())),
    )  # fmt: skip
