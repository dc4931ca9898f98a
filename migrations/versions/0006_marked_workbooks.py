"""Marked-up workbooks that come back, meanings of columns, and where what is remembered was used"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from tracker.db import Json, UtcDateTime

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "column_meaning",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("header", sa.String(length=120), nullable=False),
        sa.Column("normal_header", sa.String(length=120), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("confirmed_by", sa.Integer(), nullable=False),
        sa.Column("confirmed_at", UtcDateTime(), nullable=False),
        sa.Column("ended_by", sa.Integer(), nullable=True),
        sa.Column("ended_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["confirmed_by"], ["person.id"], name=op.f("fk_column_meaning_confirmed_by")),
        sa.ForeignKeyConstraint(["ended_by"], ["person.id"], name=op.f("fk_column_meaning_ended_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_column_meaning")),
    )
    with op.batch_alter_table("column_meaning", schema=None) as batch_op:
        batch_op.create_index("ix_column_meaning_header", ["normal_header"], unique=False)

    op.create_table(
        "draft_workbook",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("draft_id", sa.Integer(), nullable=False),
        sa.Column("mode", sa.String(length=8), nullable=False),
        sa.Column("file_name", sa.String(length=255), nullable=False),
        sa.Column("file_key", sa.String(length=80), nullable=False),
        sa.Column("exported_at", UtcDateTime(), nullable=False),
        sa.Column("said", Json(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("settled_by", sa.Integer(), nullable=True),
        sa.Column("settled_at", UtcDateTime(), nullable=True),
        sa.CheckConstraint("mode IN ('own', 'table')", name=op.f("ck_draft_workbook_mode")),
        sa.CheckConstraint("state IN ('waiting', 'taken', 'dropped')", name=op.f("ck_draft_workbook_state")),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_draft_workbook_by_id")),
        sa.ForeignKeyConstraint(["draft_id"], ["draft.id"], name=op.f("fk_draft_workbook_draft_id")),
        sa.ForeignKeyConstraint(["settled_by"], ["person.id"], name=op.f("fk_draft_workbook_settled_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_draft_workbook")),
    )
    with op.batch_alter_table("draft_workbook", schema=None) as batch_op:
        batch_op.create_index("ix_draft_workbook_draft", ["draft_id", "id"], unique=False)

    op.create_table(
        "memory_use",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("memory_id", sa.Integer(), nullable=False),
        sa.Column("draft_id", sa.Integer(), nullable=False),
        sa.Column("learned", sa.Boolean(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.CheckConstraint("kind IN ('alias', 'collective', 'column')", name=op.f("ck_memory_use_kind")),
        sa.ForeignKeyConstraint(["draft_id"], ["draft.id"], name=op.f("fk_memory_use_draft_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_memory_use")),
        sa.UniqueConstraint("kind", "memory_id", "draft_id", name="uq_memory_use_once"),
    )


def downgrade() -> None:
    op.drop_table("memory_use")
    with op.batch_alter_table("draft_workbook", schema=None) as batch_op:
        batch_op.drop_index("ix_draft_workbook_draft")

    op.drop_table("draft_workbook")
    with op.batch_alter_table("column_meaning", schema=None) as batch_op:
        batch_op.drop_index("ix_column_meaning_header")

    op.drop_table("column_meaning")
