"""The collectives of a plan, asked anew: the difference first, then the act."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _

from tracker import clock
from tracker.accounts.access import viewer
from tracker.accounts.roles import Role, allow
from tracker.progress import service
from tracker.progress.forms.expanding import ExpandForm
from tracker.progress.queries.expanding import Expansion, expansion
from tracker.progress.routes.blueprint import Answer, pages


@pages.get("/plans/<int:plan_id>/collectives")
@allow(Role.LEAD_OFFICE)
def collectives_of_plan(plan_id: int) -> str:
    found = expansion(plan_id, viewer(), today=clock.today())
    return _page(found, ExpandForm(None, chosen=[one.key for one in found.differences if not one.by_hand]))


def _page(found: Expansion, form: ExpandForm) -> str:
    form.seen.data = found.mark
    return render_template("units/expansion.html", found=found, form=form)


@pages.post("/plans/<int:plan_id>/collectives")
@allow(Role.LEAD_OFFICE)
def expand_again(plan_id: int) -> Answer:
    form = ExpandForm()
    found = expansion(plan_id, viewer(), today=clock.today())
    if form.validate_on_submit():
        with form.guarded():
            joined, left = service.expand_again(
                plan_id, form.chosen.data or [], reason=form.reason.data, seen=form.seen.data or "", by=viewer(),
                at=clock.now(),
            )  # fmt: skip
        if not form.refused:
            flash(
                _("已按今天的组织机构调整：新派 %(joined)s 项，撤下 %(left)s 项。", joined=joined, left=left), "success"
            )
            return redirect(url_for("progress.collectives_of_plan", plan_id=plan_id))
    return _page(found, form), form.status
