"""Reminders: what people chose, robots, rounds, notices, and the outbox of what is sent"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from tracker.db import Json, UtcDateTime

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "reminder_round",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("made_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("day", name=op.f("pk_reminder_round")),
    )
    op.create_table(
        "reminder_choice",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("email", sa.String(length=200), nullable=False),
        sa.Column("by_email", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_reminder_choice_person_id")),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_reminder_choice")),
    )
    op.create_table(
        "reminder_notice",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("counts", Json(), nullable=False),
        sa.Column("items", Json(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("read_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_reminder_notice_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reminder_notice")),
        sa.UniqueConstraint("person_id", "day", name=op.f("uq_reminder_notice_person_id_day")),
    )
    with op.batch_alter_table("reminder_notice", schema=None) as batch_op:
        batch_op.create_index("ix_reminder_notice_read", ["person_id", "read_at"], unique=False)

    op.create_table(
        "reminder_robot",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("url", sa.String(length=500), nullable=False),
        sa.Column("secret", sa.String(length=200), nullable=False),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("kind IN ('wecom', 'dingtalk', 'webhook')", name=op.f("ck_reminder_robot_kind")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_reminder_robot_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reminder_robot")),
    )
    with op.batch_alter_table("reminder_robot", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_reminder_robot_unit_id"), ["unit_id"], unique=False)

    op.create_table(
        "reminder_sending",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=80), nullable=False),
        sa.Column("channel", sa.String(length=10), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("robot_id", sa.Integer(), nullable=True),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("address", sa.String(length=200), nullable=False),
        sa.Column("counts", Json(), nullable=False),
        sa.Column("subject", sa.String(length=200), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("due_at", UtcDateTime(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("ended_at", UtcDateTime(), nullable=True),
        sa.Column("fault", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "channel IN ('email', 'wecom', 'dingtalk', 'webhook')", name=op.f("ck_reminder_sending_channel")
        ),
        sa.CheckConstraint(
            "state IN ('waiting', 'sending', 'sent', 'failed', 'unknown')", name=op.f("ck_reminder_sending_state")
        ),
        sa.CheckConstraint("(person_id IS NULL) <> (robot_id IS NULL)", name=op.f("ck_reminder_sending_recipient")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_reminder_sending_person_id")),
        sa.ForeignKeyConstraint(["robot_id"], ["reminder_robot.id"], name=op.f("fk_reminder_sending_robot_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reminder_sending")),
        sa.UniqueConstraint("key", name=op.f("uq_reminder_sending_key")),
    )
    with op.batch_alter_table("reminder_sending", schema=None) as batch_op:
        batch_op.create_index("ix_reminder_sending_day", ["day", "id"], unique=False)
        batch_op.create_index("ix_reminder_sending_state", ["state", "due_at", "id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("reminder_sending", schema=None) as batch_op:
        batch_op.drop_index("ix_reminder_sending_state")
        batch_op.drop_index("ix_reminder_sending_day")

    op.drop_table("reminder_sending")
    with op.batch_alter_table("reminder_robot", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_reminder_robot_unit_id"))

    op.drop_table("reminder_robot")
    with op.batch_alter_table("reminder_notice", schema=None) as batch_op:
        batch_op.drop_index("ix_reminder_notice_read")

    op.drop_table("reminder_notice")
    op.drop_table("reminder_choice")
    op.drop_table("reminder_round")
