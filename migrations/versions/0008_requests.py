"""Requests of units (申请) in one table: more time and closing, as before, suspension and excuse; what is excused."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from tracker.db import UtcDateTime

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

WAITS = "state = 'asked'"
WAITS_FOR_TASK = "state = 'asked' AND obligation_id IS NULL"
EXCUSE = "VARCHAR(10) NOT NULL DEFAULT '' CONSTRAINT ck_obligation_excuse CHECK (excuse IN ('', 'suspended', 'waived'))"


def upgrade() -> None:
    op.execute(f"ALTER TABLE obligation ADD COLUMN excuse {EXCUSE}")
    op.create_table(
        "request",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("assignment_id", sa.Integer(), nullable=False),
        sa.Column("obligation_id", sa.Integer(), nullable=True),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("progress", sa.Text(), nullable=False),
        sa.Column("condition", sa.Text(), nullable=False),
        sa.Column("due_before", sa.Date(), nullable=True),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("granted_until", sa.Date(), nullable=True),
        sa.Column("asked_by", sa.Integer(), nullable=False),
        sa.Column("asked_at", UtcDateTime(), nullable=False),
        sa.Column("decided_by", sa.Integer(), nullable=True),
        sa.Column("decided_at", UtcDateTime(), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("kind IN ('extension', 'closing', 'suspension', 'waiver')", name=op.f("ck_request_kind")),
        sa.CheckConstraint(
            "state IN ('asked', 'granted', 'refused', 'taken_back', 'lapsed', 'ended')", name=op.f("ck_request_state")
        ),
        sa.CheckConstraint(
            "(kind IN ('extension', 'waiver')) = (obligation_id IS NOT NULL)", name=op.f("ck_request_of")
        ),
        sa.ForeignKeyConstraint(["asked_by"], ["person.id"], name=op.f("fk_request_asked_by")),
        sa.ForeignKeyConstraint(["assignment_id"], ["assignment.id"], name=op.f("fk_request_assignment_id")),
        sa.ForeignKeyConstraint(["decided_by"], ["person.id"], name=op.f("fk_request_decided_by")),
        sa.ForeignKeyConstraint(["obligation_id"], ["obligation.id"], name=op.f("fk_request_obligation_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_request")),
    )
    _move_in()
    op.create_index("ix_request_assignment", "request", ["assignment_id", "id"])
    op.create_index("ix_request_obligation", "request", ["obligation_id", "id"])
    op.create_index("ix_request_state", "request", ["state", "kind", "asked_at", "id"])
    op.create_index(
        "uq_request_waiting_task", "request", ["assignment_id", "kind"], unique=True,
        sqlite_where=sa.text(WAITS_FOR_TASK), postgresql_where=sa.text(WAITS_FOR_TASK),
    )  # fmt: skip
    op.create_index(
        "uq_request_waiting_report", "request", ["obligation_id", "kind"], unique=True,
        sqlite_where=sa.text(WAITS), postgresql_where=sa.text(WAITS),
    )  # fmt: skip
    op.drop_table("extension")
    op.drop_table("closing")


def _move_in() -> None:
    """Extensions keep their numbers, closings follow them."""
    op.execute(
        "INSERT INTO request (id, kind, assignment_id, obligation_id, state, reason, progress, condition, due_before, "
        "until, granted_until, asked_by, asked_at, decided_by, decided_at, note, version) "
        "SELECT e.id, 'extension', o.assignment_id, e.obligation_id, e.state, e.reason, e.progress, '', e.due_before, "
        "e.until, e.granted_until, e.asked_by, e.asked_at, e.decided_by, e.decided_at, e.note, e.version "
        "FROM extension e JOIN obligation o ON o.id = e.obligation_id"
    )
    op.execute(
        "INSERT INTO request (id, kind, assignment_id, state, reason, progress, condition, asked_by, asked_at, "
        "decided_by, decided_at, note, version) "
        "SELECT c.id + (SELECT COALESCE(MAX(id), 0) FROM extension), 'closing', c.assignment_id, "
        "CASE c.state WHEN 'closed' THEN 'granted' ELSE c.state END, c.summary, '', '', c.asked_by, c.asked_at, "
        "c.decided_by, c.decided_at, c.note, c.version FROM closing c"
    )
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            "SELECT setval(pg_get_serial_sequence('request', 'id'), (SELECT COALESCE(MAX(id), 0) + 1 FROM request), false)"
        )


def downgrade() -> None:
    """Suspensions and excuses have no place in what was before: they are left out."""
    op.create_table(
        "extension",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("obligation_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("progress", sa.Text(), nullable=False),
        sa.Column("due_before", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("granted_until", sa.Date(), nullable=True),
        *_asked(),
        sa.CheckConstraint(
            "state IN ('asked', 'granted', 'refused', 'taken_back', 'lapsed')", name=op.f("ck_extension_state")
        ),
        sa.ForeignKeyConstraint(["asked_by"], ["person.id"], name=op.f("fk_extension_asked_by")),
        sa.ForeignKeyConstraint(["decided_by"], ["person.id"], name=op.f("fk_extension_decided_by")),
        sa.ForeignKeyConstraint(["obligation_id"], ["obligation.id"], name=op.f("fk_extension_obligation_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_extension")),
    )
    op.create_table(
        "closing",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("assignment_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("summary", sa.Text(), nullable=False),
        *_asked(),
        sa.CheckConstraint(
            "state IN ('asked', 'closed', 'refused', 'taken_back', 'lapsed')", name=op.f("ck_closing_state")
        ),
        sa.ForeignKeyConstraint(["asked_by"], ["person.id"], name=op.f("fk_closing_asked_by")),
        sa.ForeignKeyConstraint(["assignment_id"], ["assignment.id"], name=op.f("fk_closing_assignment_id")),
        sa.ForeignKeyConstraint(["decided_by"], ["person.id"], name=op.f("fk_closing_decided_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_closing")),
    )
    op.execute(
        "INSERT INTO extension (id, obligation_id, state, reason, progress, due_before, until, granted_until, asked_by, "
        "asked_at, decided_by, decided_at, note, version) "
        "SELECT id, obligation_id, state, reason, progress, due_before, until, granted_until, asked_by, asked_at, "
        "decided_by, decided_at, note, version FROM request WHERE kind = 'extension'"
    )
    op.execute(
        "INSERT INTO closing (id, assignment_id, state, summary, asked_by, asked_at, decided_by, decided_at, note, version) "
        "SELECT id, assignment_id, CASE state WHEN 'granted' THEN 'closed' ELSE state END, reason, asked_by, asked_at, "
        "decided_by, decided_at, note, version FROM request WHERE kind = 'closing'"
    )
    for table, of in (("extension", "obligation_id"), ("closing", "assignment_id")):
        op.create_index(f"ix_{table}_{of.removesuffix('_id')}", table, [of, "id"])
        op.create_index(f"ix_{table}_state", table, ["state", "asked_at", "id"])
        op.create_index(
            f"uq_{table}_waiting",
            table,
            [of],
            unique=True,
            sqlite_where=sa.text(WAITS),
            postgresql_where=sa.text(WAITS),
        )
    if op.get_bind().dialect.name == "postgresql":
        for counted in (
            "SELECT setval(pg_get_serial_sequence('extension', 'id'), (SELECT COALESCE(MAX(id), 0) + 1 FROM extension), false)",
            "SELECT setval(pg_get_serial_sequence('closing', 'id'), (SELECT COALESCE(MAX(id), 0) + 1 FROM closing), false)",
        ):
            op.execute(counted)
    op.drop_table("request")
    op.drop_column("obligation", "excuse")


def _asked() -> list[sa.Column[object]]:
    return [
        sa.Column("asked_by", sa.Integer(), nullable=False),
        sa.Column("asked_at", UtcDateTime(), nullable=False),
        sa.Column("decided_by", sa.Integer(), nullable=True),
        sa.Column("decided_at", UtcDateTime(), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
    ]
