"""Files of evidence with what a unit below reports (转办下级的佐证材料)"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "passed_evidence",
        sa.Column("part_id", sa.Integer(), nullable=False),
        sa.Column("evidence_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["evidence_id"], ["evidence.id"], name=op.f("fk_passed_evidence_evidence_id")),
        sa.ForeignKeyConstraint(["part_id"], ["passed_part.id"], name=op.f("fk_passed_evidence_part_id")),
        sa.PrimaryKeyConstraint("part_id", "evidence_id", name=op.f("pk_passed_evidence")),
    )
    with op.batch_alter_table("passed_evidence", schema=None) as batch_op:
        batch_op.create_index("ix_passed_evidence_file", ["evidence_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("passed_evidence", schema=None) as batch_op:
        batch_op.drop_index("ix_passed_evidence_file")

    op.drop_table("passed_evidence")
