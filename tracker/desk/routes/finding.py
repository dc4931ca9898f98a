"""One box for everything: tasks, units, plans, findings and supervision slips by a few words."""

from __future__ import annotations

from flask import render_template, request

from tracker import clock
from tracker.accounts.access import viewer
from tracker.accounts.roles import allow
from tracker.desk.forms import FindForm
from tracker.desk.queries.finding import FINDERS, find
from tracker.desk.routes.blueprint import pages


@pages.get("/find")
@allow(*FINDERS)
def finding() -> str:
    form = FindForm(request.args)
    found = find(viewer(), form.words(), today=clock.today(), cursor=request.args.get("cursor"))
    return render_template("desk/finding.html", form=form, found=found)
