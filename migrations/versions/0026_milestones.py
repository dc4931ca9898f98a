"""Milestones (节点): obligations that are reported on as reached or not, and what returns say of them.

What is owed already goes on by percent: its earlier returns said one.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "progress_return_milestone",
        sa.Column("return_id", sa.Integer(), nullable=False),
        sa.Column("obligation_id", sa.Integer(), nullable=False),
        sa.Column("reached", sa.Boolean(), nullable=False),
        sa.Column("expected_on", sa.Date(), nullable=True),
        sa.CheckConstraint("NOT reached OR expected_on IS NULL", name=op.f("ck_progress_return_milestone_expected")),
        sa.ForeignKeyConstraint(
            ["obligation_id"], ["obligation.id"], name=op.f("fk_progress_return_milestone_obligation_id")
        ),
        sa.ForeignKeyConstraint(
            ["return_id"], ["progress_return.id"], name=op.f("fk_progress_return_milestone_return_id")
        ),
        sa.PrimaryKeyConstraint("return_id", "obligation_id", name=op.f("pk_progress_return_milestone")),
    )
    op.add_column("obligation", sa.Column("milestone", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.add_column("passed_part", sa.Column("reached", sa.Boolean(), nullable=True))
    op.add_column("passed_part", sa.Column("expected_on", sa.Date(), nullable=True))
    op.add_column("progress_return", sa.Column("milestones", sa.Integer(), server_default="0", nullable=False))
    op.add_column("progress_return", sa.Column("milestones_reached", sa.Integer(), server_default="0", nullable=False))


def downgrade() -> None:
    for table, *columns in (
        ("progress_return", "milestones_reached", "milestones"),
        ("passed_part", "expected_on", "reached"),
        ("obligation", "milestone"),
    ):
        for column in columns:
            op.drop_column(table, column)
    op.drop_table("progress_return_milestone")
