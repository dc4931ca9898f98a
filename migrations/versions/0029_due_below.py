"""The date of a report from below as it stood when it came (转办下级报送的期限)"""

from __future__ import annotations

from datetime import timedelta

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None

PART = sa.table(
    "passed_part", sa.column("id", sa.Integer), sa.column("passed_id", sa.Integer), sa.column("obligation_id", sa.Integer),
    sa.column("submitted_at"), sa.column("due_on", sa.Date),
)  # fmt: skip
PASSED = sa.table("passed", sa.column("id", sa.Integer), sa.column("days_before", sa.Integer))
OBLIGATION = sa.table("obligation", sa.column("id", sa.Integer), sa.column("due_on", sa.Date))


def upgrade() -> None:
    """What was reported before is measured by the dates as they stand now, as it was until now."""
    op.add_column("passed_part", sa.Column("due_on", sa.Date(), nullable=True))
    rows = op.get_bind().execute(
        sa.select(PART.c.id, OBLIGATION.c.due_on, PASSED.c.days_before)
        .join_from(PART, PASSED, PASSED.c.id == PART.c.passed_id)
        .join(OBLIGATION, OBLIGATION.c.id == PART.c.obligation_id)
        .where(PART.c.submitted_at.is_not(None))
    )
    dates = [{"part": one.id, "due": one.due_on - timedelta(days=one.days_before)} for one in rows]
    if dates:
        fill = sa.update(PART).where(PART.c.id == sa.bindparam("part")).values(due_on=sa.bindparam("due"))
        op.get_bind().execute(fill, dates)


def downgrade() -> None:
    with op.batch_alter_table("passed_part", schema=None) as batch_op:
        batch_op.drop_column("due_on")
