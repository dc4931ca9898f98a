"""The audit record."""

from __future__ import annotations

from flask import redirect, render_template, request, url_for

from tracker import clock
from tracker.accounts.access import viewer
from tracker.accounts.roles import Role, allow
from tracker.admin.forms.audit import AuditFilterForm
from tracker.admin.queries import audit as queries
from tracker.admin.routes.blueprint import Answer, pages
from tracker.admin.service.audit import VERIFIED_AT_ONCE, ask_to_verify
from tracker.admin.words import subject_href, subject_name
from tracker.audit.queries import verify_chain


@pages.get("/audit")
@allow(Role.ADMIN, Role.LEAD_OFFICE)
def audit() -> str:
    form = AuditFilterForm(request.args).offer(queries.actions())
    found = queries.audit_page(viewer(), form.wanted(), cursor=request.args.get("cursor"))
    return render_template(
        "admin/audit.html", form=form, page=found, head=queries.head(), subject_name=subject_name,
        subject_href=subject_href,
    )  # fmt: skip


@pages.get("/audit/verify")
@allow(Role.ADMIN, Role.LEAD_OFFICE)
def verified_audit() -> Answer:
    """Where a verdict is loaded anew, or its address is kept: checking is an act, and begins from the record."""
    return redirect(url_for("admin.audit"))


@pages.post("/audit/verify")
@allow(Role.ADMIN, Role.LEAD_OFFICE)
def verify_audit() -> Answer:
    if queries.head().seq <= VERIFIED_AT_ONCE:
        return render_template("admin/verdict.html", verdict=verify_chain(), at=clock.now())
    job = ask_to_verify(by=viewer(), at=clock.now())
    return redirect(url_for("desk.job", job_id=job))
