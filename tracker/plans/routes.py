"""Plans and their tasks."""

from __future__ import annotations

from flask import Blueprint, flash, jsonify, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from tracker import clock
from tracker.accounts.access import viewer
from tracker.accounts.roles import UNIT_ROLES, WHOLE_VIEW, Role, allow
from tracker.audit.queries import history
from tracker.errors import NotFound
from tracker.plans import queries, service
from tracker.plans.beside import told
from tracker.plans.forms import PolicyForm, TaskFilterForm, WordingForm, suggestion
from tracker.web.numbers import whole_number

pages = Blueprint("plans", __name__)

READERS = WHOLE_VIEW | UNIT_ROLES
Answer = str | Response | tuple[str, int]


@pages.get("/plans")
@allow(*READERS)
def index() -> str:
    return render_template("plans/index.html", plans=queries.plans(viewer()))


@pages.get("/units/find.json")
@allow(*READERS)
def find_units() -> Response:
    """Suggestions for a field that names a unit; `without` are units that it may not name."""
    without = {whole_number(one) for one in request.args.getlist("without")}
    found = queries.find_units(request.args.get("q", ""), day=clock.today())
    return jsonify([suggestion(unit) for unit in found if unit.id not in without])


@pages.get("/plans/<int:plan_id>")
@allow(*READERS)
def plan(plan_id: int) -> str:
    who = viewer()
    found = queries.plan_view(plan_id, who)
    chapters = queries.chapters(plan_id, who)
    form = TaskFilterForm(request.args).offer(
        chapters,
        queries.units_of(plan_id, who),
        unclaimed=found.whole and found.unclaimed > 0,
        ended=found.whole and found.ended > 0,
    )
    page = queries.task_page(plan_id, who, form.wanted(), cursor=request.args.get("cursor"))
    shares = queries.unit_shares(plan_id) if found.whole else []
    return render_template("plans/plan.html", plan=found, chapters=chapters, form=form, page=page, shares=shares)


@pages.get("/plans/<int:plan_id>/policy")
@allow(Role.LEAD_OFFICE)
def policy(plan_id: int) -> str:
    found = _run_plan(plan_id)
    form = PolicyForm(obj=found.policy, version=found.version)
    return render_template("plans/policy.html", plan=found, form=form)


@pages.post("/plans/<int:plan_id>/policy")
@allow(Role.LEAD_OFFICE)
def change_policy(plan_id: int) -> Answer:
    found, form = _run_plan(plan_id), PolicyForm()
    if form.validate_on_submit():
        with form.guarded():
            service.change_policy(
                plan_id, form.policy(), version=int(form.version.data or 0), by=viewer(), at=clock.now()
            )
        if not form.refused:
            flash(_("计划设置已保存。"), "success")
            return redirect(url_for("plans.plan", plan_id=plan_id))
    return render_template("plans/policy.html", plan=found, form=form), form.status


def _run_plan(plan_id: int) -> queries.PlanView:
    found = queries.plan_view(plan_id, viewer())
    if not found.runs:
        raise NotFound
    return found


@pages.get("/tasks/<int:task_id>")
@allow(*READERS)
def task(task_id: int) -> str:
    found = queries.task_view(task_id, viewer())
    earlier = queries.earlier_wordings(task_id)
    beside = told({row.id: row.unit for row in found.assignments if row.reads}, clock.today())
    return render_template(
        "plans/task.html", task=found, earlier=earlier, entries=history("task", task_id)[::-1], beside=beside
    )


@pages.get("/tasks/<int:task_id>/correct")
@allow(Role.LEAD_OFFICE)
def correct(task_id: int) -> str:
    found = _run_task(task_id)
    return render_template("plans/correct.html", task=found, form=WordingForm.showing(found.wording))


@pages.post("/tasks/<int:task_id>/correct")
@allow(Role.LEAD_OFFICE)
def correct_task(task_id: int) -> Answer:
    found, form = _run_task(task_id), WordingForm()
    if form.validate_on_submit():
        with form.guarded():
            service.correct_task(
                task_id, form.wording(), reason=form.reason.data or "", seen=form.seen.data or "", by=viewer(),
                at=clock.now(),
            )  # fmt: skip
        if not form.refused:
            flash(_("任务已更正。"), "success")
            return redirect(url_for("plans.task", task_id=task_id))
    return render_template("plans/correct.html", task=found, form=form), form.status


def _run_task(task_id: int) -> queries.TaskView:
    found = queries.task_view(task_id, viewer())
    if not found.runs:
        raise NotFound
    return found
