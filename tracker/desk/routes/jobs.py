"""A person's long work: how far it is, what came out, stopping it."""

from __future__ import annotations

from flask import flash, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from tracker import clock
from tracker.accounts.access import viewer
from tracker.accounts.roles import SIGNED_IN, allow
from tracker.desk import service
from tracker.desk.labels import JOB_NAMES
from tracker.desk.queries.jobs import job_row, jobs_of
from tracker.desk.routes.blueprint import pages

STOP_POLLING = 286
"""The status by which htmx stops asking."""


@pages.get("/jobs")
@allow(SIGNED_IN)
def jobs() -> str:
    return render_template("desk/jobs.html", jobs=jobs_of(viewer()), names=JOB_NAMES)


@pages.get("/jobs/<int:job_id>")
@allow(SIGNED_IN)
def job(job_id: int) -> str:
    return render_template("desk/job.html", job=job_row(job_id, viewer()), names=JOB_NAMES)


@pages.get("/jobs/<int:job_id>/status")
@allow(SIGNED_IN)
def job_status(job_id: int) -> Response:
    found = job_row(job_id, viewer())
    if "HX-Request" not in request.headers:
        return redirect(url_for("desk.job", job_id=job_id))
    body = render_template("desk/_job_status.html", job=found)
    return make_response(body, STOP_POLLING if found.is_over else 200)


@pages.post("/jobs/<int:job_id>/cancel")
@allow(SIGNED_IN)
def cancel_job(job_id: int) -> Response:
    service.cancel(job_id, by=viewer(), at=clock.now())
    flash(_("已请求取消，作业会在下一步停下。"))
    return redirect(url_for("desk.job", job_id=job_id))
