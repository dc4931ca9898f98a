"""Running a scheme: count, freeze, score, store. And recomputing what was stored."""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import insert

from tracker.accounts.roles import Viewer
from tracker.assessment.binding import book_of
from tracker.assessment.models import Run, RunDetail, RunInput, RunUnit
from tracker.assessment.queries.facts import book_facts, entered_facts
from tracker.assessment.queries.runs import get_run, run_body
from tracker.assessment.queries.schemes import SchemeRow
from tracker.assessment.queries.tallies import Count, count_work
from tracker.assessment.scoring.engine import ENGINE_VERSION, score
from tracker.assessment.scoring.problems import FaultyBook
from tracker.assessment.scoring.reading import read_book
from tracker.assessment.scoring.results import Result, UnitResult, result_json
from tracker.audit.queries import head_hash
from tracker.audit.service import record
from tracker.db import canonical_json, session
from tracker.errors import Conflict, DomainError

ENGINES: Mapping[str, Callable[[str], Result]] = {ENGINE_VERSION: lambda text: score(read_book(text))}
"""Every engine version that stored runs were made with: old ones stay able to recompute."""


def run_scheme(scheme: SchemeRow, *, plan_id: int, as_of: date, by: Viewer | None, at: datetime) -> Run:
    """Scores every unit of a plan as of a day. Inputs are frozen before they are scored; all is one transaction.

    Raises DomainError where facts are missing or do not fit the scheme, naming each.
    """
    began = time.perf_counter()
    count = count_work(plan_id, as_of)
    if not count.units:
        raise DomainError(_("该计划还没有已下发的责任单位,无法评分。请先下发计划。"))
    keys = frozenset(unit.key for unit in count.units)
    entered = book_facts(entered_facts(scheme.series_id, plan_id), keys)
    book = book_of(scheme.body, scheme.sources, count.units, entered)
    body = canonical_json({"book": book, "records": count.records, "sources": scheme.sources})
    result = _scored(canonical_json(book), count)
    run = Run(
        scheme_id=scheme.id, plan_id=plan_id, as_of=as_of, engine_version=ENGINE_VERSION,
        inputs_hash=_sha(body), result_hash=result_hash(result), units=len(count.units), rows_read=count.rows,
        duration_ms=0, created_by=by.person_id if by else None, created_at=at,
    )  # fmt: skip
    session.add(run)
    session.flush()
    session.add(RunInput(run_id=run.id, body=body))
    _store(run.id, result, count, entered)
    run.duration_ms = round((time.perf_counter() - began) * 1000)
    record("运行评分", by=by, at=at, subject=("run", run.id),
           detail={"方案": f"{scheme.name} v{scheme.version_no}", "截至": as_of, "输入哈希": run.inputs_hash,
                   "结果哈希": run.result_hash})  # fmt: skip
    return run


def _scored(text: str, count: Count) -> Result:
    try:
        return ENGINES[ENGINE_VERSION](text)
    except FaultyBook as faulty:
        names = {unit.key: unit.name for unit in count.units}
        said = [_in_words(problem.path, str(problem.message), text, names) for problem in faulty.problems[:20]]
        more = len(faulty.problems) - len(said)
        if more > 0:
            said.append(_("另有 %(n)s 处", n=more))
        raise DomainError(_("评分依据不齐或不符合方案:%(problems)s", problems=";".join(said))) from faulty


def _in_words(path: str, message: str, text: str, names: Mapping[str, str]) -> str:
    """A problem of the book as a person knows it: by the unit's name where the path leads to a unit."""
    if path.startswith("facts["):
        fact = json.loads(text)["facts"][int(path[6 : path.index("]")])]
        return f"{names.get(fact.get('unit', ''), '')} {fact.get('indicator') or ''}: {message}".strip()
    return message


def _store(run_id: int, result: Result, count: Count, entered: list[dict[str, Any]]) -> None:
    by_unit: dict[str, list[dict[str, Any]]] = {}
    for fact in entered:
        by_unit.setdefault(fact["unit"], []).append(fact)
    rows, bodies = [], []
    for unit, found in zip(count.units, result.units, strict=True):
        rows.append(
            {
                "run_id": run_id,
                "unit_id": int(unit.key),
                "unit_name": unit.name,
                "unit_group": unit.group,
                "base": found.base,
                "bonus": found.bonus,
                "penalty": found.penalty,
                "total": found.total,
                "veto": found.veto,
                "rank": found.rank,
                "grade": found.grade,
            }  # fmt: skip
        )
        bodies.append({"run_id": run_id, "unit_id": int(unit.key), "body": _detail(found, count, unit.key, by_unit)})
    session.execute(insert(RunUnit), rows)
    session.execute(insert(RunDetail), bodies)


def _detail(found: UnitResult, count: Count, key: str, by_unit: Mapping[str, list[dict[str, Any]]]) -> str:
    return canonical_json(
        {
            "nodes": dict(found.nodes),
            "lines": [line.as_json() for line in found.trace],
            "records": count.records[key],
            "facts": by_unit.get(key, []),
        }
    )


def result_hash(result: Result) -> str:
    """SHA-256 over the results in the form of the trial-score contract."""
    return _sha(canonical_json(result_json(result)))


def _sha(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def recheck(run_id: int) -> bool:
    """Recomputes a stored run from its frozen inputs, with the engine that made it; True where every bit agrees."""
    run, body = get_run(run_id), run_body(run_id)
    engine = ENGINES.get(run.engine_version)
    if engine is None or _sha(body) != run.inputs_hash:
        return False
    return result_hash(engine(canonical_json(json.loads(body)["book"]))) == run.result_hash


def publish(run_id: int, *, version: int, by: Viewer, at: datetime) -> None:
    """Publishes a run (公布). It needs a second person: whoever ran it cannot publish it."""
    run = get_run(run_id)
    if run.version != version or run.state != "preview":
        raise Conflict(_("这次评分的状态已被他人更改,请刷新后再操作。"))
    if run.created_by == by.person_id:
        raise DomainError(_("公布须由另一位考核人员复核,不能由运行者本人公布。"))
    if not recheck(run_id):
        raise DomainError(_("重算结果与存档不一致,不能公布。请联系系统管理员。"))
    run.state, run.checked_by, run.published_at, run.audit_head = "published", by.person_id, at, head_hash()
    session.flush()
    record("公布评分", by=by, at=at, subject=("run", run.id), changes={"状态": ("preview", "published")})
