"""Keep what units say of themselves before evaluators check it"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from tracker.db import ExactDecimal, UtcDateTime

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "self_score",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("series_id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("indicator", sa.String(length=40), nullable=False),
        sa.Column("score", ExactDecimal(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("evidence_id", sa.Integer(), nullable=True),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_self_score_by_id")),
        sa.ForeignKeyConstraint(["evidence_id"], ["evidence.id"], name=op.f("fk_self_score_evidence_id")),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_self_score_plan_id")),
        sa.ForeignKeyConstraint(["series_id"], ["scheme.id"], name=op.f("fk_self_score_series_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_self_score_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_self_score")),
    )
    with op.batch_alter_table("self_score", schema=None) as batch_op:
        batch_op.create_index("ix_self_score_series", ["series_id", "plan_id", "unit_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("self_score", schema=None) as batch_op:
        batch_op.drop_index("ix_self_score_series")

    op.drop_table("self_score")
