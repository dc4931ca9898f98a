"""Keep facts of rules with several fields

Revision ID: 0007
Revises: 0006
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from tracker.db import Json

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("scored_fact", schema=None) as batch_op:
        batch_op.add_column(sa.Column("figures", Json(), nullable=True))


def downgrade() -> None:
    """What the rules of before cannot count is withdrawn; the record of acts keeps what it was."""
    op.execute("UPDATE scored_fact SET withdrawn_at = at, withdrawn_by = by_id WHERE figures IS NOT NULL")
    op.execute("ALTER TABLE scored_fact DROP COLUMN figures")  # no new table: notices of deductions lead to this one
