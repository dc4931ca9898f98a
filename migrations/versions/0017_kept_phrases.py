"""Reasons for a return kept by the office, and evidence that is only referred to"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "reason_phrase",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(length=200), nullable=False),
        sa.Column("retired", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reason_phrase")),
    )
    with op.batch_alter_table("progress_return_evidence", schema=None) as batch_op:
        batch_op.add_column(sa.Column("reused", sa.Boolean(), server_default=sa.false(), nullable=False))


def downgrade() -> None:
    with op.batch_alter_table("progress_return_evidence", schema=None) as batch_op:
        batch_op.drop_column("reused")
    op.drop_table("reason_phrase")
