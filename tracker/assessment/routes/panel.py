"""The evaluators of a scheme and a plan: who is invited, which marks are awaited of whom, who is let go."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from tracker import clock
from tracker.accounts.access import viewer
from tracker.accounts.roles import Role, allow
from tracker.assessment.forms.panel import ExcuseForm, InviteForm, TakeBackForm
from tracker.assessment.queries import panel as queries
from tracker.assessment.queries.entering import chosen_plan, scheme_leaves
from tracker.assessment.queries.panel import Recusal, Seat
from tracker.assessment.queries.schemes import SchemeRow, scheme_row
from tracker.assessment.queries.tallies import scored_units
from tracker.assessment.routes.blueprint import Answer, page_of_list, pages
from tracker.assessment.service import panel as service
from tracker.errors import NotFound
from tracker.plans.queries import plan_choices
from tracker.web.numbers import whole_number


def _asked(scheme_id: int) -> tuple[SchemeRow, int]:
    row = scheme_row(scheme_id, viewer())
    plan_id = chosen_plan(row, request.args.get("plan", ""), viewer())
    if row.state == "draft" or plan_id is None or not queries.marked_leaves(row):
        raise NotFound
    return row, plan_id


def _page(
    row: SchemeRow, plan_id: int, invite: InviteForm | None = None, excuse: ExcuseForm | None = None,
    take_back: TakeBackForm | None = None,
) -> str:  # fmt: skip
    today = clock.today()
    held = queries.panel(row.series_id, plan_id, today)
    sitting = [(seat.person_id, seat.name) for seat in held.sitting]
    return render_template(
        "assessment/panel.html", scheme=row, plan_id=plan_id, plan=dict(plan_choices(viewer())).get(plan_id, ""),
        seats=held.seats, awaited=queries.awaited_of(row, plan_id, today),
        invite=(invite or InviteForm(formdata=None)).offer(queries.to_invite(held, today)),
        excuse=(excuse or ExcuseForm(formdata=None)).offer(sitting, _units(plan_id)),
        take_back=(take_back or TakeBackForm(formdata=None, prefix="back-")).offer(
            _said(queries.noted_recusals(row, plan_id, held, viewer()))
        ),
    )  # fmt: skip


def _units(plan_id: int) -> list[tuple[int, str]]:
    return [(unit_id, name) for unit_id, name, _group in scored_units(plan_id)]


def _said(recusals: Iterable[tuple[Seat, Recusal]]) -> list[tuple[int, str]]:
    return [(one.id, _("%(name)s回避%(unit)s", name=seat.name, unit=one.unit)) for seat, one in recusals]


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
    return _page(row, plan_id, invite=form), form.status


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
    return _page(row, plan_id, excuse=form), form.status


@pages.post("/schemes/<int:scheme_id>/panel/take-back")
@allow(Role.EVALUATOR)
def take_back_recusal(scheme_id: int) -> Answer:
    row, plan_id = _asked(scheme_id)
    form = TakeBackForm(prefix="back-").offer(_said(queries.panel(row.series_id, plan_id, clock.today()).recused))
    if form.validate_on_submit():
        with form.guarded():
            service.take_back_recusal(
                row, plan_id=plan_id, recusal_id=int(form.recusal.data), reason=form.reason.data or "", by=viewer(),
                at=clock.now(),
            )  # fmt: skip
        if not form.refused:
            flash(_("回避已撤回，重新等待这位评委对该单位的打分。"), "success")
            return redirect(url_for("assessment.panel", scheme_id=scheme_id, plan=plan_id))
    return _page(row, plan_id, take_back=form), form.status


@pages.get("/schemes/<int:scheme_id>/panel/awaited")
@allow(Role.EVALUATOR)
def awaited(scheme_id: int) -> str:
    row, plan_id = _asked(scheme_id)
    marks, person_id = queries.awaited_marks(row, plan_id, clock.today()), whole_number(request.args.get("person"))
    return render_template(
        "assessment/awaited.html", scheme=row, plan_id=plan_id, plan=dict(plan_choices(viewer())).get(plan_id, ""),
        names={leaf.key: leaf.name for leaf in scheme_leaves(row)}, person_id=person_id, count=len(marks),
        people=Counter((one.seat.person_id, one.seat.name) for one in marks),
        page=page_of_list([one for one in marks if person_id in {None, one.seat.person_id}]),
    )  # fmt: skip
