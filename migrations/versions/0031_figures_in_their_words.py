"""Figures to be reached with the words that they stand among (目标值原句)"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("task_target", sa.Column("words", sa.String(length=120), server_default="", nullable=False))


def downgrade() -> None:
    with op.batch_alter_table("task_target") as batch:
        batch.drop_column("words")
