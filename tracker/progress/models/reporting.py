"""Obligations and returns. What lists read stands in narrow rows; texts, figures and evidence stand apart."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, false, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.db import Base, ExactDecimal, UtcDateTime, one_of
from tracker.progress.models.asking import Asking
from tracker.progress.states import (
    EXCUSES,
    OBLIGATION_STATES,
    REQUEST_STATES,
    REQUESTS,
    RETURN_STATES,
    TIMINGS,
    UNFINISHED,
)


class Obligation(Base):
    """A dated duty to report (报送义务) of one assignment. What was due stays due as it was: unit, group and date are stamped."""

    __tablename__ = "obligation"
    __table_args__ = (
        CheckConstraint(one_of("state", OBLIGATION_STATES), name="state"),
        CheckConstraint(one_of("timing", TIMINGS), name="timing"),
        CheckConstraint(one_of("excuse", EXCUSES), name="excuse"),
        CheckConstraint("percent BETWEEN 0 AND 100", name="percent"),
        UniqueConstraint("assignment_id", "due_on"),
        Index("ix_obligation_unit", "unit_id", "due_on", "id"),
        Index("ix_obligation_plan", "plan_id", "state", "due_on", "id"),
        Index("ix_obligation_state", "state", "due_on", "id"),
        Index("ix_obligation_task", "task_id", "due_on", "id"),
        Index(
            "ix_obligation_unfinished", "task_id", "due_on", "unit_id", "state", "timing",
            sqlite_where=text(one_of("state", UNFINISHED)), postgresql_where=text(one_of("state", UNFINISHED)),
        ),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(primary_key=True)
    assignment_id: Mapped[int] = mapped_column(ForeignKey("assignment.id"))
    plan_id: Mapped[int] = mapped_column(ForeignKey("plan.id"))
    task_id: Mapped[int] = mapped_column(ForeignKey("task.id"))
    chapter_id: Mapped[int] = mapped_column(ForeignKey("chapter.id"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    unit_group: Mapped[str] = mapped_column(String(20))
    due_on: Mapped[date]
    original_due_on: Mapped[date]
    kind: Mapped[str] = mapped_column(String(12))
    """`date`, `month_end`, `year_end`, `recurring`, `ongoing`, `phase`, `closing`: see the import contract."""
    text: Mapped[str] = mapped_column(String(200))
    """The words of the document it comes from, or of the plan's policy."""
    period: Mapped[str] = mapped_column(String(10), default="")
    """What it reports on, as a code: `2026-03`, `2026-Q1`, `2026-H1`, `2026-W09`, `2026`; `2026-01~02` for several months,
    `2026-F10` for the two weeks that end with the 10th, `2026-03-H1` for half a month, `2026-03-T1` for ten days (旬); empty
    for a date of its own."""
    state: Mapped[str] = mapped_column(String(12), default="open")
    timing: Mapped[str] = mapped_column(String(8), default="none")
    milestone: Mapped[bool] = mapped_column(default=False, server_default=false())
    """Whether it is reported on as reached or not (节点), and not by percent: settled when it came to be owed."""
    percent: Mapped[int] = mapped_column(default=0)
    """Percent of the last accepted return."""
    excuse: Mapped[str] = mapped_column(String(10), default="", server_default="")
    """Why scoring does not hold it against the unit: `suspended` (cancelled within a suspension, 挂账免报), `waived` (免责)."""
    submitted_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """When a return for it first reached the lead office: by the server's clock."""
    accepted_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    version: Mapped[int] = mapped_column(default=1)
    __mapper_args__ = {"version_id_col": version}


class ObligationSummary(Base):
    """How many obligations there are of each sort: kept in the transaction that changes one, so dashboards need not count.

    By branch (分支: a unit directly below the root, with everything below it) and not by unit: a plan of a province then
    has thousands of rows here, where it has a million obligations.
    """

    __tablename__ = "obligation_summary"

    plan_id: Mapped[int] = mapped_column(ForeignKey("plan.id"), primary_key=True)
    branch_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), primary_key=True)
    unit_group: Mapped[str] = mapped_column(String(20), primary_key=True)
    chapter_id: Mapped[int] = mapped_column(ForeignKey("chapter.id"), primary_key=True)
    due_on: Mapped[date] = mapped_column(primary_key=True)
    state: Mapped[str] = mapped_column(String(12), primary_key=True)
    timing: Mapped[str] = mapped_column(String(8), primary_key=True)
    n: Mapped[int]
    percent_sum: Mapped[int]


class Return(Base):
    """A return (进展报送), one version of it. A correction is a new version; earlier ones stay as they were."""

    __tablename__ = "progress_return"
    __table_args__ = (
        CheckConstraint(one_of("state", RETURN_STATES), name="state"),
        CheckConstraint("percent BETWEEN 0 AND 100", name="percent"),
        UniqueConstraint("obligation_id", "version_no"),
        Index("ix_progress_return_state", "state", "submitted_at", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    obligation_id: Mapped[int] = mapped_column(ForeignKey("obligation.id"))
    version_no: Mapped[int]
    state: Mapped[str] = mapped_column(String(12), default="draft")
    percent: Mapped[int] = mapped_column(default=0)
    """As it was typed; of a milestone the share of milestones reached."""
    milestones: Mapped[int] = mapped_column(default=0, server_default="0")
    """Of how many milestones (节点) its percent is the share; 0 where it was typed."""
    milestones_reached: Mapped[int] = mapped_column(default=0, server_default="0")
    author_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    """Who saved it last: they may not approve or check it."""
    editor: Mapped[str] = mapped_column(String(32), default="")
    """The open page that saved it last: it may go on although an answer to it was lost on the way."""
    saved_at: Mapped[datetime] = mapped_column(UtcDateTime)
    handed_in_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """When the author handed it to the unit's own reviewer."""
    opened_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """When the page that it was begun on was opened; empty where no page told."""
    unchanged: Mapped[bool] = mapped_column(default=False, server_default=false())
    """Handed in by one click as no change since last time (与上期一致)."""
    review_steps: Mapped[int] = mapped_column(default=1, server_default="1")
    """Steps of the unit's own review (逐级审核) when it was handed in."""
    review_step: Mapped[int] = mapped_column(default=1, server_default="1")
    """The step that it waits at, or that was the last one."""
    approved_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    submitted_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """When the unit's reviewer sent it to the lead office."""
    seen_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """When somebody of the lead office first looked at it: until then the unit may take it back."""
    checked_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    checked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    version: Mapped[int] = mapped_column(default=1)
    __mapper_args__ = {"version_id_col": version}


class ReturnText(Base):
    __tablename__ = "progress_return_text"

    return_id: Mapped[int] = mapped_column(ForeignKey("progress_return.id"), primary_key=True)
    done: Mapped[str] = mapped_column(Text, default="")
    problems: Mapped[str] = mapped_column(Text, default="")
    next_step: Mapped[str] = mapped_column(Text, default="")
    reason: Mapped[str] = mapped_column(Text, default="")
    """Why it was returned, by the unit's reviewer or by the lead office."""
    setback: Mapped[str] = mapped_column(Text, default="", server_default="")
    """Why its percent is lower than what was accepted before it, or a milestone not reached any more (进度回退说明); empty
    where neither is so."""

    version: Mapped[Return] = relationship()


class ReturnFigure(Base):
    """A figure reported against a target."""

    __tablename__ = "progress_return_figure"

    return_id: Mapped[int] = mapped_column(ForeignKey("progress_return.id"), primary_key=True)
    target_id: Mapped[int] = mapped_column(ForeignKey("task_target.id"), primary_key=True)
    value: Mapped[Decimal] = mapped_column(ExactDecimal)


class ReturnMilestone(Base):
    """What a return says of a milestone (节点) of its task: of its own, and of those that were due before."""

    __tablename__ = "progress_return_milestone"
    __table_args__ = (CheckConstraint("NOT reached OR expected_on IS NULL", name="expected"),)

    return_id: Mapped[int] = mapped_column(ForeignKey("progress_return.id"), primary_key=True)
    obligation_id: Mapped[int] = mapped_column(ForeignKey("obligation.id"), primary_key=True)
    reached: Mapped[bool]
    expected_on: Mapped[date | None]
    """When it is expected to be reached (预计达成日期)."""


class Evidence(Base):
    """A file of evidence (佐证材料), kept under an identifier of our own. The shown name is data."""

    __tablename__ = "evidence"

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(32), unique=True)
    sha256: Mapped[str] = mapped_column(String(64), index=True)
    size: Mapped[int]
    name: Mapped[str] = mapped_column(String(255))
    media_type: Mapped[str] = mapped_column(String(80))
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    uploaded_by: Mapped[int] = mapped_column(ForeignKey("person.id"))
    uploaded_at: Mapped[datetime] = mapped_column(UtcDateTime)


class ReturnEvidence(Base):
    __tablename__ = "progress_return_evidence"
    __table_args__ = (Index("ix_progress_return_evidence_file", "evidence_id"),)

    return_id: Mapped[int] = mapped_column(ForeignKey("progress_return.id"), primary_key=True)
    evidence_id: Mapped[int] = mapped_column(ForeignKey("evidence.id"), primary_key=True)
    reused: Mapped[bool] = mapped_column(default=False, server_default=false())
    """Whether it was sent with another report first, and is only referred to here (沿用)."""


class Request(Asking, Base):
    """What a unit asks for (申请), and what the lead office made of it: more time for a report (延期), that its lateness be
    excused (免责), that a task be closed (办结) or suspended (挂账)."""

    __tablename__ = "request"
    __table_args__ = (
        CheckConstraint(one_of("kind", REQUESTS), name="kind"),
        CheckConstraint(one_of("state", REQUEST_STATES), name="state"),
        CheckConstraint("(kind IN ('extension', 'waiver')) = (obligation_id IS NOT NULL)", name="of"),
        Index("ix_request_assignment", "assignment_id", "id"),
        Index("ix_request_obligation", "obligation_id", "id"),
        Index("ix_request_state", "state", "kind", "asked_at", "id"),
        Index(
            "uq_request_waiting_task", "assignment_id", "kind", unique=True,
            sqlite_where=text("state = 'asked' AND obligation_id IS NULL"),
            postgresql_where=text("state = 'asked' AND obligation_id IS NULL"),
        ),
        Index(
            "uq_request_waiting_report", "obligation_id", "kind", unique=True, sqlite_where=text("state = 'asked'"),
            postgresql_where=text("state = 'asked'"),
        ),
    )  # fmt: skip

    assignment_id: Mapped[int] = mapped_column(ForeignKey("assignment.id"))
    obligation_id: Mapped[int | None] = mapped_column(ForeignKey("obligation.id"))
    """Of a request about one report; empty for one about the whole task."""
    condition: Mapped[str] = mapped_column(Text, default="")
    """What a suspension waits for, where no date can be told."""
    ended_on: Mapped[date | None]
    """The day from which a suspended task is worked on again, where somebody ended it by hand."""
    version: Mapped[int] = mapped_column(default=1)
    __mapper_args__ = {"version_id_col": version}


class CalendarDay(Base):
    """A day that is not what its weekday says (节假日、调休), from the published holiday plan of its year."""

    __tablename__ = "calendar_day"

    day: Mapped[date] = mapped_column(primary_key=True)
    is_workday: Mapped[bool]
    name: Mapped[str] = mapped_column(String(40), default="")


class CalendarYear(Base):
    """A year whose holiday plan is known."""

    __tablename__ = "calendar_year"

    year: Mapped[int] = mapped_column(primary_key=True)
    source: Mapped[str] = mapped_column(String(120))
