"""Acts of reorganisation (机构改革): all of them, ordering one after its effect was shown, bodies recorded twice."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from tracker import clock
from tracker.accounts.access import viewer
from tracker.accounts.roles import Role, allow
from tracker.admin.forms.acts import ASKED, OrganisationActForm
from tracker.admin.queries import units as queries
from tracker.admin.routes.blueprint import Answer, pages
from tracker.admin.service import acts as service
from tracker.audit.queries import history
from tracker.errors import NotFound
from tracker.units.queries import act_page, acts_page, first_day, likely_twins
from tracker.web.numbers import whole_number


@pages.get("/units/acts")
@allow(Role.ADMIN)
def acts() -> str:
    return render_template("units/acts.html", acts=acts_page(viewer()), kinds=tuple(ASKED))


@pages.get("/units/duplicates")
@allow(Role.ADMIN)
def duplicates() -> str:
    return render_template("units/duplicates.html", pairs=likely_twins(viewer(), day=clock.today()))


@pages.get("/units/acts/new/<kind>")
@allow(Role.ADMIN)
def new_act(kind: str) -> str:
    units = [one for one in map(whole_number, request.args.getlist("unit")) if one]
    given: dict[str, Any] = {
        "unit": request.args.get("unit", type=whole_number), "into": request.args.get("into", type=whole_number), "units": units,
        "on": first_day(units, today=clock.today()),
    }  # fmt: skip
    return render_template(
        "units/new_act.html", form=_offered(OrganisationActForm(None, **given), kind), kind=kind, effects=None
    )


def _offered(form: OrganisationActForm, kind: str) -> OrganisationActForm:
    if kind not in ASKED:
        raise NotFound
    queries.only_of_the_whole(viewer())
    return form.offer(kind, queries.unit_choices(viewer(), day=clock.today()))


@pages.post("/units/acts/new/<kind>")
@allow(Role.ADMIN)
def order_act(kind: str) -> Answer:
    """Shows what the act would do; carries it out where that was shown and is confirmed."""
    form, effects, number, at = _offered(OrganisationActForm(), kind), None, 0, clock.now()
    if form.validate_on_submit():
        with form.guarded():
            terms = form.terms(queries.kept_of(viewer(), day=clock.today()))
            if "confirm" in request.form and form.seen.data == terms.mark:
                number = service.order_act(terms, by=viewer(), at=at)
            else:
                effects, form.seen.data = service.foresee(terms, by=viewer(), at=at), terms.mark
        if number:
            flash(_("已生效。") if form.on.data <= clock.day_of(at) else _("已拟定，到生效日期自动办理。"), "success")
            return redirect(url_for("admin.act", act_id=number))
    status = 200 if effects else form.status
    return render_template("units/new_act.html", form=form, kind=kind, effects=effects), status


@pages.get("/units/acts/<int:act_id>")
@allow(Role.ADMIN)
def act(act_id: int) -> str:
    found = act_page(act_id, viewer())
    return render_template("units/act.html", act=found, entries=history("unit_act", act_id)[::-1], today=clock.today())


@pages.post("/units/acts/<int:act_id>/withdraw")
@allow(Role.ADMIN)
def withdraw_act(act_id: int) -> Response:
    service.withdraw_act(act_id, by=viewer(), at=clock.now())
    flash(_("已撤回，不会生效。"), "success")
    return redirect(url_for("admin.act", act_id=act_id))
