"""Tasks passed down to units below, and what these report (转办下级)"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from tracker.db import ExactDecimal, UtcDateTime

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "passed",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("assignment_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("days_before", sa.Integer(), nullable=False),
        sa.Column("stands", sa.Boolean(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("days_before BETWEEN 0 AND 60", name=op.f("ck_passed_days_before")),
        sa.ForeignKeyConstraint(["assignment_id"], ["assignment.id"], name=op.f("fk_passed_assignment_id")),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_passed_by_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_passed_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_passed")),
        sa.UniqueConstraint("assignment_id", "unit_id", name=op.f("uq_passed_assignment_id_unit_id")),
    )
    with op.batch_alter_table("passed", schema=None) as batch_op:
        batch_op.create_index("ix_passed_unit", ["unit_id", "id"], unique=False)

    op.create_table(
        "passed_part",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("passed_id", sa.Integer(), nullable=False),
        sa.Column("obligation_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("done", sa.Text(), nullable=False),
        sa.Column("problems", sa.Text(), nullable=False),
        sa.Column("percent", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("editor", sa.String(length=32), nullable=False),
        sa.Column("saved_at", UtcDateTime(), nullable=False),
        sa.Column("submitted_at", UtcDateTime(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("state IN ('draft', 'reported', 'returned', 'taken')", name=op.f("ck_passed_part_state")),
        sa.CheckConstraint("percent BETWEEN 0 AND 100", name=op.f("ck_passed_part_percent")),
        sa.ForeignKeyConstraint(["author_id"], ["person.id"], name=op.f("fk_passed_part_author_id")),
        sa.ForeignKeyConstraint(["obligation_id"], ["obligation.id"], name=op.f("fk_passed_part_obligation_id")),
        sa.ForeignKeyConstraint(["passed_id"], ["passed.id"], name=op.f("fk_passed_part_passed_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_passed_part")),
        sa.UniqueConstraint("passed_id", "obligation_id", name=op.f("uq_passed_part_passed_id_obligation_id")),
    )
    with op.batch_alter_table("passed_part", schema=None) as batch_op:
        batch_op.create_index("ix_passed_part_obligation", ["obligation_id", "id"], unique=False)

    op.create_table(
        "passed_figure",
        sa.Column("part_id", sa.Integer(), nullable=False),
        sa.Column("target_id", sa.Integer(), nullable=False),
        sa.Column("value", ExactDecimal(), nullable=False),
        sa.ForeignKeyConstraint(["part_id"], ["passed_part.id"], name=op.f("fk_passed_figure_part_id")),
        sa.ForeignKeyConstraint(["target_id"], ["task_target.id"], name=op.f("fk_passed_figure_target_id")),
        sa.PrimaryKeyConstraint("part_id", "target_id", name=op.f("pk_passed_figure")),
    )


def downgrade() -> None:
    op.drop_table("passed_figure")
    with op.batch_alter_table("passed_part", schema=None) as batch_op:
        batch_op.drop_index("ix_passed_part_obligation")

    op.drop_table("passed_part")
    with op.batch_alter_table("passed", schema=None) as batch_op:
        batch_op.drop_index("ix_passed_unit")

    op.drop_table("passed")
