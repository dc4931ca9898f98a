"""The score sheet as a workbook."""

from __future__ import annotations

import io

from flask_babel import gettext as _

from reports.catalogue import REPORTS
from reports.workbook import Properties, write_workbook
from tracker.assessment.queries.runs import RunRow
from tracker.assessment.queries.scoresheet import score_sheet


def _said(message: str, /, **values: object) -> str:
    return _(message, **values)


def sheet_bytes(run: RunRow, *, base_url: str) -> bytes:
    """The score sheet of a run as a workbook, in the language of the moment."""
    report, target = REPORTS["scoresheet"], io.BytesIO()
    model = score_sheet(run.id, base_url)
    title = _(report.title)
    properties = Properties(
        title=f"{run.scheme_name} {title}", author=run.created_by_name or "", created=run.created_at
    )
    write_workbook(report.build(model, _said), target, properties=properties, translate=_said)
    return target.getvalue()
