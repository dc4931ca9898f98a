"""Kinds of unit of a province: the province itself, and the cities below it (设区市)"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None

KINDS = "'city', 'party', 'department', 'vertical', 'county', 'zone', 'office', 'town', 'enterprise', 'other'"
FURTHER = (
    "'province', 'city', 'party', 'department', 'vertical', 'prefecture', 'county', 'zone', 'office', 'town', "
    "'enterprise', 'other'"
)


def upgrade() -> None:
    _kinds(KINDS, FURTHER)


def downgrade() -> None:
    """A province becomes a city again and its cities counties, which they were recorded as before."""
    op.execute("UPDATE unit SET kind = 'city' WHERE kind = 'province'")
    op.execute("UPDATE unit SET kind = 'county' WHERE kind = 'prefecture'")
    _kinds(FURTHER, KINDS)


def _kinds(before: str, after: str) -> None:
    """Changes which kinds a unit may have; SQLite keeps a constraint as words only (see revision 0004)."""
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
