"""The tables"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from tracker.db import ExactDecimal, Json, UtcDateTime

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:  # noqa: PLR0915 one statement a table
    op.create_table(
        "audit_head",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.Column("settled", sa.String(length=64), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_audit_head_one_row")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_head")),
    )
    op.create_table(
        "calendar_day",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("is_workday", sa.Boolean(), nullable=False),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.PrimaryKeyConstraint("day", name=op.f("pk_calendar_day")),
    )
    op.create_table(
        "calendar_year",
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(length=120), nullable=False),
        sa.PrimaryKeyConstraint("year", name=op.f("pk_calendar_year")),
    )
    op.create_table(
        "person",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("username", sa.String(length=60), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("office_phone", sa.String(length=40), nullable=False),
        sa.Column("password_hash", sa.String(length=200), nullable=False),
        sa.Column("password_set_at", UtcDateTime(), nullable=False),
        sa.Column("must_change_password", sa.Boolean(), nullable=False),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.Column("locale", sa.String(length=12), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("username = lower(username)", name=op.f("ck_person_lower_case")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person")),
        sa.UniqueConstraint("username", name=op.f("uq_person_username")),
    )
    op.create_table(
        "sign_in_failure",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("username", sa.String(length=60), nullable=False),
        sa.Column("address", sa.String(length=60), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_in_failure")),
    )
    with op.batch_alter_table("sign_in_failure", schema=None) as batch_op:
        batch_op.create_index("ix_sign_in_failure_address", ["address", "at"], unique=False)
        batch_op.create_index("ix_sign_in_failure_name", ["username", "at"], unique=False)

    op.create_table(
        "site",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("is_demonstration", sa.Boolean(), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_site_one_row")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_site")),
    )
    op.create_table(
        "unit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("parent_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("normal_name", sa.String(length=120), nullable=False),
        sa.Column("short_name", sa.String(length=60), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("sort_key", sa.String(length=120), nullable=False),
        sa.Column("initials", sa.String(length=60), nullable=False),
        sa.Column("path", sa.String(length=200), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.CheckConstraint(
            "kind IN ('city', 'department', 'county', 'zone', 'office', 'town', 'enterprise', 'other')",
            name=op.f("ck_unit_kind"),
        ),
        sa.CheckConstraint("valid_to IS NULL OR valid_to >= valid_from", name=op.f("ck_unit_period")),
        sa.ForeignKeyConstraint(["parent_id"], ["unit.id"], name=op.f("fk_unit_parent_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unit")),
    )
    with op.batch_alter_table("unit", schema=None) as batch_op:
        batch_op.create_index("ix_unit_name", ["normal_name"], unique=False)
        batch_op.create_index("ix_unit_parent", ["parent_id", "sort_key"], unique=False)
        batch_op.create_index("ix_unit_path", ["path"], unique=False)

    op.create_table(
        "audit_entry",
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("actor_id", sa.Integer(), nullable=True),
        sa.Column("actor_name", sa.String(length=80), nullable=False),
        sa.Column("action", sa.String(length=60), nullable=False),
        sa.Column("subject_kind", sa.String(length=40), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=True),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("body", Json(), nullable=False),
        sa.Column("prev", sa.String(length=64), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["actor_id"], ["person.id"], name=op.f("fk_audit_entry_actor_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_audit_entry_unit_id")),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_audit_entry")),
        sa.UniqueConstraint("hash", name=op.f("uq_audit_entry_hash")),
        sa.UniqueConstraint("prev", name=op.f("uq_audit_entry_prev")),
    )
    with op.batch_alter_table("audit_entry", schema=None) as batch_op:
        batch_op.create_index("ix_audit_entry_action", ["action", "seq"], unique=False)
        batch_op.create_index("ix_audit_entry_actor", ["actor_id", "seq"], unique=False)
        batch_op.create_index("ix_audit_entry_at", ["at"], unique=False)
        batch_op.create_index("ix_audit_entry_subject", ["subject_kind", "subject_id", "seq"], unique=False)

    op.create_table(
        "collective",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("phrase", sa.String(length=120), nullable=False),
        sa.Column("normal_phrase", sa.String(length=120), nullable=False),
        sa.Column("rule", Json(), nullable=False),
        sa.Column("confirmed_by", sa.Integer(), nullable=True),
        sa.Column("confirmed_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["confirmed_by"], ["person.id"], name=op.f("fk_collective_confirmed_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_collective")),
        sa.UniqueConstraint("normal_phrase", name=op.f("uq_collective_normal_phrase")),
    )
    op.create_table(
        "evidence",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=32), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=255), nullable=False),
        sa.Column("media_type", sa.String(length=80), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("uploaded_by", sa.Integer(), nullable=False),
        sa.Column("uploaded_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_evidence_unit_id")),
        sa.ForeignKeyConstraint(["uploaded_by"], ["person.id"], name=op.f("fk_evidence_uploaded_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evidence")),
        sa.UniqueConstraint("public_id", name=op.f("uq_evidence_public_id")),
    )
    with op.batch_alter_table("evidence", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_evidence_sha256"), ["sha256"], unique=False)

    op.create_table(
        "job",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("key", sa.String(length=120), nullable=False),
        sa.Column("payload", Json(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("message", sa.Text(), nullable=False),
        sa.Column("result", Json(), nullable=True),
        sa.Column("cancel_asked", sa.Boolean(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("leased_until", UtcDateTime(), nullable=True),
        sa.Column("created_by", sa.Integer(), nullable=True),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("finished_at", UtcDateTime(), nullable=True),
        sa.CheckConstraint("state IN ('waiting', 'running', 'done', 'failed', 'cancelled')", name=op.f("ck_job_state")),
        sa.ForeignKeyConstraint(["created_by"], ["person.id"], name=op.f("fk_job_created_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_job")),
        sa.UniqueConstraint("key", name=op.f("uq_job_key")),
    )
    with op.batch_alter_table("job", schema=None) as batch_op:
        batch_op.create_index("ix_job_state", ["state", "id"], unique=False)

    op.create_table(
        "role_grant",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(length=20), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.CheckConstraint(
            "role IN ('lead_office', 'reporter', 'reviewer', 'leader', 'evaluator', 'admin')",
            name=op.f("ck_role_grant_role"),
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_role_grant_person_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_role_grant_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_role_grant")),
        sa.UniqueConstraint("person_id", "role", "unit_id", "valid_from", name="uq_role_grant_once"),
    )
    with op.batch_alter_table("role_grant", schema=None) as batch_op:
        batch_op.create_index("ix_role_grant_person", ["person_id"], unique=False)

    op.create_table(
        "sign_in",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("address", sa.String(length=60), nullable=False),
        sa.Column("began_at", UtcDateTime(), nullable=False),
        sa.Column("expires_at", UtcDateTime(), nullable=False),
        sa.Column("ended_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_sign_in_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_in")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_sign_in_token_hash")),
    )
    with op.batch_alter_table("sign_in", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_sign_in_person_id"), ["person_id"], unique=False)

    op.create_table(
        "unit_alias",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("normal_name", sa.String(length=120), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("confirmed_by", sa.Integer(), nullable=True),
        sa.Column("confirmed_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["confirmed_by"], ["person.id"], name=op.f("fk_unit_alias_confirmed_by")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_unit_alias_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unit_alias")),
        sa.UniqueConstraint("normal_name", "unit_id", name="uq_unit_alias_once"),
    )
    with op.batch_alter_table("unit_alias", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_unit_alias_normal_name"), ["normal_name"], unique=False)
        batch_op.create_index(batch_op.f("ix_unit_alias_unit_id"), ["unit_id"], unique=False)

    op.create_table(
        "draft",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("file_name", sa.String(length=255), nullable=False),
        sa.Column("file_key", sa.String(length=80), nullable=False),
        sa.Column("pasted", sa.Boolean(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("reader_version", sa.String(length=20), nullable=False),
        sa.Column("header", Json(), nullable=False),
        sa.Column("header_read", Json(), nullable=False),
        sa.Column("milestones", Json(), nullable=False),
        sa.Column("layout", Json(), nullable=False),
        sa.Column("job_id", sa.Integer(), nullable=True),
        sa.Column("failure", sa.Text(), nullable=False),
        sa.Column("created_by", sa.Integer(), nullable=True),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("changed_at", UtcDateTime(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "state IN ('reading', 'review', 'adopted', 'discarded', 'failed')", name=op.f("ck_draft_state")
        ),
        sa.ForeignKeyConstraint(["created_by"], ["person.id"], name=op.f("fk_draft_created_by")),
        sa.ForeignKeyConstraint(["job_id"], ["job.id"], name=op.f("fk_draft_job_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_draft_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_draft")),
    )
    op.create_table(
        "draft_finding",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("draft_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("origin", sa.String(length=8), nullable=False),
        sa.Column("severity", sa.String(length=8), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("params", Json(), nullable=False),
        sa.Column("locators", Json(), nullable=False),
        sa.Column("settled", sa.String(length=12), nullable=False),
        sa.ForeignKeyConstraint(["draft_id"], ["draft.id"], name=op.f("fk_draft_finding_draft_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_draft_finding")),
    )
    with op.batch_alter_table("draft_finding", schema=None) as batch_op:
        batch_op.create_index("ix_draft_finding_position", ["draft_id", "position"], unique=False)

    op.create_table(
        "draft_piece",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("draft_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("locator", sa.String(length=120), nullable=False),
        sa.Column("body", Json(), nullable=False),
        sa.ForeignKeyConstraint(["draft_id"], ["draft.id"], name=op.f("fk_draft_piece_draft_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_draft_piece")),
        sa.UniqueConstraint("draft_id", "position", name=op.f("uq_draft_piece_draft_id_position")),
    )
    op.create_table(
        "draft_presence",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("draft_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("task_id", sa.Integer(), nullable=True),
        sa.Column("seen_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["draft_id"], ["draft.id"], name=op.f("fk_draft_presence_draft_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_draft_presence_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_draft_presence")),
        sa.UniqueConstraint("draft_id", "person_id", name=op.f("uq_draft_presence_draft_id_person_id")),
    )
    op.create_table(
        "draft_task",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("draft_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("piece", sa.Integer(), nullable=False),
        sa.Column("body", Json(), nullable=False),
        sa.Column("original", Json(), nullable=True),
        sa.Column("removed", sa.Boolean(), nullable=False),
        sa.Column("stale", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["draft_id"], ["draft.id"], name=op.f("fk_draft_task_draft_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_draft_task")),
    )
    with op.batch_alter_table("draft_task", schema=None) as batch_op:
        batch_op.create_index("ix_draft_task_position", ["draft_id", "position"], unique=False)

    op.create_table(
        "plan",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("owner_unit_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("document_title", sa.String(length=300), nullable=False),
        sa.Column("document_number", sa.String(length=80), nullable=False),
        sa.Column("document_issuer", sa.String(length=120), nullable=False),
        sa.Column("document_issued_on", sa.Date(), nullable=True),
        sa.Column("draft_id", sa.Integer(), nullable=True),
        sa.Column("policy", Json(), nullable=False),
        sa.Column("adopted_at", UtcDateTime(), nullable=False),
        sa.Column("issued_at", UtcDateTime(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("state IN ('adopted', 'issued', 'closed')", name=op.f("ck_plan_state")),
        sa.ForeignKeyConstraint(["draft_id"], ["draft.id"], name=op.f("fk_plan_draft_id")),
        sa.ForeignKeyConstraint(["owner_unit_id"], ["unit.id"], name=op.f("fk_plan_owner_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan")),
        sa.UniqueConstraint("draft_id", name=op.f("uq_plan_draft_id")),
        sa.UniqueConstraint("name", name=op.f("uq_plan_name")),
    )
    op.create_table(
        "unit_choice",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("draft_id", sa.Integer(), nullable=False),
        sa.Column("expression", sa.String(length=200), nullable=False),
        sa.Column("unit_ids", Json(), nullable=False),
        sa.Column("how", sa.String(length=12), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_unit_choice_by_id")),
        sa.ForeignKeyConstraint(["draft_id"], ["draft.id"], name=op.f("fk_unit_choice_draft_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unit_choice")),
        sa.UniqueConstraint("draft_id", "expression", name=op.f("uq_unit_choice_draft_id_expression")),
    )
    op.create_table(
        "chapter",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_chapter_plan_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_chapter")),
        sa.UniqueConstraint("plan_id", "position", name=op.f("uq_chapter_plan_id_position")),
    )
    op.create_table(
        "draft_edit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("draft_id", sa.Integer(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("act", sa.Integer(), nullable=False),
        sa.Column("task_id", sa.Integer(), nullable=True),
        sa.Column("finding_id", sa.Integer(), nullable=True),
        sa.Column("field", sa.String(length=40), nullable=False),
        sa.Column("before", Json(), nullable=True),
        sa.Column("after", Json(), nullable=True),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("undone", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_draft_edit_by_id")),
        sa.ForeignKeyConstraint(["draft_id"], ["draft.id"], name=op.f("fk_draft_edit_draft_id")),
        sa.ForeignKeyConstraint(["finding_id"], ["draft_finding.id"], name=op.f("fk_draft_edit_finding_id")),
        sa.ForeignKeyConstraint(["task_id"], ["draft_task.id"], name=op.f("fk_draft_edit_task_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_draft_edit")),
        sa.UniqueConstraint("draft_id", "seq", name=op.f("uq_draft_edit_draft_id_seq")),
    )
    op.create_table(
        "scheme",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("series_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("version_no", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=True),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("body", Json(), nullable=False),
        sa.Column("sources", Json(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("created_by", sa.Integer(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("adopted_by", sa.Integer(), nullable=True),
        sa.Column("adopted_at", UtcDateTime(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("state IN ('draft', 'in_use', 'retired')", name=op.f("ck_scheme_state")),
        sa.ForeignKeyConstraint(["adopted_by"], ["person.id"], name=op.f("fk_scheme_adopted_by")),
        sa.ForeignKeyConstraint(["created_by"], ["person.id"], name=op.f("fk_scheme_created_by")),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_scheme_plan_id")),
        sa.ForeignKeyConstraint(["series_id"], ["scheme.id"], name=op.f("fk_scheme_series_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_scheme")),
        sa.UniqueConstraint("name", "version_no", name=op.f("uq_scheme_name_version_no")),
    )
    op.create_table(
        "obligation_summary",
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("branch_id", sa.Integer(), nullable=False),
        sa.Column("unit_group", sa.String(length=20), nullable=False),
        sa.Column("chapter_id", sa.Integer(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("timing", sa.String(length=8), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("percent_sum", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["branch_id"], ["unit.id"], name=op.f("fk_obligation_summary_branch_id")),
        sa.ForeignKeyConstraint(["chapter_id"], ["chapter.id"], name=op.f("fk_obligation_summary_chapter_id")),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_obligation_summary_plan_id")),
        sa.PrimaryKeyConstraint(
            "plan_id",
            "branch_id",
            "unit_group",
            "chapter_id",
            "due_on",
            "state",
            "timing",
            name=op.f("pk_obligation_summary"),
        ),
    )
    op.create_table(
        "run",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("scheme_id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("as_of", sa.Date(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("engine_version", sa.String(length=10), nullable=False),
        sa.Column("inputs_hash", sa.String(length=64), nullable=False),
        sa.Column("result_hash", sa.String(length=64), nullable=False),
        sa.Column("units", sa.Integer(), nullable=False),
        sa.Column("rows_read", sa.Integer(), nullable=False),
        sa.Column("duration_ms", sa.Integer(), nullable=False),
        sa.Column("created_by", sa.Integer(), nullable=True),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("checked_by", sa.Integer(), nullable=True),
        sa.Column("published_at", UtcDateTime(), nullable=True),
        sa.Column("audit_head", sa.String(length=64), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("state IN ('preview', 'published', 'withdrawn')", name=op.f("ck_run_state")),
        sa.ForeignKeyConstraint(["checked_by"], ["person.id"], name=op.f("fk_run_checked_by")),
        sa.ForeignKeyConstraint(["created_by"], ["person.id"], name=op.f("fk_run_created_by")),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_run_plan_id")),
        sa.ForeignKeyConstraint(["scheme_id"], ["scheme.id"], name=op.f("fk_run_scheme_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_run")),
    )
    with op.batch_alter_table("run", schema=None) as batch_op:
        batch_op.create_index("ix_run_plan", ["plan_id", "id"], unique=False)

    op.create_table(
        "task",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("chapter_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=40), nullable=True),
        sa.Column("name", sa.String(length=300), nullable=False),
        sa.Column("weight", ExactDecimal(), nullable=True),
        sa.ForeignKeyConstraint(["chapter_id"], ["chapter.id"], name=op.f("fk_task_chapter_id")),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_task_plan_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_task")),
        sa.UniqueConstraint("plan_id", "position", name=op.f("uq_task_plan_id_position")),
    )
    with op.batch_alter_table("task", schema=None) as batch_op:
        batch_op.create_index("ix_task_chapter", ["chapter_id", "position"], unique=False)

    op.create_table(
        "assignment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("task_id", sa.Integer(), nullable=False),
        sa.Column("chapter_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("unit_group", sa.String(length=20), nullable=False),
        sa.Column("role", sa.String(length=12), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("percent", sa.Integer(), nullable=False),
        sa.Column("signed_by", sa.Integer(), nullable=True),
        sa.Column("signed_at", UtcDateTime(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("role IN ('lead', 'responsible', 'support', 'supervise')", name=op.f("ck_assignment_role")),
        sa.CheckConstraint(
            "state IN ('draft', 'to_sign', 'handed_back', 'in_progress', 'done', 'moved', 'withdrawn')",
            name=op.f("ck_assignment_state"),
        ),
        sa.ForeignKeyConstraint(["chapter_id"], ["chapter.id"], name=op.f("fk_assignment_chapter_id")),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_assignment_plan_id")),
        sa.ForeignKeyConstraint(["signed_by"], ["person.id"], name=op.f("fk_assignment_signed_by")),
        sa.ForeignKeyConstraint(["task_id"], ["task.id"], name=op.f("fk_assignment_task_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_assignment_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assignment")),
        sa.UniqueConstraint("task_id", "unit_id", name=op.f("uq_assignment_task_id_unit_id")),
    )
    with op.batch_alter_table("assignment", schema=None) as batch_op:
        batch_op.create_index("ix_assignment_plan", ["plan_id", "state", "id"], unique=False)
        batch_op.create_index("ix_assignment_unit", ["unit_id", "state", "id"], unique=False)

    op.create_table(
        "run_detail",
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("nodes", sa.Text(), nullable=False),
        sa.Column("records", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["run_id"], ["run.id"], name=op.f("fk_run_detail_run_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_run_detail_unit_id")),
        sa.PrimaryKeyConstraint("run_id", "unit_id", name=op.f("pk_run_detail")),
    )
    op.create_table(
        "run_input",
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["run_id"], ["run.id"], name=op.f("fk_run_input_run_id")),
        sa.PrimaryKeyConstraint("run_id", name=op.f("pk_run_input")),
    )
    op.create_table(
        "run_unit",
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("unit_name", sa.String(length=120), nullable=False),
        sa.Column("unit_group", sa.String(length=20), nullable=False),
        sa.Column("base", sa.String(length=30), nullable=True),
        sa.Column("bonus", sa.String(length=30), nullable=True),
        sa.Column("penalty", sa.String(length=30), nullable=True),
        sa.Column("total", sa.String(length=30), nullable=True),
        sa.Column("veto", sa.Boolean(), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=True),
        sa.Column("grade", sa.String(length=40), nullable=True),
        sa.ForeignKeyConstraint(["run_id"], ["run.id"], name=op.f("fk_run_unit_run_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_run_unit_unit_id")),
        sa.PrimaryKeyConstraint("run_id", "unit_id", name=op.f("pk_run_unit")),
    )
    with op.batch_alter_table("run_unit", schema=None) as batch_op:
        batch_op.create_index("ix_run_unit_rank", ["run_id", "unit_group", "rank", "position"], unique=False)

    op.create_table(
        "task_target",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("task_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(length=120), nullable=False),
        sa.Column("value", ExactDecimal(), nullable=False),
        sa.Column("value_to", ExactDecimal(), nullable=True),
        sa.Column("unit", sa.String(length=20), nullable=False),
        sa.Column("op", sa.String(length=5), nullable=False),
        sa.ForeignKeyConstraint(["task_id"], ["task.id"], name=op.f("fk_task_target_task_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_task_target")),
    )
    with op.batch_alter_table("task_target", schema=None) as batch_op:
        batch_op.create_index("ix_task_target_task", ["task_id", "position"], unique=False)

    op.create_table(
        "task_text",
        sa.Column("task_id", sa.Integer(), nullable=False),
        sa.Column("path", Json(), nullable=False),
        sa.Column("requirement", sa.Text(), nullable=False),
        sa.Column("deadlines", Json(), nullable=False),
        sa.Column("locator", sa.String(length=120), nullable=False),
        sa.Column("sources", Json(), nullable=False),
        sa.ForeignKeyConstraint(["task_id"], ["task.id"], name=op.f("fk_task_text_task_id")),
        sa.PrimaryKeyConstraint("task_id", name=op.f("pk_task_text")),
    )
    op.create_table(
        "assignment_source",
        sa.Column("assignment_id", sa.Integer(), nullable=False),
        sa.Column("expression", sa.String(length=200), nullable=False),
        sa.Column("collective", sa.Boolean(), nullable=False),
        sa.Column("locator", sa.String(length=120), nullable=False),
        sa.ForeignKeyConstraint(["assignment_id"], ["assignment.id"], name=op.f("fk_assignment_source_assignment_id")),
        sa.PrimaryKeyConstraint("assignment_id", name=op.f("pk_assignment_source")),
    )
    op.create_table(
        "closing",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("assignment_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.Column("asked_by", sa.Integer(), nullable=False),
        sa.Column("asked_at", UtcDateTime(), nullable=False),
        sa.Column("decided_by", sa.Integer(), nullable=True),
        sa.Column("decided_at", UtcDateTime(), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "state IN ('asked', 'closed', 'refused', 'taken_back', 'lapsed')", name=op.f("ck_closing_state")
        ),
        sa.ForeignKeyConstraint(["asked_by"], ["person.id"], name=op.f("fk_closing_asked_by")),
        sa.ForeignKeyConstraint(["assignment_id"], ["assignment.id"], name=op.f("fk_closing_assignment_id")),
        sa.ForeignKeyConstraint(["decided_by"], ["person.id"], name=op.f("fk_closing_decided_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_closing")),
    )
    with op.batch_alter_table("closing", schema=None) as batch_op:
        batch_op.create_index("ix_closing_assignment", ["assignment_id", "id"], unique=False)
        batch_op.create_index("ix_closing_state", ["state", "asked_at", "id"], unique=False)
        batch_op.create_index(
            "uq_closing_waiting",
            ["assignment_id"],
            unique=True,
            sqlite_where=sa.text("state = 'asked'"),
            postgresql_where=sa.text("state = 'asked'"),
        )

    op.create_table(
        "hand_back",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("assignment_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("proposed_unit_id", sa.Integer(), nullable=True),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("decision", sa.String(length=12), nullable=True),
        sa.Column("decision_note", sa.Text(), nullable=False),
        sa.Column("decided_by", sa.Integer(), nullable=True),
        sa.Column("decided_at", UtcDateTime(), nullable=True),
        sa.CheckConstraint(
            "decision IS NULL OR decision IN ('kept', 'moved', 'withdrawn')", name=op.f("ck_hand_back_decision")
        ),
        sa.ForeignKeyConstraint(["assignment_id"], ["assignment.id"], name=op.f("fk_hand_back_assignment_id")),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_hand_back_by_id")),
        sa.ForeignKeyConstraint(["decided_by"], ["person.id"], name=op.f("fk_hand_back_decided_by")),
        sa.ForeignKeyConstraint(["proposed_unit_id"], ["unit.id"], name=op.f("fk_hand_back_proposed_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hand_back")),
    )
    with op.batch_alter_table("hand_back", schema=None) as batch_op:
        batch_op.create_index("ix_hand_back_assignment", ["assignment_id"], unique=False)

    op.create_table(
        "obligation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("assignment_id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("task_id", sa.Integer(), nullable=False),
        sa.Column("chapter_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("unit_group", sa.String(length=20), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("original_due_on", sa.Date(), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("text", sa.String(length=200), nullable=False),
        sa.Column("period", sa.String(length=10), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("timing", sa.String(length=8), nullable=False),
        sa.Column("percent", sa.Integer(), nullable=False),
        sa.Column("submitted_at", UtcDateTime(), nullable=True),
        sa.Column("accepted_at", UtcDateTime(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "state IN ('open', 'reported', 'returned', 'accepted', 'cancelled')", name=op.f("ck_obligation_state")
        ),
        sa.CheckConstraint("timing IN ('none', 'on_time', 'extended', 'late')", name=op.f("ck_obligation_timing")),
        sa.CheckConstraint("percent BETWEEN 0 AND 100", name=op.f("ck_obligation_percent")),
        sa.ForeignKeyConstraint(["assignment_id"], ["assignment.id"], name=op.f("fk_obligation_assignment_id")),
        sa.ForeignKeyConstraint(["chapter_id"], ["chapter.id"], name=op.f("fk_obligation_chapter_id")),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_obligation_plan_id")),
        sa.ForeignKeyConstraint(["task_id"], ["task.id"], name=op.f("fk_obligation_task_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_obligation_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_obligation")),
        sa.UniqueConstraint("assignment_id", "due_on", name=op.f("uq_obligation_assignment_id_due_on")),
    )
    with op.batch_alter_table("obligation", schema=None) as batch_op:
        batch_op.create_index("ix_obligation_plan", ["plan_id", "state", "due_on", "id"], unique=False)
        batch_op.create_index("ix_obligation_state", ["state", "due_on", "id"], unique=False)
        batch_op.create_index("ix_obligation_task", ["task_id", "due_on", "id"], unique=False)
        batch_op.create_index(
            "ix_obligation_unfinished",
            ["task_id", "due_on", "unit_id", "state", "timing"],
            unique=False,
            sqlite_where=sa.text("state IN ('open', 'reported', 'returned')"),
            postgresql_where=sa.text("state IN ('open', 'reported', 'returned')"),
        )
        batch_op.create_index("ix_obligation_unit", ["unit_id", "due_on", "id"], unique=False)

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
        sa.Column("asked_by", sa.Integer(), nullable=False),
        sa.Column("asked_at", UtcDateTime(), nullable=False),
        sa.Column("decided_by", sa.Integer(), nullable=True),
        sa.Column("decided_at", UtcDateTime(), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "state IN ('asked', 'granted', 'refused', 'taken_back', 'lapsed')", name=op.f("ck_extension_state")
        ),
        sa.ForeignKeyConstraint(["asked_by"], ["person.id"], name=op.f("fk_extension_asked_by")),
        sa.ForeignKeyConstraint(["decided_by"], ["person.id"], name=op.f("fk_extension_decided_by")),
        sa.ForeignKeyConstraint(["obligation_id"], ["obligation.id"], name=op.f("fk_extension_obligation_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_extension")),
    )
    with op.batch_alter_table("extension", schema=None) as batch_op:
        batch_op.create_index("ix_extension_obligation", ["obligation_id", "id"], unique=False)
        batch_op.create_index("ix_extension_state", ["state", "asked_at", "id"], unique=False)
        batch_op.create_index(
            "uq_extension_waiting",
            ["obligation_id"],
            unique=True,
            sqlite_where=sa.text("state = 'asked'"),
            postgresql_where=sa.text("state = 'asked'"),
        )

    op.create_table(
        "progress_return",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("obligation_id", sa.Integer(), nullable=False),
        sa.Column("version_no", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("percent", sa.Integer(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("editor", sa.String(length=32), nullable=False),
        sa.Column("saved_at", UtcDateTime(), nullable=False),
        sa.Column("handed_in_at", UtcDateTime(), nullable=True),
        sa.Column("approved_by", sa.Integer(), nullable=True),
        sa.Column("submitted_at", UtcDateTime(), nullable=True),
        sa.Column("seen_at", UtcDateTime(), nullable=True),
        sa.Column("checked_by", sa.Integer(), nullable=True),
        sa.Column("checked_at", UtcDateTime(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "state IN ('draft', 'own_review', 'own_returned', 'to_check', 'returned', 'accepted', 'withdrawn')",
            name=op.f("ck_progress_return_state"),
        ),
        sa.CheckConstraint("percent BETWEEN 0 AND 100", name=op.f("ck_progress_return_percent")),
        sa.ForeignKeyConstraint(["approved_by"], ["person.id"], name=op.f("fk_progress_return_approved_by")),
        sa.ForeignKeyConstraint(["author_id"], ["person.id"], name=op.f("fk_progress_return_author_id")),
        sa.ForeignKeyConstraint(["checked_by"], ["person.id"], name=op.f("fk_progress_return_checked_by")),
        sa.ForeignKeyConstraint(["obligation_id"], ["obligation.id"], name=op.f("fk_progress_return_obligation_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_progress_return")),
        sa.UniqueConstraint("obligation_id", "version_no", name=op.f("uq_progress_return_obligation_id_version_no")),
    )
    with op.batch_alter_table("progress_return", schema=None) as batch_op:
        batch_op.create_index("ix_progress_return_state", ["state", "submitted_at", "id"], unique=False)

    op.create_table(
        "scored_fact",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("series_id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("indicator", sa.String(length=40), nullable=True),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("amount", ExactDecimal(), nullable=True),
        sa.Column("times", sa.Integer(), nullable=True),
        sa.Column("met", sa.Boolean(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("obligation_id", sa.Integer(), nullable=True),
        sa.Column("evidence_id", sa.Integer(), nullable=True),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("withdrawn_by", sa.Integer(), nullable=True),
        sa.Column("withdrawn_at", UtcDateTime(), nullable=True),
        sa.Column("withdrawn_reason", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "(indicator IS NULL) = (kind IN ('bonus', 'penalty', 'veto'))", name=op.f("ck_scored_fact_indicator")
        ),
        sa.CheckConstraint(
            "kind IN ('deduction', 'mark', 'value', 'met', 'not_applicable', 'bonus', 'penalty', 'veto')",
            name=op.f("ck_scored_fact_kind"),
        ),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_scored_fact_by_id")),
        sa.ForeignKeyConstraint(["evidence_id"], ["evidence.id"], name=op.f("fk_scored_fact_evidence_id")),
        sa.ForeignKeyConstraint(["obligation_id"], ["obligation.id"], name=op.f("fk_scored_fact_obligation_id")),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_scored_fact_plan_id")),
        sa.ForeignKeyConstraint(["series_id"], ["scheme.id"], name=op.f("fk_scored_fact_series_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_scored_fact_unit_id")),
        sa.ForeignKeyConstraint(["withdrawn_by"], ["person.id"], name=op.f("fk_scored_fact_withdrawn_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_scored_fact")),
    )
    with op.batch_alter_table("scored_fact", schema=None) as batch_op:
        batch_op.create_index("ix_scored_fact_series", ["series_id", "plan_id", "unit_id"], unique=False)

    op.create_table(
        "deduction_notice",
        sa.Column("fact_id", sa.Integer(), nullable=False),
        sa.Column("sent_at", UtcDateTime(), nullable=False),
        sa.Column("reply_by", sa.Date(), nullable=False),
        sa.Column("agrees", sa.Boolean(), nullable=True),
        sa.Column("reply", sa.Text(), nullable=False),
        sa.Column("replied_by", sa.Integer(), nullable=True),
        sa.Column("replied_at", UtcDateTime(), nullable=True),
        sa.Column("evidence_id", sa.Integer(), nullable=True),
        sa.Column("decision", sa.String(length=10), nullable=False),
        sa.Column("decided_by", sa.Integer(), nullable=True),
        sa.Column("decided_at", UtcDateTime(), nullable=True),
        sa.Column("decision_reason", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("decision IN ('', 'upheld', 'cancelled')", name=op.f("ck_deduction_notice_decision")),
        sa.ForeignKeyConstraint(["decided_by"], ["person.id"], name=op.f("fk_deduction_notice_decided_by")),
        sa.ForeignKeyConstraint(["evidence_id"], ["evidence.id"], name=op.f("fk_deduction_notice_evidence_id")),
        sa.ForeignKeyConstraint(["fact_id"], ["scored_fact.id"], name=op.f("fk_deduction_notice_fact_id")),
        sa.ForeignKeyConstraint(["replied_by"], ["person.id"], name=op.f("fk_deduction_notice_replied_by")),
        sa.PrimaryKeyConstraint("fact_id", name=op.f("pk_deduction_notice")),
    )
    op.create_table(
        "progress_return_evidence",
        sa.Column("return_id", sa.Integer(), nullable=False),
        sa.Column("evidence_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["evidence_id"], ["evidence.id"], name=op.f("fk_progress_return_evidence_evidence_id")),
        sa.ForeignKeyConstraint(
            ["return_id"], ["progress_return.id"], name=op.f("fk_progress_return_evidence_return_id")
        ),
        sa.PrimaryKeyConstraint("return_id", "evidence_id", name=op.f("pk_progress_return_evidence")),
    )
    with op.batch_alter_table("progress_return_evidence", schema=None) as batch_op:
        batch_op.create_index("ix_progress_return_evidence_file", ["evidence_id"], unique=False)

    op.create_table(
        "progress_return_figure",
        sa.Column("return_id", sa.Integer(), nullable=False),
        sa.Column("target_id", sa.Integer(), nullable=False),
        sa.Column("value", ExactDecimal(), nullable=False),
        sa.ForeignKeyConstraint(
            ["return_id"], ["progress_return.id"], name=op.f("fk_progress_return_figure_return_id")
        ),
        sa.ForeignKeyConstraint(["target_id"], ["task_target.id"], name=op.f("fk_progress_return_figure_target_id")),
        sa.PrimaryKeyConstraint("return_id", "target_id", name=op.f("pk_progress_return_figure")),
    )
    op.create_table(
        "progress_return_text",
        sa.Column("return_id", sa.Integer(), nullable=False),
        sa.Column("done", sa.Text(), nullable=False),
        sa.Column("problems", sa.Text(), nullable=False),
        sa.Column("next_step", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["return_id"], ["progress_return.id"], name=op.f("fk_progress_return_text_return_id")),
        sa.PrimaryKeyConstraint("return_id", name=op.f("pk_progress_return_text")),
    )


def downgrade() -> None:  # noqa: PLR0915 one statement a table
    op.drop_table("progress_return_text")
    op.drop_table("progress_return_figure")
    with op.batch_alter_table("progress_return_evidence", schema=None) as batch_op:
        batch_op.drop_index("ix_progress_return_evidence_file")

    op.drop_table("progress_return_evidence")
    op.drop_table("deduction_notice")
    with op.batch_alter_table("scored_fact", schema=None) as batch_op:
        batch_op.drop_index("ix_scored_fact_series")

    op.drop_table("scored_fact")
    with op.batch_alter_table("progress_return", schema=None) as batch_op:
        batch_op.drop_index("ix_progress_return_state")

    op.drop_table("progress_return")
    with op.batch_alter_table("extension", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_extension_waiting", sqlite_where=sa.text("state = 'asked'"), postgresql_where=sa.text("state = 'asked'")
        )
        batch_op.drop_index("ix_extension_state")
        batch_op.drop_index("ix_extension_obligation")

    op.drop_table("extension")
    with op.batch_alter_table("obligation", schema=None) as batch_op:
        batch_op.drop_index("ix_obligation_unit")
        batch_op.drop_index(
            "ix_obligation_unfinished",
            sqlite_where=sa.text("state IN ('open', 'reported', 'returned')"),
            postgresql_where=sa.text("state IN ('open', 'reported', 'returned')"),
        )
        batch_op.drop_index("ix_obligation_task")
        batch_op.drop_index("ix_obligation_state")
        batch_op.drop_index("ix_obligation_plan")

    op.drop_table("obligation")
    with op.batch_alter_table("hand_back", schema=None) as batch_op:
        batch_op.drop_index("ix_hand_back_assignment")

    op.drop_table("hand_back")
    with op.batch_alter_table("closing", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_closing_waiting", sqlite_where=sa.text("state = 'asked'"), postgresql_where=sa.text("state = 'asked'")
        )
        batch_op.drop_index("ix_closing_state")
        batch_op.drop_index("ix_closing_assignment")

    op.drop_table("closing")
    op.drop_table("assignment_source")
    op.drop_table("task_text")
    with op.batch_alter_table("task_target", schema=None) as batch_op:
        batch_op.drop_index("ix_task_target_task")

    op.drop_table("task_target")
    with op.batch_alter_table("run_unit", schema=None) as batch_op:
        batch_op.drop_index("ix_run_unit_rank")

    op.drop_table("run_unit")
    op.drop_table("run_input")
    op.drop_table("run_detail")
    with op.batch_alter_table("assignment", schema=None) as batch_op:
        batch_op.drop_index("ix_assignment_unit")
        batch_op.drop_index("ix_assignment_plan")

    op.drop_table("assignment")
    with op.batch_alter_table("task", schema=None) as batch_op:
        batch_op.drop_index("ix_task_chapter")

    op.drop_table("task")
    with op.batch_alter_table("run", schema=None) as batch_op:
        batch_op.drop_index("ix_run_plan")

    op.drop_table("run")
    op.drop_table("obligation_summary")
    op.drop_table("scheme")
    op.drop_table("draft_edit")
    op.drop_table("chapter")
    op.drop_table("unit_choice")
    op.drop_table("plan")
    with op.batch_alter_table("draft_task", schema=None) as batch_op:
        batch_op.drop_index("ix_draft_task_position")

    op.drop_table("draft_task")
    op.drop_table("draft_presence")
    op.drop_table("draft_piece")
    with op.batch_alter_table("draft_finding", schema=None) as batch_op:
        batch_op.drop_index("ix_draft_finding_position")

    op.drop_table("draft_finding")
    op.drop_table("draft")
    with op.batch_alter_table("unit_alias", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_unit_alias_unit_id"))
        batch_op.drop_index(batch_op.f("ix_unit_alias_normal_name"))

    op.drop_table("unit_alias")
    with op.batch_alter_table("sign_in", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_sign_in_person_id"))

    op.drop_table("sign_in")
    with op.batch_alter_table("role_grant", schema=None) as batch_op:
        batch_op.drop_index("ix_role_grant_person")

    op.drop_table("role_grant")
    with op.batch_alter_table("job", schema=None) as batch_op:
        batch_op.drop_index("ix_job_state")

    op.drop_table("job")
    with op.batch_alter_table("evidence", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_evidence_sha256"))

    op.drop_table("evidence")
    op.drop_table("collective")
    with op.batch_alter_table("audit_entry", schema=None) as batch_op:
        batch_op.drop_index("ix_audit_entry_subject")
        batch_op.drop_index("ix_audit_entry_at")
        batch_op.drop_index("ix_audit_entry_actor")
        batch_op.drop_index("ix_audit_entry_action")

    op.drop_table("audit_entry")
    with op.batch_alter_table("unit", schema=None) as batch_op:
        batch_op.drop_index("ix_unit_path")
        batch_op.drop_index("ix_unit_parent")
        batch_op.drop_index("ix_unit_name")

    op.drop_table("unit")
    op.drop_table("site")
    with op.batch_alter_table("sign_in_failure", schema=None) as batch_op:
        batch_op.drop_index("ix_sign_in_failure_name")
        batch_op.drop_index("ix_sign_in_failure_address")

    op.drop_table("sign_in_failure")
    op.drop_table("person")
    op.drop_table("calendar_year")
    op.drop_table("calendar_day")
    op.drop_table("audit_head")
