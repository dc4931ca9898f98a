"""Schemes: the list, the editor, adopting, versions."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, cast

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from tracker import clock
from tracker.accounts.access import viewer
from tracker.accounts.roles import Role, allow
from tracker.assessment import labels
from tracker.assessment.differences import scheme_changes
from tracker.assessment.editing import PARAMETERS, Row, Typed, changed, tree_of, typed_grades, typed_rows, typed_ties
from tracker.assessment.forms.runs import TrialFilter
from tracker.assessment.forms.schemes import AdoptForm, NewSchemeForm, SchemeForm, SchemeListForm, VersionForm
from tracker.assessment.queries.entering import chosen_plan
from tracker.assessment.queries.schemes import SchemeRow, get_scheme, in_use_beside, scheme_list, scheme_row, used_keys
from tracker.assessment.queries.trial import Trial, beside, last_tried
from tracker.assessment.routes.blueprint import READERS, Answer, pages
from tracker.assessment.service import schemes as service
from tracker.assessment.sources import SOURCES
from tracker.assessment.starters import STARTERS
from tracker.assessment.views import scheme_view, wants_amount
from tracker.assessment.words import larger_is_small
from tracker.audit.queries import history
from tracker.errors import NotFound
from tracker.plans.queries import plan_choices
from tracker.web.numbers import whole_number
from tracker.web.transactions import writes_late


@pages.get("/schemes")
@allow(*READERS)
def schemes() -> str:
    form = SchemeListForm(request.args)
    return render_template(
        "assessment/schemes.html", form=form, schemes=scheme_list(viewer(), state=form.state.data or "")
    )


@pages.get("/schemes/new")
@allow(Role.EVALUATOR)
def new_scheme() -> str:
    form = NewSchemeForm().offer(plan_choices(viewer()))
    return render_template("assessment/new_scheme.html", form=form)


@pages.post("/schemes")
@allow(Role.EVALUATOR)
def create_scheme() -> Answer:
    form = NewSchemeForm().offer(plan_choices(viewer()))
    if form.validate_on_submit():
        starter = STARTERS[form.starter.data]
        with form.guarded():
            made = service.create_scheme(
                name=form.name.data or "", body=starter.body, sources=starter.sources,
                plan_id=whole_number(form.plan.data), by=viewer(), at=clock.now(),
            )  # fmt: skip
        if not form.refused:
            return redirect(url_for("assessment.edit_scheme", scheme_id=made.id))
    return render_template("assessment/new_scheme.html", form=form), form.status


@pages.get("/schemes/<int:scheme_id>")
@allow(*READERS)
def scheme(scheme_id: int) -> str:
    return _scheme_page(scheme_id, VersionForm(formdata=None))


def _scheme_page(scheme_id: int, form: VersionForm, refused: AdoptForm | None = None) -> str:
    row = scheme_row(scheme_id, viewer())
    return render_template(
        "assessment/scheme.html", scheme=row, view=scheme_view(row.body, row.sources), form=form, refused=refused,
        versions=scheme_list(viewer(), series_id=row.series_id), entries=history("scheme", row.id)[::-1],
        plans=dict(plan_choices(viewer())), labels=labels, small_share=larger_is_small(row.body.get("larger")),
    )  # fmt: skip


@pages.get("/schemes/<int:scheme_id>/edit")
@allow(Role.EVALUATOR)
def edit_scheme(scheme_id: int) -> str:
    row = _draft(scheme_id)
    form = SchemeForm(formdata=None, data=SchemeForm.fields_of(row.body, row.plan_id, row.version))
    return _editor(row, form, row.body, row.sources)


def _draft(scheme_id: int) -> SchemeRow:
    row = scheme_row(scheme_id, viewer())
    if row.state != "draft":
        raise NotFound(_("方案已启用，不能直接修改。请制定新版本。"))
    return row


def _editor(
    row: SchemeRow, form: SchemeForm, body: dict[str, Any], sources: dict[str, Any], tried: Trial | None = None
) -> str:
    view = scheme_view(body, sources)
    form.offer(plan_choices(viewer()))
    refused = bool(form.errors)  # else the draft is kept, and what is wrong in it is only told
    form.mark(view.problems)
    return render_template(
        "assessment/edit_scheme.html", scheme=row, form=form, refused=refused, view=view, grades=body.get("grades", []),
        ties=body.get("tie_break", []), labels=labels,
        parameters=PARAMETERS, sources=SOURCES, wants_amount=wants_amount,
        small_share=larger_is_small(body.get("larger")), beside=_beside(row), tried=tried,
    )  # fmt: skip


TRIED_ON = ("trial-plan", "trial-as_of")
"""The fields beside the editor that say on what it is tried."""


def _beside(row: SchemeRow) -> TrialFilter:
    """On what the scheme is tried beside the editor: what was chosen there, else the last run's plan and day, which are
    last year's, else today's."""
    last = last_tried(row.series_id)
    seen = dict(plan_choices(viewer()))
    plan_id, day = last if last and last[0] in seen else (chosen_plan(row, "", viewer()), clock.today())
    form = TrialFilter(request.values or None, prefix="trial-", data={"plan": str(plan_id or ""), "as_of": day})
    return form.offer(plan_choices(viewer()))


@pages.post("/schemes/<int:scheme_id>/edit/trial")
@allow(Role.EVALUATOR)
@writes_late
def try_edited(scheme_id: int) -> str:
    """Tries what stands in the editor, saved or not. It writes nothing; without scripts it gives the editor again."""
    row, form = _draft(scheme_id), SchemeForm()
    chosen = _beside(row)
    body, sources = _typed_scheme(row, form, typed_rows(_typed()))
    plan_id, day = chosen_plan(row, chosen.plan.data or "", viewer()), chosen.day(clock.today())
    edited = replace(row, body=body, sources=sources)
    tried = beside(edited, in_use_beside(row, viewer()), plan_id, day, clock.today()) if plan_id else None
    if request.headers.get("HX-Request"):
        return render_template("assessment/_beside.html", tried=tried)
    return _editor(row, form, body, sources, tried)


@pages.post("/schemes/<int:scheme_id>/edit")
@allow(Role.EVALUATOR)
def save_scheme(scheme_id: int) -> Answer:
    row, form = _draft(scheme_id), SchemeForm()
    rows, at = changed(typed_rows(_typed()), request.form.get("act", ""), used_keys(row.series_id))
    body, sources = _typed_scheme(row, form, rows)
    form.offer(plan_choices(viewer()))
    if rows and form.validate_on_submit():
        with form.guarded():
            service.save_scheme(
                get_scheme(scheme_id, viewer()), version=int(form.version.data or 0), body=body, sources=sources,
                plan_id=form.plan_id, by=viewer(), at=clock.now(),
            )  # fmt: skip
        if not form.refused:
            return redirect(_where_next(scheme_id, at))
    return _editor(row, form, body if rows else row.body, sources if rows else row.sources), form.status


def _typed_scheme(row: SchemeRow, form: SchemeForm, rows: list[Row]) -> tuple[dict[str, Any], dict[str, Any]]:
    """(body, sources) as they were sent."""
    indicators, sources = tree_of(rows)
    listed = {"grades": typed_grades(_typed()), "tie_break": typed_ties(_typed())}
    return {**form.settings(), **listed, "indicators": indicators, "name": row.name}, sources


def _typed() -> Typed:
    return cast(Typed, request.form)


def _where_next(scheme_id: int, at: int) -> str:
    """After an act of the editor back to the row it was about; after saving to the scheme, where its problems stand."""
    if request.form.get("act"):
        tried_on: dict[str, Any] = {name: request.form[name] for name in TRIED_ON if name in request.form}
        return url_for("assessment.edit_scheme", scheme_id=scheme_id, _anchor=f"node-{at}", **tried_on)
    flash(_("草稿已保存。"), "success")
    return url_for("assessment.scheme", scheme_id=scheme_id)


@pages.post("/schemes/<int:scheme_id>/adopt")
@allow(Role.EVALUATOR)
def adopt_scheme(scheme_id: int) -> Answer:
    form = AdoptForm()
    if form.validate_on_submit():
        with form.guarded():
            service.adopt_scheme(
                get_scheme(scheme_id, viewer()), version=int(form.version.data or 0), by=viewer(), at=clock.now()
            )
        if not form.refused:
            flash(_("方案已启用。"), "success")
            return redirect(url_for("assessment.scheme", scheme_id=scheme_id))
    return _scheme_page(scheme_id, VersionForm(formdata=None), form), form.status


@pages.post("/schemes/<int:scheme_id>/version")
@allow(Role.EVALUATOR)
def new_version(scheme_id: int) -> Answer:
    form = VersionForm()
    if form.validate_on_submit():
        with form.guarded():
            made = service.new_version(
                get_scheme(scheme_id, viewer()), reason=form.reason.data or "", by=viewer(), at=clock.now()
            )
        if not form.refused:
            return redirect(url_for("assessment.edit_scheme", scheme_id=made.id))
    return _scheme_page(scheme_id, form), form.status


@pages.get("/schemes/<int:scheme_id>/changes/<int:since_id>")
@allow(*READERS)
def scheme_differences(scheme_id: int, since_id: int) -> str:
    new, old = scheme_row(scheme_id, viewer()), scheme_row(since_id, viewer())
    if new.series_id != old.series_id:
        raise NotFound
    found = scheme_changes(old.body, old.sources, new.body, new.sources)
    return render_template("assessment/scheme_changes.html", scheme=new, since=old, changes=found)
