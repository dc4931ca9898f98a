"""Entering and withdrawing facts. A fact is never changed: a correction withdraws it and enters another."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from flask_babel import gettext as _
from sqlalchemy import select

from tracker.accounts.roles import Role, Viewer
from tracker.assessment.binding import ENTERED_KINDS, leaves
from tracker.assessment.models import ScoredFact
from tracker.assessment.queries.schemes import SchemeRow
from tracker.assessment.sources import ENTERED
from tracker.assessment.states import ROOT_KINDS
from tracker.audit.service import record
from tracker.db import session
from tracker.errors import DomainError, NotFound
from tracker.units.queries import covers

NEEDS_REASON = frozenset({"deduction", "bonus", "penalty", "veto", "not_applicable"})


def enter_fact(
    scheme: SchemeRow, *, plan_id: int, unit_id: int, kind: str, indicator: str | None, by: Viewer, at: datetime,
    amount: Decimal | None = None, times: int | None = None, met: bool | None = None, reason: str = "",
    obligation_id: int | None = None, evidence_id: int | None = None,
) -> ScoredFact:  # fmt: skip
    """Enters one fact. Raises DomainError where it does not fit its indicator, lacks its reason, or is about one's own unit.

    An evaluator's second mark for the same unit and indicator replaces the first, which stays on record as withdrawn.
    """
    if covers(by, unit_id, Role.REPORTER, Role.REVIEWER):
        raise DomainError(_("不能为自己所在的单位评分,请回避。"))
    if kind in NEEDS_REASON and not reason.strip():
        raise DomainError(_("请写明理由,被评单位将看到它。"), field="reason")
    leaf = _checked_leaf(scheme, kind, indicator)
    if kind not in {"veto", "not_applicable", "met"}:
        _check_amount(amount, kind, leaf)
    if kind == "mark":
        _replace_own_mark(scheme, plan_id=plan_id, unit_id=unit_id, indicator=indicator, by=by, at=at)
    fact = ScoredFact(
        series_id=scheme.series_id, plan_id=plan_id, unit_id=unit_id, indicator=indicator, kind=kind, amount=amount,
        times=times if kind == "deduction" else None, met=met if kind == "met" else None, reason=reason.strip(),
        obligation_id=obligation_id, evidence_id=evidence_id, by_id=by.person_id, at=at,
    )  # fmt: skip
    session.add(fact)
    session.flush()
    record("录入评分依据", by=by, at=at, subject=("scored_fact", fact.id), unit_id=unit_id,
           detail={"类别": kind, "指标": indicator or "", "分值": amount, "次数": times, "理由": reason})  # fmt: skip
    return fact


def _checked_leaf(scheme: SchemeRow, kind: str, indicator: str | None) -> dict[str, object]:
    if kind in ROOT_KINDS:
        if indicator is not None:
            raise DomainError(_("加分、减分和一票否决针对整个单位,不选指标。"), field="indicator")
        return {}
    for leaf in leaves(scheme.body["indicators"]):
        if indicator is not None and leaf["key"] == indicator:
            entered = scheme.sources.get(indicator, {}).get("from") == ENTERED
            if kind == "not_applicable" or (entered and ENTERED_KINDS.get(leaf["rule"]["kind"]) == kind):
                return dict(leaf)
            raise DomainError(_("该指标不接受这种评分依据。"), field="indicator")
    raise DomainError(_("请选择方案中的指标。"), field="indicator")


def _check_amount(amount: Decimal | None, kind: str, leaf: dict[str, object]) -> None:
    if amount is None:
        raise DomainError(_("请填写分值。"), field="amount")
    rule = leaf.get("rule")
    scale = rule.get("scale") if isinstance(rule, dict) else None
    limit = scale if scale is not None else leaf.get("points")
    if kind in {"deduction", "bonus", "penalty", "mark"} and amount < 0:
        raise DomainError(_("分值不能小于 0。"), field="amount")
    if kind == "mark" and limit is not None and amount > Decimal(str(limit)):
        raise DomainError(_("打分不能超过满分 %(limit)s。", limit=limit), field="amount")


def _replace_own_mark(
    scheme: SchemeRow, *, plan_id: int, unit_id: int, indicator: str | None, by: Viewer, at: datetime
) -> None:
    held = session.scalars(
        select(ScoredFact).where(
            ScoredFact.series_id == scheme.series_id, ScoredFact.plan_id == plan_id, ScoredFact.unit_id == unit_id,
            ScoredFact.indicator == indicator, ScoredFact.kind == "mark", ScoredFact.by_id == by.person_id,
            ScoredFact.withdrawn_at.is_(None),
        )
    )  # fmt: skip
    for fact in held:
        fact.withdrawn_at, fact.withdrawn_by, fact.withdrawn_reason = at, by.person_id, _("由本人重新打分替代")


def withdraw_fact(fact_id: int, *, reason: str, by: Viewer, at: datetime) -> None:
    fact = session.get(ScoredFact, fact_id)
    if fact is None:
        raise NotFound
    if fact.withdrawn_at is not None:
        raise DomainError(_("这条依据已经撤回。"))
    if not reason.strip():
        raise DomainError(_("请写明撤回的理由。"), field="reason")
    fact.withdrawn_at, fact.withdrawn_by, fact.withdrawn_reason = at, by.person_id, reason.strip()
    session.flush()
    record(
        "撤回评分依据", by=by, at=at, subject=("scored_fact", fact.id), unit_id=fact.unit_id, detail={"理由": reason}
    )
