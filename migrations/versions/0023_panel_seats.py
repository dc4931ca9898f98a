"""Remember which evaluators were invited to mark, and who was excused"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from tracker.db import UtcDateTime

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "panel_seat",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("series_id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("invited_by", sa.Integer(), nullable=False),
        sa.Column("invited_at", UtcDateTime(), nullable=False),
        sa.Column("excused_at", UtcDateTime(), nullable=True),
        sa.Column("excused_reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["invited_by"], ["person.id"], name=op.f("fk_panel_seat_invited_by")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_panel_seat_person_id")),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_panel_seat_plan_id")),
        sa.ForeignKeyConstraint(["series_id"], ["scheme.id"], name=op.f("fk_panel_seat_series_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_panel_seat")),
        sa.UniqueConstraint(
            "series_id", "plan_id", "person_id", name=op.f("uq_panel_seat_series_id_plan_id_person_id")
        ),
    )


def downgrade() -> None:
    op.drop_table("panel_seat")
