"""Schemes, the facts that people enter, and runs with everything they rest on, frozen."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from tracker.assessment.states import DECISIONS, ROOT_KINDS, RUN_STATES, SCHEME_STATES, STORED_KINDS, STUDY_KINDS
from tracker.db import Base, ExactDecimal, Json, UtcDateTime, one_of


class Scheme(Base):
    """A scheme (考核方案), one version of it. In use means frozen: a change is a new version with a reason."""

    __tablename__ = "scheme"
    __table_args__ = (
        CheckConstraint(one_of("state", SCHEME_STATES), name="state"),
        UniqueConstraint("name", "version_no"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    series_id: Mapped[int | None] = mapped_column(ForeignKey("scheme.id"))
    """The first version of the same scheme: facts belong to the series, so that they outlive a version."""
    name: Mapped[str] = mapped_column(String(120))
    version_no: Mapped[int] = mapped_column(default=1)
    plan_id: Mapped[int | None] = mapped_column(ForeignKey("plan.id"))
    """The plan it is meant for."""
    state: Mapped[str] = mapped_column(String(10), default="draft")
    body: Mapped[dict[str, Any]] = mapped_column(Json)
    """The scheme as the trial-score contract writes it."""
    sources: Mapped[dict[str, Any]] = mapped_column(Json)
    """Leaf key → where its facts come from: {"from": "accepted_share"} and the like; see `sources`."""
    reason: Mapped[str] = mapped_column(Text, default="")
    """Why this version was made."""
    created_by: Mapped[int] = mapped_column(ForeignKey("person.id"))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    adopted_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    adopted_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    version: Mapped[int] = mapped_column(default=1)
    __mapper_args__ = {"version_id_col": version}


class ScoredFact(Base):
    """A fact that a person enters (评分依据): marks, deductions with their reason, bonus, veto, not applicable.

    It is never changed: a correction withdraws it, with a reason, and enters another.
    """

    __tablename__ = "scored_fact"
    __table_args__ = (
        CheckConstraint(one_of("kind", STORED_KINDS), name="kind"),
        CheckConstraint(f"(indicator IS NULL) = ({one_of('kind', ROOT_KINDS)})", name="indicator"),
        Index("ix_scored_fact_series", "series_id", "plan_id", "unit_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    series_id: Mapped[int] = mapped_column(ForeignKey("scheme.id"))
    plan_id: Mapped[int] = mapped_column(ForeignKey("plan.id"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    indicator: Mapped[str | None] = mapped_column(String(40))
    kind: Mapped[str] = mapped_column(String(16))
    amount: Mapped[Decimal | None] = mapped_column(ExactDecimal)
    """Points of a mark, a bonus or a penalty; points each of a deduction; the value of a measure."""
    times: Mapped[int | None]
    """Occurrences of a deduction."""
    met: Mapped[bool | None]
    figures: Mapped[dict[str, str] | None] = mapped_column(Json)
    """The fact fields of a rule kind that has several, as they were typed: {"each": "5", "role": "co"}; such a fact is
    stored as a value without an amount. Of a bonus or a penalty the kind that holds it to a cap: {"kind": "表彰奖励"}."""
    reason: Mapped[str] = mapped_column(Text, default="")
    obligation_id: Mapped[int | None] = mapped_column(ForeignKey("obligation.id"))
    """The duty to report that it concerns."""
    evidence_id: Mapped[int | None] = mapped_column(ForeignKey("evidence.id"))
    by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    withdrawn_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    withdrawn_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    withdrawn_reason: Mapped[str] = mapped_column(Text, default="")


class DeductionNotice(Base):
    """That a unit was told of a deduction before it counts (扣分告知), what it answered, and what was decided on it.

    Only deductions and penalties have one; whether one counts on a day is `notices.counts_on`.
    """

    __tablename__ = "deduction_notice"
    __table_args__ = (CheckConstraint(one_of("decision", DECISIONS), name="decision"),)

    fact_id: Mapped[int] = mapped_column(ForeignKey("scored_fact.id"), primary_key=True)
    sent_at: Mapped[datetime] = mapped_column(UtcDateTime)
    reply_by: Mapped[date]
    """The last workday on which the unit may answer."""
    agrees: Mapped[bool | None]
    """What the unit said: True 无异议, False 有异议."""
    reply: Mapped[str] = mapped_column(Text, default="")
    replied_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    replied_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    evidence_id: Mapped[int | None] = mapped_column(ForeignKey("evidence.id"))
    """What the unit's answer rests on."""
    decision: Mapped[str] = mapped_column(String(10), default="")
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    decided_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    decision_reason: Mapped[str] = mapped_column(Text, default="")
    version: Mapped[int] = mapped_column(default=1)
    __mapper_args__ = {"version_id_col": version}


class PanelSeat(Base):
    """An evaluator who is invited (邀请) to mark the units of a plan by a scheme. As long as marks of invited evaluators are
    awaited, none sees what the others gave; who is absent or recuses themself (缺席、回避) is awaited no more."""

    __tablename__ = "panel_seat"
    __table_args__ = (UniqueConstraint("series_id", "plan_id", "person_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    series_id: Mapped[int] = mapped_column(ForeignKey("scheme.id"))
    plan_id: Mapped[int] = mapped_column(ForeignKey("plan.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    invited_by: Mapped[int] = mapped_column(ForeignKey("person.id"))
    invited_at: Mapped[datetime] = mapped_column(UtcDateTime)
    excused_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    excused_reason: Mapped[str] = mapped_column(Text, default="")


class PanelRecusal(Base):
    """An invited evaluator recuses themself (回避) from marking one unit: that mark is not awaited, and no zero."""

    __tablename__ = "panel_recusal"
    __table_args__ = (UniqueConstraint("seat_id", "unit_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    seat_id: Mapped[int] = mapped_column(ForeignKey("panel_seat.id"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    reason: Mapped[str] = mapped_column(Text)
    noted_by: Mapped[int] = mapped_column(ForeignKey("person.id"))
    noted_at: Mapped[datetime] = mapped_column(UtcDateTime)


class SelfScore(Base):
    """What a unit says of itself (自评) for an indicator that asks for it. The newest stands; none is ever changed. It is
    information for whoever checks it: what counts are the facts that evaluators enter."""

    __tablename__ = "self_score"
    __table_args__ = (Index("ix_self_score_series", "series_id", "plan_id", "unit_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    series_id: Mapped[int] = mapped_column(ForeignKey("scheme.id"))
    plan_id: Mapped[int] = mapped_column(ForeignKey("plan.id"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    indicator: Mapped[str] = mapped_column(String(40))
    score: Mapped[Decimal] = mapped_column(ExactDecimal)
    reason: Mapped[str] = mapped_column(Text)
    evidence_id: Mapped[int | None] = mapped_column(ForeignKey("evidence.id"))
    by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class Run(Base):
    """One scoring (评分运行) as of a day: what went in and what came out, both frozen and hashed."""

    __tablename__ = "run"
    __table_args__ = (CheckConstraint(one_of("state", RUN_STATES), name="state"), Index("ix_run_plan", "plan_id", "id"))

    id: Mapped[int] = mapped_column(primary_key=True)
    scheme_id: Mapped[int] = mapped_column(ForeignKey("scheme.id"))
    plan_id: Mapped[int] = mapped_column(ForeignKey("plan.id"))
    as_of: Mapped[date]
    state: Mapped[str] = mapped_column(String(10), default="preview")
    engine_version: Mapped[str] = mapped_column(String(10))
    inputs_hash: Mapped[str] = mapped_column(String(64))
    """SHA-256 of the frozen inputs: scheme, units, facts and the records they were drawn from."""
    result_hash: Mapped[str] = mapped_column(String(64))
    """SHA-256 of every unit's printed results, node by node."""
    units: Mapped[int]
    rows_read: Mapped[int]
    duration_ms: Mapped[int]
    created_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    checked_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    published_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    audit_head: Mapped[str] = mapped_column(String(64), default="")
    """The head of the audit record when it was published: printed on the score sheet."""
    public_until: Mapped[date | None]
    """The last day of its publicity (公示): until then it may be withdrawn, afterwards it is final."""
    replaces_id: Mapped[int | None] = mapped_column(ForeignKey("run.id"))
    """The published run of the same scheme, plan and day in whose place it was published."""
    reason: Mapped[str] = mapped_column(Text, default="", server_default="")
    """Why it was published in place of another, or, of a withdrawn one, why it was withdrawn."""
    version: Mapped[int] = mapped_column(default=1)
    __mapper_args__ = {"version_id_col": version}


class RunInput(Base):
    """What a run rests on, frozen: see `frozen.freeze`. The records behind each unit's counts stand in its `RunDetail`."""

    __tablename__ = "run_input"

    run_id: Mapped[int] = mapped_column(ForeignKey("run.id"), primary_key=True)
    body: Mapped[str] = mapped_column(Text)


class RunUnit(Base):
    """One unit's result. Numbers are text with the scheme's decimals; NULL where there is none."""

    __tablename__ = "run_unit"
    __table_args__ = (Index("ix_run_unit_rank", "run_id", "unit_group", "rank", "position"),)

    run_id: Mapped[int] = mapped_column(ForeignKey("run.id"), primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), primary_key=True)
    position: Mapped[int]
    """Its place in the directory of that day, from 0."""
    unit_name: Mapped[str] = mapped_column(String(120))
    unit_group: Mapped[str] = mapped_column(String(20))
    base: Mapped[str | None] = mapped_column(String(30))
    bonus: Mapped[str | None] = mapped_column(String(30))
    penalty: Mapped[str | None] = mapped_column(String(30))
    total: Mapped[str | None] = mapped_column(String(30))
    veto: Mapped[bool]
    rank: Mapped[int | None]
    grade: Mapped[str | None] = mapped_column(String(40))


class RunDetail(Base):
    """What stands behind a unit's total. The sentences of its explanation are written anew whenever somebody reads
    them, from the frozen inputs by the engine that made the run: they need not be stored to stay the same."""

    __tablename__ = "run_detail"

    run_id: Mapped[int] = mapped_column(ForeignKey("run.id"), primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), primary_key=True)
    nodes: Mapped[str] = mapped_column(Text)
    """JSON list of the printed results of all nodes, in the order of the tree; null where a node does not apply."""
    records: Mapped[str] = mapped_column(Text)
    """The returns that were counted, with how they stood: see `records`."""


class Study(Base):
    """What a run would come to if something were different (稳健性分析、假设调整), kept beside it: see `studies`. It is no
    part of the result, of its hashes or of anything that is exported of it."""

    __tablename__ = "study"
    __table_args__ = (CheckConstraint(one_of("kind", STUDY_KINDS), name="kind"), Index("ix_study_run", "run_id", "id"))

    id: Mapped[int] = mapped_column(primary_key=True)
    run_id: Mapped[int] = mapped_column(ForeignKey("run.id"))
    kind: Mapped[str] = mapped_column(String(10))
    parameters: Mapped[dict[str, Any]] = mapped_column(Json)
    """The seed among them: with it the draws can be repeated."""
    outcome: Mapped[dict[str, Any]] = mapped_column(Json)
    created_by: Mapped[int] = mapped_column(ForeignKey("person.id"))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
