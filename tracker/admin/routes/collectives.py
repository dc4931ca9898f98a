"""Expressions that stand for many units."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _

from tracker import clock
from tracker.accounts.access import viewer
from tracker.accounts.roles import Role, allow
from tracker.admin.forms.units import CollectiveForm
from tracker.admin.queries import units as queries
from tracker.admin.routes.blueprint import Answer, carried_out, pages
from tracker.admin.service import units as service


@pages.get("/collectives")
@allow(Role.ADMIN)
def collectives() -> str:
    return render_template("admin/collectives.html", collectives=queries.collectives(viewer(), day=clock.today()))


def _offered(form: CollectiveForm) -> CollectiveForm:
    return form.offer(queries.unit_choices(viewer(), day=clock.today()))


@pages.get("/collectives/new")
@allow(Role.ADMIN)
def new_collective() -> str:
    queries.collectives(viewer(), day=clock.today())  # not there for whoever keeps a part only
    given: dict[str, Any] = {"below": queries.top_of(viewer())}
    return render_template("admin/collective.html", form=_offered(CollectiveForm(None, **given)), collective=None)


@pages.get("/collectives/<int:collective_id>")
@allow(Role.ADMIN)
def collective(collective_id: int) -> str:
    found = queries.collective_row(collective_id, viewer(), day=clock.today())
    given: dict[str, Any] = {"phrase": found.phrase, "depth": 1, **found.rule}
    return render_template("admin/collective.html", form=_offered(CollectiveForm(None, **given)), collective=found)


@pages.post("/collectives")
@allow(Role.ADMIN)
def keep_collective() -> Answer:
    form = _offered(CollectiveForm())
    if carried_out(form, lambda: service.keep_collective(
        form.phrase.data, unit_ids=form.units.data or [], below=form.below.data, kinds=form.kinds.data or [],
        depth=form.depth.data or 1, by=viewer(), at=clock.now(),
    )):  # fmt: skip
        flash(_("集合称谓已保存，今后导入时按它展开。"), "success")
        return redirect(url_for("admin.collectives"))
    return render_template("admin/collective.html", form=form, collective=None), form.status
