"""Keep studies of a run beside it"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from tracker.db import Json, UtcDateTime

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "study",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("parameters", Json(), nullable=False),
        sa.Column("outcome", Json(), nullable=False),
        sa.Column("created_by", sa.Integer(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.CheckConstraint("kind IN ('robustness', 'what_if')", name=op.f("ck_study_kind")),
        sa.ForeignKeyConstraint(["created_by"], ["person.id"], name=op.f("fk_study_created_by")),
        sa.ForeignKeyConstraint(["run_id"], ["run.id"], name=op.f("fk_study_run_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_study")),
    )
    with op.batch_alter_table("study", schema=None) as batch_op:
        batch_op.create_index("ix_study_run", ["run_id", "id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("study", schema=None) as batch_op:
        batch_op.drop_index("ix_study_run")

    op.drop_table("study")
