"""The review page, and correcting in place."""

from __future__ import annotations

from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from tracker import clock
from tracker.accounts.access import viewer
from tracker.accounts.roles import Role, allow
from tracker.drafts import queries, service
from tracker.drafts.forms import FORMS, FieldForm, FindingFilterForm, HeaderForm
from tracker.drafts.routes.blueprint import Answer, changed, editable, finding_filter, is_part, pages
from tracker.web.numbers import whole_number


@pages.get("/drafts/<int:draft_id>")
@allow(Role.LEAD_OFFICE, Role.LEADER, Role.EVALUATOR)
def review(draft_id: int) -> Answer:
    draft = queries.draft_view(draft_id, viewer())
    if is_part():  # the waiting page asks whether the document has been read
        return ("", 204) if draft.state == "reading" else ("", 200, {"HX-Refresh": "true"})
    if draft.state in {"reading", "failed", "discarded"}:
        return render_template("drafts/waiting.html", draft=draft)
    asked = request.args
    page = queries.review_page(
        draft_id,
        number=whole_number(asked.get("page")) or 1,
        at=asked.get("at", ""),
        begin=asked.get("begin", type=whole_number),
    )
    form = FindingFilterForm(asked)
    findings = queries.filtered_findings(draft_id, form.severity.data or "")
    return render_template("drafts/review.html", draft=draft, page=page, form=form, findings=findings)


@pages.get("/drafts/<int:draft_id>/header")
@allow(Role.LEAD_OFFICE)
def header(draft_id: int) -> str:
    draft = editable(draft_id)
    return render_template("drafts/header.html", draft=draft, form=HeaderForm.showing(draft.header, draft.header_mark))


@pages.post("/drafts/<int:draft_id>/header")
@allow(Role.LEAD_OFFICE)
def correct_header(draft_id: int) -> Answer:
    draft, form = editable(draft_id), HeaderForm()
    if form.validate_on_submit():
        with form.guarded():
            service.correct_header(draft_id, form.values(), seen=form.seen.data or "", by=viewer(), at=clock.now())
        if not form.refused:
            flash(_("文件信息已更正。"), "success")
            return redirect(url_for("drafts.review", draft_id=draft_id))
    return render_template("drafts/header.html", draft=draft, form=form), form.status


@pages.get("/drafts/<int:draft_id>/tasks/<int:task_id>")
@allow(Role.LEAD_OFFICE)
def task(draft_id: int, task_id: int) -> Answer:
    """One card as it stands: what a cancelled correction goes back to."""
    draft, card = editable(draft_id), queries.card(draft_id, task_id)
    if is_part():
        return render_template("drafts/card.html", draft=draft, card=card)
    number = queries.page_of_task(draft_id, task_id)
    return redirect(url_for("drafts.review", draft_id=draft_id, page=number, _anchor=f"task-{task_id}"))


def _form_of(field: str) -> type[FieldForm]:
    if field not in FORMS:
        abort(404)
    return FORMS[field]


@pages.get("/drafts/<int:draft_id>/tasks/<int:task_id>/<field>")
@allow(Role.LEAD_OFFICE)
def edit_field(draft_id: int, task_id: int, field: str) -> str:
    draft, card = editable(draft_id), queries.card(draft_id, task_id)
    form = _form_of(field).showing(card.body[field], card.mark(field), draft.header["year"])
    return _show_form(draft, card, field, form)


def _show_form(draft: queries.DraftView, card: queries.TaskCard, field: str, form: Any) -> str:
    template = "drafts/field.html" if is_part() else "drafts/field_page.html"
    return render_template(template, draft=draft, card=card, field=field, form=form, in_place=is_part())


@pages.post("/drafts/<int:draft_id>/tasks/<int:task_id>/<field>")
@allow(Role.LEAD_OFFICE)
def correct_field(draft_id: int, task_id: int, field: str) -> Answer:
    draft, card, form = editable(draft_id), queries.card(draft_id, task_id), _form_of(field)()
    if form.validate_on_submit():
        value = form.new_value(card.body[field], draft.header["year"])
        if not form.unclear:
            with form.guarded():
                service.correct_field(
                    draft_id, task_id, field, value, seen=form.seen.data or "", by=viewer(), at=clock.now()
                )
            if not form.refused:
                return changed(draft_id, task_id, _("已更正。"))
            form.seen.data = card.mark(field)  # they were told what it is now: saving again is on purpose
    return _show_form(draft, card, field, form), 422, {"HX-Retarget": f"#task-{task_id}-{field}"}


@pages.post("/drafts/<int:draft_id>/tasks/<int:task_id>/<field>/undo")
@allow(Role.LEAD_OFFICE)
def undo_field(draft_id: int, task_id: int, field: str) -> Answer:
    service.undo_field(draft_id, task_id, field, by=viewer(), at=clock.now())
    return changed(draft_id, task_id, _("已撤销。"))


@pages.post("/drafts/<int:draft_id>/header/undo")
@allow(Role.LEAD_OFFICE)
def undo_header(draft_id: int) -> Response:
    service.undo_field(draft_id, None, "header", by=viewer(), at=clock.now())
    flash(_("已撤销。"), "success")
    return redirect(url_for("drafts.review", draft_id=draft_id))


@pages.post("/drafts/<int:draft_id>/undo")
@allow(Role.LEAD_OFFICE)
def undo(draft_id: int) -> Answer:
    undone = service.undo_last(draft_id, by=viewer(), at=clock.now())
    if undone is not None and not isinstance(undone, int):
        return redirect(url_for("desk.job", job_id=undone.id))
    flash(_("已撤销上一步。"), "success")
    number = queries.page_of_task(draft_id, undone) if undone else whole_number(request.form.get("page")) or 1
    anchor = f"task-{undone}" if undone else "findings"
    return redirect(
        url_for("drafts.review", draft_id=draft_id, page=number, severity=finding_filter() or None, _anchor=anchor)
    )


@pages.post("/drafts/<int:draft_id>/tasks")
@allow(Role.LEAD_OFFICE)
def add_task(draft_id: int) -> Answer:
    after = request.form.get("after", type=whole_number)
    task_id = service.add_task(draft_id, after, by=viewer(), at=clock.now())
    flash(_("已添加一项任务，请补充内容。"), "success")
    number = queries.page_of_task(draft_id, task_id)
    return redirect(url_for("drafts.review", draft_id=draft_id, page=number, _anchor=f"task-{task_id}"))


@pages.post("/drafts/<int:draft_id>/tasks/<int:task_id>/remove")
@allow(Role.LEAD_OFFICE)
def remove_task(draft_id: int, task_id: int) -> Answer:
    service.remove_task(draft_id, task_id, by=viewer(), at=clock.now())
    return changed(draft_id, task_id, _("已移除，可以恢复。"))


@pages.post("/drafts/<int:draft_id>/tasks/<int:task_id>/restore")
@allow(Role.LEAD_OFFICE)
def restore_task(draft_id: int, task_id: int) -> Answer:
    service.restore_task(draft_id, task_id, by=viewer(), at=clock.now())
    return changed(draft_id, task_id, _("已恢复。"))


@pages.post("/drafts/<int:draft_id>/findings/<int:finding_id>/accept")
@allow(Role.LEAD_OFFICE)
def accept_finding(draft_id: int, finding_id: int) -> Answer:
    service.accept_finding(draft_id, finding_id, reason=request.form.get("reason", ""), by=viewer(), at=clock.now())
    return _after_finding(draft_id)


@pages.post("/drafts/<int:draft_id>/findings/<int:finding_id>/reopen")
@allow(Role.LEAD_OFFICE)
def reopen_finding(draft_id: int, finding_id: int) -> Answer:
    service.reopen_finding(draft_id, finding_id, by=viewer(), at=clock.now())
    return _after_finding(draft_id)


def _after_finding(draft_id: int) -> Answer:
    number, which = whole_number(request.form.get("page")) or 1, finding_filter()
    if not is_part():
        return redirect(
            url_for("drafts.review", draft_id=draft_id, page=number, severity=which or None, _anchor="findings")
        )
    draft = queries.draft_view(draft_id, viewer())
    return render_template(
        "drafts/settled.html", draft=draft, cards=queries.page_cards(draft_id, number), number=number, which=which,
        findings=queries.filtered_findings(draft_id, which),
    )  # fmt: skip
