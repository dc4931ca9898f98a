"""Offline return kits given out, and what came back of them (离线填报包)"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from tracker.db import Json, UtcDateTime

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "kit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=32), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("template", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("reports", sa.Integer(), nullable=False),
        sa.Column("made_by", sa.Integer(), nullable=False),
        sa.Column("made_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["made_by"], ["person.id"], name=op.f("fk_kit_made_by")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_kit_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_kit")),
        sa.UniqueConstraint("public_id", name=op.f("uq_kit_public_id")),
    )
    with op.batch_alter_table("kit", schema=None) as batch_op:
        batch_op.create_index("ix_kit_unit", ["unit_id", "id"], unique=False)

    op.create_table(
        "kit_returned",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("batch", sa.String(length=32), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("kit_id", sa.Integer(), nullable=True),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("through", sa.String(length=8), nullable=False),
        sa.Column("file_name", sa.String(length=255), nullable=False),
        sa.Column("file_key", sa.String(length=64), nullable=False),
        sa.Column("said", Json(), nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("settled_by", sa.Integer(), nullable=True),
        sa.Column("settled_at", UtcDateTime(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("(state = 'refused') = (reason <> '')", name=op.f("ck_kit_returned_reason")),
        sa.CheckConstraint("state = 'refused' OR kit_id IS NOT NULL", name=op.f("ck_kit_returned_kit")),
        sa.CheckConstraint("state IN ('waiting', 'taken', 'dropped', 'refused')", name=op.f("ck_kit_returned_state")),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_kit_returned_by_id")),
        sa.ForeignKeyConstraint(["kit_id"], ["kit.id"], name=op.f("fk_kit_returned_kit_id")),
        sa.ForeignKeyConstraint(["settled_by"], ["person.id"], name=op.f("fk_kit_returned_settled_by")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_kit_returned_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_kit_returned")),
        sa.UniqueConstraint("batch", "place", name=op.f("uq_kit_returned_batch_place")),
    )
    with op.batch_alter_table("kit_returned", schema=None) as batch_op:
        batch_op.create_index("ix_kit_returned_kit", ["kit_id", "id"], unique=False)
        batch_op.create_index("ix_kit_returned_unit", ["unit_id", "id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("kit_returned", schema=None) as batch_op:
        batch_op.drop_index("ix_kit_returned_unit")
        batch_op.drop_index("ix_kit_returned_kit")

    op.drop_table("kit_returned")
    with op.batch_alter_table("kit", schema=None) as batch_op:
        batch_op.drop_index("ix_kit_unit")

    op.drop_table("kit")
