"""Facts that people enter: who waits for what, and one unit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import Response, flash, redirect, render_template, request, stream_with_context, url_for
from flask_babel import gettext as _

from tracker import clock, storage
from tracker.accounts.access import viewer
from tracker.accounts.roles import Role, allow
from tracker.assessment.binding import kind_names
from tracker.assessment.forms.facts import AbsentForm, FactForm, PlanFilter, WithdrawForm, fact_form
from tracker.assessment.grid import SIDE_BY_SIDE
from tracker.assessment.queries import entering
from tracker.assessment.queries.entering import UnitFacts
from tracker.assessment.queries.facts import entered_facts, fact_file
from tracker.assessment.queries.invitations import invitations
from tracker.assessment.queries.panel import panel, seen_by, shown_fact
from tracker.assessment.queries.schemes import SchemeRow, scheme_list, scheme_row
from tracker.assessment.queries.self_scores import self_scores
from tracker.assessment.routes.blueprint import READERS, SCORED, Answer, page_of_list, pages
from tracker.assessment.service import facts as service
from tracker.errors import NotFound
from tracker.plans.queries import plan_choices
from tracker.progress.service.looking import takes_files
from tracker.web.downloads import kept_file
from tracker.web.numbers import whole_number

SHOWN = {"missing": (True,), "complete": (False,)}
"""What is shown of units that wait for facts, and of those that do not."""


@pages.get("/facts")
@allow(Role.EVALUATOR)
def facts_home() -> str:
    return render_template(
        "assessment/facts_home.html", schemes=scheme_list(viewer(), state="in_use"),
        invitations=invitations(viewer(), clock.today()),
    )  # fmt: skip


def open_scheme(scheme_id: int) -> SchemeRow:
    """A scheme that facts are entered for; raises NotFound for a draft."""
    row = scheme_row(scheme_id, viewer())
    if row.state == "draft":
        raise NotFound(_("方案还在编制中，启用后才能录入评分依据。"))
    return row


@pages.get("/schemes/<int:scheme_id>/facts")
@allow(Role.EVALUATOR)
def facts(scheme_id: int) -> str:
    row = open_scheme(scheme_id)
    plan_id = entering.chosen_plan(row, request.args.get("plan", ""), viewer())
    units = entering.unit_facts(row, plan_id, viewer(), clock.today()) if plan_id else []
    form = PlanFilter(request.args).offer(plan_choices(viewer()), entering.groups_of(units))
    if not form.plan.data:
        form.plan.data = str(plan_id or "")
    shown = [
        unit
        for unit in units
        if form.group.data in {None, "", unit.group} and bool(unit.missing) in SHOWN.get(form.show.data, (True, False))
    ]
    return render_template(
        "assessment/facts.html", scheme=row, plan_id=plan_id, units=units, page=page_of_list(shown), form=form,
        leaves=[leaf for leaf in entering.scheme_leaves(row) if leaf.kind], side_by_side=SIDE_BY_SIDE,
    )  # fmt: skip


@dataclass(frozen=True)
class _Slots:
    """The forms of a unit's page by their slots: `deduction-n3`, `bonus`."""

    by_leaf: dict[str, FactForm]
    whole: dict[str, FactForm]
    absent: AbsentForm

    def sent(self) -> FactForm | None:
        slot = request.form.get("slot", "")
        return {**self.by_leaf, **self.whole, "absent": self.absent}.get(slot)


def _slots(row: SchemeRow, obligations: Sequence[tuple[int, str]]) -> _Slots:
    """One form a slot: only the one that was sent reads what was typed."""
    sent, leaves = request.form.get("slot", ""), entering.scheme_leaves(row)

    def form(made: type[Any], slot: str, kind: str, indicator: str = "", parts: Sequence[str] = ()) -> Any:
        held = made(request.form if slot == sent else None, prefix=f"{slot}-", kind=kind)
        if indicator:
            held.indicator.data = indicator
        held.kind.data = kind
        return held.offer(obligations, parts, kind_names(row.body, kind))

    return _Slots(
        {
            leaf.key: form(fact_form(leaf.rule), leaf.key, leaf.kind, leaf.key, leaf.grid.parts)
            for leaf in leaves
            if leaf.kind
        },
        {kind: form(FactForm, kind, kind) for kind in ("bonus", "penalty", "veto")},
        form(AbsentForm, "absent", "not_applicable").offer_leaves([(leaf.key, leaf.name) for leaf in leaves]),
    )


@pages.get("/schemes/<int:scheme_id>/facts/<int:unit_id>")
@allow(Role.EVALUATOR)
def facts_of_unit(scheme_id: int, unit_id: int) -> str:
    row = open_scheme(scheme_id)
    plan_id = asked_plan(row)
    slots = _slots(row, entering.obligations_of(plan_id, unit_id))
    return _unit_page(row, plan_id, entering.one_unit(row, plan_id, unit_id, viewer(), clock.today()), slots)


def asked_plan(row: SchemeRow) -> int:
    """The plan that the address names, else the scheme's own; raises NotFound where there is none."""
    plan_id = entering.chosen_plan(row, request.args.get("plan", ""), viewer())
    if plan_id is None:
        raise NotFound
    return plan_id


def _unit_page(row: SchemeRow, plan_id: int, unit: UnitFacts, slots: _Slots) -> str:
    past = entered_facts(row.series_id, plan_id, unit_id=unit.unit_id, withdrawn=True)
    newest = max((fact.id for fact in past), default=0)
    return render_template(
        "assessment/facts_of_unit.html", scheme=row, plan_id=plan_id, unit=unit, slots=slots,
        leaves=entering.scheme_leaves(row), plan=dict(plan_choices(viewer())).get(plan_id, ""), newest=newest,
        said=self_scores(row.series_id, plan_id), today=clock.today(),
        past=seen_by(viewer(), past, panel(row.series_id, plan_id, clock.today())),
    )  # fmt: skip


@pages.post("/schemes/<int:scheme_id>/facts/<int:unit_id>")
@allow(Role.EVALUATOR)
@takes_files
def enter_fact(scheme_id: int, unit_id: int) -> Answer:
    row = open_scheme(scheme_id)
    plan_id = asked_plan(row)
    unit = entering.one_unit(row, plan_id, unit_id, viewer(), clock.today())
    slots = _slots(row, entering.obligations_of(plan_id, unit_id))
    form = slots.sent()
    if form is None:
        raise NotFound
    if form.check():
        with form.guarded():
            _enter(row, plan_id, unit_id, form)
        if not form.refused:
            flash(_("已录入。"), "success")
            here = url_for("assessment.facts_of_unit", scheme_id=scheme_id, unit_id=unit_id, plan=plan_id)
            return redirect(f"{here}#slot-{request.form['slot']}")
    return _unit_page(row, plan_id, unit, slots), form.status


def _enter(row: SchemeRow, plan_id: int, unit_id: int, form: FactForm) -> None:
    at, file = clock.now(), request.files.get(form.evidence.name)
    evidence_id = None
    if file is not None and file.filename:
        evidence_id = service.keep_evidence(file.stream, file.filename, unit_id=unit_id, by=viewer(), at=at)
    seen = whole_number(request.form.get("seen"))
    service.enter_fact(row, form.entry(evidence_id), plan_id=plan_id, unit_id=unit_id, by=viewer(), at=at, seen=seen)


@pages.get("/facts/<int:fact_id>/evidence")
@allow(*READERS, *SCORED)
def fact_evidence(fact_id: int) -> Response:
    """Always an attachment, never shown by the browser itself; the name stands in a header as data (RFC 6266)."""
    found = fact_file(fact_id, viewer())
    return Response(
        stream_with_context(storage.stream(found.key)), mimetype=found.media_type,
        headers=kept_file(found.name, found.size),
    )  # fmt: skip


@pages.get("/facts/<int:fact_id>/withdraw")
@allow(Role.EVALUATOR)
def withdraw(fact_id: int) -> str:
    fact = shown_fact(fact_id, viewer(), clock.today())
    return render_template("assessment/withdraw_fact.html", fact=fact, form=WithdrawForm(formdata=None))


@pages.post("/facts/<int:fact_id>/withdraw")
@allow(Role.EVALUATOR)
def withdraw_fact(fact_id: int) -> Answer:
    fact, form = shown_fact(fact_id, viewer(), clock.today()), WithdrawForm()
    if form.validate_on_submit():
        with form.guarded():
            service.withdraw_fact(fact_id, reason=form.reason.data or "", by=viewer(), at=clock.now())
        if not form.refused:
            flash(_("已撤回。"), "success")
            return redirect(
                url_for(
                    "assessment.facts_of_unit", scheme_id=fact.scheme_id, unit_id=fact.row.unit_id, plan=fact.plan_id
                )
            )
    return render_template("assessment/withdraw_fact.html", fact=fact, form=form), form.status
