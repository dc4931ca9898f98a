"""Long work of this room: large runs, large score sheets, studies of runs."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from flask_babel import gettext as _

from tracker import clock, storage
from tracker.accounts.queries import viewer_for
from tracker.assessment.engines import ENGINES
from tracker.assessment.links import path_of
from tracker.assessment.queries.runs import frozen_inputs, run_row, same_run
from tracker.assessment.queries.schemes import scheme_row
from tracker.assessment.queries.studies import same_study
from tracker.assessment.queries.workbook import sheet_bytes
from tracker.assessment.service import studies as studies_service
from tracker.assessment.service.runs import keep, prepare
from tracker.assessment.studies import ROBUSTNESS, robustness, what_if
from tracker.db import transaction
from tracker.outbox.context import JobContext
from tracker.outbox.registry import handles
from tracker.web.locale import speaking


@handles("assessment.run")
def run(context: JobContext) -> dict[str, Any]:
    """Counts and scores outside any transaction, then stores at once; a second time it finds what the first one left."""
    asked = context.payload
    as_of, at = date.fromisoformat(asked["as_of"]), datetime.fromisoformat(asked["at"])
    context.tell(0, 3)
    run_id = same_run(asked["scheme"], asked["plan"], as_of, context.created_by, at)
    if run_id is None:
        prepared = prepare(scheme_row(asked["scheme"]), plan_id=asked["plan"], as_of=as_of, at=at)
        context.tell(2, 3)
        with transaction():
            by = viewer_for(context.created_by, today=clock.day_of(at)) if context.created_by else None
            run_id = keep(prepared, by=by, at=at).id
    return {"href": path_of("assessment.run", run_id=run_id) or "", "text": _("评分已完成")}


@handles("assessment.scoresheet")
def scoresheet(context: JobContext) -> dict[str, Any]:
    asked = context.payload
    context.tell(0, 2)
    row = run_row(asked["run"])
    with speaking(asked["locale"]):
        data = sheet_bytes(row, base_url=asked["base_url"])
        name = f"{row.scheme_name}{_('考核得分表')}-{row.as_of.isoformat()}.xlsx"
    context.tell(1, 2)
    stored = storage.save_bytes(data)
    href = path_of("desk.download", job_id=context.job_id) or ""
    return {"href": href, "text": _("得分表已生成"), "file": stored.key, "name": name}


@handles(studies_service.JOB)
def study(context: JobContext) -> dict[str, Any]:
    """Draws or scores outside any transaction, saying how far it is; it may be cancelled until it writes. A second time it
    finds what the first one left."""
    asked, run_id = context.payload, int(context.payload["run"])
    at = datetime.fromisoformat(asked["at"])
    by = viewer_for(context.created_by or 0, today=clock.day_of(at))
    study_id = same_study(run_id, by.person_id, at)
    if study_id is None:
        outcome = _studied(run_id, asked["kind"], asked["parameters"], context)
        with transaction():
            study_id = studies_service.keep(run_id, asked["kind"], asked["parameters"], outcome, by=by, at=at).id
    href = path_of("assessment.study", run_id=run_id, study_id=study_id) or ""
    return {"href": href, "text": _("推演已完成，仅供参考")}


def _studied(run_id: int, kind: str, parameters: dict[str, Any], context: JobContext) -> dict[str, Any]:
    frozen = frozen_inputs(run_id)
    if kind == ROBUSTNESS:
        return robustness(frozen, parameters, context.tell)
    context.tell(0, 1)
    return what_if(frozen, parameters, ENGINES[run_row(run_id).engine_version])
