"""Supervision slips with their reply slips (督办单、回执)"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from tracker.db import UtcDateTime

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "supervision_slip",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("owner_unit_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("prefix", sa.String(length=20), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("colour", sa.String(length=6), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("demand", sa.Text(), nullable=False),
        sa.Column("reply_by", sa.Date(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("issued_by", sa.Integer(), nullable=False),
        sa.Column("issued_at", UtcDateTime(), nullable=False),
        sa.Column("reply", sa.Text(), nullable=False),
        sa.Column("replied_by", sa.Integer(), nullable=True),
        sa.Column("replied_at", UtcDateTime(), nullable=True),
        sa.Column("withdrawn_reason", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("(state = 'replied') = (replied_at IS NOT NULL)", name=op.f("ck_supervision_slip_replied")),
        sa.CheckConstraint("colour IN ('blue', 'yellow', 'red')", name=op.f("ck_supervision_slip_colour")),
        sa.CheckConstraint("state IN ('issued', 'replied', 'withdrawn')", name=op.f("ck_supervision_slip_state")),
        sa.ForeignKeyConstraint(["issued_by"], ["person.id"], name=op.f("fk_supervision_slip_issued_by")),
        sa.ForeignKeyConstraint(["owner_unit_id"], ["unit.id"], name=op.f("fk_supervision_slip_owner_unit_id")),
        sa.ForeignKeyConstraint(["replied_by"], ["person.id"], name=op.f("fk_supervision_slip_replied_by")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_supervision_slip_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_supervision_slip")),
        sa.UniqueConstraint(
            "owner_unit_id", "year", "number", name=op.f("uq_supervision_slip_owner_unit_id_year_number")
        ),
    )
    with op.batch_alter_table("supervision_slip", schema=None) as batch_op:
        batch_op.create_index("ix_supervision_slip_unit", ["unit_id", "id"], unique=False)

    op.create_table(
        "supervision_slip_item",
        sa.Column("slip_id", sa.Integer(), nullable=False),
        sa.Column("obligation_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("task", sa.String(length=350), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["obligation_id"], ["obligation.id"], name=op.f("fk_supervision_slip_item_obligation_id")
        ),
        sa.ForeignKeyConstraint(["slip_id"], ["supervision_slip.id"], name=op.f("fk_supervision_slip_item_slip_id")),
        sa.PrimaryKeyConstraint("slip_id", "obligation_id", name=op.f("pk_supervision_slip_item")),
        sa.UniqueConstraint("slip_id", "position", name=op.f("uq_supervision_slip_item_slip_id_position")),
    )
    with op.batch_alter_table("supervision_slip_item", schema=None) as batch_op:
        batch_op.create_index("ix_supervision_slip_item_report", ["obligation_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("supervision_slip_item", schema=None) as batch_op:
        batch_op.drop_index("ix_supervision_slip_item_report")

    op.drop_table("supervision_slip_item")
    with op.batch_alter_table("supervision_slip", schema=None) as batch_op:
        batch_op.drop_index("ix_supervision_slip_unit")

    op.drop_table("supervision_slip")
