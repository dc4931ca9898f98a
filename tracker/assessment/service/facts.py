"""Entering and withdrawing facts. A fact is never changed: a correction withdraws it and enters another."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from operator import attrgetter
from typing import IO, Any

from flask_babel import gettext as _
from sqlalchemy import select

from tracker.accounts.roles import Role, Viewer
from tracker.assessment.binding import entry_faults, kind_names, leaves, takes
from tracker.assessment.entry import Entry
from tracker.assessment.models import ScoredFact
from tracker.assessment.notices import NOTIFIED
from tracker.assessment.queries.panel import Panel, panel, shown_fact
from tracker.assessment.queries.schemes import SchemeRow
from tracker.assessment.scoring.rules import FIGURES
from tracker.assessment.scoring.wording import translated
from tracker.assessment.service import notices
from tracker.assessment.service.telling import told, told_of
from tracker.assessment.states import AWARDS
from tracker.audit.service import lock_head, record
from tracker.clock import day_of
from tracker.db import session
from tracker.errors import Conflict, DomainError, NotFound
from tracker.progress.service.evidence import keep_file
from tracker.units.queries import covers, names

NEEDS_REASON = frozenset({"deduction", "bonus", "penalty", "veto", "not_applicable"})


def enter_fact(
    scheme: SchemeRow, given: Entry, *, plan_id: int, unit_id: int, by: Viewer, at: datetime, seen: int | None = None
) -> ScoredFact:  # fmt: skip
    """Enters one fact. Raises DomainError where it does not fit its indicator, lacks its reason, or is about one's own
    unit; NotFound for a unit that the evaluator does not assess.

    An evaluator's second mark for the same unit and indicator replaces the first, and a second value or finding the one
    that stands; what is replaced stays on record as withdrawn. With `notice_days` the unit is told of a deduction or a
    penalty and may answer for so many workdays before it counts. `seen` is the newest fact that the page told of: Conflict
    where the same person has entered the very same since, by a double click.
    """
    _check_unit(unit_id, by)
    if given.kind == "mark":
        _check_invited(panel(scheme.series_id, plan_id, day_of(at)), unit_id, by)
    return _enter(scheme, given, plan_id=plan_id, unit_id=unit_id, by=by, at=at, seen=seen)


def _enter(
    scheme: SchemeRow, given: Entry, *, plan_id: int, unit_id: int, by: Viewer, at: datetime, seen: int | None = None
) -> ScoredFact:  # fmt: skip
    """Enters a fact of somebody who may enter it for that unit. Whoever comes second waits for what stands by then."""
    lock_head()
    kind, leaf = given.kind, _checked_leaf(scheme, given)
    _check(given, leaf)
    if kind in AWARDS:
        _check_award_kind(given.figures.get("kind", ""), kind_names(scheme.body, kind))
    if given.indicator is not None:
        _make_way(_standing(scheme, given.indicator, plan_id, unit_id), given, leaf, by=by, at=at)
    fact = ScoredFact(
        series_id=scheme.series_id, plan_id=plan_id, unit_id=unit_id, indicator=given.indicator,
        kind="value" if kind == "figures" else kind, amount=given.amount,
        times=given.times if kind == "deduction" else None, met=given.met if kind == "met" else None,
        figures=dict(given.figures) if kind == "figures" or (kind in AWARDS and given.figures) else None, reason=given.reason.strip(),
        obligation_id=given.obligation_id, evidence_id=given.evidence_id, by_id=by.person_id, at=at,
    )  # fmt: skip
    if seen is not None:
        _refuse_again(fact, seen)
    session.add(fact)
    session.flush()
    record("录入评分依据", by=by, at=at, subject=("scored_fact", fact.id), unit_id=unit_id,
           detail=told_of(fact, scheme.name, str(leaf.get("name", ""))))  # fmt: skip
    if given.notice_days and kind in NOTIFIED:
        notices.send(fact, days=given.notice_days, by=by, at=at)
    return fact


def _refuse_again(fact: ScoredFact, seen: int) -> None:
    """Raises Conflict where the same person has entered the same since."""
    since = select(ScoredFact).where(
        ScoredFact.id > seen, ScoredFact.unit_id == fact.unit_id, ScoredFact.series_id == fact.series_id,
        ScoredFact.plan_id == fact.plan_id, ScoredFact.by_id == fact.by_id,
    )  # fmt: skip
    said = attrgetter("indicator", "kind", "amount", "times", "met", "figures", "reason", "obligation_id")
    with session.no_autoflush:
        again = any(said(one) == said(fact) for one in session.scalars(since.order_by(ScoredFact.id)))
    if again:
        raise Conflict(_("同样的内容刚刚已录入，没有重复录入；确需再录一次的，请再次提交。"))


def keep_evidence(stream: IO[bytes], name: str | None, *, unit_id: int, by: Viewer, at: datetime) -> int:
    """Keeps a file that shows what a fact is about; returns its id. Raises DomainError(field="evidence") for a file that
    may not be kept."""
    kept = keep_file(stream, name, unit_id=unit_id, by=by, at=at, field="evidence")
    record("上传评分佐证", by=by, at=at, subject=("evidence", kept.id), unit_id=unit_id,
           detail={"文件": kept.name, "字节": kept.size, "SHA-256": kept.sha256})  # fmt: skip
    return kept.id


def _check_unit(unit_id: int, by: Viewer) -> None:
    if not covers(by, unit_id, Role.EVALUATOR):
        raise NotFound
    if covers(by, unit_id, Role.REPORTER, Role.REVIEWER):
        raise DomainError(_("不能为自己所在的单位评分，请回避。"))


def _check_invited(invited: Panel, unit_id: int, by: Viewer) -> None:
    if invited.sitting and by.person_id not in {seat.person_id for seat in invited.sitting}:
        raise DomainError(_("这个方案由受邀的评委打分，您不在名单里。"))
    if invited.has_recused(by.person_id, unit_id):
        raise DomainError(_("您已回避对该单位的打分。"))


def _checked_leaf(scheme: SchemeRow, given: Entry) -> dict[str, Any]:
    """The leaf that it is about; empty for what stands beside the indicators. Raises DomainError."""
    if not takes(scheme.body, scheme.sources, given.indicator, given.kind):
        raise DomainError(_("方案里没有接受这种评分依据的指标。"), field="indicator")
    return next((dict(leaf) for leaf in leaves(scheme.body["indicators"]) if leaf["key"] == given.indicator), {})


def _kind_of(leaf: Mapping[str, object]) -> str:
    rule = leaf.get("rule")
    return str(rule.get("kind")) if isinstance(rule, dict) else ""


def _check(given: Entry, leaf: Mapping[str, Any]) -> None:
    """Whether it is whole, and what its rule can read. Raises DomainError at the first field that is wrong."""
    if _needs_reason(given.kind, leaf) and not given.reason.strip():
        raise DomainError(_("请写明理由，被评单位将看到它。"), field="reason")
    if given.kind == "figures":
        _check_figures(given.figures, leaf)
    elif given.kind not in {"veto", "not_applicable", "met"}:
        _check_amount(given.amount, given.kind, leaf)
    if given.kind == "met" and given.met is None:
        raise DomainError(_("请选择是否达标。"), field="met")


def _needs_reason(kind: str, leaf: Mapping[str, object]) -> bool:
    """Whatever takes points away says why; so do the rules for which no fact is a fact too."""
    return kind in NEEDS_REASON or (kind == "figures" and not FIGURES[_kind_of(leaf)].needs_facts)


def _check_figures(figures: Mapping[str, str], leaf: Mapping[str, Any]) -> None:
    """Whether the rule can read them. Raises DomainError at the first field that is wrong."""
    for name, fault in entry_faults(leaf, figures).items():
        raise DomainError(translated(fault, _), field=f"figure_{name}")


def _check_award_kind(kind: str, known: Sequence[str]) -> None:
    if kind and kind not in known:
        raise DomainError(_("方案里没有这个类别。"), field="award_kind")


def _check_amount(amount: Decimal | None, kind: str, leaf: Mapping[str, object]) -> None:
    if amount is None:
        raise DomainError(_("请填写分值。"), field="amount")
    rule = leaf.get("rule")
    scale = rule.get("scale") if isinstance(rule, dict) else None
    limit = scale if scale is not None else leaf.get("points")
    if kind in {"deduction", "bonus", "penalty", "mark"} and amount < 0:
        raise DomainError(_("分值不能小于 0。"), field="amount")
    if kind == "mark" and limit is not None and amount > Decimal(str(limit)):
        raise DomainError(_("打分不能超过满分 %(limit)s。", limit=limit), field="amount")


def _standing(scheme: SchemeRow, indicator: str, plan_id: int, unit_id: int) -> Sequence[ScoredFact]:
    return session.scalars(
        select(ScoredFact)
        .where(
            ScoredFact.series_id == scheme.series_id, ScoredFact.plan_id == plan_id, ScoredFact.unit_id == unit_id,
            ScoredFact.indicator == indicator, ScoredFact.withdrawn_at.is_(None),
        )
        .order_by(ScoredFact.id)
    ).all()  # fmt: skip


def _make_way(
    standing: Sequence[ScoredFact], given: Entry, leaf: Mapping[str, Any], *, by: Viewer, at: datetime
) -> None:
    """Nothing is both given and not applicable; and there is one mark of each evaluator, one value, one finding."""
    kind = given.kind
    alone = kind in {"value", "met"} or (kind == "figures" and not FIGURES[_kind_of(leaf)].many_facts)
    if kind == "not_applicable" and standing:
        raise DomainError(_("该指标已有评分依据，请先撤回它们，再标为不适用。"), field="indicator")
    if any(fact.kind == "not_applicable" for fact in standing):
        raise DomainError(_("该指标已标为不适用，请先撤回，再录入。"))
    for fact in standing:
        if alone or (kind == "mark" and fact.by_id == by.person_id):
            fact.withdrawn_at, fact.withdrawn_by = at, by.person_id
            fact.withdrawn_reason = _("由 %(name)s 重新录入替代", name=by.name)


def enter_many(scheme: SchemeRow, given: Sequence[tuple[int, Entry]], *, plan_id: int, by: Viewer, at: datetime) -> int:
    """Enters facts for many units, each with its unit: all of them or none. Returns for how many units.

    Raises DomainError naming the unit that was refused.
    """
    units = names({unit_id for unit_id, _ in given})
    invited = panel(scheme.series_id, plan_id, day_of(at))
    checked = set[int]()
    for unit_id, entry in given:
        try:
            if unit_id not in checked:
                _check_unit(unit_id, by)
                checked.add(unit_id)
            if entry.kind == "mark":
                _check_invited(invited, unit_id, by)
            _enter(scheme, entry, plan_id=plan_id, unit_id=unit_id, by=by, at=at)
        except DomainError as error:
            raise DomainError(f"{units.get(unit_id, '')}: {error.message}") from error
    return len(units)


def withdraw_fact(fact_id: int, *, reason: str, by: Viewer, at: datetime) -> None:
    """Withdraws a fact: it stays on record with the reason, and counts no more. Raises DomainError, NotFound."""
    lock_head()
    fact = session.get(ScoredFact, fact_id, populate_existing=True)
    if fact is None:
        raise NotFound
    _check_unit(fact.unit_id, by)
    if fact.withdrawn_at is not None:
        raise DomainError(_("这条依据已经撤回。"))
    if shown_fact(fact_id, by, day_of(at)).row.veiled:
        raise DomainError(_("打分到齐以前，评委的打分只能由本人撤回。"))
    if not reason.strip():
        raise DomainError(_("请写明撤回的理由。"), field="reason")
    fact.withdrawn_at, fact.withdrawn_by, fact.withdrawn_reason = at, by.person_id, reason.strip()
    session.flush()
    record(
        "撤回评分依据",
        by=by,
        at=at,
        subject=("scored_fact", fact.id),
        unit_id=fact.unit_id,
        detail=told(fact) | {"理由": reason},
    )
