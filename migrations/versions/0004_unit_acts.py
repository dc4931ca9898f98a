"""Reorganisation as dated acts, plates, further kinds of unit"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from tracker.db import Json, UtcDateTime

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

KINDS = "'city', 'department', 'county', 'zone', 'office', 'town', 'enterprise', 'other'"
FURTHER = "'city', 'party', 'department', 'vertical', 'county', 'zone', 'office', 'town', 'enterprise', 'other'"


def upgrade() -> None:
    op.create_table(
        "unit_act",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("effective_on", sa.Date(), nullable=False),
        sa.Column("document", sa.String(length=120), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("terms", Json(), nullable=False),
        sa.Column("effects", Json(), nullable=False),
        sa.Column("entered_by", sa.Integer(), nullable=True),
        sa.Column("entered_at", UtcDateTime(), nullable=False),
        sa.Column("done_at", UtcDateTime(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "kind IN ('rename', 'merge', 'split', 'move', 'plate', 'duplicate')", name=op.f("ck_unit_act_kind")
        ),
        sa.CheckConstraint("state IN ('planned', 'done', 'withdrawn')", name=op.f("ck_unit_act_state")),
        sa.ForeignKeyConstraint(["entered_by"], ["person.id"], name=op.f("fk_unit_act_entered_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unit_act")),
    )
    with op.batch_alter_table("unit_act", schema=None) as batch_op:
        batch_op.create_index("ix_unit_act_day", ["state", "effective_on", "id"], unique=False)

    op.create_table(
        "unit_act_side",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("act_id", sa.Integer(), nullable=False),
        sa.Column("side", sa.String(length=6), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("heir_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("side IN ('before', 'after')", name=op.f("ck_unit_act_side_side")),
        sa.ForeignKeyConstraint(["act_id"], ["unit_act.id"], name=op.f("fk_unit_act_side_act_id")),
        sa.ForeignKeyConstraint(["heir_id"], ["unit.id"], name=op.f("fk_unit_act_side_heir_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_unit_act_side_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unit_act_side")),
        sa.UniqueConstraint("act_id", "side", "unit_id", name="uq_unit_act_side_once"),
    )
    with op.batch_alter_table("unit_act_side", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_unit_act_side_unit_id"), ["unit_id"], unique=False)

    op.create_table(
        "unit_place",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("parent_id", sa.Integer(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("act_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["act_id"], ["unit_act.id"], name=op.f("fk_unit_place_act_id")),
        sa.ForeignKeyConstraint(["parent_id"], ["unit.id"], name=op.f("fk_unit_place_parent_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_unit_place_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unit_place")),
        sa.UniqueConstraint("unit_id", "until", name="uq_unit_place_once"),
    )
    with op.batch_alter_table("unit_alias", schema=None) as batch_op:
        batch_op.add_column(sa.Column("kind", sa.String(length=10), server_default="alias", nullable=False))
    _kinds(KINDS, FURTHER)


def downgrade() -> None:
    """Bodies of the further kinds become departments again, which they were recorded as before."""
    op.execute("UPDATE unit SET kind = 'department' WHERE kind IN ('party', 'vertical')")
    _kinds(FURTHER, KINDS)
    with op.batch_alter_table("unit_alias", schema=None) as batch_op:
        batch_op.drop_column("kind")

    op.drop_table("unit_place")
    with op.batch_alter_table("unit_act_side", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_unit_act_side_unit_id"))

    op.drop_table("unit_act_side")
    with op.batch_alter_table("unit_act", schema=None) as batch_op:
        batch_op.drop_index("ix_unit_act_day")

    op.drop_table("unit_act")


def _kinds(before: str, after: str) -> None:
    """Changes which kinds a unit may have.

    SQLite cannot alter a constraint, and the table cannot be made anew while others refer to it. A constraint changes no
    row on the disk, so its words are changed where SQLite keeps them: https://www.sqlite.org/lang_altertable.html,
    "Making Other Kinds Of Table Schema Changes".
    """
    if op.get_bind().dialect.name != "sqlite":
        op.drop_constraint(op.f("ck_unit_kind"), "unit", type_="check")
        op.create_check_constraint(op.f("ck_unit_kind"), "unit", f"kind IN ({after})")
        return
    op.execute("PRAGMA writable_schema = ON")
    op.get_bind().execute(
        sa.text("UPDATE sqlite_master SET sql = replace(sql, :before, :after) WHERE type = 'table' AND name = 'unit'"),
        {"before": f"kind IN ({before})", "after": f"kind IN ({after})"},
    )
    op.execute("PRAGMA writable_schema = RESET")
