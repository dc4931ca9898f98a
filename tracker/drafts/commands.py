"""`flask imports`: reading a document to a draft, and adopting one without the browser."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import NoReturn

import click
from flask_babel import gettext as _

from imports.draft import Draft, DraftTask
from imports.draft_json import draft_from_json
from imports.problems import UnreadableDocument
from tracker import clock
from tracker.db import session, transaction
from tracker.drafts.apart import draft_apart
from tracker.drafts.queries.review import FindingRow
from tracker.drafts.service.unattended import Unattended, adopt_file
from tracker.drafts.wording import hint, message, unreadable
from tracker.errors import DomainError
from tracker.web.commands import N_, Group
from tracker.web.locale import html_lang
from tracker.web.places import place

imports = Group("imports", help=N_("导入：把分解表读成导入稿，或者直接入库。"))

_GAP = {"zh-CN": "", "en": " "}
"""Between sentences, by language."""

FILE = click.argument("file", type=click.Path(path_type=Path))
YEAR = click.option("--year", type=click.IntRange(1990, 2100), help=N_("没写年份的日期用哪一年；不填则取文件的年度。"))
AS_JSON = click.option("--json", "as_json", is_flag=True, help=N_("只输出 JSON，供程序使用。"))


@imports.command(
    "read", help=N_("读一份文件，输出核对页面上会看到的导入稿。不用数据库，不写任何东西。读不出来时退出码为 2。")
)
@FILE
@AS_JSON
@YEAR
def read(file: Path, as_json: bool, year: int | None) -> None:
    """Read FILE and print the draft that a person would review. Needs no database and writes nothing.

    Exit 0 where the file was read, problems and all; 2 where it cannot be read.
    """
    try:
        draft = draft_apart(_bytes(file), file_name=file.name, year=year)
    except UnreadableDocument as error:
        _stop(f"{file.name}:{unreadable(error)}")
    if as_json:
        click.echo(json.dumps(draft, ensure_ascii=False, indent=1))
    else:
        click.echo("\n".join(_lines(draft_from_json(draft))))


def _bytes(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        _stop(_("%(file)s:无法打开这个文件(%(why)s)，请核对路径和权限。", file=str(file), why=error.strerror or ""))


def _stop(line: str, status: int = 2) -> NoReturn:
    """Ends with one line on stderr."""
    click.echo(" ".join(line.split()), err=True)
    sys.exit(status)


def _lines(draft: Draft) -> list[str]:
    header = draft.document
    issued = header.issued_on.isoformat() if header.issued_on else None
    facts = "  ".join(str(value) for value in (header.number, header.issuer, issued) if value)
    year = _("年度:%(year)s", year=header.year or _("未知"))
    lines = [header.title or _("(没有标题)"), *([facts] if facts else []), year, ""]
    lines.append(_("任务 %(n)s 项", n=len(draft.tasks)))
    path: list[str] = []
    for number, task in enumerate(draft.tasks, 1):
        if task.path != path:
            path = task.path
            lines.append("  " + " › ".join(path))
        lines.extend(_task_lines(number, task))
    if draft.milestones:
        lines += ["", _("阶段 %(n)s 个", n=len(draft.milestones))]
        lines += [f"  [{place(one.locator)}] {one.name} {one.date or ''}".rstrip() for one in draft.milestones]
    lines += ["", _("提示 %(n)s 处", n=len(draft.problems))]
    names = {"error": _("错误"), "warning": _("警告"), "note": _("说明")}
    for one in draft.problems:
        where = _("、").join(map(place, one.locators[:5])) + ("……" if len(one.locators) > 5 else "")
        said = message(one.code, one.params), hint(one.code, one.params)
        lines.append(f"  {names[one.severity]} [{where}] {_GAP[html_lang()].join(said)}")
    lines += ["", _("未读入 %(n)s 处", n=len(draft.unread))]
    lines += [f"  [{place(piece.locator)}] {piece.text.strip()[:60]}" for piece in draft.unread]
    return lines


def _task_lines(number: int, task: DraftTask) -> list[str]:
    roles = {"lead": _("牵头"), "responsible": _("责任"), "support": _("配合"), "supervise": _("督办")}
    lines = [f"  {number}. {task.number + ' ' if task.number else ''}{task.name}  [{place(task.locator)}]"]
    if task.units:
        lines.append("     " + ";".join(f"{roles[unit.role]}:{unit.text}" for unit in task.units))
    if task.deadlines:
        shown = (f"{one.text}({one.date or one.recurrence or one.kind})" for one in task.deadlines)
        lines.append("     " + _("时限:%(list)s", list=";".join(shown)))
    if task.targets:
        lines.append("     " + _("目标:%(list)s", list=";".join(target.text for target in task.targets)))
    return lines


@imports.command(
    "adopt",
    help=N_("读一份文件并直接入库为计划；没有的单位建在最上级之下。有错误时退出码为 1。"),
)
@FILE
@click.option("--plan", "plan_name", required=True, help=N_("计划名称。"))
@YEAR
@click.option("--accept-warnings", is_flag=True, help=N_("有警告也入库；有错误总是拒绝。"))
@AS_JSON
def adopt(file: Path, plan_name: str, year: int | None, accept_warnings: bool, as_json: bool) -> None:
    """Read FILE and adopt it as a plan, without the browser.

    Units that the directory does not know are made below the root; unfinished lists (等有关部门) stand for nobody.
    Exit 1 where errors (or warnings, without --accept-warnings) stand, 2 where the file or the name will not do.
    """
    data = _bytes(file)
    try:
        with transaction():
            found = adopt_file(
                data=data, file_name=file.name, plan_name=plan_name, year=year, accept_warnings=accept_warnings,
                at=clock.now(),
            )  # fmt: skip
            if found.adoption is None:
                session.rollback()
    except DomainError as error:
        _stop(f"{file.name}:{error.message}")
    _report(found, as_json=as_json)


def _report(found: Unattended, *, as_json: bool) -> None:
    if found.adoption is None:
        for row in found.refused:
            where = _("、").join(map(place, row.locators[:5]))
            click.echo(f"[{where}] {message(row.code, row.params)}", err=True)
        _stop(_why(found.refused), status=1)
    for text in found.unresolved:
        click.echo(_("“%(text)s”没有落实到单位。", text=text), err=True)
    made = found.adoption
    if as_json:
        body = {
            "plan": made.plan_id, "tasks": made.tasks, "assignments": made.assignments, "units": len(found.units_made),
            "units_made": found.units_made, "unresolved": found.unresolved,
        }  # fmt: skip
        click.echo(json.dumps(body, ensure_ascii=False))
    else:
        click.echo(
            _(
                "已入库:计划 %(plan)s，%(tasks)s 项任务，%(n)s 条责任落实，新增单位 %(units)s 个。",
                plan=made.plan_id,
                tasks=made.tasks,
                n=made.assignments,
                units=len(found.units_made),
            )
        )


def _why(refused: list[FindingRow]) -> str:
    errors = sum(1 for row in refused if row.severity == "error")
    if errors:
        return _("有 %(n)s 处错误，没有入库；请在核对页面更正后再入库。", n=errors)
    return _("有 %(n)s 处警告，没有入库；确认无误可加 --accept-warnings。", n=len(refused))
