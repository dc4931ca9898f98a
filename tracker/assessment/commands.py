"""`flask assess`: scoring on trial, running schemes, showing and recomputing what was stored."""

from __future__ import annotations

import json
import sys
from dataclasses import replace
from datetime import datetime
from typing import Any

import click
from flask_babel import gettext as _

from tracker import clock
from tracker.assessment.engines import ENGINES
from tracker.assessment.queries.plans import plan_named
from tracker.assessment.queries.recheck import agrees
from tracker.assessment.queries.runs import frozen_inputs, latest_run_id, run_ids, run_row, unit_scores
from tracker.assessment.queries.schemes import SchemeRow, scheme_named
from tracker.assessment.scoring.cli import run_trial
from tracker.assessment.scoring.results import result_json
from tracker.assessment.scoring.table import result_table
from tracker.assessment.service import runs as service
from tracker.db import transaction
from tracker.errors import DomainError, NotFound
from tracker.web.commands import N_, Group, said

assess = Group("assess", help=N_("考核评分：试算，按方案评分，查看和复算。"))


def _refuse(message: str) -> None:
    for line in message.splitlines() or [_("没有找到。")]:
        click.echo(line, err=True)
    sys.exit(2)


@assess.command(
    "trial", with_appcontext=False, help=N_("试算：不用数据库，用正式评分的引擎给评分簿（方案加依据）打分。")
)
@click.argument("books", nargs=-1, required=True, metavar="BOOK.json...")
@click.option("--json", "as_json", is_flag=True, help=N_("每本评分簿输出一个 JSON 对象。"))
def trial(books: tuple[str, ...], as_json: bool) -> None:
    """Score books (scheme and facts) without a database, with the engine of real runs."""
    sys.exit(run_trial(books, as_json, sys.stdout, sys.stderr, said))


@assess.command("run", help=N_("按方案给一个计划评分：冻结依据，给每个单位打分，存档。"))
@click.option("--scheme", "scheme_name", required=True, help=N_("方案名称，用启用的那一版。"))
@click.option("--plan", "plan_name", required=True, help=N_("计划名称。"))
@click.option("--as-of", type=click.DateTime(["%Y-%m-%d"]), help=N_("截至哪一天（北京时间，含当日）；不填为今天。"))
@click.option("--json", "as_json", is_flag=True, help=N_("只输出 JSON，供程序使用。"))
def run(scheme_name: str, plan_name: str, as_of: datetime | None, as_json: bool) -> None:
    """Run a scheme over a plan: freeze the facts, score every unit, store the result."""
    at = clock.now()
    day = as_of.date() if as_of else clock.day_of(at)
    try:
        scheme, plan_id = _named(scheme_name, plan_name)
        with transaction():
            run_id = service.run_scheme(scheme, plan_id=plan_id, as_of=day, by=None, at=at).id
    except DomainError as error:
        _refuse(error.message)
        return
    _say_run(run_id, as_json=as_json)


def _named(scheme_name: str, plan_name: str) -> tuple[SchemeRow, int]:
    scheme, plan = scheme_named(scheme_name), plan_named(plan_name)
    if scheme is None:
        raise NotFound(_("没有名为“%(name)s”的方案。", name=scheme_name))
    if plan is None:
        raise NotFound(_("没有名为“%(name)s”的计划。", name=plan_name))
    return scheme, plan


def _say_run(run_id: int, *, as_json: bool) -> None:
    row, scores = run_row(run_id), unit_scores(run_id)
    if as_json:
        summary = {
            "run": row.id, "scheme": row.scheme_name, "scheme_version": row.scheme_version, "plan": row.plan_name,
            "as_of": row.as_of.isoformat(), "duration_ms": row.duration_ms, "rows_read": row.rows_read,
            "inputs_hash": row.inputs_hash, "result_hash": row.result_hash,
            "totals": [
                {"key": str(one.unit_id), "name": one.name, "group": one.group, "total": one.total, "rank": one.rank,
                 "grade": one.grade}
                for one in scores
            ],
        }  # fmt: skip
        click.echo(json.dumps(summary, ensure_ascii=False))
        return
    click.echo(
        _(
            "评分 %(run)s：%(scheme)s 第%(version)s版，%(plan)s，截至 %(day)s；用时 %(ms)s 毫秒，读取 %(rows)s 条报送义务。",
            run=row.id,
            scheme=row.scheme_name,
            version=row.scheme_version,
            plan=row.plan_name,
            day=row.as_of,
            ms=row.duration_ms,
            rows=row.rows_read,
        )
    )
    for one in scores:
        click.echo(f"{one.group}\t{one.rank or '—'}\t{one.name}\t{one.total or '—'}\t{one.grade or '—'}")


def _asked(run_text: str) -> int:
    run_id = latest_run_id() if run_text == "latest" else int(run_text) if run_text.isdigit() else None
    if run_id is None:
        raise NotFound(
            _("还没有评分。") if run_text == "latest" else _("“%(text)s”不是评分编号，也不是 latest。", text=run_text)
        )
    run_row(run_id)
    return run_id


@assess.command("show", help=N_("查看一次评分的结果。"))
@click.option("--run", "run_text", required=True, metavar="ID|latest", help=N_("评分的编号，或 latest。"))
@click.option("--json", "as_json", is_flag=True, help=N_("按试算的格式输出 JSON。"))
def show(run_text: str, as_json: bool) -> None:
    """Show a run's results with their explanation, from its frozen inputs."""
    try:
        run_id = _asked(run_text)
    except NotFound as error:
        _refuse(error.message or _("没有编号为 %(n)s 的评分。", n=run_text))
        return
    frozen = frozen_inputs(run_id)
    result = ENGINES[run_row(run_id).engine_version].thorough(frozen)
    if not as_json:
        names = {unit.key: unit.name for unit in frozen.units}
        named = tuple(replace(unit, key=names[unit.key]) for unit in result.units)
        click.echo(result_table(replace(result, units=named), _))
        return
    shown: dict[str, Any] = result_json(result)
    for unit, printed in zip(frozen.units, shown["units"], strict=True):
        printed["name"] = unit.name
    click.echo(json.dumps(shown, ensure_ascii=False))


@assess.command("recheck", help=N_("用冻结的依据复算已存档的评分，逐位比较；有不一致则退出码为 1。"))
@click.option("--run", "run_text", metavar="ID|latest", help=N_("只复算这一次；不填为全部。"))
def recheck(run_text: str | None) -> None:
    """Recompute stored runs from their frozen inputs and compare bit for bit. Exit 1 where any differs."""
    try:
        wanted = [_asked(run_text)] if run_text else run_ids()
    except NotFound as error:
        _refuse(error.message or _("没有编号为 %(n)s 的评分。", n=run_text))
        return
    differing = [run_id for run_id in wanted if not agrees(run_id)]
    for run_id in differing:
        click.echo(_("评分 %(run)s：重算结果与存档不一致。请立即保全数据库并核对备份。", run=run_id), err=True)
    click.echo(_("已重算 %(n)s 次评分，%(same)s 次一致。", n=len(wanted), same=len(wanted) - len(differing)))
    sys.exit(1 if differing else 0)
