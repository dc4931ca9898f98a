"""Remember from which units invited evaluators recused themselves"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from tracker.db import UtcDateTime

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "panel_recusal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("seat_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("noted_by", sa.Integer(), nullable=False),
        sa.Column("noted_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["noted_by"], ["person.id"], name=op.f("fk_panel_recusal_noted_by")),
        sa.ForeignKeyConstraint(["seat_id"], ["panel_seat.id"], name=op.f("fk_panel_recusal_seat_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_panel_recusal_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_panel_recusal")),
        sa.UniqueConstraint("seat_id", "unit_id", name=op.f("uq_panel_recusal_seat_id_unit_id")),
    )


def downgrade() -> None:
    op.drop_table("panel_recusal")
