"""A hand-back may be taken back; a percent lower than last time is explained."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

DECISION = "ck_hand_back_decision"


def upgrade() -> None:
    with op.batch_alter_table("progress_return_text", schema=None) as batch_op:
        batch_op.add_column(sa.Column("setback", sa.Text(), server_default="", nullable=False))
    _decisions("'kept', 'moved', 'withdrawn', 'taken_back'")


def downgrade() -> None:
    """A hand-back that was taken back is one that its office kept with the unit: the task is where it was."""
    op.execute("UPDATE hand_back SET decision = 'kept' WHERE decision = 'taken_back'")
    _decisions("'kept', 'moved', 'withdrawn'")
    with op.batch_alter_table("progress_return_text", schema=None) as batch_op:
        batch_op.drop_column("setback")


def _decisions(known: str) -> None:
    with op.batch_alter_table("hand_back", schema=None) as batch_op:
        batch_op.drop_constraint(op.f(DECISION), type_="check")
        batch_op.create_check_constraint(op.f(DECISION), f"decision IS NULL OR decision IN ({known})")
