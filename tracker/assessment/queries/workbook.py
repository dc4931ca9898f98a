"""The score sheet as a workbook, and the slip of one unit as a document."""

from __future__ import annotations

import io

from flask_babel import gettext as _

from reports import slip
from reports.catalogue import REPORTS
from reports.document import document_bytes
from reports.workbook import Properties, write_workbook
from tracker.assessment.queries.runs import RunRow, UnitScoreRow
from tracker.assessment.queries.scoresheet import score_sheet
from tracker.web.locale import html_lang


def _said(message: str, /, **values: object) -> str:
    return _(message, **values)


def sheet_bytes(run: RunRow, *, base_url: str, unit_id: int | None = None, whole: bool = True) -> bytes:
    """The score sheet of a run, or of one of its units, as a workbook in the language of the moment."""
    report, target = REPORTS["scoresheet"], io.BytesIO()
    model = score_sheet(run.id, base_url, unit_id=unit_id, whole=whole)
    title = _(report.title)
    properties = Properties(
        title=f"{run.scheme_name} {title}", author=run.created_by_name or "", created=run.created_at
    )
    write_workbook(report.build(model, _said), target, properties=properties, translate=_said)
    return target.getvalue()


def slip_bytes(run: RunRow, unit: UnitScoreRow, *, base_url: str, whole: bool) -> bytes:
    """How one unit's score came about, as a document to be printed. `whole`: not for the unit's own people."""
    model = score_sheet(run.id, base_url, unit_id=unit.unit_id, whole=whole)
    size = dict(model.run.groups)[unit.group]
    return document_bytes(slip.build(model, size, _said, author=run.checked_by_name or "", language=html_lang()))
