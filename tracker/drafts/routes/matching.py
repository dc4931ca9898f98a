"""Matching unit expressions to the organisation tree."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from tracker import clock
from tracker.accounts.access import viewer
from tracker.accounts.roles import Role, allow
from tracker.drafts import queries, service
from tracker.drafts.forms import CertainForm, UnitsForm
from tracker.drafts.routes.blueprint import Answer, editable, pages
from tracker.errors import NotFound


@pages.get("/drafts/<int:draft_id>/units")
@allow(Role.LEAD_OFFICE)
def units(draft_id: int) -> str:
    found = queries.matched(draft_id, day=clock.today())
    show = request.args.get("show", "all")
    used = queries.memories_used(found.rows)
    return render_template("drafts/units.html", draft=editable(draft_id), found=found, show=show, used=used)


@pages.get("/drafts/<int:draft_id>/units/one")
@allow(Role.LEAD_OFFICE)
def expression(draft_id: int) -> str:
    return _one(draft_id, request.args.get("text", ""), None)


def _one(draft_id: int, text: str, form: UnitsForm | None, found: Sequence[queries.Joinable] = ()) -> str:
    draft, one = editable(draft_id), queries.matched_one(draft_id, text, day=clock.today())
    if one is None:
        raise NotFound
    row, tree = one
    if form is None:
        form = UnitsForm(data=_shown(row))
    form.fill(text, tree[0].id if tree else None)
    groups = queries.offered(tree, [*row.proposed, *(form.units.data or ())])
    return render_template(
        "drafts/expression.html", draft=draft, row=row, groups=groups, form=form, joinable=found,
        names={unit.id: unit.name for unit in tree},
    )  # fmt: skip


def _shown(row: queries.Resolved) -> dict[str, Any]:
    """What the forms begin with: what was chosen, else what is proposed."""
    unit = None if row.many else row.unit_ids[0] if row.unit_ids else row.likely
    return {"unit": unit, "units": list(row.unit_ids or row.proposed), "note": row.note, "remember": True}


@pages.post("/drafts/<int:draft_id>/units/choose")
@allow(Role.LEAD_OFFICE)
def choose(draft_id: int) -> Answer:
    text = request.args.get("text", "")
    editable(draft_id)
    form = UnitsForm()
    if form.validate_on_submit():
        with form.guarded():
            service.choose(
                draft_id, text, form.chosen, note=form.note.data or "", remember=bool(form.remember.data), by=viewer(),
                at=clock.now(),
            )  # fmt: skip
        if not form.refused:
            return _back(draft_id)
    return _one(draft_id, text, form), form.status


@pages.post("/drafts/<int:draft_id>/units/create")
@allow(Role.LEAD_OFFICE)
def create_unit(draft_id: int) -> Answer:
    editable(draft_id)
    text, form, at = request.args.get("text", ""), UnitsForm(), clock.now()
    found: list[queries.Joinable] = []
    form.remember.data = True  # of the form above, which was not sent
    if form.validate_on_submit():
        found = queries.joinable(draft_id, form.kind.data, form.parent.data or 0, day=clock.day_of(at))
        if form.has_told(found):
            with form.guarded():
                service.create_and_choose(
                    draft_id, text, name=form.name.data or "", kind=form.kind.data, parent_id=form.parent.data,
                    since=queries.since(draft_id, clock.day_of(at)), joins=form.joins.data or (), by=viewer(), at=at,
                )  # fmt: skip
            if not form.refused:
                return _back(draft_id, told=_("单位已新增并匹配。"))
    return _one(draft_id, text, form, found), form.status


def _back(draft_id: int, *, told: str = "") -> Response:
    """To the list of expressions; to the top of its page where that tells something."""
    if told:
        flash(told, "success")
    anchor = None if told else "expressions"
    return redirect(url_for("drafts.units", draft_id=draft_id, show=request.args.get("show"), _anchor=anchor))


@pages.post("/drafts/<int:draft_id>/units/forget")
@allow(Role.LEAD_OFFICE)
def forget_choice(draft_id: int) -> Response:
    service.forget_choice(draft_id, request.args.get("text", ""), by=viewer(), at=clock.now())
    return _back(draft_id)


@pages.get("/drafts/<int:draft_id>/units/certain")
@allow(Role.LEAD_OFFICE)
def certain(draft_id: int) -> str:
    return _certain(draft_id, CertainForm())


def _certain(draft_id: int, form: CertainForm) -> str:
    draft, found = editable(draft_id), queries.matched(draft_id, day=clock.today())
    rows = queries.certain(found.rows)
    form.seen.data = queries.certain_mark(rows)
    ticked = set(form.take.data or ()) if form.is_submitted() else {row.expression.text for row in rows}
    return render_template("drafts/certain.html", draft=draft, found=found, rows=rows, form=form, ticked=ticked)


@pages.post("/drafts/<int:draft_id>/units/certain")
@allow(Role.LEAD_OFFICE)
def accept_certain(draft_id: int) -> Answer:
    editable(draft_id)
    form = CertainForm()
    if form.validate_on_submit():
        with form.guarded():
            count = service.accept_certain(
                draft_id, form.take.data or (), seen=form.seen.data or "", by=viewer(), at=clock.now()
            )
        if not form.refused:
            return _back(draft_id, told=_("已确认 %(n)s 个称谓。", n=count))
    return _certain(draft_id, form), form.status
