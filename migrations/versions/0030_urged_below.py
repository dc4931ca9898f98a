"""Units below that were urged to report (催报下级)"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from tracker.db import UtcDateTime

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "passed_urge",
        sa.Column("passed_id", sa.Integer(), nullable=False),
        sa.Column("obligation_id", sa.Integer(), nullable=False),
        sa.Column("times", sa.Integer(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_passed_urge_by_id")),
        sa.ForeignKeyConstraint(["obligation_id"], ["obligation.id"], name=op.f("fk_passed_urge_obligation_id")),
        sa.ForeignKeyConstraint(["passed_id"], ["passed.id"], name=op.f("fk_passed_urge_passed_id")),
        sa.PrimaryKeyConstraint("passed_id", "obligation_id", name=op.f("pk_passed_urge")),
    )


def downgrade() -> None:
    op.drop_table("passed_urge")
