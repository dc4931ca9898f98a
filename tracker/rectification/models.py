"""Findings (问题) with the reports of their rectification, and spot checks (抽查) with the places drawn."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from tracker.db import Base, Json, UtcDateTime, one_of
from tracker.progress.models import Asking, Signature
from tracker.rectification.states import (
    CHECK_STATES,
    DRAWN_FROM,
    EXCUSES,
    FINDING_STATES,
    PHASES,
    REQUEST_STATES,
    REQUESTS,
    RESULTS,
    SOURCES,
    TIMINGS,
)


class Finding(Base):
    """A finding (问题): a line of the rectification ledger (整改台账); its number there is its id."""

    __tablename__ = "finding"
    __table_args__ = (
        CheckConstraint(one_of("source", tuple(SOURCES)), name="source"),
        CheckConstraint(one_of("state", FINDING_STATES), name="state"),
        CheckConstraint(one_of("timing", TIMINGS), name="timing"),
        CheckConstraint(one_of("excuse", EXCUSES), name="excuse"),
        CheckConstraint("(source = 'spot_check') = (item_id IS NOT NULL)", name="item"),
        CheckConstraint("(state IN ('reported', 'closed')) = (timing <> 'none')", name="came"),
        Index("ix_finding_due", "due_on", "id"),
        Index("ix_finding_unit", "unit_id", "due_on", "id"),
        Index("ix_finding_state", "state", "due_on", "id"),
        Index("ix_finding_plan", "plan_id", "due_on", "id"),
        Index("ix_finding_obligation", "obligation_id"),
        Index("ix_finding_item", "item_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    source: Mapped[str] = mapped_column(String(12))
    owner_unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    """Whose lead office it belongs to: as of its plan, else of who registered it."""
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    """The responsible unit; until it is assigned, the one that was proposed."""
    plan_id: Mapped[int | None] = mapped_column(ForeignKey("plan.id"))
    """Where it is about the work of a plan: it counts for the plan's scores."""
    obligation_id: Mapped[int | None] = mapped_column(ForeignKey("obligation.id"))
    """The report that it was found in."""
    item_id: Mapped[int | None] = mapped_column(ForeignKey("spot_check_item.id"))
    fact_id: Mapped[int | None] = mapped_column(ForeignKey("scored_fact.id"))
    """The evaluator's deduction that it follows."""
    title: Mapped[str] = mapped_column(String(120))
    text: Mapped[str] = mapped_column(Text, default="")
    due_on: Mapped[date]
    original_due_on: Mapped[date]
    """The date it was assigned with (原期限): an extension moves the other one, scoring counts by this one."""
    state: Mapped[str] = mapped_column(String(12), default="registered")
    timing: Mapped[str] = mapped_column(String(8), default="none")
    excuse: Mapped[str] = mapped_column(String(10), default="", server_default="")
    """`waived` where its lateness is not held against the unit (免责)."""
    times_returned: Mapped[int] = mapped_column(default=0)
    """How often its rectification was sent back (退回再改)."""
    registered_by: Mapped[int] = mapped_column(ForeignKey("person.id"))
    registered_at: Mapped[datetime] = mapped_column(UtcDateTime)
    assigned_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    measure: Mapped[str] = mapped_column(Text, default="")
    responsible: Mapped[str] = mapped_column(String(60), default="")
    """The person who answers for the measure (责任人), in the unit's words."""
    planned_on: Mapped[date | None]
    """By when the unit means to be done, at the latest on the due date."""
    reason: Mapped[str] = mapped_column(Text, default="")
    """Why the unit handed it back, or why it was dropped."""
    version: Mapped[int] = mapped_column(default=1)
    __mapper_args__ = {"version_id_col": version}


class RectificationReport(Base):
    """What a unit reports of a rectification, one round of it; after each return (退回再改) there is another."""

    __tablename__ = "rectification_report"
    __table_args__ = (UniqueConstraint("finding_id", "round_no"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    finding_id: Mapped[int] = mapped_column(ForeignKey("finding.id"))
    round_no: Mapped[int]
    done: Mapped[str] = mapped_column(Text, default="")
    saved_by: Mapped[int] = mapped_column(ForeignKey("person.id"))
    saved_at: Mapped[datetime] = mapped_column(UtcDateTime)
    handed_in_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """When it went into the unit's own review; empty while it is being written."""
    review_steps: Mapped[int] = mapped_column(default=1, server_default="1")
    """Steps of the unit's own review (逐级审核) when it was handed in."""
    review_step: Mapped[int] = mapped_column(default=1, server_default="1")
    """The step that it waits at, or that was the last one."""
    own_reason: Mapped[str] = mapped_column(Text, default="", server_default="")
    """Why the unit's own reviewer gave it back last, until it is handed in again."""
    approved_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    reported_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """When the unit's reviewer sent it to be verified; empty before."""
    verified_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    verified_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    opinion: Mapped[str] = mapped_column(Text, default="")
    """What the verifier says; the reason where it is sent back."""


class RectificationSignature(Signature, Base):
    """A step of the unit's own review of a report of its rectification. Nobody takes two."""

    __tablename__ = "rectification_signature"
    __table_args__ = (UniqueConstraint("report_id", "person_id"),)

    report_id: Mapped[int] = mapped_column(ForeignKey("rectification_report.id"), primary_key=True)


class FindingRequest(Asking, Base):
    """What a unit asks for on a finding: more time (延期), or that its lateness be excused (免责)."""

    __tablename__ = "finding_request"
    __table_args__ = (
        CheckConstraint(one_of("kind", REQUESTS), name="kind"),
        CheckConstraint(one_of("state", REQUEST_STATES), name="state"),
        Index("ix_finding_request_finding", "finding_id", "id"),
        Index(
            "uq_finding_request_waiting", "finding_id", "kind", unique=True, sqlite_where=text("state = 'asked'"),
            postgresql_where=text("state = 'asked'"),
        ),
    )  # fmt: skip

    finding_id: Mapped[int] = mapped_column(ForeignKey("finding.id"))
    version: Mapped[int] = mapped_column(default=1)
    __mapper_args__ = {"version_id_col": version}


class FindingEvidence(Base):
    """A file of a finding: what it shows, and with which round of reporting it came (0 with the finding itself)."""

    __tablename__ = "finding_evidence"
    __table_args__ = (
        CheckConstraint(one_of("phase", PHASES), name="phase"),
        Index("ix_finding_evidence_file", "evidence_id"),
    )

    finding_id: Mapped[int] = mapped_column(ForeignKey("finding.id"), primary_key=True)
    evidence_id: Mapped[int] = mapped_column(ForeignKey("evidence.id"), primary_key=True)
    phase: Mapped[str] = mapped_column(String(8))
    round_no: Mapped[int] = mapped_column(default=0)


class SpotCheck(Base):
    """A spot check (定期抽查): what was drawn, from what, by which seed. `frame` and `digest` let anybody draw it again."""

    __tablename__ = "spot_check"
    __table_args__ = (
        CheckConstraint(one_of("state", CHECK_STATES), name="state"),
        CheckConstraint(one_of("drawn_from", DRAWN_FROM), name="drawn_from"),
        CheckConstraint("since <= until", name="span"),
        Index("ix_spot_check_plan", "plan_id", "id"),
        Index("ix_spot_check_state", "state", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    plan_id: Mapped[int] = mapped_column(ForeignKey("plan.id"))
    drawn_from: Mapped[str] = mapped_column(String(8))
    since: Mapped[date]
    until: Mapped[date]
    """Both ends: the days on which what it draws from was accepted."""
    seed: Mapped[str] = mapped_column(String(40))
    size: Mapped[int]
    """How many were asked for; fewer were drawn where there are not so many."""
    per_unit: Mapped[int]
    """How many of one unit at the most."""
    weights: Mapped[dict[str, int]] = mapped_column(Json)
    """Risk → weight: see `sampling`."""
    frame: Mapped[list[Any]] = mapped_column(Json)
    """The ledger's state it was drawn from: [obligation, unit, [risks]] each, by obligation."""
    digest: Mapped[str] = mapped_column(String(64))
    """SHA-256 of `frame`."""
    state: Mapped[str] = mapped_column(String(10), default="drawn")
    drawn_by: Mapped[int] = mapped_column(ForeignKey("person.id"))
    drawn_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ended_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    note: Mapped[str] = mapped_column(Text, default="")
    """What was concluded; why it is void."""
    version: Mapped[int] = mapped_column(default=1)
    __mapper_args__ = {"version_id_col": version}


class SpotCheckItem(Base):
    """A report that was drawn, and what was found on the spot."""

    __tablename__ = "spot_check_item"
    __table_args__ = (
        CheckConstraint(one_of("result", tuple(RESULTS)), name="result"),
        UniqueConstraint("check_id", "position"),
        UniqueConstraint("check_id", "obligation_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    check_id: Mapped[int] = mapped_column(ForeignKey("spot_check.id"))
    position: Mapped[int]
    obligation_id: Mapped[int] = mapped_column(ForeignKey("obligation.id"))
    risks: Mapped[list[str]] = mapped_column(Json)
    result: Mapped[str] = mapped_column(String(8), default="")
    note: Mapped[str] = mapped_column(Text, default="")
    checked_on: Mapped[date | None]
    entered_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    entered_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    version: Mapped[int] = mapped_column(default=1)
    __mapper_args__ = {"version_id_col": version}
