"""Exports: small ones at once, large ones as long work."""

from __future__ import annotations

from io import BytesIO

from flask import Response, redirect, render_template, request, stream_with_context, url_for
from flask_babel import get_locale

from reports.catalogue import REPORTS
from reports.workbook import workbook_bytes
from tracker import clock, storage
from tracker.accounts.access import viewer
from tracker.accounts.roles import SIGNED_IN, UNIT_ROLES, WHOLE_VIEW, allow
from tracker.desk import service
from tracker.desk.forms import ExportForm, asked
from tracker.desk.queries import exports as queries
from tracker.desk.queries.jobs import job_row
from tracker.desk.routes.blueprint import Answer, pages
from tracker.errors import NotFound
from tracker.web.downloads import XLSX, ZIP, attachment

EXPORTERS = WHOLE_VIEW | UNIT_ROLES


@pages.get("/exports")
@allow(*EXPORTERS)
def exports() -> str:
    plans, runs = queries.choices(viewer())
    cards = [
        (
            report,
            ExportForm(request.args, prefix="").offer(plans, runs, every=name != "breakdown"),
            name in queries.OF_RUNS,
        )
        for name, report in REPORTS.items()
        if queries.may_ask(name, viewer())
    ]
    return render_template("desk/exports.html", cards=cards, plans=plans, runs=runs)


@pages.get("/exports/<name>.xlsx")
@allow(*EXPORTERS)
def export(name: str) -> Answer | Response:
    question, reader = asked(name, request.args), _reader()
    if not queries.may_ask(name, viewer()):
        raise NotFound
    size = queries.size_of(question, reader)
    if size > service.WRITTEN_AT_ONCE:
        return render_template("desk/export_large.html", report=REPORTS[name], asked=question, size=size)
    made = queries.make(question, reader)
    data = workbook_bytes(made.sheets, properties=made.properties, translate=queries.translate)
    return Response(
        BytesIO(data),
        mimetype=XLSX,
        headers={**attachment(made.file_name, plain="report.xlsx"), "Content-Length": str(len(data))},
    )


@pages.post("/exports/<name>")
@allow(*EXPORTERS)
def start_export(name: str) -> Answer:
    question = asked(name, request.form)
    queries.make(question, _reader())  # refuses what the person may not have, before a job is made of it
    job = service.ask_export(question, base=request.url_root, locale=str(get_locale()), by=viewer(), at=clock.now())
    return redirect(url_for("desk.job", job_id=job))


@pages.get("/exports/files/<int:job_id>")
@allow(SIGNED_IN)
def download(job_id: int) -> Response:
    result = job_row(job_id, viewer()).result
    if "file" not in result:
        raise NotFound
    return Response(
        stream_with_context(storage.stream(result["file"])),
        mimetype=ZIP if result["name"].endswith(".zip") else XLSX,
        headers=attachment(result["name"], plain=f"report.{result['name'].rpartition('.')[2]}"),
    )


def _reader() -> queries.Reader:
    at = clock.now()
    return queries.Reader(viewer(), clock.day_of(at), at, request.url_root)
