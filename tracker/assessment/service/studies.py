"""Asking what a run would come to if something were different, and keeping the answer beside it."""

from __future__ import annotations

import hashlib
from datetime import datetime
from typing import Any

from flask_babel import gettext as _

from tracker.accounts.roles import Viewer
from tracker.assessment.models import Study
from tracker.assessment.queries.runs import RunRow, frozen_inputs
from tracker.assessment.scoring.numbers import read_number
from tracker.assessment.scoring.wording import translated
from tracker.assessment.studies import ROBUSTNESS, WHAT_IF, faults_on_trial, usual_seed
from tracker.assessment.what_if import changes
from tracker.audit.service import record
from tracker.db import canonical_json, session
from tracker.errors import DomainError
from tracker.outbox.models import Job
from tracker.outbox.room import poke_after_commit
from tracker.outbox.service import enqueue

JOB = "assessment.study"


def ask_robustness(
    run: RunRow, *, percent: int, count: int, seed: int | None, by: Viewer, at: datetime
) -> Job:  # fmt: skip
    """Puts the drawing of weights down as a job."""
    seed = usual_seed(run.inputs_hash) if seed is None else seed
    return _ask(run, ROBUSTNESS, {"percent": percent, "count": count, "seed": seed}, by=by, at=at)


def ask_what_if(run: RunRow, *, change: int, value: str, by: Viewer, at: datetime) -> Job:
    """Puts the scoring with one thing changed down as a job; `change` counts `what_if.changes`, `value` is what was typed.

    Raises DomainError where the scheme or its facts would be faulty then.
    """
    frozen = frozen_inputs(run.id)
    chosen = changes(frozen.scheme)[change]
    if chosen.value is None and not value.strip():
        raise DomainError(_("请填写改为多少。"), field="value")
    number = read_number(value.strip())
    typed = value.strip() if number is None else format(number, "f")
    parameters = {"change": change, "value": chosen.value or typed}
    faults = faults_on_trial(frozen, parameters)
    if faults:
        said = translated(faults[0].message, _)
        raise DomainError(_("这样改后不能计分：%(said)s", said=said), field="change" if chosen.value else "value")
    return _ask(run, WHAT_IF, parameters, by=by, at=at)


def _ask(run: RunRow, kind: str, parameters: dict[str, Any], *, by: Viewer, at: datetime) -> Job:
    payload = {"run": run.id, "kind": kind, "parameters": parameters, "at": at.isoformat()}
    same = hashlib.sha256(canonical_json(parameters).encode("utf-8")).hexdigest()[:16]
    job = enqueue(JOB, payload, key=f"{JOB}:{run.id}:{by.person_id}:{kind}:{same}:{at:%Y%m%d%H%M}", by=by, at=at)
    poke_after_commit()
    return job


def keep(
    run_id: int, kind: str, parameters: dict[str, Any], outcome: dict[str, Any], *, by: Viewer, at: datetime
) -> Study:
    """Keeps what came out; nothing of the run itself changes."""
    study = Study(
        run_id=run_id, kind=kind, parameters=parameters, outcome=outcome, created_by=by.person_id, created_at=at
    )  # fmt: skip
    session.add(study)
    session.flush()
    record("推演评分结果", by=by, at=at, subject=("run", run_id),
           detail={"推演": "稳健性分析" if kind == ROBUSTNESS else "假设调整", "参数": canonical_json(parameters)})  # fmt: skip
    return study
