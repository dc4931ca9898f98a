"""A scheme out to the workbook in which it is printed, and in from one."""

from __future__ import annotations

from flask import Response, render_template
from flask_babel import gettext as _

from reports import scheme as sheet
from reports.workbook import Properties, workbook_bytes
from tracker import clock
from tracker.accounts.access import viewer
from tracker.accounts.roles import Role, allow
from tracker.assessment.differences import rules_of
from tracker.assessment.forms.schemes import ImportSchemeForm
from tracker.assessment.printed.settings import HEADS, setting_rows
from tracker.assessment.printed.writing import depth_of, printed_rows
from tracker.assessment.queries.schemes import scheme_row
from tracker.assessment.routes.blueprint import READERS, Answer, pages
from tracker.assessment.service.importing import import_scheme
from tracker.plans.queries import plan_choices
from tracker.web.downloads import XLSX, attachment
from tracker.web.numbers import whole_number
from tracker.web.transactions import begin_writing, writes_late


def _said(message: str, /, **values: object) -> str:
    return _(message, **values)


@pages.get("/schemes/<int:scheme_id>/scheme.xlsx")
@allow(*READERS)
def scheme_sheet(scheme_id: int) -> Response:
    row = scheme_row(scheme_id, viewer())
    made = sheet.build(
        printed_rows(row.body, row.sources), levels=depth_of(row.body), name=row.name, version=row.version_no,
        total=str(row.body["indicators"].get("points", "")), _=_said,
    )  # fmt: skip
    properties = Properties(title=row.name, author="", created=clock.now())
    rules = sheet.build_settings(setting_rows(row.body), HEADS, _=_said)
    data = workbook_bytes([made, rules], properties=properties, translate=_said)
    return Response(data, mimetype=XLSX, headers=attachment(f"{row.name}.xlsx", plain="scheme.xlsx"))


@pages.get("/schemes/import")
@allow(Role.EVALUATOR)
def import_scheme_page() -> str:
    form = ImportSchemeForm(formdata=None).offer(plan_choices(viewer()))
    return render_template("assessment/import_scheme.html", form=form)


@pages.post("/schemes/import")
@allow(Role.EVALUATOR)
@writes_late
def take_in_scheme() -> Answer:
    form = ImportSchemeForm().offer(plan_choices(viewer()))
    begin_writing()
    if form.validate_on_submit():
        with form.guarded(first=True):
            data, name = form.upload
            plan_id = whole_number(form.plan.data)
            made, read = import_scheme(
                data, name, name=form.name.data or "", plan_id=plan_id, by=viewer(), at=clock.now()
            )
        if not form.refused:
            rules = rules_of(made.body)
            return render_template("assessment/imported_scheme.html", scheme=made, read=read, rules=rules)
    return render_template("assessment/import_scheme.html", form=form), form.status
