"""`flask reports`: the reports there are, and writing one to a file."""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path

import click
from flask_babel import gettext as _

from reports.catalogue import REPORTS
from reports.workbook import write_workbook
from tracker import clock
from tracker.assessment.queries.plans import plan_named
from tracker.assessment.queries.runs import latest_run_id, run_row, unit_scores
from tracker.assessment.queries.workbook import slip_bytes
from tracker.desk.queries.exports import OF_RUNS, Asked, Reader, make, translate
from tracker.errors import DomainError, NotFound
from tracker.reminders.queries.circulars import circular_bytes, circular_view
from tracker.web.commands import N_, Group

DOCUMENTS = {"slip": (N_("单位得分说明"), "--run --unit"), "circular": (N_("通报"), "--plan")}
"""Word documents, each with its title and what it is made of; all else is a workbook."""

reports = Group("reports", help=N_("报表：计划、进展、评分的工作簿。"))


@reports.command("list", help=N_("列出报表，以及各由计划还是评分生成。"))
def list_reports() -> None:
    """Name the reports, each with what it is made of: a plan or a run."""
    for name, report in REPORTS.items():
        click.echo(f"{name:<12} {translate(report.title)}  ({'--run' if name in OF_RUNS else '--plan'})")
    for name, (title, options) in DOCUMENTS.items():
        click.echo(f"{name:<12} {translate(title)}  ({options})")


@reports.command("export", help=N_("把一种报表写成工作簿；得分说明（slip）和通报（circular）写成 Word 文件。"))
@click.argument("name", type=click.Choice(sorted((*REPORTS, *DOCUMENTS))))
@click.option("--out", required=True, type=click.Path(path_type=Path, dir_okay=False), help=N_("要写入的文件。"))
@click.option("--run", "run", default="latest", show_default=True, help=N_("评分的编号，或 latest。"))
@click.option("--plan", "plan", default="", help=N_("计划名称；不填则为全部计划（报表允许时）。"))
@click.option("--unit", "unit", default="", help=N_("单位名称：得分说明（slip）写的是哪个单位。"))
def export(name: str, out: Path, run: str, plan: str, unit: str) -> None:
    """Write a report as a workbook, or as a document where it is one."""
    at = clock.now()
    try:
        if name == "slip":
            out.write_bytes(_slip(run, unit))
        elif name == "circular":
            out.write_bytes(_circular(plan, at))
        else:
            made = make(_asked(name, run, plan), Reader(None, clock.day_of(at), at))
            with out.open("wb") as file:
                write_workbook(made.sheets, file, properties=made.properties, translate=translate)
    except NotFound as error:
        _refuse(error.message or _("没有这个计划或评分。"))
    except DomainError as error:
        _refuse(error.message)
    except OSError as error:
        _refuse(_("无法写入 %(file)s（%(cause)s）。", file=str(out), cause=error.strerror or ""))
    click.echo(_("已写入 %(file)s", file=str(out)))


def _slip(run: str, unit: str) -> bytes:
    row = run_row(_run_id(run))
    for score in unit_scores(row.id):
        if score.name == unit:
            return slip_bytes(row, score, base_url="", whole=True)
    raise NotFound(_("这次评分里没有名为“%(name)s”的单位，请用 --unit 写明。", name=unit))


def _circular(plan: str, at: datetime) -> bytes:
    plan_id = _plan_id(plan)
    if plan_id is None:
        raise DomainError(_("请选择计划。"))
    today = clock.day_of(at)
    return circular_bytes(circular_view(plan_id, None, today), at=at, today=today)


def _run_id(run: str) -> int:
    run_id = latest_run_id() if run == "latest" else int(run) if run.isdigit() else None
    if run_id is None:
        raise NotFound
    return run_id


def _asked(name: str, run: str, plan: str) -> Asked:
    if name in OF_RUNS:
        return Asked(name, run_id=_run_id(run))
    return Asked(name, plan_id=_plan_id(plan))


def _plan_id(plan: str) -> int | None:
    """None where none is named. Raises NotFound."""
    plan_id = plan_named(plan) if plan else None
    if plan and plan_id is None:
        raise NotFound
    return plan_id


def _refuse(message: str) -> None:
    click.echo(message, err=True)
    sys.exit(2)
