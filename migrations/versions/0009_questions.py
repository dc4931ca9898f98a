"""Questions about reports and what is said to them (询问)"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from tracker.db import UtcDateTime

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "question",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("obligation_id", sa.Integer(), nullable=False),
        sa.Column("asker_id", sa.Integer(), nullable=True),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("moved_at", UtcDateTime(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("(kind = 'check') = (asker_id IS NULL)", name=op.f("ck_question_asker")),
        sa.CheckConstraint("kind IN ('urge', 'supplement', 'check')", name=op.f("ck_question_kind")),
        sa.CheckConstraint(
            "state IN ('asked', 'answered', 'disputed', 'settled', 'decided', 'lapsed')", name=op.f("ck_question_state")
        ),
        sa.ForeignKeyConstraint(["asker_id"], ["assignment.id"], name=op.f("fk_question_asker_id")),
        sa.ForeignKeyConstraint(["obligation_id"], ["obligation.id"], name=op.f("fk_question_obligation_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_question")),
    )
    with op.batch_alter_table("question", schema=None) as batch_op:
        batch_op.create_index("ix_question_asker", ["asker_id", "state", "id"], unique=False)
        batch_op.create_index("ix_question_obligation", ["obligation_id", "id"], unique=False)
        batch_op.create_index("ix_question_state", ["state", "due_on", "id"], unique=False)

    op.create_table(
        "question_entry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("question_id", sa.Integer(), nullable=False),
        sa.Column("verb", sa.String(length=10), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_question_entry_person_id")),
        sa.ForeignKeyConstraint(["question_id"], ["question.id"], name=op.f("fk_question_entry_question_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_question_entry_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_question_entry")),
    )
    with op.batch_alter_table("question_entry", schema=None) as batch_op:
        batch_op.create_index("ix_question_entry_question", ["question_id", "id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("question_entry", schema=None) as batch_op:
        batch_op.drop_index("ix_question_entry_question")

    op.drop_table("question_entry")
    with op.batch_alter_table("question", schema=None) as batch_op:
        batch_op.drop_index("ix_question_state")
        batch_op.drop_index("ix_question_obligation")
        batch_op.drop_index("ix_question_asker")

    op.drop_table("question")
