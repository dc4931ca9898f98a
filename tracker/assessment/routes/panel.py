"""The evaluators of a scheme and a plan: who is invited, whose marks are awaited, who is let go."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from tracker import clock
from tracker.accounts.access import viewer
from tracker.accounts.roles import Role, allow
from tracker.assessment.forms.panel import ExcuseForm, InviteForm
from tracker.assessment.queries import panel as queries
from tracker.assessment.queries.entering import chosen_plan
from tracker.assessment.queries.schemes import SchemeRow, scheme_row
from tracker.assessment.queries.tallies import scored_units
from tracker.assessment.routes.blueprint import Answer, pages
from tracker.assessment.service import panel as service
from tracker.errors import NotFound
from tracker.plans.queries import plan_choices


def _asked(scheme_id: int) -> tuple[SchemeRow, int]:
    row = scheme_row(scheme_id, viewer())
    plan_id = chosen_plan(row, request.args.get("plan", ""), viewer())
    if row.state == "draft" or plan_id is None or not queries.marked_leaves(row):
        raise NotFound
    return row, plan_id


def _page(row: SchemeRow, plan_id: int, invite: InviteForm | None = None, excuse: ExcuseForm | None = None) -> str:
    today = clock.today()
    held = queries.panel(row.series_id, plan_id, today)
    sitting = [(seat.person_id, seat.name) for seat in held.sitting]
    return render_template(
        "assessment/panel.html", scheme=row, plan_id=plan_id, plan=dict(plan_choices(viewer())).get(plan_id, ""),
        seats=held.seats, awaited=queries.awaited_of(row, plan_id, today),
        invite=(invite or InviteForm(formdata=None)).offer(queries.to_invite(held, today)),
        excuse=(excuse or ExcuseForm(formdata=None)).offer(sitting, _units(plan_id)),
    )  # fmt: skip


def _units(plan_id: int) -> list[tuple[int, str]]:
    return [(unit_id, name) for unit_id, name, _group in scored_units(plan_id)]


@pages.get("/schemes/<int:scheme_id>/panel")
@allow(Role.EVALUATOR)
def panel(scheme_id: int) -> str:
    return _page(*_asked(scheme_id))


@pages.post("/schemes/<int:scheme_id>/panel")
@allow(Role.EVALUATOR)
def invite(scheme_id: int) -> Answer:
    row, plan_id = _asked(scheme_id)
    today = clock.today()
    form = InviteForm().offer(queries.to_invite(queries.panel(row.series_id, plan_id, today), today))
    if form.validate_on_submit():
        with form.guarded():
            service.invite(row, plan_id=plan_id, people=form.people.data or (), by=viewer(), at=clock.now())
        if not form.refused:
            flash(_("已邀请。打分到齐以前，评委看不到彼此的打分。"), "success")
            return redirect(url_for("assessment.panel", scheme_id=scheme_id, plan=plan_id))
    return _page(row, plan_id, invite=form), 422


@pages.post("/schemes/<int:scheme_id>/panel/excuse")
@allow(Role.EVALUATOR)
def excuse(scheme_id: int) -> Answer:
    row, plan_id = _asked(scheme_id)
    sitting = queries.panel(row.series_id, plan_id, clock.today()).sitting
    form = ExcuseForm().offer([(seat.person_id, seat.name) for seat in sitting], _units(plan_id))
    if form.validate_on_submit():
        person_id, reason = int(form.person.data), form.reason.data or ""
        with form.guarded():
            if form.unit.data:
                service.recuse(
                    row, plan_id=plan_id, person_id=person_id, unit_id=int(form.unit.data), reason=reason, by=viewer(),
                    at=clock.now(),
                )  # fmt: skip
            else:
                service.excuse(row, plan_id=plan_id, person_id=person_id, reason=reason, by=viewer(), at=clock.now())
        if not form.refused:
            flash(_("已注明，不再等这位评委的这些打分。"), "success")
            return redirect(url_for("assessment.panel", scheme_id=scheme_id, plan=plan_id))
    return _page(row, plan_id, excuse=form), 422
