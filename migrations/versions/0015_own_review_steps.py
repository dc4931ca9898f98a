"""The unit's own review in steps, and what is asked for on findings (逐级审核、整改延期和免责)"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from tracker.db import UtcDateTime

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

STATES = ("registered", "assigned", "in_hand", "reported", "sent_back", "closed", "dropped")
TIMINGS = ("none", "on_time", "late")


def upgrade() -> None:
    op.create_table(
        "review_signer",
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("step_no", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.CheckConstraint("step_no BETWEEN 1 AND 3", name=op.f("ck_review_signer_step_no")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_review_signer_person_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_review_signer_unit_id")),
        sa.PrimaryKeyConstraint("unit_id", "step_no", "person_id", name=op.f("pk_review_signer")),
        sa.UniqueConstraint("unit_id", "person_id", name=op.f("uq_review_signer_unit_id_person_id")),
    )
    op.create_table(
        "progress_return_signature",
        sa.Column("return_id", sa.Integer(), nullable=False),
        sa.Column("step_no", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_progress_return_signature_person_id")),
        sa.ForeignKeyConstraint(
            ["return_id"], ["progress_return.id"], name=op.f("fk_progress_return_signature_return_id")
        ),
        sa.PrimaryKeyConstraint("return_id", "step_no", name=op.f("pk_progress_return_signature")),
        sa.UniqueConstraint("return_id", "person_id", name=op.f("uq_progress_return_signature_return_id_person_id")),
    )
    with op.batch_alter_table("progress_return_signature", schema=None) as batch_op:
        batch_op.create_index("ix_progress_return_signature_person", ["person_id", "return_id"], unique=False)

    op.create_table(
        "finding_request",
        sa.Column("finding_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("progress", sa.Text(), nullable=False),
        sa.Column("due_before", sa.Date(), nullable=True),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("granted_until", sa.Date(), nullable=True),
        sa.Column("asked_by", sa.Integer(), nullable=False),
        sa.Column("asked_at", UtcDateTime(), nullable=False),
        sa.Column("decided_by", sa.Integer(), nullable=True),
        sa.Column("decided_at", UtcDateTime(), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.CheckConstraint("kind IN ('extension', 'waiver')", name=op.f("ck_finding_request_kind")),
        sa.CheckConstraint(
            "state IN ('asked', 'granted', 'refused', 'taken_back', 'lapsed')", name=op.f("ck_finding_request_state")
        ),
        sa.ForeignKeyConstraint(["asked_by"], ["person.id"], name=op.f("fk_finding_request_asked_by")),
        sa.ForeignKeyConstraint(["decided_by"], ["person.id"], name=op.f("fk_finding_request_decided_by")),
        sa.ForeignKeyConstraint(["finding_id"], ["finding.id"], name=op.f("fk_finding_request_finding_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_finding_request")),
    )
    with op.batch_alter_table("finding_request", schema=None) as batch_op:
        batch_op.create_index("ix_finding_request_finding", ["finding_id", "id"], unique=False)
        batch_op.create_index(
            "uq_finding_request_waiting",
            ["finding_id", "kind"],
            unique=True,
            sqlite_where=sa.text("state = 'asked'"),
            postgresql_where=sa.text("state = 'asked'"),
        )

    op.create_table(
        "rectification_signature",
        sa.Column("report_id", sa.Integer(), nullable=False),
        sa.Column("step_no", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_rectification_signature_person_id")),
        sa.ForeignKeyConstraint(
            ["report_id"], ["rectification_report.id"], name=op.f("fk_rectification_signature_report_id")
        ),
        sa.PrimaryKeyConstraint("report_id", "step_no", name=op.f("pk_rectification_signature")),
        sa.UniqueConstraint("report_id", "person_id", name=op.f("uq_rectification_signature_report_id_person_id")),
    )
    with op.batch_alter_table("finding", schema=None) as batch_op:
        batch_op.add_column(sa.Column("original_due_on", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("excuse", sa.String(length=10), server_default="", nullable=False))
    op.execute("UPDATE finding SET original_due_on = due_on")
    with op.batch_alter_table("finding", schema=None) as batch_op:
        batch_op.alter_column("original_due_on", existing_type=sa.Date(), nullable=False)
        batch_op.create_check_constraint(op.f("ck_finding_excuse"), "excuse IN ('', 'waived')")
    _known((*STATES[:3], "own_review", *STATES[3:]), (*TIMINGS[:2], "extended", *TIMINGS[2:]))

    with op.batch_alter_table("progress_return", schema=None) as batch_op:
        batch_op.add_column(sa.Column("review_steps", sa.Integer(), server_default="1", nullable=False))
        batch_op.add_column(sa.Column("review_step", sa.Integer(), server_default="1", nullable=False))

    with op.batch_alter_table("rectification_report", schema=None) as batch_op:
        batch_op.add_column(sa.Column("handed_in_at", UtcDateTime(), nullable=True))
        batch_op.add_column(sa.Column("review_steps", sa.Integer(), server_default="1", nullable=False))
        batch_op.add_column(sa.Column("review_step", sa.Integer(), server_default="1", nullable=False))
        batch_op.add_column(sa.Column("own_reason", sa.Text(), server_default="", nullable=False))
        batch_op.add_column(sa.Column("approved_by", sa.Integer(), nullable=True))
        batch_op.create_foreign_key(op.f("fk_rectification_report_approved_by"), "person", ["approved_by"], ["id"])
    op.execute("UPDATE rectification_report SET handed_in_at = reported_at")


def downgrade() -> None:
    """What waits in its unit's own review is in the unit's hands again; what came within an extension came late."""
    with op.batch_alter_table("rectification_report", schema=None) as batch_op:
        batch_op.drop_constraint(op.f("fk_rectification_report_approved_by"), type_="foreignkey")
        batch_op.drop_column("approved_by")
        batch_op.drop_column("own_reason")
        batch_op.drop_column("review_step")
        batch_op.drop_column("review_steps")
        batch_op.drop_column("handed_in_at")

    with op.batch_alter_table("progress_return", schema=None) as batch_op:
        batch_op.drop_column("review_step")
        batch_op.drop_column("review_steps")

    op.execute("UPDATE finding SET state = 'in_hand' WHERE state = 'own_review'")
    op.execute("UPDATE finding SET timing = 'late' WHERE timing = 'extended'")
    _known(STATES, TIMINGS)
    with op.batch_alter_table("finding", schema=None) as batch_op:
        batch_op.drop_constraint(op.f("ck_finding_excuse"), type_="check")
        batch_op.drop_column("excuse")
        batch_op.drop_column("original_due_on")

    op.drop_table("rectification_signature")
    op.drop_table("finding_request")
    op.drop_table("progress_return_signature")
    op.drop_table("review_signer")


def _known(states: tuple[str, ...], timings: tuple[str, ...]) -> None:
    """What a finding may be in, and how it may have come."""
    with op.batch_alter_table("finding", schema=None) as batch_op:
        for column, values in (("state", states), ("timing", timings)):
            name = op.f(f"ck_finding_{column}")
            batch_op.drop_constraint(name, type_="check")
            batch_op.create_check_constraint(name, f"{column} IN ({', '.join(map(repr, values))})")
