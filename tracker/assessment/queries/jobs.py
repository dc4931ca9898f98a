"""Jobs of this room as the person who started them sees them, and the workbooks they leave."""

from __future__ import annotations

import io
from dataclasses import dataclass

from flask_babel import gettext as _

from reports.catalogue import REPORTS
from reports.workbook import Properties, write_workbook
from tracker import storage
from tracker.accounts.roles import Viewer
from tracker.assessment.queries.runs import RunRow
from tracker.assessment.queries.scoresheet import score_sheet
from tracker.db import session
from tracker.errors import NotFound
from tracker.outbox.models import Job

KINDS = ("assessment.run", "assessment.scoresheet")


@dataclass(frozen=True, slots=True)
class JobRow:
    id: int
    kind: str
    state: str
    done: int
    total: int
    message: str
    href: str
    text: str
    file_key: str
    file_name: str

    @property
    def percent(self) -> int:
        return min(100, 100 * self.done // self.total) if self.total else 0

    @property
    def over(self) -> bool:
        return self.state in {"done", "failed", "cancelled"}


def own_job(job_id: int, viewer: Viewer) -> JobRow:
    """Raises NotFound for a job of somebody else."""
    job = session.get(Job, job_id)
    if job is None or job.kind not in KINDS or job.created_by != viewer.person_id:
        raise NotFound
    result = job.result or {}
    return JobRow(
        job.id, job.kind, job.state, job.done, job.total, job.message, result.get("href", ""), result.get("text", ""),
        result.get("file", ""), result.get("name", ""),
    )  # fmt: skip


def file_bytes(job: JobRow) -> bytes:
    return storage.load(job.file_key)


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
