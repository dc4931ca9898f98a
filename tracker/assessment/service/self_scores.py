"""What a unit says of itself (自评) before evaluators check it: information, until an evaluator enters what counts."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from flask_babel import gettext as _

from tracker.accounts.roles import UNIT_ROLES, Viewer
from tracker.assessment.models import SelfScore
from tracker.assessment.queries.schemes import SchemeRow
from tracker.assessment.queries.self_scores import self_leaves, slots_of
from tracker.audit.service import record
from tracker.db import session
from tracker.errors import DomainError, NotFound
from tracker.units.queries import covers


def say(
    scheme: SchemeRow, *, plan_id: int, unit_id: int, indicator: str, score: Decimal | None, reason: str,
    evidence_id: int | None, by: Viewer, at: datetime,
) -> SelfScore:  # fmt: skip
    """Hands in one indicator's self score; said again it takes the place of the one before, which stays on record. Without
    a new file the one before is kept.

    Raises NotFound for another unit's people or an indicator that asks for none, DomainError for what cannot be.
    """
    leaf = next((leaf for leaf in self_leaves(scheme) if leaf.key == indicator), None)
    if leaf is None or not covers(by, unit_id, *UNIT_ROLES):
        raise NotFound
    slot = next(slot for slot in slots_of(scheme, plan_id, unit_id) if slot.leaf.key == indicator)
    if slot.closed:
        raise DomainError(_("考核组已经核定这项指标，不能再改自评。"))
    if score is None:
        raise DomainError(_("请填写数字，例如 1.5。"), field="score")
    if score < 0 or (leaf.limit is not None and score > leaf.limit):
        raise DomainError(_("请填写 0 至 %(limit)s 之间的数。", limit=leaf.limit), field="score")
    if not reason.strip():
        raise DomainError(_("请写明自评的理由和事实。"), field="reason")
    kept = evidence_id if evidence_id is not None else slot.said.evidence_id if slot.said else None
    made = SelfScore(
        series_id=scheme.series_id, plan_id=plan_id, unit_id=unit_id, indicator=indicator, score=score,
        reason=reason.strip(), evidence_id=kept, by_id=by.person_id, at=at,
    )  # fmt: skip
    session.add(made)
    session.flush()
    before = {"分值": (format(slot.said.score, "f"), format(score, "f"))} if slot.said else None
    record("填报自评", by=by, at=at, subject=("unit", unit_id), unit_id=unit_id, changes=before,
           detail={"方案": scheme.name, "指标": leaf.name, "分值": format(score, "f"), "理由": reason.strip()})  # fmt: skip
    return made
