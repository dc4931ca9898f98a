"""Revised editions of a plan's document"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from tracker.db import Json, UtcDateTime

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "draft_revision",
        sa.Column("draft_id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["draft_id"], ["draft.id"], name=op.f("fk_draft_revision_draft_id")),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_draft_revision_plan_id")),
        sa.PrimaryKeyConstraint("draft_id", name=op.f("pk_draft_revision")),
    )
    with op.batch_alter_table("draft_revision", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_draft_revision_plan_id"), ["plan_id"], unique=False)

    op.create_table(
        "plan_edition",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("draft_id", sa.Integer(), nullable=True),
        sa.Column("document_title", sa.String(length=300), nullable=False),
        sa.Column("document_number", sa.String(length=80), nullable=False),
        sa.Column("document_issuer", sa.String(length=120), nullable=False),
        sa.Column("document_issued_on", sa.Date(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("counts", Json(), nullable=False),
        sa.Column("adopted_by", sa.Integer(), nullable=True),
        sa.Column("adopted_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["adopted_by"], ["person.id"], name=op.f("fk_plan_edition_adopted_by")),
        sa.ForeignKeyConstraint(["draft_id"], ["draft.id"], name=op.f("fk_plan_edition_draft_id")),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_plan_edition_plan_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_edition")),
        sa.UniqueConstraint("draft_id", name=op.f("uq_plan_edition_draft_id")),
        sa.UniqueConstraint("plan_id", "number", name=op.f("uq_plan_edition_plan_id_number")),
    )
    op.create_table(
        "draft_pair",
        sa.Column("draft_task_id", sa.Integer(), nullable=False),
        sa.Column("draft_id", sa.Integer(), nullable=False),
        sa.Column("task_id", sa.Integer(), nullable=True),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_draft_pair_by_id")),
        sa.ForeignKeyConstraint(["draft_id"], ["draft.id"], name=op.f("fk_draft_pair_draft_id")),
        sa.ForeignKeyConstraint(["draft_task_id"], ["draft_task.id"], name=op.f("fk_draft_pair_draft_task_id")),
        sa.ForeignKeyConstraint(["task_id"], ["task.id"], name=op.f("fk_draft_pair_task_id")),
        sa.PrimaryKeyConstraint("draft_task_id", name=op.f("pk_draft_pair")),
    )
    with op.batch_alter_table("draft_pair", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_draft_pair_draft_id"), ["draft_id"], unique=False)

    op.create_table(
        "task_wording",
        sa.Column("task_id", sa.Integer(), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=40), nullable=True),
        sa.Column("name", sa.String(length=300), nullable=False),
        sa.Column("path", Json(), nullable=False),
        sa.Column("requirement", sa.Text(), nullable=False),
        sa.Column("deadlines", Json(), nullable=False),
        sa.Column("targets", Json(), nullable=False),
        sa.Column("units", Json(), nullable=False),
        sa.Column("locator", sa.String(length=120), nullable=False),
        sa.Column("sources", Json(), nullable=False),
        sa.Column("reworded", sa.Boolean(), nullable=False),
        sa.Column("until", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["edition_id"], ["plan_edition.id"], name=op.f("fk_task_wording_edition_id")),
        sa.ForeignKeyConstraint(["task_id"], ["task.id"], name=op.f("fk_task_wording_task_id")),
        sa.PrimaryKeyConstraint("task_id", "edition_id", name=op.f("pk_task_wording")),
    )
    with op.batch_alter_table("task_wording", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_task_wording_edition_id"), ["edition_id"], unique=False)

    op.create_table(
        "edition_change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("task_id", sa.Integer(), nullable=False),
        sa.Column("assignment_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("facts", Json(), nullable=False),
        sa.Column("seen_by", sa.Integer(), nullable=True),
        sa.Column("seen_at", UtcDateTime(), nullable=True),
        sa.CheckConstraint(
            "kind IN ('new', 'on', 'off', 'ended', 'changed', 'role')", name=op.f("ck_edition_change_kind")
        ),
        sa.ForeignKeyConstraint(["assignment_id"], ["assignment.id"], name=op.f("fk_edition_change_assignment_id")),
        sa.ForeignKeyConstraint(["edition_id"], ["plan_edition.id"], name=op.f("fk_edition_change_edition_id")),
        sa.ForeignKeyConstraint(["seen_by"], ["person.id"], name=op.f("fk_edition_change_seen_by")),
        sa.ForeignKeyConstraint(["task_id"], ["task.id"], name=op.f("fk_edition_change_task_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_edition_change_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_edition_change")),
    )
    with op.batch_alter_table("edition_change", schema=None) as batch_op:
        batch_op.create_index("ix_edition_change_assignment", ["assignment_id", "id"], unique=False)
        batch_op.create_index("ix_edition_change_edition", ["edition_id", "id"], unique=False)
        batch_op.create_index("ix_edition_change_unit", ["unit_id", "seen_at", "id"], unique=False)

    with op.batch_alter_table("task", schema=None) as batch_op:
        batch_op.add_column(sa.Column("ended_in", sa.Integer(), nullable=True))
        batch_op.create_foreign_key(batch_op.f("fk_task_ended_in"), "plan_edition", ["ended_in"], ["id"])

    with op.batch_alter_table("task_target", schema=None) as batch_op:
        batch_op.add_column(sa.Column("ended", sa.Boolean(), server_default=sa.false(), nullable=False))

    with op.batch_alter_table("task_text", schema=None) as batch_op:
        batch_op.add_column(sa.Column("edition_id", sa.Integer(), nullable=True))
        batch_op.create_foreign_key(batch_op.f("fk_task_text_edition_id"), "plan_edition", ["edition_id"], ["id"])


def downgrade() -> None:
    with op.batch_alter_table("task_text", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_task_text_edition_id"), type_="foreignkey")
        batch_op.drop_column("edition_id")

    with op.batch_alter_table("task_target", schema=None) as batch_op:
        batch_op.drop_column("ended")

    with op.batch_alter_table("task", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_task_ended_in"), type_="foreignkey")
        batch_op.drop_column("ended_in")

    with op.batch_alter_table("edition_change", schema=None) as batch_op:
        batch_op.drop_index("ix_edition_change_unit")
        batch_op.drop_index("ix_edition_change_edition")
        batch_op.drop_index("ix_edition_change_assignment")

    op.drop_table("edition_change")
    with op.batch_alter_table("task_wording", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_task_wording_edition_id"))

    op.drop_table("task_wording")
    with op.batch_alter_table("draft_pair", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_draft_pair_draft_id"))

    op.drop_table("draft_pair")
    op.drop_table("plan_edition")
    with op.batch_alter_table("draft_revision", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_draft_revision_plan_id"))

    op.drop_table("draft_revision")
