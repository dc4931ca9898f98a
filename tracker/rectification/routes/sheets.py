"""Papers to take along: the sheet of a finding, and that of a spot check as page, workbook and document."""

from __future__ import annotations

from datetime import datetime

from flask import Response, render_template, url_for
from flask_babel import gettext as _

from reports.along import FindingSheet, RoundLine, check_document, finding_document
from reports.document import Document, document_bytes
from reports.rectification import CheckSheet, PlaceLine, build_check
from reports.workbook import Properties, workbook_bytes
from tracker import clock
from tracker.accounts.access import viewer
from tracker.accounts.roles import allow
from tracker.progress.labels import joined, step_name, term
from tracker.rectification import queries
from tracker.rectification.labels import FINDING_STATE_LABELS, RESULT_LABELS, RISK_LABELS, SOURCE_LABELS
from tracker.rectification.queries.rounds import RoundRow
from tracker.rectification.routes.blueprint import SEEING, WHOLE, pages, seen
from tracker.rectification.routes.ledger import sent
from tracker.units.queries import root_name
from tracker.web.downloads import DOCX, attachment
from tracker.web.locale import html_lang, moment, translate


@pages.get("/rectifications/<int:finding_id>/sheet.docx")
@allow(*SEEING)
def document(finding_id: int) -> Response:
    found, at = seen(finding_id), clock.now().astimezone(clock.CHINA)
    model = FindingSheet(
        found.id, found.title, found.text, str(SOURCE_LABELS[found.source]), found.unit, found.plan,
        str(FINDING_STATE_LABELS[found.state]), found.due_on, found.original_due_on, found.measure, found.responsible,
        found.planned_on, [_round(one) for one in reversed(found.reported)],
        url_for("rectification.finding", finding_id=finding_id, _external=True), at,
    )  # fmt: skip
    name = _("问题整改单")
    return _sent(finding_document(model, translate, author=root_name(), language=html_lang()), f"{name}-{finding_id}")


def _round(one: RoundRow) -> RoundLine:
    hands = [f"{_('填报')} {one.reporter}", *(f"{step_name(step.step, one.steps)} {step.name}" for step in one.signed)]
    if one.verifier:
        hands.append(f"{_('核验')} {one.verifier}")
    return RoundLine(
        one.round_no, one.done, joined(hands), [file.name for file in one.of("before")],
        [file.name for file in one.of("after")], one.opinion,
    )  # fmt: skip


def _sent(made: Document, name: str) -> Response:
    headers = attachment(f"{name}.docx", plain="sheet.docx")
    return Response(document_bytes(made), mimetype=DOCX, headers=headers)


@pages.get("/spot-checks/<int:check_id>/sheet")
@allow(*WHOLE)
def sheet(check_id: int) -> str:
    return render_template("rectification/sheet.html", found=queries.check_view(check_id, viewer()))


def _check_sheet(check_id: int) -> tuple[CheckSheet, datetime]:
    found, at = queries.check_view(check_id, viewer()), clock.now()
    drawn = _(
        "%(who)s 于 %(when)s 从 %(n)s 项中抽取 %(m)s 项，随机种子 %(seed)s", who=found.row.drawer,
        when=moment(found.row.drawn_at), n=found.framed, m=len(found.items), seed=found.seed,
    )  # fmt: skip
    return CheckSheet(found.row.plan, drawn, [_line(one) for one in found.items], len(found.items)), at


@pages.get("/spot-checks/<int:check_id>/sheet.xlsx")
@allow(*WHOLE)
def sheet_workbook(check_id: int) -> Response:
    model, at = _check_sheet(check_id)
    name = _("%(title)s抽查表", title=model.title)
    properties = Properties(title=name, author=root_name(), created=at)
    data = workbook_bytes(build_check(model, translate), properties=properties, translate=translate)
    return sent(data, f"{name}-{check_id}.xlsx")


@pages.get("/spot-checks/<int:check_id>/sheet.docx")
@allow(*WHOLE)
def sheet_document(check_id: int) -> Response:
    model, at = _check_sheet(check_id)
    made = check_document(model, at, translate, author=root_name(), language=html_lang())
    return _sent(made, f"{made.title}-{check_id}")


def _line(one: queries.ItemRow) -> PlaceLine:
    return PlaceLine(
        one.position, one.unit, one.task, term(one), one.due_on, one.percent, one.done,
        joined([str(RISK_LABELS[risk]) for risk in one.risks]), str(RESULT_LABELS[one.result]) if one.result else "",
        one.note,
    )  # fmt: skip
