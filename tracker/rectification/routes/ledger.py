"""The rectification ledger, as a page and as a workbook; one finding; its files."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO

from flask import Response, render_template, request, stream_with_context, url_for
from flask_babel import gettext as _

from reports.rectification import FindingLedger, FindingLine, build
from reports.workbook import Properties, workbook_bytes
from tracker import clock, storage
from tracker.accounts.access import viewer
from tracker.accounts.roles import allow
from tracker.plans.queries import plan_choices
from tracker.rectification import queries
from tracker.rectification.forms import FindingFilters, wanted_findings
from tracker.rectification.labels import FINDING_STATE_LABELS, SOURCE_LABELS
from tracker.rectification.queries.scope import DRAWING
from tracker.rectification.routes.blueprint import SEEING, WHOLE, pages
from tracker.units.queries import root_name
from tracker.web.downloads import XLSX, attachment, kept_file
from tracker.web.locale import translate


@pages.get("/rectifications")
@allow(*SEEING)
def findings() -> str:
    today, who = clock.today(), viewer()
    wanted = wanted_findings(request.args)
    form = FindingFilters(request.args).offer(plan_choices(who), whole=who.has(*WHOLE))
    return render_template(
        "rectification/findings.html", form=form, today=today, registers=who.has(*DRAWING),
        page=queries.finding_page(who, wanted, today=today, cursor=request.args.get("cursor")),
        waiting=queries.findings_waiting(who), asked=request.args.to_dict(),
    )  # fmt: skip


@pages.get("/rectifications.xlsx")
@allow(*SEEING)
def workbook() -> Response:
    """What the page shows with the same filters, all of it."""
    at, who, wanted = clock.now(), viewer(), wanted_findings(request.args)
    today = clock.day_of(at)
    rows = queries.finding_rows(who, wanted, today=today)
    scope = _("按筛选条件") if any(request.args.values()) else _("全部问题")
    count = queries.count_findings(who, wanted, today=today)
    model = FindingLedger(root_name(), today, scope, _lines(rows), count)
    name = _("%(title)s整改台账", title=root_name())
    return sent(workbook_bytes(
        build(model, translate), properties=Properties(title=name, author=root_name(), created=at), translate=translate
    ), f"{name}-{today.isoformat()}.xlsx")  # fmt: skip


def sent(data: bytes, name: str) -> Response:
    headers = {**attachment(name, plain="report.xlsx"), "Content-Length": str(len(data))}
    return Response(BytesIO(data), mimetype=XLSX, headers=headers)


def _lines(rows: Iterator[queries.FindingRow]) -> Iterator[FindingLine]:
    for one in rows:
        yield FindingLine(
            one.id, str(SOURCE_LABELS[one.source]), one.title, one.text, one.plan, one.unit, one.measure, one.responsible,
            one.planned_on, one.due_on, one.light, str(FINDING_STATE_LABELS[one.state]), one.times_returned,
            one.last.done, one.last.verified_at, one.last.opinion,
            url_for("rectification.finding", finding_id=one.id, _external=True),
        )  # fmt: skip


@pages.get("/rectifications/<int:finding_id>")
@allow(*SEEING)
def finding(finding_id: int) -> str:
    found = queries.finding_view(finding_id, viewer(), today=clock.today())
    return render_template("rectification/finding.html", found=found)


@pages.get("/rectifications/<int:finding_id>/files/<public_id>")
@allow(*SEEING)
def file(finding_id: int, public_id: str) -> Response:
    """Always an attachment, never shown by the browser itself; the name stands in a header as data (RFC 6266)."""
    found = queries.finding_file(finding_id, public_id, viewer())
    return Response(stream_with_context(storage.stream(found.key)), mimetype=found.media_type,
                    headers=kept_file(found.name, found.size))  # fmt: skip
