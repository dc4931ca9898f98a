"""Plans, chapters, tasks, assignments. What lists read stands in narrow rows; long texts stand apart."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column

from tracker.db import Base, ExactDecimal, Json, UtcDateTime, one_of
from tracker.plans.states import ASSIGNMENT_STATES, CHANGE_KINDS, PLAN_STATES, ROLES


class Plan(Base):
    """A year's breakdown (任务分解表), from one document."""

    __tablename__ = "plan"
    __table_args__ = (CheckConstraint(one_of("state", PLAN_STATES), name="state"), UniqueConstraint("name"))

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(200))
    year: Mapped[int]
    owner_unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    """The unit whose lead office (牵头办公室) runs the plan; its subtree carries it out."""
    state: Mapped[str] = mapped_column(String(12), default="adopted")
    document_title: Mapped[str] = mapped_column(String(300), default="")
    document_number: Mapped[str] = mapped_column(String(80), default="")
    document_issuer: Mapped[str] = mapped_column(String(120), default="")
    document_issued_on: Mapped[date | None]
    draft_id: Mapped[int | None] = mapped_column(ForeignKey("draft.id"), unique=True)
    """The draft it was adopted from: once."""
    policy: Mapped[dict[str, Any]] = mapped_column(Json)
    """{"proof": "quarterly", "roll": "none", "near_days": 7, "lights": "general", …}: see `tracker.plans.policy`."""
    adopted_at: Mapped[datetime] = mapped_column(UtcDateTime)
    issued_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    version: Mapped[int] = mapped_column(default=1)
    __mapper_args__ = {"version_id_col": version}


class PlanEdition(Base):
    """An edition (版次) of a plan's document. Written when a second one is adopted: until then the plan's own row says it all."""

    __tablename__ = "plan_edition"
    __table_args__ = (UniqueConstraint("plan_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    plan_id: Mapped[int] = mapped_column(ForeignKey("plan.id"))
    number: Mapped[int]
    """1 for the one the plan began with."""
    draft_id: Mapped[int | None] = mapped_column(ForeignKey("draft.id"), unique=True)
    document_title: Mapped[str] = mapped_column(String(300))
    document_number: Mapped[str] = mapped_column(String(80))
    document_issuer: Mapped[str] = mapped_column(String(120))
    document_issued_on: Mapped[date | None]
    reason: Mapped[str] = mapped_column(Text, default="")
    """Why it was adopted, in the words of the lead office; empty for the first."""
    counts: Mapped[dict[str, int]] = mapped_column(Json)
    """How many tasks it rewords, moves, adds, drops …: see `tracker.plans.editions`."""
    adopted_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    adopted_at: Mapped[datetime] = mapped_column(UtcDateTime)


class TaskWording(Base):
    """A task as an earlier edition had it, kept when the next one was adopted: what reports of that time answer."""

    __tablename__ = "task_wording"

    task_id: Mapped[int] = mapped_column(ForeignKey("task.id"), primary_key=True)
    edition_id: Mapped[int] = mapped_column(ForeignKey("plan_edition.id"), primary_key=True, index=True)
    position: Mapped[int]
    number: Mapped[str | None] = mapped_column(String(40))
    name: Mapped[str] = mapped_column(String(300))
    path: Mapped[list[str]] = mapped_column(Json)
    requirement: Mapped[str] = mapped_column(Text)
    deadlines: Mapped[list[dict[str, Any]]] = mapped_column(Json)
    targets: Mapped[list[str]] = mapped_column(Json)
    units: Mapped[list[list[str]]] = mapped_column(Json)
    """(role, expression as printed)."""
    locator: Mapped[str] = mapped_column(String(120))
    sources: Mapped[dict[str, list[dict[str, str]]]] = mapped_column(Json)
    reworded: Mapped[bool]
    """Whether the next edition asks for something else: other words, targets or dates."""
    until: Mapped[datetime] = mapped_column(UtcDateTime)
    """When the next edition was adopted."""


class EditionChange(Base):
    """What an edition changed for one unit in one task: the fact that the unit is told of."""

    __tablename__ = "edition_change"
    __table_args__ = (
        CheckConstraint(one_of("kind", CHANGE_KINDS), name="kind"),
        Index("ix_edition_change_edition", "edition_id", "id"),
        Index("ix_edition_change_unit", "unit_id", "seen_at", "id"),
        Index("ix_edition_change_assignment", "assignment_id", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    edition_id: Mapped[int] = mapped_column(ForeignKey("plan_edition.id"))
    task_id: Mapped[int] = mapped_column(ForeignKey("task.id"))
    assignment_id: Mapped[int] = mapped_column(ForeignKey("assignment.id"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    kind: Mapped[str] = mapped_column(String(10))
    facts: Mapped[dict[str, Any]] = mapped_column(Json)
    """Which parts changed (`words`, `targets`, `role`), and the dates: `moved` [[from, to]], `added`, `cancelled`."""
    seen_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    seen_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """When somebody of the unit said that they had read of it."""


class Chapter(Base):
    """An outermost heading of the document: what dashboards group by."""

    __tablename__ = "chapter"
    __table_args__ = (UniqueConstraint("plan_id", "position"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    plan_id: Mapped[int] = mapped_column(ForeignKey("plan.id"))
    position: Mapped[int]
    title: Mapped[str] = mapped_column(String(300))


class Task(Base):
    """One task (工作任务): a row of the table or an item of the text."""

    __tablename__ = "task"
    __table_args__ = (UniqueConstraint("plan_id", "position"), Index("ix_task_chapter", "chapter_id", "position"))

    id: Mapped[int] = mapped_column(primary_key=True)
    plan_id: Mapped[int] = mapped_column(ForeignKey("plan.id"))
    chapter_id: Mapped[int] = mapped_column(ForeignKey("chapter.id"))
    position: Mapped[int]
    number: Mapped[str | None] = mapped_column(String(40))
    name: Mapped[str] = mapped_column(String(300))
    weight: Mapped[Decimal | None] = mapped_column(ExactDecimal)
    ended_in: Mapped[int | None] = mapped_column(ForeignKey("plan_edition.id"))
    """The edition (修订稿) that has it no more; None while it stands."""


class TaskText(Base):
    """The long texts of a task, and where each was read."""

    __tablename__ = "task_text"

    task_id: Mapped[int] = mapped_column(ForeignKey("task.id"), primary_key=True)
    path: Mapped[list[str]] = mapped_column(Json)
    requirement: Mapped[str] = mapped_column(Text)
    deadlines: Mapped[list[dict[str, Any]]] = mapped_column(Json)
    """As `imports.pipeline.draft_json` gives them: text, kind, date, recurrence."""
    locator: Mapped[str] = mapped_column(String(120))
    sources: Mapped[dict[str, Any]] = mapped_column(Json)
    """Field → list of {locator, text}: the pieces of the document this task was read from."""
    edition_id: Mapped[int | None] = mapped_column(ForeignKey("plan_edition.id"))
    """The edition these words and places are of; None while the plan has one only."""


class TaskTarget(Base):
    """A figure to be reached (目标值)."""

    __tablename__ = "task_target"
    __table_args__ = (Index("ix_task_target_task", "task_id", "position"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    task_id: Mapped[int] = mapped_column(ForeignKey("task.id"))
    position: Mapped[int]
    text: Mapped[str] = mapped_column(String(120))
    words: Mapped[str] = mapped_column(String(120), default="", server_default="")
    """What is counted, in the words of the document around it (新增学位4200个); empty where there are none."""
    value: Mapped[Decimal] = mapped_column(ExactDecimal)
    value_to: Mapped[Decimal | None] = mapped_column(ExactDecimal)
    """Upper end, where `op` is `range`."""
    unit: Mapped[str] = mapped_column(String(20), default="")
    op: Mapped[str] = mapped_column(String(5))
    ended: Mapped[bool] = mapped_column(default=False, server_default=false())
    """Whether the document has it no more: what was reported against it keeps it."""


class Assignment(Base):
    """A task in the hands of one unit, in one role. The hot table: narrow, a million rows."""

    __tablename__ = "assignment"
    __table_args__ = (
        CheckConstraint(one_of("role", ROLES), name="role"),
        CheckConstraint(one_of("state", ASSIGNMENT_STATES), name="state"),
        UniqueConstraint("task_id", "unit_id"),
        Index("ix_assignment_unit", "unit_id", "state", "id"),
        Index("ix_assignment_plan", "plan_id", "state", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    plan_id: Mapped[int] = mapped_column(ForeignKey("plan.id"))
    task_id: Mapped[int] = mapped_column(ForeignKey("task.id"))
    chapter_id: Mapped[int] = mapped_column(ForeignKey("chapter.id"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    unit_group: Mapped[str] = mapped_column(String(20))
    """The group the unit is assessed in, as it was when the plan was adopted."""
    role: Mapped[str] = mapped_column(String(12))
    state: Mapped[str] = mapped_column(String(12), default="draft")
    percent: Mapped[int] = mapped_column(default=0)
    """Progress (percent) of the last accepted return."""
    signed_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    signed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    version: Mapped[int] = mapped_column(default=1)
    __mapper_args__ = {"version_id_col": version}


class AssignmentSource(Base):
    """The expression an assignment came from: `各县区政府` in `Sheet1!D7`."""

    __tablename__ = "assignment_source"

    assignment_id: Mapped[int] = mapped_column(ForeignKey("assignment.id"), primary_key=True)
    expression: Mapped[str] = mapped_column(String(200))
    collective: Mapped[bool] = mapped_column(default=False)
    locator: Mapped[str] = mapped_column(String(120))


class HandBack(Base):
    """A task handed back (退回) by a unit: not ours, and whose it may be."""

    __tablename__ = "hand_back"
    __table_args__ = (
        Index("ix_hand_back_assignment", "assignment_id"),
        CheckConstraint(
            "decision IS NULL OR decision IN ('kept', 'moved', 'withdrawn', 'taken_back')", name="decision"
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    assignment_id: Mapped[int] = mapped_column(ForeignKey("assignment.id"))
    reason: Mapped[str] = mapped_column(Text)
    proposed_unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    decision: Mapped[str | None] = mapped_column(String(12))
    decision_note: Mapped[str] = mapped_column(Text, default="")
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    decided_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
