"""When a report was opened, and whether it says no change (减负测量)"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from tracker.db import UtcDateTime

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("progress_return", schema=None) as batch_op:
        batch_op.add_column(sa.Column("opened_at", UtcDateTime(), nullable=True))
        batch_op.add_column(sa.Column("unchanged", sa.Boolean(), server_default=sa.false(), nullable=False))


def downgrade() -> None:
    with op.batch_alter_table("progress_return", schema=None) as batch_op:
        batch_op.drop_column("unchanged")
        batch_op.drop_column("opened_at")
