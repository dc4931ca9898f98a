"""Keep facts of rules with several fields

Revision ID: 0007
Revises: 0006
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from tracker.db import Json

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

KIND = "ck_scored_fact_kind"
BEFORE = "'deduction', 'mark', 'value', 'met', 'not_applicable', 'bonus', 'penalty', 'veto'"
AFTER = "'deduction', 'mark', 'value', 'met', 'figures', 'not_applicable', 'bonus', 'penalty', 'veto'"


def upgrade() -> None:
    with op.batch_alter_table("scored_fact", schema=None) as batch_op:
        batch_op.add_column(sa.Column("figures", Json(), nullable=True))
    _kinds(AFTER)


def downgrade() -> None:
    """What the rules of before cannot count goes: the record of acts keeps it."""
    op.execute("DELETE FROM scored_fact WHERE kind = 'figures'")
    _kinds(BEFORE)
    with op.batch_alter_table("scored_fact", schema=None) as batch_op:
        batch_op.drop_column("figures")


def _kinds(known: str) -> None:
    with op.batch_alter_table("scored_fact", schema=None) as batch_op:
        batch_op.drop_constraint(op.f(KIND), type_="check")
        batch_op.create_check_constraint(op.f(KIND), f"kind IN ({known})")
