"""Runs: starting one, its totals, publishing it, its workbook."""

from __future__ import annotations

from datetime import date

from flask import Response as FileResponse, flash, redirect, render_template, request, url_for
from flask_babel import get_locale, gettext as _
from wtforms import SelectField

from tracker import clock
from tracker.accounts.access import viewer
from tracker.accounts.roles import Role, allow
from tracker.assessment import labels
from tracker.assessment.forms.runs import PublishForm, RunForm, ScoreFilter, WithdrawRunForm
from tracker.assessment.models import Run
from tracker.assessment.publicity import OPEN
from tracker.assessment.queries.entering import chosen_plan
from tracker.assessment.queries.placing import tied_units
from tracker.assessment.queries.recheck import agrees
from tracker.assessment.queries.runs import (
    RunRow,
    UnitScoreRow,
    frozen_inputs,
    get_run,
    run_row,
    runs as run_list,
    standing_run,
    unit_scores,
)
from tracker.assessment.queries.schemes import SchemeRow, scheme_list, scheme_row
from tracker.assessment.queries.waiting import Waiting, unsettled, waiting
from tracker.assessment.queries.workbook import sheet_bytes
from tracker.assessment.routes.blueprint import READERS, Answer, page_of_list, pages
from tracker.assessment.service import runs as service, sheets
from tracker.errors import NotFound
from tracker.plans.queries import plan_choices
from tracker.web.downloads import XLSX, attachment
from tracker.web.locale import day as day_text


@pages.get("/runs")
@allow(*READERS)
def runs() -> str:
    return render_template("assessment/runs.html", runs=run_list(viewer()), today=clock.today())


def _run_form(today: date) -> RunForm:
    """Begins with the scheme that is asked for, else the first, and with the plan that this scheme is meant for."""
    offered = scheme_list(viewer(), state="in_use")
    chosen = next(
        (row for row in offered if str(row.id) == request.args.get("scheme")), offered[0] if offered else None
    )
    begin = {"scheme": str(chosen.id), "plan": str(chosen.plan_id or "")} if chosen else {}
    form = RunForm(request.form or None, data={**begin, **request.args.to_dict(), "as_of": today})
    schemes = [(row.id, f"{row.name} {_('第%(n)s版', n=row.version_no)}") for row in offered]
    return form.offer(schemes, plan_choices(viewer()))


@pages.get("/runs/new")
@allow(Role.EVALUATOR)
def new_run() -> str:
    today = clock.today()
    return _new_run_page(_run_form(_day_asked(today)))


def _day_asked(today: date) -> date:
    try:
        return date.fromisoformat(request.args.get("as_of", ""))
    except ValueError:
        return today


def _new_run_page(form: RunForm) -> str:
    found = _waiting(form)
    return render_template("assessment/new_run.html", form=form, waiting=found, scheme_id=form.scheme.data)


def _offers(field: SelectField) -> bool:
    return field.data in {choice.value for choice in field.choices}


def _waiting(form: RunForm) -> Waiting | None:
    """What is still missing for what was chosen, where it can be told yet."""
    if not (_offers(form.scheme) and _offers(form.plan)):
        return None
    return waiting(
        scheme_row(int(form.scheme.data), viewer()),
        int(form.plan.data),
        form.as_of.data or clock.today(),
        clock.today(),
    )


@pages.post("/runs")
@allow(Role.EVALUATOR)
def start_run() -> Answer:
    form = _run_form(clock.today())
    if form.validate_on_submit():
        with form.guarded():
            started = service.start(
                _run_scheme(form), plan_id=int(form.plan.data), as_of=form.day, by=viewer(), at=clock.now()
            )
        if not form.refused and isinstance(started, Run):
            return redirect(url_for("assessment.run", run_id=started.id))
        if not form.refused:
            return redirect(url_for("desk.job", job_id=started.id))
    return _new_run_page(form), form.status


def _run_scheme(form: RunForm) -> SchemeRow:
    row = scheme_row(int(form.scheme.data), viewer())
    chosen_plan(row, form.plan.data, viewer())
    return row


@pages.get("/runs/<int:run_id>")
@allow(*READERS)
def run(run_id: int) -> str:
    row = run_row(run_id, viewer())
    scores = unit_scores(row.id)
    frozen = frozen_inputs(row.id)
    scheme = frozen.scheme
    wanted = ScoreFilter(request.args).offer(
        dict.fromkeys(one.group for one in scores), [grade["name"] for grade in scheme.get("grades", [])]
    )
    trial = row.state == "preview" and viewer().has(Role.EVALUATOR)
    return render_template(
        "assessment/run.html", run=row, page=page_of_list(_shown(scores, wanted)), everyone=len(scores), wanted=wanted,
        scheme=scheme, labels=labels, idle=frozen.idle, stage=row.stage(clock.today()), ties=tied_units(scheme, scores),
        may_study=viewer().has(Role.EVALUATOR, Role.LEAD_OFFICE), may_publish=trial and row.created_by != viewer().person_id,
        unsettled=unsettled(scheme_row(row.scheme_id, viewer()), row.plan_id, clock.today()) if trial else 0,
    )  # fmt: skip


SORTS = {"name": lambda one: one.name, "total": lambda one: _number(one.total), "base": lambda one: _number(one.base)}


def _number(text: str | None) -> float:
    """For ordering only: never reckoned with."""
    return float(text) if text is not None else float("-inf")


def _shown(scores: list[UnitScoreRow], wanted: ScoreFilter) -> list[UnitScoreRow]:
    shown = [
        one
        for one in scores
        if wanted.group.data in {None, "", one.group}
        and wanted.grade.data in {None, "", one.grade}
        and (wanted.text.data or "").strip() in one.name
    ]
    sort = request.args.get("sort", "")
    key = SORTS.get(sort.removeprefix("-"))
    return sorted(shown, key=key, reverse=sort.startswith("-")) if key else shown


@pages.get("/runs/<int:run_id>/publish")
@allow(Role.EVALUATOR)
def publishing_run(run_id: int) -> str:
    row = run_row(run_id, viewer())
    if row.state != "preview":
        raise NotFound(_("这次评分已经公布或撤销。"))
    return _publish_page(row, PublishForm(formdata=None, data={"version": row.version}))


def _publish_page(row: RunRow, form: PublishForm) -> str:
    return render_template(
        "assessment/publish_run.html", run=row, form=form, replaces=standing_run(get_run(row.id)),
        ties=tied_units(frozen_inputs(row.id).scheme, unit_scores(row.id)),
        unsettled=unsettled(scheme_row(row.scheme_id, viewer()), row.plan_id, clock.today()),
    )  # fmt: skip


@pages.post("/runs/<int:run_id>/publish")
@allow(Role.EVALUATOR)
def publish_run(run_id: int) -> Answer:
    row, form = run_row(run_id, viewer()), PublishForm()
    if form.validate_on_submit():
        with form.guarded():
            service.publish(
                run_id, version=int(form.version.data or 0), days=form.days.data or 0, reason=form.reason.data or "",
                by=viewer(), at=clock.now(),
            )  # fmt: skip
        if not form.refused:
            flash(_("已公布，各单位可以看到自己的得分。"), "success")
            return redirect(url_for("assessment.run", run_id=run_id))
    return _publish_page(row, form), form.status


@pages.get("/runs/<int:run_id>/withdraw")
@allow(Role.EVALUATOR)
def withdrawing_run(run_id: int) -> str:
    row = run_row(run_id, viewer())
    return _withdraw_page(row, WithdrawRunForm(formdata=None, data={"version": row.version}))


def _withdraw_page(row: RunRow, form: WithdrawRunForm) -> str:
    if row.stage(clock.today()) not in {"preview", OPEN}:
        raise NotFound(_("只有尚未公布或仍在公示期内的评分可以撤销。"))
    return render_template("assessment/withdraw_run.html", run=row, form=form, stage=row.stage(clock.today()))


@pages.post("/runs/<int:run_id>/withdraw")
@allow(Role.EVALUATOR)
def withdraw_run(run_id: int) -> Answer:
    row, form = run_row(run_id, viewer()), WithdrawRunForm()
    if form.validate_on_submit():
        with form.guarded():
            service.withdraw(
                run_id, reason=form.reason.data or "", version=int(form.version.data or 0), by=viewer(), at=clock.now()
            )
        if not form.refused:
            flash(_("已撤销，这次评分不会公布。"), "success")
            return redirect(url_for("assessment.run", run_id=run_id))
    return _withdraw_page(row, form), form.status


@pages.get("/runs/<int:run_id>/recheck")
@allow(*READERS)
def recheck_run(run_id: int) -> str:
    row = run_row(run_id, viewer())
    return render_template("assessment/recheck.html", run=row, agrees=agrees(run_id))


@pages.post("/runs/<int:run_id>/scoresheet.xlsx")
@allow(*READERS)
def ask_for_sheet(run_id: int) -> Answer:
    """A large workbook is a job."""
    row = run_row(run_id, viewer())
    job = sheets.ask(row, base_url=request.host_url, locale=str(get_locale()), by=viewer(), at=clock.now())
    return redirect(url_for("desk.job", job_id=job.id))


@pages.get("/runs/<int:run_id>/scoresheet.xlsx")
@allow(*READERS)
def scoresheet(run_id: int) -> FileResponse:
    row = run_row(run_id, viewer())
    data = sheet_bytes(row, base_url=request.host_url)
    return _workbook(data, f"{row.scheme_name}{_('考核得分表')}-{day_text(row.as_of)}.xlsx")


def _workbook(data: bytes, name: str) -> FileResponse:
    return FileResponse(data, mimetype=XLSX, headers=attachment(name, plain="scoresheet.xlsx"))
