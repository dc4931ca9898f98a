"""Running a scheme: count, freeze, score, store."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import Table, insert, update

from tracker.accounts.roles import Viewer
from tracker.assessment.binding import leaves
from tracker.assessment.engines import CURRENT, Row, inputs_hash, result_hash, rows_of
from tracker.assessment.frozen import Frozen, freeze
from tracker.assessment.models import Run, RunDetail, RunInput, RunUnit
from tracker.assessment.publicity import DAYS, MOST_DAYS, OPEN
from tracker.assessment.queries.inputs import gathered
from tracker.assessment.queries.recheck import agrees
from tracker.assessment.queries.runs import get_run, run_row, standing_run
from tracker.assessment.queries.schemes import SchemeRow
from tracker.assessment.queries.tallies import AT_ONCE, Count, obligations_due
from tracker.assessment.scoring.problems import BookProblem, FaultyBook
from tracker.assessment.scoring.wording import translated
from tracker.audit.queries import head_hash
from tracker.audit.service import lock_head, record
from tracker.clock import day_of
from tracker.db import session
from tracker.errors import Conflict, DomainError
from tracker.outbox.models import Job
from tracker.outbox.room import poke_after_commit
from tracker.outbox.service import enqueue
from tracker.progress.queries.calendar import workdays

NAMED = 20
"""So many problems are named in one refusal; the rest is counted."""


@dataclass(frozen=True, slots=True)
class ReckonedRun:
    """A run that is reckoned and not stored yet."""

    scheme: SchemeRow
    plan_id: int
    as_of: date
    frozen: Frozen
    count: Count
    rows: list[Row]
    began: float


def run_scheme(scheme: SchemeRow, *, plan_id: int, as_of: date, by: Viewer | None, at: datetime) -> Run:
    """Scores every unit of a plan as of a day, and stores the run with all it rests on, in one transaction.

    Raises DomainError where facts are missing or do not fit the scheme, naming each.
    """
    return keep(prepare(scheme, plan_id=plan_id, as_of=as_of, at=at), by=by, at=at)


def prepare(scheme: SchemeRow, *, plan_id: int, as_of: date, at: datetime) -> ReckonedRun:
    """Counts, freezes and scores; writes nothing. Raises DomainError as `run_scheme` does."""
    began = time.perf_counter()
    if scheme.state == "draft":
        raise DomainError(_("方案还在编制中。请先启用方案，再运行评分。"), field="scheme")
    if as_of > day_of(at):
        raise DomainError(_("截至日期不能晚于今天。"), field="as_of")
    frozen, count = gathered(scheme, plan_id, as_of, day_of(at))
    _refuse_missing(frozen)
    return ReckonedRun(scheme, plan_id, as_of, frozen, count, _scored(frozen), began)


def keep(prepared: ReckonedRun, *, by: Viewer | None, at: datetime) -> Run:
    """Stores a run that was reckoned."""
    scheme, count, rows = prepared.scheme, prepared.count, prepared.rows
    body = freeze(prepared.frozen)
    run = Run(
        scheme_id=scheme.id, plan_id=prepared.plan_id, as_of=prepared.as_of, engine_version=CURRENT.version,
        inputs_hash=inputs_hash(body, count.records.values()), result_hash=result_hash(rows), units=len(rows),
        rows_read=count.rows, duration_ms=0, created_by=by.person_id if by else None, created_at=at,
    )  # fmt: skip
    session.add(run)
    session.flush()
    _store(run.id, body, prepared.frozen, count, rows)
    took = round((time.perf_counter() - prepared.began) * 1000)
    session.execute(update(Run).where(Run.id == run.id).values(duration_ms=took))  # still its first version
    record("运行评分", by=by, at=at, subject=("run", run.id),
           detail={"方案": f"{scheme.name} v{scheme.version_no}", "截至": prepared.as_of, "输入哈希": run.inputs_hash,
                   "结果哈希": run.result_hash})  # fmt: skip
    return run


def start(scheme: SchemeRow, *, plan_id: int, as_of: date, by: Viewer, at: datetime) -> Run | Job:
    """Runs a scheme, or puts a job down where it will take longer. Raises DomainError as `run_scheme` does."""
    if obligations_due(plan_id, as_of) <= AT_ONCE:
        return run_scheme(scheme, plan_id=plan_id, as_of=as_of, by=by, at=at)
    payload = {"scheme": scheme.id, "plan": plan_id, "as_of": as_of.isoformat(), "at": at.isoformat()}
    key = f"assessment.run:{scheme.id}:{plan_id}:{as_of}:{by.person_id}:{at:%Y%m%d%H%M}"
    job = enqueue("assessment.run", payload, key=key, by=by, at=at)
    poke_after_commit()
    return job


def _refuse_missing(frozen: Frozen) -> None:
    missing = frozen.missing
    if not missing:
        return
    units = {unit.key: unit.name for unit in frozen.units}
    named = {leaf["key"]: leaf["name"] for leaf in leaves(frozen.scheme["indicators"])}
    said = [f"{units[unit]}「{named[leaf]}」" for unit, leaf in missing[:NAMED]]
    text = _("、").join(said)
    raise DomainError(
        _("还缺少 %(n)s 处评分依据，请先录入或标为不适用：%(text)s", n=len(missing), text=_more(text, len(missing)))
    )


def _more(text: str, found: int) -> str:
    return text if found <= NAMED else _("%(text)s 等", text=text)


def _scored(frozen: Frozen) -> list[Row]:
    try:
        return rows_of(CURRENT.quick(frozen), frozen.scheme)
    except FaultyBook as faulty:
        names = {unit.key: unit.name for unit in frozen.units}
        said = [_in_words(problem, frozen.facts, names) for problem in faulty.problems[:NAMED]]
        text = _more(_(";").join(said), len(faulty.problems))
        raise DomainError(_("评分依据不符合方案：%(text)s", text=text)) from faulty


def _in_words(problem: BookProblem, facts: Sequence[Mapping[str, Any]], names: Mapping[str, str]) -> str:
    """A problem of the book as a person knows it: by the unit's name where the path leads to a fact."""
    message = translated(problem.message, _)
    if not problem.path.startswith("facts["):
        return message
    fact = facts[int(problem.path[6 : problem.path.index("]")])]
    return f"{names[fact['unit']]} {fact['indicator'] or ''}: {message}"


def _store(run_id: int, body: str, frozen: Frozen, count: Count, rows: Sequence[Row]) -> None:
    results, details = [], []
    for position, (unit, (found, nodes)) in enumerate(zip(frozen.units, rows, strict=True)):
        unit_id = int(unit.key)
        results.append(
            {
                "run_id": run_id,
                "unit_id": unit_id,
                "position": position,
                "unit_name": unit.name,
                "unit_group": unit.group,
                "base": found.base,
                "bonus": found.bonus,
                "penalty": found.penalty,
                "total": found.total,
                "veto": found.veto,
                "rank": found.rank,
                "grade": found.grade,
            }
        )
        details.append({"run_id": run_id, "unit_id": unit_id, "nodes": nodes, "records": count.records[unit.key]})
    session.execute(insert(_table(RunInput)), [{"run_id": run_id, "body": body}])
    session.execute(insert(_table(RunUnit)), results)
    session.execute(insert(_table(RunDetail)), details)


def _table(model: Any) -> Table:
    """The table itself: thousands of rows need none of what the mapper does for one."""
    table: Table = model.__table__
    return table


def withdraw(run_id: int, *, reason: str, version: int, by: Viewer, at: datetime) -> None:
    """Withdraws a run before its publicity (公示) has ended: it stays on record with the reason, and can be published no
    more. After the last day nobody withdraws it. Raises Conflict, DomainError, NotFound.
    """
    run = get_run(run_id)
    stage = run_row(run_id).stage(day_of(at))
    if run.version != version or stage == "withdrawn":
        raise Conflict(_("这次评分的状态已被他人更改，请刷新后再操作。"))
    if stage not in {"preview", OPEN}:
        raise DomainError(_("公示期已满或已被更正，结果不能撤销。如有差错，请重新评分，写明理由后作为更正公布。"))
    if not reason.strip():
        raise DomainError(_("请写明撤回的理由。"), field="reason")
    run.state, run.reason = "withdrawn", reason.strip()
    session.flush()
    record(
        "撤销评分",
        by=by,
        at=at,
        subject=("run", run.id),
        changes={"状态": ("试算" if stage == "preview" else "公示中", "已撤销")},
        detail={"理由": reason.strip()},
    )


def publish(run_id: int, *, version: int, by: Viewer, at: datetime, days: int = DAYS, reason: str = "") -> None:
    """Publishes a run (公布) and lets it stand open for so many workdays. It needs a second person: whoever ran it cannot
    publish it. In place of a result of the same scheme, plan and day that stands already it needs a reason.

    Raises Conflict, DomainError, NotFound.
    """
    run = get_run(run_id)
    if run.version != version or run.state != "preview":
        raise Conflict(_("这次评分的状态已被他人更改，请刷新后再操作。"))
    if run.created_by == by.person_id:
        raise DomainError(_("公布须由另一位考核人员复核，不能由运行者本人公布。"))
    if not 1 <= days <= MOST_DAYS:
        raise DomainError(_("请填写 1 至 %(most)s 之间的整数。", most=MOST_DAYS), field="days")
    replaces = standing_run(run)
    if replaces is not None and not reason.strip():
        raise DomainError(_("已公布过同一考核的结果（第 %(n)s 次），请写明更正的理由。", n=replaces), field="reason")
    if not agrees(run_id):
        raise DomainError(_("重算结果与存档不一致，不能公布。请联系系统管理员。"))
    lock_head()  # after the reckoning, which takes long: meanwhile another may have been published
    if standing_run(run) != replaces:
        raise Conflict(_("这次评分的状态已被他人更改，请刷新后再操作。"))
    head, until = head_hash(), workdays().add_workdays(day_of(at), days)
    run.state, run.checked_by, run.published_at, run.audit_head = "published", by.person_id, at, head
    run.public_until, run.replaces_id = until, replaces
    run.reason = reason.strip() if replaces is not None else ""
    session.flush()
    instead = {"更正": f"第 {replaces} 次", "理由": run.reason} if replaces is not None else {}
    record("公布评分", by=by, at=at, subject=("run", run.id), changes={"状态": ("试算", "已公布")},
           detail={"公示期至": until, **instead})  # fmt: skip
