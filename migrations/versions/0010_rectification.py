"""Findings with the reports of their rectification, and spot checks with the places drawn"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from tracker.db import Json, UtcDateTime

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "spot_check",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("drawn_from", sa.String(length=8), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("seed", sa.String(length=40), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("per_unit", sa.Integer(), nullable=False),
        sa.Column("weights", Json(), nullable=False),
        sa.Column("frame", Json(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("drawn_by", sa.Integer(), nullable=False),
        sa.Column("drawn_at", UtcDateTime(), nullable=False),
        sa.Column("ended_by", sa.Integer(), nullable=True),
        sa.Column("ended_at", UtcDateTime(), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("drawn_from IN ('reports', 'closed')", name=op.f("ck_spot_check_drawn_from")),
        sa.CheckConstraint("state IN ('drawn', 'concluded', 'void')", name=op.f("ck_spot_check_state")),
        sa.CheckConstraint("since <= until", name=op.f("ck_spot_check_span")),
        sa.ForeignKeyConstraint(["drawn_by"], ["person.id"], name=op.f("fk_spot_check_drawn_by")),
        sa.ForeignKeyConstraint(["ended_by"], ["person.id"], name=op.f("fk_spot_check_ended_by")),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_spot_check_plan_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_spot_check")),
    )
    with op.batch_alter_table("spot_check", schema=None) as batch_op:
        batch_op.create_index("ix_spot_check_plan", ["plan_id", "id"], unique=False)
        batch_op.create_index("ix_spot_check_state", ["state", "id"], unique=False)

    op.create_table(
        "spot_check_item",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("check_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("obligation_id", sa.Integer(), nullable=False),
        sa.Column("risks", Json(), nullable=False),
        sa.Column("result", sa.String(length=8), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("checked_on", sa.Date(), nullable=True),
        sa.Column("entered_by", sa.Integer(), nullable=True),
        sa.Column("entered_at", UtcDateTime(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("result IN ('', 'clean', 'found')", name=op.f("ck_spot_check_item_result")),
        sa.ForeignKeyConstraint(["check_id"], ["spot_check.id"], name=op.f("fk_spot_check_item_check_id")),
        sa.ForeignKeyConstraint(["entered_by"], ["person.id"], name=op.f("fk_spot_check_item_entered_by")),
        sa.ForeignKeyConstraint(["obligation_id"], ["obligation.id"], name=op.f("fk_spot_check_item_obligation_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_spot_check_item")),
        sa.UniqueConstraint("check_id", "obligation_id", name=op.f("uq_spot_check_item_check_id_obligation_id")),
        sa.UniqueConstraint("check_id", "position", name=op.f("uq_spot_check_item_check_id_position")),
    )
    op.create_table(
        "finding",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(length=12), nullable=False),
        sa.Column("owner_unit_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=True),
        sa.Column("obligation_id", sa.Integer(), nullable=True),
        sa.Column("item_id", sa.Integer(), nullable=True),
        sa.Column("fact_id", sa.Integer(), nullable=True),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("timing", sa.String(length=8), nullable=False),
        sa.Column("times_returned", sa.Integer(), nullable=False),
        sa.Column("registered_by", sa.Integer(), nullable=False),
        sa.Column("registered_at", UtcDateTime(), nullable=False),
        sa.Column("assigned_at", UtcDateTime(), nullable=True),
        sa.Column("measure", sa.Text(), nullable=False),
        sa.Column("responsible", sa.String(length=60), nullable=False),
        sa.Column("planned_on", sa.Date(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("(source = 'spot_check') = (item_id IS NOT NULL)", name=op.f("ck_finding_item")),
        sa.CheckConstraint("(state IN ('reported', 'closed')) = (timing <> 'none')", name=op.f("ck_finding_came")),
        sa.CheckConstraint(
            "source IN ('report', 'spot_check', 'deduction', 'leader', 'other')", name=op.f("ck_finding_source")
        ),
        sa.CheckConstraint(
            "state IN ('registered', 'assigned', 'in_hand', 'reported', 'sent_back', 'closed', 'dropped')",
            name=op.f("ck_finding_state"),
        ),
        sa.CheckConstraint("timing IN ('none', 'on_time', 'late')", name=op.f("ck_finding_timing")),
        sa.ForeignKeyConstraint(["fact_id"], ["scored_fact.id"], name=op.f("fk_finding_fact_id")),
        sa.ForeignKeyConstraint(["item_id"], ["spot_check_item.id"], name=op.f("fk_finding_item_id")),
        sa.ForeignKeyConstraint(["obligation_id"], ["obligation.id"], name=op.f("fk_finding_obligation_id")),
        sa.ForeignKeyConstraint(["owner_unit_id"], ["unit.id"], name=op.f("fk_finding_owner_unit_id")),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_finding_plan_id")),
        sa.ForeignKeyConstraint(["registered_by"], ["person.id"], name=op.f("fk_finding_registered_by")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_finding_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_finding")),
    )
    with op.batch_alter_table("finding", schema=None) as batch_op:
        batch_op.create_index("ix_finding_due", ["due_on", "id"], unique=False)
        batch_op.create_index("ix_finding_item", ["item_id"], unique=False)
        batch_op.create_index("ix_finding_obligation", ["obligation_id"], unique=False)
        batch_op.create_index("ix_finding_plan", ["plan_id", "due_on", "id"], unique=False)
        batch_op.create_index("ix_finding_state", ["state", "due_on", "id"], unique=False)
        batch_op.create_index("ix_finding_unit", ["unit_id", "due_on", "id"], unique=False)

    op.create_table(
        "finding_evidence",
        sa.Column("finding_id", sa.Integer(), nullable=False),
        sa.Column("evidence_id", sa.Integer(), nullable=False),
        sa.Column("phase", sa.String(length=8), nullable=False),
        sa.Column("round_no", sa.Integer(), nullable=False),
        sa.CheckConstraint("phase IN ('finding', 'before', 'after')", name=op.f("ck_finding_evidence_phase")),
        sa.ForeignKeyConstraint(["evidence_id"], ["evidence.id"], name=op.f("fk_finding_evidence_evidence_id")),
        sa.ForeignKeyConstraint(["finding_id"], ["finding.id"], name=op.f("fk_finding_evidence_finding_id")),
        sa.PrimaryKeyConstraint("finding_id", "evidence_id", name=op.f("pk_finding_evidence")),
    )
    with op.batch_alter_table("finding_evidence", schema=None) as batch_op:
        batch_op.create_index("ix_finding_evidence_file", ["evidence_id"], unique=False)

    op.create_table(
        "rectification_report",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("finding_id", sa.Integer(), nullable=False),
        sa.Column("round_no", sa.Integer(), nullable=False),
        sa.Column("done", sa.Text(), nullable=False),
        sa.Column("saved_by", sa.Integer(), nullable=False),
        sa.Column("saved_at", UtcDateTime(), nullable=False),
        sa.Column("reported_at", UtcDateTime(), nullable=True),
        sa.Column("verified_by", sa.Integer(), nullable=True),
        sa.Column("verified_at", UtcDateTime(), nullable=True),
        sa.Column("opinion", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["finding_id"], ["finding.id"], name=op.f("fk_rectification_report_finding_id")),
        sa.ForeignKeyConstraint(["saved_by"], ["person.id"], name=op.f("fk_rectification_report_saved_by")),
        sa.ForeignKeyConstraint(["verified_by"], ["person.id"], name=op.f("fk_rectification_report_verified_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rectification_report")),
        sa.UniqueConstraint("finding_id", "round_no", name=op.f("uq_rectification_report_finding_id_round_no")),
    )


def downgrade() -> None:
    op.drop_table("rectification_report")
    with op.batch_alter_table("finding_evidence", schema=None) as batch_op:
        batch_op.drop_index("ix_finding_evidence_file")

    op.drop_table("finding_evidence")
    with op.batch_alter_table("finding", schema=None) as batch_op:
        batch_op.drop_index("ix_finding_unit")
        batch_op.drop_index("ix_finding_state")
        batch_op.drop_index("ix_finding_plan")
        batch_op.drop_index("ix_finding_obligation")
        batch_op.drop_index("ix_finding_item")
        batch_op.drop_index("ix_finding_due")

    op.drop_table("finding")
    op.drop_table("spot_check_item")
    with op.batch_alter_table("spot_check", schema=None) as batch_op:
        batch_op.drop_index("ix_spot_check_state")
        batch_op.drop_index("ix_spot_check_plan")

    op.drop_table("spot_check")
