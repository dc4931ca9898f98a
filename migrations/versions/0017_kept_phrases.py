"""Reasons for a return kept by the office, and evidence that is only referred to"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

BEGINNING = (
    "进展描述不具体，请补充数据、时间和责任人。",
    "未附佐证材料，请补充后重报。",
    "完成百分比与进展描述不符，请核实。",
    "目标值完成情况未填写，请补充。",
    "存在问题和下步措施过于笼统，请细化。",
    "所报内容与本期任务要求不一致，请对照工作要求修改。",
)
"""What was offered before the office kept its own."""


def upgrade() -> None:
    kept = op.create_table(
        "reason_phrase",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(length=200), nullable=False),
        sa.Column("retired", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reason_phrase")),
    )
    rows = [{"position": at, "text": text, "retired": False, "version": 1} for at, text in enumerate(BEGINNING, 1)]
    op.bulk_insert(kept, rows)
    with op.batch_alter_table("progress_return_evidence", schema=None) as batch_op:
        batch_op.add_column(sa.Column("reused", sa.Boolean(), server_default=sa.false(), nullable=False))


def downgrade() -> None:
    with op.batch_alter_table("progress_return_evidence", schema=None) as batch_op:
        batch_op.drop_column("reused")
    op.drop_table("reason_phrase")
