"""The steps of each unit's own review (审核层级): the list of units, and one unit's steps."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from tracker import clock
from tracker.accounts.access import viewer
from tracker.accounts.roles import Role, allow
from tracker.progress.forms.chains import ChainForm, UnitNamed, chosen_steps
from tracker.progress.queries.chains import ChainSetting, chain_setting, unit_chains
from tracker.progress.routes.blueprint import Answer, pages
from tracker.progress.service.chains import set_chain


@pages.get("/review-steps")
@allow(Role.ADMIN)
def review_chains() -> str:
    found = unit_chains(viewer(), today=clock.today(), text=request.args.get("text", ""))
    return render_template("progress/review_chains.html", units=found, form=UnitNamed(request.args))


def _page(found: ChainSetting, form: ChainForm) -> str:
    return render_template("progress/review_chain.html", found=found, form=form.offer(found.people))


@pages.get("/review-steps/<int:unit_id>")
@allow(Role.ADMIN)
def review_chain(unit_id: int) -> str:
    found = chain_setting(unit_id, viewer(), today=clock.today())
    return _page(found, ChainForm(**chosen_steps(found.chain)))


@pages.post("/review-steps/<int:unit_id>")
@allow(Role.ADMIN)
def set_review_chain(unit_id: int) -> Answer:
    found = chain_setting(unit_id, viewer(), today=clock.today())
    form = ChainForm().offer(found.people)
    if form.validate_on_submit():
        with form.guarded():
            set_chain(unit_id, form.steps(), by=viewer(), at=clock.now())
        if not form.refused:
            flash(_("已设定%(unit)s的审核层级，此后提交的报送按新的层级审核。", unit=found.unit), "success")
            return redirect(url_for("progress.review_chains"))
    return _page(found, form), form.status
